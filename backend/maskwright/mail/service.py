"""Posting letters, and sending them.

A letter is posted in the transaction of what it tells of, and sent by a worker afterwards. What it
says is written then, by the slice that it is about: where there is nothing to say any more (an
invitation was withdrawn), nothing is sent. A letter may come twice where a worker dies between the
server's answer and the commit; it keeps its Message-ID, by which readers drop the second.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from maskwright.mail import queries
from maskwright.mail.domain import Letter, MailState, Order, Template, wait_after
from maskwright.mail.transport import DELIVERY_ERRORS, deliver, is_open
from maskwright.mail.writing import message_of
from maskwright.settings import Settings
from maskwright.work import Work

log = structlog.get_logger(__name__)

SEND_JOB = "mail.send"
_OVERDUE = timedelta(seconds=60)
_PROBLEM_SHOWN = 500

#: Writes the letter about something; None where there is nothing to say any more.
Composer = Callable[[Work, Order], Letter | None]


def is_on(settings: Settings) -> bool:
    """Whether letters go anywhere."""
    return is_open(settings)


def site_of(settings: Settings) -> str:
    """Where the pages are, for links in letters. Never taken from a request: whoever asks for a
    letter to somebody else must not choose where its link leads."""
    address = settings.security.public_url or f"http://{settings.host}:{settings.port}"
    return address.rstrip("/")


def post(
    work: Work,
    template: Template,
    subject_id: UUID,
    address: str,
    *,
    organization_id: UUID | None = None,
    user_id: UUID | None = None,
) -> bool:
    """Have a letter sent once this work is committed; False where letters go nowhere."""
    if not is_on(work.settings):
        return False
    mail_id = queries.post(
        work.session,
        template=template,
        subject_id=subject_id,
        address=address,
        organization_id=organization_id,
        user_id=user_id,
    )
    work.enqueue(SEND_JOB, {"mail_id": str(mail_id)})
    return True


def send(work: Work, mail_id: UUID, composers: Mapping[Template, Composer]) -> MailState | None:
    """Send one letter that is due. What became of it; None where it is not due, or another worker
    has it."""
    order = queries.take(work.session, mail_id)
    if order is None:
        return None
    letter = composers[Template(order.template)](work, order)
    if letter is None:
        queries.finish(work.session, order.id, MailState.DROPPED)
        return MailState.DROPPED
    try:
        deliver(work.settings, message_of(work.settings, order, letter))
    except DELIVERY_ERRORS as error:
        wait = wait_after(order.attempts + 1)
        queries.fail(work.session, order.id, str(error)[:_PROBLEM_SHOWN], wait)
        log.warning("mail_not_sent", mail_id=str(order.id), error=str(error), gives_up=wait is None)
        return MailState.FAILED if wait is None else MailState.QUEUED
    queries.finish(work.session, order.id, MailState.SENT)
    return MailState.SENT


def resend_waiting_mail(work: Work) -> int:
    """Ask again for what no worker sent; returns how many letters that were."""
    overdue = queries.overdue(work.session, _OVERDUE)
    for mail_id in overdue:
        work.enqueue(SEND_JOB, {"mail_id": str(mail_id)})
    return len(overdue)


def latest_states(session: Session, subject_ids: Sequence[UUID]) -> dict[UUID, MailState]:
    """What became of the newest letter about each of these; those without one are left out."""
    return queries.latest_states(session, subject_ids)
