"""Golds and how people do on them."""

from uuid import UUID

from maskwright.gold.errors import (
    AttemptNotFound,
    DisputeGiven,
    DisputeNotFound,
    DisputeResolved,
    GoldNotFound,
    GoldRetired,
    NotAnAnswer,
)
from maskwright.gold.schemas import (
    FeedbackOut,
    GoldAttemptOut,
    GoldComparisonOut,
    GoldDisputeIn,
    GoldDisputeOut,
    GoldDisputesOut,
    GoldOut,
    GoldPatch,
    GoldPeopleOut,
    GoldSettingsIO,
    GoldsIn,
    GoldsMadeOut,
    GoldsOut,
    OwnScoresOut,
    ReplaceIn,
    ResolveIn,
    RetireIn,
)
from maskwright.gold.service import disputes, golds, scores
from maskwright.http.dependencies import CurrentWork, Cursor, Limit
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router
from maskwright.kernel.paging import Page, decode_cursor

PROBLEMS: dict[ErrorType, Problem] = {
    GoldNotFound: Problem(404, "gold-not-found"),
    AttemptNotFound: Problem(404, "gold-attempt-not-found"),
    DisputeNotFound: Problem(404, "gold-dispute-not-found"),
    GoldRetired: Problem(409, "gold-retired"),
    DisputeGiven: Problem(409, "gold-dispute-given"),
    DisputeResolved: Problem(409, "gold-dispute-resolved"),
    NotAnAnswer: Problem(422, "not-an-answer"),
}

router = work_router(tags=["gold"])


@router.get("/projects/{project_id}/gold/settings")
def read_gold_settings(work: CurrentWork, project_id: UUID) -> GoldSettingsIO:
    """How golds are mixed in and scored."""
    return GoldSettingsIO.of(golds.read_settings(work, project_id))


@router.put("/projects/{project_id}/gold/settings")
def save_gold_settings(work: CurrentWork, project_id: UUID, body: GoldSettingsIO) -> GoldSettingsIO:
    return GoldSettingsIO.of(golds.save_settings(work, project_id, body.settings()))


@router.get("/projects/{project_id}/golds")
def list_golds(work: CurrentWork, project_id: UUID) -> GoldsOut:
    """The project's golds, in use and retired, with how people did on each."""
    rows = golds.list_golds(work, project_id)
    return GoldsOut(items=[GoldOut.of(row, work.settings) for row in rows])


@router.post("/projects/{project_id}/golds")
def use_as_gold(work: CurrentWork, project_id: UUID, body: GoldsIn) -> GoldsMadeOut:
    """Make the labels of these images expected answers. Those that can't be are told one by one."""
    chosen = golds.use_as_gold(work, project_id, body.asset_ids, is_mixed=body.is_mixed)
    return GoldsMadeOut.of(chosen)


@router.patch("/golds/{gold_id}", status_code=204)
def change_gold(work: CurrentWork, gold_id: UUID, body: GoldPatch) -> None:
    golds.set_use(work, gold_id, is_mixed=body.is_mixed, for_skill=body.for_skill)


@router.post("/golds/{gold_id}/retire", status_code=204)
def retire_gold(work: CurrentWork, gold_id: UUID, body: RetireIn) -> None:
    """Hand it out no more."""
    golds.retire_gold(work, gold_id, reason=body.reason, sets_aside=body.sets_aside)


@router.post("/golds/{gold_id}/replace", status_code=204)
def replace_gold_answer(work: CurrentWork, gold_id: UUID, body: ReplaceIn) -> None:
    """Expect another version; what people handed in is scored anew."""
    golds.replace_answer(work, gold_id, body.version_id)


@router.get("/projects/{project_id}/gold/people")
def list_gold_people(work: CurrentWork, project_id: UUID) -> GoldPeopleOut:
    """How everybody does: over all, by class, by day."""
    return GoldPeopleOut.of(*scores.list_people(work, project_id))


@router.get("/projects/{project_id}/gold/attempts")
def list_gold_attempts(
    work: CurrentWork,
    project_id: UUID,
    user_id: UUID | None = None,
    gold_id: UUID | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[GoldAttemptOut]:
    """What people handed in for golds, the newest first."""
    rows = scores.list_attempts(
        work,
        project_id,
        user_id=user_id,
        gold_id=gold_id,
        after=decode_cursor(cursor),
        limit=limit,
    )
    return Page[GoldAttemptOut].of(rows, limit, shape=GoldAttemptOut.of, id_of=lambda row: row.id)


@router.get("/gold-attempts/{attempt_id}")
def compare_gold_attempt(work: CurrentWork, attempt_id: UUID) -> GoldComparisonOut:
    """An attempt beside what was expected: for managers, and for its author where the project
    shows feedback."""
    return GoldComparisonOut.of(scores.compare_attempt(work, attempt_id))


@router.post("/gold-attempts/{attempt_id}/dispute", status_code=201)
def object_to_gold(work: CurrentWork, attempt_id: UUID, body: GoldDisputeIn) -> GoldDisputeOut:
    """Say that the expected answer is wrong."""
    return GoldDisputeOut.of(disputes.object_to_gold(work, attempt_id, body.text))


@router.get("/projects/{project_id}/gold/disputes")
def list_gold_disputes(work: CurrentWork, project_id: UUID) -> GoldDisputesOut:
    rows = disputes.list_disputes(work, project_id)
    return GoldDisputesOut(items=[GoldDisputeOut.of(row) for row in rows])


@router.post("/gold-disputes/{dispute_id}/resolve")
def resolve_gold_dispute(work: CurrentWork, dispute_id: UUID, body: ResolveIn) -> GoldDisputeOut:
    """Keep the gold, replace its answer, or retire it."""
    return GoldDisputeOut.of(
        disputes.resolve(
            work, dispute_id, body.resolution, answer=body.answer, version_id=body.version_id
        )
    )


@router.get("/projects/{project_id}/gold/mine")
def read_own_gold_scores(work: CurrentWork, project_id: UUID) -> OwnScoresOut:
    """How the caller does on golds."""
    return OwnScoresOut.of(scores.own_scores(work, project_id))


@router.get("/leases/{lease_id}/feedback")
def read_feedback(work: CurrentWork, lease_id: UUID) -> FeedbackOut:
    """After a submit: whether that was a gold and how it went, where the project tells."""
    return FeedbackOut.of(scores.feedback_of(work, lease_id))
