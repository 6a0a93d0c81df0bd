"""Uploaded images become ready here, one at a time per process."""

from uuid import UUID

import structlog
from celery import Task

from maskwright.assets.domain import FETCH_JOB, PROCESS_JOB, RENEW_JOB
from maskwright.assets.fetches.run import fetch_asset
from maskwright.assets.service import ProcessingResult, process_asset, renew_asset
from maskwright_workers.celery_app import app
from maskwright_workers.context import resources, work_for

log = structlog.get_logger(__name__)


@app.task(
    bind=True,
    name=PROCESS_JOB,
    autoretry_for=(Exception,),
    max_retries=4,
    retry_backoff=5,
    retry_backoff_max=300,
)
def process(self: Task, organization_id: str, asset_id: str) -> None:
    """Make one image's renditions. A bad image is a result; what is raised is a fault around it
    (the store or the database is away), and is tried again. What still waits after the last try
    is sent again by the sweep."""
    with work_for(organization_id) as work:
        result = process_asset(work, UUID(asset_id))
    if result is ProcessingResult.BUSY:
        log.info("asset_is_being_processed", asset_id=asset_id)


@app.task(name=RENEW_JOB)
def renew(organization_id: str, asset_id: str) -> None:
    """Make what an image lacks that was processed before there was such a rendition. Where this
    fails around the image, the sweep sends it again."""
    with work_for(organization_id) as work:
        if renew_asset(work, UUID(asset_id)):
            log.info("asset_renewed", asset_id=asset_id)


@app.task(name=FETCH_JOB)
def fetch(organization_id: str, fetch_id: str) -> None:
    """Fetch one image from its address. What it comes to is noted with the address; where this
    worker dies at it, the sweep sends it again."""
    fetch_asset(lambda: work_for(organization_id), resources().settings, UUID(fetch_id))
