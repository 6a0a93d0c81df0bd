"""Rules look at a person after what he did, or what was said of it. A worker's job."""

from datetime import timedelta
from uuid import UUID

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Actor, Permission, Role
from maskwright.kernel.clock import utc_now
from maskwright.notifications.domain import NotificationKind
from maskwright.notifications.service import notify, notify_all
from maskwright.projects.service import require_project
from maskwright.quality import pause_queries
from maskwright.quality import rule_queries as queries
from maskwright.quality.domain import Action, Rule, Seen
from maskwright.quality.models import QualityRule
from maskwright.quality.observation_queries import observations
from maskwright.quality.service.pauses import put_pause
from maskwright.quality.service.rules import as_values, rule_of
from maskwright.queue.watching import take_skill
from maskwright.work import Work

#: A rule over days looks at so many observations at most, the newest ones.
_SEEN = 1000
#: A rule over the last n looks no further back: older than that says little of how he works now.
_FURTHEST = timedelta(days=365)


def apply_rules(work: Work, project_id: UUID, user_id: UUID) -> int:
    """Look at this person by all rules of the project; returns how many were met. Doing it again
    does no harm: what met a rule once does not meet it again."""
    if not queries.has_rules(work.session, project_id):
        return 0
    queries.lock_person(work.session, project_id, user_id)
    met = 0
    for row in queries.rules_of(work.session, project_id):
        rule = rule_of(row)
        if not rule.is_active or _is_in_force(work, row, user_id):
            continue
        seen = _look(work, row, rule, user_id)
        if seen is not None:
            _fire(work, row, rule, user_id, seen)
            met += 1
    return met


def _look(work: Work, row: QualityRule, rule: Rule, user_id: UUID) -> Seen | None:
    condition = rule.condition
    since = utc_now() - (timedelta(days=condition.days) if condition.days else _FURTHEST)
    before = queries.last_seen(work.session, row.id, user_id)
    found = observations(
        work.session,
        row.project_id,
        condition.metric,
        since=since if before is None else max(since, before),
        limit=condition.last or _SEEN,
        user_id=user_id,
    )
    return condition.met_by(found)


def _is_in_force(work: Work, row: QualityRule, user_id: UUID) -> bool:
    """Whether what the rule would do is so already."""
    match row.action:
        case Action.PAUSE:
            return pause_queries.standing_pause(work.lane, row.project_id, user_id) is not None
        case Action.RAISE_REVIEW:
            raised = queries.raised_review(work.session, row.project_id, user_id)
            return raised >= (row.review_percent or 0)
        case Action.NOTIFY | Action.REMOVE_SKILL:
            return False


def _fire(work: Work, row: QualityRule, rule: Rule, user_id: UUID, seen: Seen) -> None:
    consequence = rule.consequence
    if consequence.action is Action.REMOVE_SKILL and not (
        consequence.skill and take_skill(work, user_id, consequence.skill)
    ):
        return  # he has not got it
    firing_id = queries.write_firing(work.session, row.id, user_id, as_values(rule), seen)
    if consequence.action is Action.PAUSE:
        days = consequence.pause_days
        until = None if days is None else utc_now() + timedelta(days=days)
        put_pause(
            work, row.project_id, user_id, reason=rule.words, until=until, firing_id=firing_id
        )
    elif consequence.action is Action.RAISE_REVIEW:
        queries.raise_review(work.session, firing_id, consequence.review_percent or 100)
    details = {"user_id": str(user_id), "value": seen.value, "action": consequence.action.value}
    record_audit(work, "rule.met", "quality_rule", row.id, details)
    _tell(work, row, rule, user_id, firing_id)


def _tell(work: Work, row: QualityRule, rule: Rule, user_id: UUID, firing_id: UUID) -> None:
    """Those whom the rule names. It is told as the person's own doing, so that who reads it is
    shown his name or not; where the project hides who did what, letters do as well."""
    own = work
    if not require_project(work, row.project_id).is_anonymous:
        own = work.acting_as(Actor(work.actor.organization_id, Role.LABELER, user_id))
    kind = NotificationKind.QUALITY_RULE
    project_id = row.project_id
    if rule.consequence.tells_managers:
        notify_all(
            own,
            Permission.MANAGE_PROJECTS,
            kind,
            text=rule.name,
            project_id=project_id,
            object_id=firing_id,
        )
    if rule.consequence.tells_lead:
        for lead in queries.leads_of(work.session, work.actor.organization_id, user_id):
            notify(
                own,
                lead,
                kind,
                text=rule.name,
                project_id=project_id,
                object_id=firing_id,
                once=True,  # he may manage the project as well
            )
    if rule.consequence.tells_labeler and rule.consequence.action is not Action.PAUSE:
        notify(work, user_id, kind, text=rule.words, project_id=project_id, object_id=firing_id)
