"""The sweep, once a minute: whatever the database waits for, and whose message may be lost with
Redis or with a worker, is sent again.

Leases are not swept here: the API's queue keeper ends them within seconds.
"""

from collections.abc import Callable

import structlog

from maskwright.assets import service as assets
from maskwright.assets.fetches.service import resend_waiting_fetches
from maskwright.exports import service as exports
from maskwright.gold.service.scores import resend_unscored
from maskwright.mail.service import resend_waiting_mail
from maskwright.notifications.letters import post_due_digests
from maskwright.queue.batches import tell_finished_batches
from maskwright.queue.deadlines import warn_of_deadlines
from maskwright.reviews.service.consensus import resend_waiting_consensus
from maskwright.work import Work
from maskwright_workers.celery_app import SWEEP_TASK, app
from maskwright_workers.context import work_for_all

log = structlog.get_logger(__name__)

#: Each sends again what is overdue in one slice, and returns how much that was.
SWEEPS: dict[str, Callable[[Work], int]] = {
    "assets": assets.resend_waiting_assets,
    "renditions": assets.send_images_that_lack_renditions,
    "asset-fetches": resend_waiting_fetches,
    "exports": exports.send_waiting_exports,
    "consensus": resend_waiting_consensus,
    "batches": tell_finished_batches,
    "deadlines": warn_of_deadlines,
    "digests": post_due_digests,
    "mail": resend_waiting_mail,
    "gold": resend_unscored,
}


@app.task(name=SWEEP_TASK)
def sweep() -> None:
    """Run every sweep, each for itself: one that fails is logged by Celery with the task, after
    the others had their turn."""
    failures: list[Exception] = []
    for subject, send_again in SWEEPS.items():
        try:
            with work_for_all() as work:
                sent = send_again(work)
        except Exception as failure:  # noqa: BLE001 - raised below, once all were tried
            failures.append(failure)
        else:
            if sent:
                log.info("sent_again", subject=subject, jobs=sent)
    if failures:
        raise ExceptionGroup("Some sweeps failed", failures)
