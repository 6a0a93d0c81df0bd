"""What reviewers decide."""

from collections.abc import Sequence
from uuid import UUID

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.annotations import service as annotations
from maskwright.annotations.schemas import SubmitIn
from maskwright.assets.service.catalog import require_asset
from maskwright.events.service import project_changed
from maskwright.kernel.errors import Forbidden
from maskwright.kernel.ids import new_id
from maskwright.notifications.domain import NotificationKind
from maskwright.notifications.service import notify
from maskwright.projects.service import require_active_project
from maskwright.queue import flow
from maskwright.queue.domain import TaskRef
from maskwright.queue.errors import LeaseLost
from maskwright.queue.watching import look_at_work
from maskwright.reviews import queries
from maskwright.reviews.domain import Decision
from maskwright.reviews.errors import ObjectsMissing, ReasonMissing, VerdictGiven
from maskwright.reviews.queries import LabelFacts, VerdictRow, WaitingReview
from maskwright.reviews.schemas import VerdictIn
from maskwright.reviews.service.workflow import advance
from maskwright.work import Work
from maskwright.workforce.service.sight import sight_of

_VERDICTS_SHOWN = 200


def decide(work: Work, lease_id: UUID, wanted: VerdictIn) -> VerdictRow:
    """Keep the verdict of the caller's review and let the label go on by it. Where the review is
    somebody else's by now, a correction is kept beside the label, and LeaseLost names it.

    approved   to the next step that wants it, or done
    rejected   back to its author, who finds it as his draft; it comes to this reviewer again
    corrected  the objects that came with it are the label from now on, and go on as if approved

    The same verdict again is answered as before. Raises LeaseNotFound, LeaseLost, ReasonMissing,
    ObjectsMissing, VerdictGiven, and for a correction whatever a submit raises.
    """
    actor = work.require_somewhere(Permission.REVIEW)
    if wanted.decision is Decision.REJECTED and not wanted.comment:
        raise ReasonMissing
    earlier = queries.verdict_of_lease(work.session, lease_id, actor.person_id)
    if earlier is not None:
        if earlier.decision != wanted.decision.value:
            raise VerdictGiven(decision=earlier.decision)
        return earlier
    review = _finished(work, lease_id, wanted)
    work.require(Permission.REVIEW)
    label = queries.facts_of_version(work.session, review.subject_id)
    result_id = None
    if wanted.decision is Decision.CORRECTED:
        result_id = _correct(work, review, label, wanted)
    _write(
        work,
        review.task,
        review.subject_id,
        label,
        wanted.decision,
        wanted.comment,
        lease_id,
        result_id,
    )
    if wanted.decision is Decision.REJECTED:
        flow.reopen_for_rework(
            work, label.task_id, author_id=label.author_id, version_id=review.subject_id
        )
        notify(
            work,
            label.author_id,
            NotificationKind.SENT_BACK,
            project_id=review.task.project_id,
            asset_id=review.task.asset_id,
            text=wanted.comment,
        )
    else:
        advance(
            work,
            review.task.project_id,
            label.task_id,
            result_id or review.subject_id,
            after=review.task.step,
        )
    annotations.drop_draft(work.session, review.task.task_id, actor.person_id)
    kept = queries.verdict_of_lease(work.session, lease_id, actor.person_id)
    if kept is None:
        raise LookupError("A verdict was written and is not there.")
    return kept


def _finished(work: Work, lease_id: UUID, wanted: VerdictIn) -> flow.FinishedReview:
    """The review, which ends by this verdict; LeaseLost names the correction that was kept."""
    try:
        return flow.finish_review(work, lease_id, fence=wanted.fence)
    except LeaseLost as loss:
        if wanted.decision is not Decision.CORRECTED:
            raise
        version_id = _keep_late_correction(work, lease_id, wanted)
        found = {**loss.extras, "kept": True, "orphan_version_id": str(version_id)}
        raise LeaseLost(None, **found) from loss


def _correct(work: Work, review: flow.FinishedReview, label: LabelFacts, wanted: VerdictIn) -> UUID:
    """The reviewer's version, checked as a submit is; returns its id."""
    checked = annotations.check_label(work, review.place, _submission(wanted))
    version = annotations.write_correction(
        work,
        review.place,
        checked,
        label_id=label.label_id,
        parent_id=review.subject_id,
        active_ms=wanted.active_ms,
    )
    return version.id


def _submission(wanted: VerdictIn) -> SubmitIn:
    if wanted.objects is None:
        raise ObjectsMissing
    return SubmitIn(
        fence=wanted.fence,
        objects=wanted.objects,
        image_attributes=wanted.image_attributes,
        active_ms=wanted.active_ms,
    )


def _keep_late_correction(work: Work, lease_id: UUID, wanted: VerdictIn) -> UUID:
    """The version as which it stands beside the label; the error that follows lets it be kept."""
    review = flow.late_review(work, lease_id)
    work.require(Permission.REVIEW)
    label = queries.facts_of_version(work.session, review.subject_id)
    version_id = annotations.keep_late_correction(
        work,
        review.place,
        annotations.check_label(work, review.place, _submission(wanted)),
        label_id=label.label_id,
        parent_id=review.subject_id,
        active_ms=wanted.active_ms,
    )
    project_changed(work, review.task.project_id)
    return version_id


def _write(
    work: Work,
    task: TaskRef,
    subject_id: UUID,
    label: LabelFacts,
    decision: Decision,
    comment: str,
    lease_id: UUID | None,
    result_id: UUID | None,
) -> None:
    queries.write_verdict(
        work.session,
        id=new_id(),
        organization=task.organization_id,
        project=task.project_id,
        asset=task.asset_id,
        review_task=task.task_id,
        label_task=label.task_id,
        lease=lease_id,
        step=task.step,
        round=task.round,
        reviewer=work.actor.person_id,
        author=label.author_id,
        decision=decision.value,
        comment=comment,
        subject=subject_id,
        result=result_id,
    )
    look_at_work(work, task.project_id, label.task_id, label.author_id)


# Looking at many


def list_verdicts(work: Work, asset_id: UUID) -> list[VerdictRow]:
    """What was decided about an image's labels, the newest first; at most 200."""
    asset = require_asset(work, asset_id)
    rows = queries.verdicts_of_asset(work.session, asset.organization_id, asset.id, _VERDICTS_SHOWN)
    if work.actor.labels_blindly:
        # A verdict on what others did would tell that they had the image before.
        rows = [row for row in rows if row.author_id == work.actor.user_id]
    sight = sight_of(work, asset.project_id)
    return sight.cover_all(rows, ("reviewer_id", "reviewer_name"))


def list_waiting(
    work: Work,
    project_id: UUID,
    wanted: queries.WaitingFilter,
    *,
    after: UUID | None,
    limit: int,
) -> list[WaitingReview]:
    """Up to `limit + 1` labels that wait for a reviewer, or are with one."""
    sight = sight_of(work, project_id)
    _require_reviewer(work)
    if not sight.sees(wanted.author_id):  # asking for one after another would tell who it was
        return []
    rows = queries.waiting_reviews(work.session, project_id, wanted, after, limit)
    return sight.cover_all(
        rows, ("author_id", "author_name"), ("holder_id", "holder_name"), ("reserved_for", "")
    )


def approve_many(work: Work, project_id: UUID, task_ids: Sequence[UUID]) -> int:
    """Approve labels unopened; returns how many. Each goes on as if it had been looked at."""
    require_active_project(work, project_id, Permission.REVIEW)
    finished = flow.finish_open_reviews(work, project_id, task_ids)
    for task, subject_id in finished:
        label = queries.facts_of_version(work.session, subject_id)
        _write(work, task, subject_id, label, Decision.APPROVED, "", None, None)
        advance(work, project_id, label.task_id, subject_id, after=task.step)
    ids = [str(task.task_id) for task, _ in finished]
    record_audit(work, "review.approved_many", "project", project_id, {"tasks": ids})
    return len(finished)


def _require_reviewer(work: Work) -> None:
    actor = work.actor
    if not (actor.may(Permission.REVIEW) or actor.may(Permission.VIEW_QUALITY)):
        raise Forbidden(permission=Permission.REVIEW.value)
