"""Letters are written and sent here."""

from collections.abc import Mapping
from uuid import UUID

from maskwright.accounts.service.letters import invitation_letter, password_reset_letter
from maskwright.mail import service
from maskwright.mail.domain import Template
from maskwright.notifications.letters import digest_letter, notification_letter
from maskwright_workers.celery_app import app
from maskwright_workers.context import work_for_all

COMPOSERS: Mapping[Template, service.Composer] = {
    Template.INVITATION: invitation_letter,
    Template.PASSWORD_RESET: password_reset_letter,
    Template.NOTIFICATION: notification_letter,
    Template.DIGEST: digest_letter,
}


@app.task(name=service.SEND_JOB)
def send(mail_id: str) -> None:
    """Send one letter. What can't be delivered is kept and tried again later by the sweep."""
    with work_for_all() as work:
        service.send(work, UUID(mail_id), COMPOSERS)
