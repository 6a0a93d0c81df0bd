"""Labels that are handed in: one by one, and those that come at the same moment together.

Together costs each of them half as much: who they are, which leases they have, and all that is
written is one statement each, whatever their number. That way is for what is as it should be.
Whatever is not so (work that comes too late, a label that does not pass, a workflow that follows)
is left to `submit`, which sees it as if nobody had looked before.
"""

from collections.abc import Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

from psycopg.errors import UniqueViolation

from maskwright.annotations import service as annotations
from maskwright.annotations.domain import VersionRef
from maskwright.annotations.schemas import SubmitIn
from maskwright.db.lane import Lane
from maskwright.events.service import project_changed
from maskwright.kernel.errors import MaskwrightError
from maskwright.queue import queries
from maskwright.queue.domain import TaskStage
from maskwright.queue.errors import (
    IdempotencyKeyReused,
    LeaseLost,
    LeaseNotFound,
    LeaseOfReview,
)
from maskwright.queue.flow import route_after_submit
from maskwright.queue.lease_gate import is_worker, loss_of, place_of, require_worker
from maskwright.queue.rates import Rates
from maskwright.queue.submit_queries import (
    Asked,
    HandIn,
    answer_to_submit,
    leases_and_submissions,
    store_answer,
    submit_labels,
)
from maskwright.queue.watching import is_watched, look_at_work
from maskwright.work import Work


@dataclass(frozen=True, slots=True)
class Sent:
    """A submit as it came.

    work  in the name of its sender
    key   his own for this submit
    """

    work: Work
    lease_id: UUID
    submission: SubmitIn
    key: str
    body_sha256: bytes

    @classmethod
    def of(cls, work: Work, lease_id: UUID, submission: SubmitIn, key: str, body: bytes) -> "Sent":
        return cls(work, lease_id, submission, key, sha256(body).digest())


def submit(
    work: Work, lease_id: UUID, submission: SubmitIn, *, key: str, body: bytes
) -> dict[str, Any]:
    """Hand the label in; returns the answer, as JSON values.

    The same key with the same body is answered as before. Work under a lease that ran out or was
    released is taken as long as nobody was granted the task since; otherwise it is kept as an
    orphan version, and LeaseLost names it.
    """
    sent = Sent.of(work, lease_id, submission, key, body)
    lease, earlier = _lease_and_answer(sent)
    if earlier is not None:
        return earlier
    label = _checked(sent, lease)
    if lease.has_workflow:
        work.leave_lane()  # what follows a submit there is other slices' affair
    version = _hand_in(work.lane, label)
    if version is not None:
        if lease.has_workflow:
            route_after_submit(work, lease.task, version)
        look_at_work(work, lease.project_id, lease.task_id, work.actor.person_id)
        return _answered(work, label, version)
    work.leave_lane()
    # Of two requests with the same key at once, the second comes here after the first committed.
    lease, earlier = _lease_and_answer(sent)
    if earlier is not None:
        return earlier
    raise _keep_late_work(work, replace(label, lease=lease))


def submit_together(lane: Lane, sent: Sequence[Sent]) -> list[dict[str, Any] | None]:
    """Hand in the labels of several people on one lane; None for each that has to be handed in by
    itself, of which nothing was done."""
    answers: list[dict[str, Any] | None] = [None] * len(sent)
    labels = _labels_that_pass(lane, sent)
    try:
        taken = submit_labels(lane, list(labels.values()), waits=False) if labels else []
    except UniqueViolation:  # one of them; nothing was done with any
        return answers
    for (at, label), version in zip(labels.items(), taken, strict=True):
        if version is not None:
            answers[at] = _answered(sent[at].work, label, version)
    return answers


def _labels_that_pass(lane: Lane, sent: Sequence[Sent]) -> dict[int, HandIn]:
    """By their places in `sent`. Who sent one of the others is told what is wrong with it when it
    is handed in by itself."""
    asked = {at: _asked(one) for at, one in enumerate(sent) if is_worker(one.work.actor)}
    found = leases_and_submissions(lane, list(asked.values())) if asked else []
    labels: dict[int, HandIn] = {}
    for at, of_lease in zip(asked, found, strict=True):
        if of_lease is None:
            continue
        lease, earlier = of_lease
        if earlier is None and _is_plain(sent[at].work, lease):
            with suppress(MaskwrightError):
                labels[at] = _checked(sent[at], lease)
    return labels


def _is_plain(work: Work, lease: queries.LeaseRow) -> bool:
    """Whether nothing else happens when its label is handed in."""
    return not lease.has_workflow and not is_watched(work, lease.project_id)


def _checked(sent: Sent, lease: queries.LeaseRow) -> HandIn:
    """The label on its way in; raises what it is refused for."""
    if lease.task.stage is TaskStage.REVIEW:
        raise LeaseOfReview
    place = place_of(sent.work, lease)
    checked = annotations.check_label(sent.work, place, sent.submission)
    submission = sent.submission
    return HandIn(
        lease,
        place,
        submission.fence,
        checked,
        submission.active_ms,
        sent.key,
        sent.body_sha256,
    )


def _hand_in(lane: Lane, label: HandIn) -> VersionRef | None:
    """Finish the task with this label; None, and nothing done, where it is too late for that.

    A label's number that another late submit took meanwhile means that this one is late as well.
    """
    try:
        # Alone on its lane, the statement is a transaction; in the session's, which goes on, what
        # it did before it failed has to be taken back.
        with lane.attempt() if label.lease.has_workflow else nullcontext():
            [version] = submit_labels(lane, [label], waits=True)
    except UniqueViolation:
        return None
    return version


def _answered(work: Work, label: HandIn, version: VersionRef) -> dict[str, Any]:
    """What follows every label that was taken, and what its sender is told."""
    project_id = label.place.project_id
    # How long a part of an image takes says nothing of the next image.
    if label.active_ms > 0 and not label.place.region:
        note_task = work.resources.part(Rates).note_task
        seconds = label.active_ms / 1000
        work.after_commit(partial(note_task, project_id, label.place.author_id, seconds))
    project_changed(work, project_id)
    return answer_to_submit(label.place.task_id, version)


def _keep_late_work(work: Work, label: HandIn) -> LeaseLost:
    """The error to answer with; it lets the work be committed."""
    place, lease = label.place, label.lease
    orphan = annotations.keep_orphan(work, place, label.checked, active_ms=label.active_ms)
    lost = {**loss_of(lease, label.fence), "orphan_version_id": str(orphan.id)}
    store_answer(work.lane, label, {"lost": lost})
    return LeaseLost(kept=True, **lost)


def _lease_and_answer(sent: Sent) -> tuple[queries.LeaseRow, dict[str, Any] | None]:
    """The sender's lease, and what this key was answered before, if it was."""
    [found] = leases_and_submissions(sent.work.lane, [_asked(sent)])
    if found is None:
        raise LeaseNotFound
    lease, earlier = found
    if earlier is None:
        return lease, None
    if earlier.body_sha256 != sent.body_sha256:
        raise IdempotencyKeyReused
    lost = earlier.answer.get("lost")
    if lost is not None:
        raise LeaseLost(kept=True, **lost)
    return lease, earlier.answer


def _asked(sent: Sent) -> Asked:
    actor = require_worker(sent.work)
    return Asked(sent.lease_id, actor.organization_id, actor.person_id, sent.key)
