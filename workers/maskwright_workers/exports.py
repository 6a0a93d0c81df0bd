"""Exports are made here."""

from uuid import UUID

from maskwright.exports.run import run_export
from maskwright.exports.service import RUN_JOB
from maskwright_workers.celery_app import app
from maskwright_workers.context import resources


@app.task(name=RUN_JOB)
def run(export_id: str) -> None:
    """Make one export. Where another worker is at it, there is nothing to do: should that one
    have died, the sweep sends the export again once it was silent for long enough."""
    run_export(resources(), UUID(export_id))
