"""Managers make rules, try them on what was, and look at what they did."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from itertools import groupby
from uuid import UUID

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.kernel.clock import utc_now
from maskwright.kernel.ids import new_id
from maskwright.projects.service import require_active_project, require_project
from maskwright.quality import rule_queries as queries
from maskwright.quality.domain import (
    Action,
    Condition,
    Consequence,
    Observation,
    Rule,
    WouldFire,
)
from maskwright.quality.errors import FiringNotFound, NothingToUndo, RuleNotFound
from maskwright.quality.models import QualityRule
from maskwright.quality.observation_queries import observations
from maskwright.quality.rule_queries import FiringRow
from maskwright.quality.service.pauses import end_pause
from maskwright.queue.watching import gate_project, give_skill
from maskwright.work import Work
from maskwright.workforce.service.sight import sight_of

TRIED_DAYS = 30
#: A trial walks through so many of the newest observations at most: some tenths of a second.
_TRIED = 20_000
_PERSON = ("user_id", "user_name")


def rule_of(row: QualityRule) -> Rule:
    condition = Condition(row.metric, row.threshold, row.last, row.days, row.at_least)
    consequence = Consequence(
        action=row.action,
        pause_days=row.pause_days,
        review_percent=row.review_percent,
        skill=row.skill,
        tells_managers=row.tells_managers,
        tells_lead=row.tells_lead,
        tells_labeler=row.tells_labeler,
        message=row.message,
    )
    return Rule(row.name, row.is_active, condition, consequence)


def as_values(rule: Rule) -> dict[str, object]:
    """A rule flat, as its columns and its history have it."""
    kept = {**asdict(rule.condition), **asdict(rule.consequence)}
    return {"name": rule.name, "is_active": rule.is_active, **kept}


def list_rules(work: Work, project_id: UUID) -> list[QualityRule]:
    require_project(work, project_id, Permission.VIEW_QUALITY)
    return list(queries.rules_of(work.session, project_id))


def create_rule(work: Work, project_id: UUID, wanted: Rule) -> QualityRule:
    """It looks at people from their next task on, and at what they did before, too."""
    project = require_active_project(work, project_id, Permission.MANAGE_PROJECTS)
    row = QualityRule(
        id=new_id(),
        organization_id=project.organization_id,
        project_id=project_id,
        created_by=work.actor.person_id,
        created_at=utc_now(),
        **as_values(wanted),
    )
    work.session.add(row)
    work.session.flush()
    gate_project(work, project_id)
    record_audit(work, "rule.created", "quality_rule", row.id, as_values(wanted))
    return row


def change_rule(work: Work, rule_id: UUID, wanted: Rule) -> QualityRule:
    """Replace it. What it did stays, with the rule as it was then."""
    row = _require_rule(work, rule_id)
    for name, value in as_values(wanted).items():
        setattr(row, name, value)
    work.session.flush()
    record_audit(work, "rule.changed", "quality_rule", rule_id, as_values(wanted))
    return row


def delete_rule(work: Work, rule_id: UUID) -> None:
    """It is met no more. What it did stays in force, and in the history."""
    row = _require_rule(work, rule_id)
    row.deleted_at = utc_now()
    record_audit(work, "rule.deleted", "quality_rule", rule_id, {"name": row.name})


def try_rule(
    work: Work, project_id: UUID, wanted: Rule, days: int = TRIED_DAYS
) -> tuple[list[WouldFire], bool]:
    """Whom this rule would have met during the last days, who most often first; and whether all
    of that time was looked at, for there may be too much of it."""
    require_project(work, project_id, Permission.VIEW_QUALITY)
    condition = wanted.condition
    since = utc_now() - timedelta(days=days)
    # What a rule sees on the first day reaches further back.
    begin = since - timedelta(days=condition.days or days)
    found = observations(work.session, project_id, condition.metric, since=begin, limit=_TRIED)
    met = [
        WouldFire(user_id, "", len(seen), seen[0])
        for user_id, of_one in _by_person(found)
        if (seen := condition.times_met(of_one, since))
    ]
    names = queries.names_of(work.session, [each.user_id for each in met])
    named = [WouldFire(m.user_id, names[m.user_id], m.times, m.first) for m in met]
    shown = sight_of(work, project_id).cover_all(named, _PERSON)
    is_whole = len(found) < _TRIED
    return sorted(shown, key=lambda each: (-each.times, each.user_name)), is_whole


def _by_person(found: list[Observation]) -> Iterable[tuple[UUID, list[Observation]]]:
    in_order = sorted(found, key=lambda each: each.user_id)
    for user_id, of_one in groupby(in_order, key=lambda each: each.user_id):
        yield user_id, list(of_one)


# History


def list_firings(
    work: Work, project_id: UUID, *, after: UUID | None, limit: int
) -> list[FiringRow]:
    """Up to `limit + 1`, the newest first."""
    require_project(work, project_id, Permission.VIEW_QUALITY)
    rows = queries.firings(
        work.session,
        work.actor.organization_id,
        project_id=project_id,
        after=after,
        limit=limit + 1,
    )
    return sight_of(work, project_id).cover_all(rows, _PERSON, ("undone_by_id", "undone_by_name"))


def undo_firing(work: Work, firing_id: UUID) -> FiringRow:
    """Take back what a rule did: he works again, his skill is given back, his reviews are as the
    workflow says. Raises NothingToUndo where it is over, or only told somebody."""
    row = _find(work, firing_id)
    require_project(work, row.project_id, Permission.MANAGE_PROJECTS)
    if not row.is_in_force:
        raise NothingToUndo
    match Action(row.rule["action"]):
        case Action.PAUSE:
            end_pause(work, row.project_id, row.user_id)
        case Action.RAISE_REVIEW:
            queries.lower_review(work.session, firing_id)
        case Action.REMOVE_SKILL:
            give_skill(work, row.user_id, row.rule["skill"])
        case Action.NOTIFY:
            raise NothingToUndo
    queries.mark_undone(work.session, firing_id, work.actor.person_id)
    details = {"rule": row.rule["name"], "user_id": str(row.user_id)}
    record_audit(work, "rule.undone", "quality_rule", row.rule_id, details)
    return _find(work, firing_id)


def _find(work: Work, firing_id: UUID) -> FiringRow:
    found = queries.firings(work.session, work.actor.organization_id, firing_id=firing_id)
    if not found:
        raise FiringNotFound
    return found[0]


def _require_rule(work: Work, rule_id: UUID) -> QualityRule:
    row = queries.find_rule(work.session, work.actor.organization_id, rule_id)
    if row is None:
        raise RuleNotFound
    require_active_project(work, row.project_id, Permission.MANAGE_PROJECTS)
    return row
