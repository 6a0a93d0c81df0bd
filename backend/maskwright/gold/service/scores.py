"""How people did on golds: what they are shown themselves, and what managers see."""

from dataclasses import dataclass
from uuid import UUID

from maskwright.accounts.domain import Permission
from maskwright.annotations.domain import StoredObject
from maskwright.annotations.service import objects_of_version
from maskwright.gold import queries
from maskwright.gold import result_queries as results
from maskwright.gold.domain import FeedbackState, Settings
from maskwright.gold.errors import AttemptNotFound
from maskwright.gold.result_queries import AttemptRow, DayScore, PersonScore
from maskwright.kernel.clock import utc_now
from maskwright.projects.service import require_project
from maskwright.queue.errors import LeaseNotFound
from maskwright.reviews.differences import Difference
from maskwright.reviews.service.comparing import difference_of
from maskwright.work import Work
from maskwright.workforce.service.sight import sight_of

LOOK_JOB = "quality.look"
_OVERDUE_SECONDS = 60.0
_RECENT = 20
_PERSON = ("user_id", "user_name")


def look_arguments(
    organization_id: UUID, project_id: UUID, task_id: UUID, person_id: UUID
) -> dict[str, object]:
    """What a worker needs to know to look at what somebody just did."""
    return {
        "organization_id": str(organization_id),
        "project_id": str(project_id),
        "task_id": str(task_id),
        "person_id": str(person_id),
    }


def resend_unscored(work: Work) -> int:
    """Ask again for scores that no worker gave; returns how many."""
    waiting = queries.unscored(work.session, _OVERDUE_SECONDS)
    for found in waiting:
        work.enqueue(LOOK_JOB, look_arguments(*found))
    return len(waiting)


# A person's own


@dataclass(frozen=True, slots=True)
class Feedback:
    """What is said of a task right after it was handed in."""

    state: FeedbackState
    attempt: AttemptRow | None = None


def feedback_of(work: Work, lease_id: UUID) -> Feedback:
    """Whether the caller's finished task was a gold, and how he did, where the project tells.
    Raises LeaseNotFound."""
    actor = work.require_somewhere(Permission.VIEW_PROJECT)
    found = queries.lease_of(work.session, actor.organization_id, lease_id, actor.person_id)
    if found is None:
        raise LeaseNotFound
    if not found.is_gold or not found.shows_feedback or not found.is_handed_in:
        return Feedback(FeedbackState.NONE)
    attempt = results.find_attempt(work.session, actor.organization_id, task_id=found.task_id)
    if attempt is None:
        return Feedback(FeedbackState.PENDING)
    return Feedback(FeedbackState.SCORED, attempt)


@dataclass(frozen=True, slots=True)
class OwnScores:
    """What a person sees of himself.

    Where the project shows no feedback, today's are left out: a number that moves at a submit
    would tell which task was a gold. `is_told`: some of what he hands in is told of at once.
    """

    settings: Settings
    is_told: bool
    scores: list[PersonScore]
    days: list[DayScore]
    recent: list[AttemptRow]


def own_scores(work: Work, project_id: UUID) -> OwnScores:
    require_project(work, project_id)
    person_id = work.actor.person_id
    settings = queries.settings_of(work.session, project_id)
    before = None
    is_told = settings.shows_feedback or queries.was_trained(work.session, project_id, person_id)
    recent = results.attempts(
        work.session,
        work.actor.organization_id,
        project_id,
        user_id=person_id,
        limit=_RECENT,
        told=results.Told.ALL if settings.shows_feedback else results.Told.COURSES,
    )
    if not settings.shows_feedback:
        before = utc_now().replace(hour=0, minute=0, second=0, microsecond=0)
    return OwnScores(
        settings=settings,
        is_told=is_told,
        scores=results.people(work.session, project_id, user_id=person_id, before=before),
        days=results.days(work.session, project_id, user_id=person_id, before=before),
        recent=recent,
    )


# An attempt beside what was expected


@dataclass(frozen=True, slots=True)
class Comparison:
    attempt: AttemptRow
    drawn: tuple[StoredObject, ...]
    expected: tuple[StoredObject, ...]
    difference: Difference


def compare_attempt(work: Work, attempt_id: UUID) -> Comparison:
    """For managers, and for the person himself where the project shows feedback."""
    attempt = require_attempt(work, attempt_id)
    return Comparison(
        attempt=sight_of(work, attempt.project_id).cover(attempt, _PERSON),
        drawn=objects_of_version(work.session, attempt.version_id),
        expected=objects_of_version(work.session, attempt.expected_version_id),
        difference=difference_of(
            work, attempt.asset_id, attempt.expected_version_id, attempt.version_id
        ),
    )


def require_attempt(work: Work, attempt_id: UUID) -> AttemptRow:
    """Raises AttemptNotFound also where there is one that the caller is not to know of."""
    actor = work.require_somewhere(Permission.VIEW_PROJECT)
    attempt = results.find_attempt(work.session, actor.organization_id, attempt_id=attempt_id)
    if attempt is None:
        raise AttemptNotFound
    require_project(work, attempt.project_id)
    is_own = attempt.user_id == actor.user_id and queries.is_told(work.session, attempt.task_id)
    if not is_own and not work.actor.may(Permission.VIEW_QUALITY):
        raise AttemptNotFound
    return attempt


# For managers


def list_people(work: Work, project_id: UUID) -> tuple[list[PersonScore], list[DayScore]]:
    """Everybody's scores, over all, by class and by day."""
    require_project(work, project_id, Permission.VIEW_QUALITY)
    sight = sight_of(work, project_id)
    return (
        sight.cover_all(results.people(work.session, project_id), _PERSON),
        sight.cover_all(results.days(work.session, project_id), ("user_id", "")),
    )


def list_attempts(
    work: Work,
    project_id: UUID,
    *,
    user_id: UUID | None,
    gold_id: UUID | None,
    after: UUID | None,
    limit: int,
) -> list[AttemptRow]:
    """Up to `limit + 1`, the newest first."""
    require_project(work, project_id, Permission.VIEW_QUALITY)
    sight = sight_of(work, project_id)
    if not sight.sees(user_id):  # asking for one after another would tell who it was
        return []
    rows = results.attempts(
        work.session,
        work.actor.organization_id,
        project_id,
        user_id=user_id,
        gold_id=gold_id,
        after=after,
        limit=limit + 1,
    )
    return sight.cover_all(rows, _PERSON)
