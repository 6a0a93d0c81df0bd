"""Several people's labels become one here."""

from uuid import UUID

from maskwright.reviews.service.workflow import CONSENSUS_JOB
from maskwright_workers.celery_app import app
from maskwright_workers.context import work_for


@app.task(name=CONSENSUS_JOB)
def consensus(organization_id: str, asset_id: str) -> None:
    """Make the labels of one image one. Doing it again does no harm."""
    from maskwright.reviews.run_consensus import make_consensus  # noqa: PLC0415 - loads scipy

    with work_for(organization_id) as work:
        make_consensus(work, UUID(asset_id))
