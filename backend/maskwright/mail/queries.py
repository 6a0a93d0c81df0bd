"""Every statement about letters."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from psycopg.rows import class_row
from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.kernel.ids import new_id
from maskwright.mail.domain import MailState, Order, Template

_POST = """
INSERT INTO outgoing_mail (id, organization_id, user_id, address, template, subject_id, state)
VALUES (%(id)s, %(organization)s, %(user)s, %(address)s, %(template)s, %(subject)s, 'queued')
"""


def post(
    session: Session,
    *,
    template: Template,
    subject_id: UUID,
    address: str,
    organization_id: UUID | None,
    user_id: UUID | None,
) -> UUID:
    mail_id = new_id()
    parameters = {
        "id": mail_id,
        "organization": organization_id,
        "user": user_id,
        "address": address,
        "template": template.value,
        "subject": subject_id,
    }
    driver_connection(session).execute(_POST, parameters)
    return mail_id


# Two workers that are told of the same letter must not both send it: the second passes it over.
_TAKE = """
SELECT id, template, subject_id, address, organization_id, user_id, attempts FROM outgoing_mail
WHERE id = %b AND state = 'queued' AND due_at <= clock_timestamp()
FOR UPDATE SKIP LOCKED
"""


def take(session: Session, mail_id: UUID) -> Order | None:
    """A letter that is due, for this work alone; None where it is not, or another has it."""
    with driver_connection(session).cursor(row_factory=class_row(Order)) as cursor:
        return cursor.execute(_TAKE, (mail_id,)).fetchone()


_FINISH = """
UPDATE outgoing_mail SET state = %(state)s::text, attempts = attempts + 1, problem = NULL,
    sent_at = CASE WHEN %(state)s::text = 'sent' THEN clock_timestamp() END
WHERE id = %(id)s
"""


def finish(session: Session, mail_id: UUID, state: MailState) -> None:
    driver_connection(session).execute(_FINISH, {"id": mail_id, "state": state.value})


_FAIL = """
UPDATE outgoing_mail SET
    attempts = attempts + 1, problem = %(problem)s,
    state = CASE WHEN %(wait)s::interval IS NULL THEN 'failed' ELSE state END,
    due_at = clock_timestamp() + coalesce(%(wait)s::interval, interval '0')
WHERE id = %(id)s
"""


def fail(session: Session, mail_id: UUID, problem: str, wait: timedelta | None) -> None:
    """Try again after so long; never, where `wait` is None."""
    driver_connection(session).execute(_FAIL, {"id": mail_id, "problem": problem, "wait": wait})


_DUE = """
SELECT id FROM outgoing_mail WHERE state = 'queued' AND due_at <= clock_timestamp() - %b
ORDER BY due_at LIMIT 500
"""


def overdue(session: Session, since: timedelta) -> Sequence[UUID]:
    rows = driver_connection(session).execute(_DUE, (since,))
    return [mail_id for (mail_id,) in rows]


_LATEST = """
SELECT DISTINCT ON (subject_id) subject_id, state FROM outgoing_mail
WHERE subject_id = ANY (%b) ORDER BY subject_id, id DESC
"""


def latest_states(session: Session, subject_ids: Sequence[UUID]) -> dict[UUID, MailState]:
    """What became of the newest letter about each of these."""
    rows = driver_connection(session).execute(_LATEST, (list(subject_ids),))
    return {subject_id: MailState(state) for subject_id, state in rows}
