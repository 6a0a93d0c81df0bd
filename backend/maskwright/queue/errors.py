"""What can go wrong with leases.

MaskwrightError
├── NotFound      LeaseNotFound
├── Conflict      BatchNameTaken, LateWorkMoved, LeaseLost, LeaseOfReview, OwnLabel, ProjectPaused,
│                 QuestionAnswered, ReviewHeld, ReviewKept, ReviewOver, TakeBackOff,
│                 TaskNotMovable, TooManyHeld, WorkGoesOn
└── InvalidInput  IdempotencyKeyReused
"""

from maskwright.kernel.errors import Conflict, InvalidInput, NotFound


class LeaseNotFound(NotFound):
    message = "There is no such lease, or it is not yours."


class LeaseLost(Conflict):
    """`reason` is how the lease ended, or `other-fence`; where it was taken back, `revoked_for`
    says why. After a submit, `kept` is true and
    `orphan_version_id` names the version that the work was kept as."""

    message = "This task is no longer yours. Your work is safe; take the next task."
    keeps_work = True


class BatchNameTaken(Conflict):
    message = "This project has a batch of that name already."


class LateWorkMoved(Conflict):
    message = "Somebody else has this image, or finished it. The late work stays in its history."


class QuestionAnswered(Conflict):
    message = "This question was answered already."


class LeaseOfReview(Conflict):
    message = "This is a review: approve it or send it back, instead of submitting a label."


class ProjectPaused(Conflict):
    message = "This project is paused. What you drew is kept; ask a manager when it goes on."


class TaskNotMovable(Conflict):
    """`state` is the task's."""

    message = "This task is not where it can be moved from. Load the page again to see where it is."


class IdempotencyKeyReused(InvalidInput):
    message = "This Idempotency-Key came with another body before. Send new work with a new key."


class TakeBackOff(Conflict):
    message = "In this project labels stay as they were handed in. Ask a manager to send it back."


class WorkGoesOn(Conflict):
    """`by` is a TakeBackHindrance."""

    message = (
        "Somebody went on with this label already. Ask a reviewer to send it back, or leave a "
        "comment on the image."
    )


class ReviewOver(Conflict):
    message = "This label does not wait for a review any more."


class ReviewHeld(Conflict):
    message = "Somebody else reviews this label now."


class ReviewKept(Conflict):
    message = "This label is kept for another reviewer."


class OwnLabel(Conflict):
    message = "You labelled this image yourself. Somebody else has to review it."


class TooManyHeld(Conflict):
    """`held` is how many."""

    message = "You have several labels open. Judge one of them first."
