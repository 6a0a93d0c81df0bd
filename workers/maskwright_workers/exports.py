"""Exports are made here, one at a time per process."""

from uuid import UUID

from celery import Task

from maskwright.exports.domain import ExportState
from maskwright.exports.run import run_export
from maskwright.exports.service import LOST_AFTER, RUN_JOB
from maskwright_workers.celery_app import app
from maskwright_workers.context import resources


@app.task(bind=True, name=RUN_JOB, max_retries=None)
def run(self: Task, export_id: str) -> None:
    """Make one export. Where another worker seems to be at it, look again once that one would
    have been given up: this message may be there because it died."""
    state = run_export(resources(), UUID(export_id))
    if state is ExportState.RUNNING:
        raise self.retry(countdown=LOST_AFTER.total_seconds() + 1)
