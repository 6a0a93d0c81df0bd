"""`/me/notifications`."""

from maskwright.http.dependencies import CurrentWork
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router
from maskwright.notifications import service
from maskwright.notifications.schemas import NotificationsOut, ReadIn

PROBLEMS: dict[ErrorType, Problem] = {}

router = work_router(prefix="/me/notifications", tags=["notifications"])


@router.get("")
def list_notifications(work: CurrentWork) -> NotificationsOut:
    """What concerns the caller: work that was sent back, answers, replies."""
    return NotificationsOut.of(service.list_notifications(work))


@router.post("/read", status_code=204)
def mark_notifications_read(work: CurrentWork, body: ReadIn) -> None:
    """This one and all before it."""
    service.mark_read(work, body.up_to)
