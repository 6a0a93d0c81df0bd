"""Managers choose golds and how they are used."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.gold import queries
from maskwright.gold.domain import GoldState, Refusal, Settings
from maskwright.gold.errors import GoldNotFound, GoldRetired, NotAnAnswer
from maskwright.gold.queries import GoldRow
from maskwright.projects.service import require_active_project, require_project
from maskwright.queue.watching import watch_project
from maskwright.work import Work
from maskwright.workforce.service.sight import sight_of

RESCORE_JOB = "gold.rescore"
_SHOWN = 1000


def read_settings(work: Work, project_id: UUID) -> Settings:
    require_project(work, project_id, Permission.VIEW_QUALITY)
    return queries.settings_of(work.session, project_id)


def save_settings(work: Work, project_id: UUID, wanted: Settings) -> Settings:
    """Replace them. Scores that were given stay: each was given by what held then."""
    require_active_project(work, project_id, Permission.MANAGE_PROJECTS)
    queries.save_settings(work.session, project_id, wanted)
    watch_project(work, project_id)
    record_audit(work, "gold.settings_changed", "project", project_id, asdict(wanted))
    return wanted


def list_golds(work: Work, project_id: UUID) -> list[GoldRow]:
    """Those in use first, the hardest at the top; at most a thousand."""
    require_project(work, project_id, Permission.VIEW_QUALITY)
    rows = queries.golds(
        work.session, work.actor.organization_id, project_id=project_id, limit=_SHOWN
    )
    return sight_of(work, project_id).cover_all(rows, ("created_by_id", "created_by"))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What became of the wish to use images as gold."""

    made: int
    refused: list[tuple[UUID, Refusal]]


def use_as_gold(
    work: Work, project_id: UUID, asset_ids: Sequence[UUID], *, is_mixed: bool
) -> Chosen:
    """Make the labels of these images, as they count now, expected answers. Images that can't be
    golds are told one by one; the others become it."""
    require_active_project(work, project_id, Permission.MANAGE_PROJECTS)
    answers = {a.asset_id: a for a in queries.answers_of(work.session, project_id, asset_ids)}
    made: list[UUID] = []
    refused: list[tuple[UUID, Refusal]] = []
    for asset_id in dict.fromkeys(asset_ids):
        answer = answers.get(asset_id)
        if answer is None:
            refused.append((asset_id, Refusal.NO_IMAGE))
        elif answer.is_gold:
            refused.append((asset_id, Refusal.IS_GOLD))
        elif answer.version_id is None:
            refused.append((asset_id, Refusal.NO_LABEL))
        elif not answer.is_finished:
            refused.append((asset_id, Refusal.UNFINISHED))
        else:
            gold_id = queries.insert_gold(
                work.session,
                project_id,
                asset_id=asset_id,
                version_id=answer.version_id,
                is_mixed=is_mixed,
                person_id=work.actor.person_id,
            )
            if gold_id is None:
                refused.append((asset_id, Refusal.IS_GOLD))
            else:
                made.append(asset_id)
    if made:
        watch_project(work, project_id)
        details = {"assets": [str(asset_id) for asset_id in made]}
        record_audit(work, "gold.made", "project", project_id, details)
    return Chosen(len(made), refused)


def require_gold(work: Work, gold_id: UUID) -> GoldRow:
    """One that the caller may manage, and that is in use."""
    found = queries.golds(work.session, work.actor.organization_id, gold_id=gold_id)
    if not found:
        raise GoldNotFound
    [gold] = found
    require_project(work, gold.project_id, Permission.MANAGE_PROJECTS)
    return gold


def set_use(work: Work, gold_id: UUID, *, is_mixed: bool, for_skill: str | None) -> None:
    """Let it come into everyday work, or keep it for training and exams: those of the project, or
    the course for a skill."""
    gold = _require_active(work, gold_id)
    queries.set_use(work.session, gold.id, is_mixed=is_mixed, for_skill=for_skill)
    details = {"is_mixed": is_mixed, "for_skill": for_skill}
    record_audit(work, "gold.changed", "gold", gold.id, details)


def retire_gold(work: Work, gold_id: UUID, *, reason: str, sets_aside: bool) -> None:
    """Hand it out no more. Where it was wrong (`sets_aside`), what people reached counts no
    longer."""
    gold = _require_active(work, gold_id)
    queries.retire(work.session, gold.id, reason)
    count = queries.set_attempts_aside(work.session, gold.id) if sets_aside else 0
    details = {"reason": reason, "attempts_set_aside": count}
    record_audit(work, "gold.retired", "gold", gold.id, details)


def replace_answer(work: Work, gold_id: UUID, version_id: UUID | None) -> None:
    """Expect another version of the label, by default the one that counts now; a worker scores
    anew what people handed in."""
    gold = _require_active(work, gold_id)
    if version_id is None:
        [answer] = queries.answers_of(work.session, gold.project_id, [gold.asset_id])
        version_id = answer.version_id
    if version_id is None or not queries.is_answer(work.session, gold.asset_id, version_id):
        raise NotAnAnswer
    queries.set_answer(work.session, gold.id, version_id)
    arguments: dict[str, object] = {
        "organization_id": str(work.actor.organization_id),
        "gold_id": str(gold.id),
    }
    work.enqueue(RESCORE_JOB, arguments)
    record_audit(work, "gold.answer_replaced", "gold", gold.id, {"version": str(version_id)})


def _require_active(work: Work, gold_id: UUID) -> GoldRow:
    gold = require_gold(work, gold_id)
    if gold.state != GoldState.ACTIVE:
        raise GoldRetired
    return gold
