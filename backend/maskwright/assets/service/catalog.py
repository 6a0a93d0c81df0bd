"""Assets as a project's people see and change them."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import structlog
from redis import RedisError

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.assets import queries
from maskwright.assets.domain import PROCESS_JOB, PROCESS_QUEUE, AssetState, Rendition
from maskwright.assets.errors import AssetBusy, AssetNotFound, ExternalIdTaken
from maskwright.assets.links import AssetLinks
from maskwright.assets.metadata import checked_details, checked_external_id
from maskwright.assets.models import Asset
from maskwright.assets.names import file_name
from maskwright.assets.queries import AssetTask
from maskwright.assets.receiving import remove_abandoned
from maskwright.assets.schemas import AssetPatch
from maskwright.events.service import project_changed
from maskwright.kernel.clock import utc_now
from maskwright.projects.service import require_project
from maskwright.queue.service import withdraw_tasks
from maskwright.work import Work
from maskwright.workforce.service.sight import sight_of

log = structlog.get_logger(__name__)

#: An asset that waits longer than this, while no message waits for a worker, was forgotten.
WAITING_TOO_LONG = timedelta(minutes=2)
_RESENT_AT_ONCE = 1000


def require_asset(
    work: Work, asset_id: UUID, permission: Permission = Permission.VIEW_PROJECT
) -> Asset:
    """The asset, if the actor may do this to it; a stranger's asset is not found."""
    asset = queries.find_asset(work.session, work.actor.organization_id, asset_id)
    if asset is None:
        raise AssetNotFound
    require_project(work, asset.project_id, permission)
    return asset


def list_assets(
    work: Work,
    project_id: UUID,
    *,
    state: AssetState | None,
    text: str | None,
    after: UUID | None,
    limit: int,
) -> Sequence[Asset]:
    """Up to `limit + 1` assets of the project, newest first."""
    project = require_project(work, project_id)
    # Postgres keeps no NUL, so nothing contains one.
    if text and "\0" in text:
        return []
    return queries.page_of_assets(
        work.session, project.id, state=state, text=text, after=after, limit=limit
    )


def tasks_of_assets(work: Work, assets: Sequence[Asset]) -> dict[UUID, AssetTask]:
    """The task of each that has one, with who has it as the actor may know."""
    if not assets:
        return {}
    asset_ids = [asset.id for asset in assets]
    project = require_project(work, assets[0].project_id)
    actor = work.actor
    if project.is_watched and actor.labels_blindly:
        return queries.own_tasks_of_assets(work.session, asset_ids, actor.person_id)
    tasks = queries.tasks_of_assets(work.session, asset_ids)
    sight = sight_of(work, assets[0].project_id)
    fields = ("labeler_id", "labeler_name")
    return {asset_id: sight.cover(task, fields) for asset_id, task in tasks.items()}


def change_asset(work: Work, asset_id: UUID, wanted: AssetPatch) -> Asset:
    """Set what the patch names, and nothing else."""
    asset = require_asset(work, asset_id, Permission.IMPORT_DATA)
    named = wanted.model_fields_set
    if "external_id" in named:
        external_id = checked_external_id(wanted.external_id)
        if external_id is not None and queries.external_id_is_taken(
            work.session, asset.project_id, external_id, except_asset=asset.id
        ):
            raise ExternalIdTaken(external_id=external_id)
        asset.external_id = external_id
    if wanted.name is not None:
        asset.name = file_name(wanted.name).name
    if wanted.metadata is not None:
        asset.details = checked_details(wanted.metadata)
    record_audit(work, "asset.changed", "asset", asset.id, {"fields": sorted(named)})
    return asset


def delete_asset(work: Work, asset_id: UUID) -> None:
    """Hide the asset and take its task out of the queue. Its labels and bytes stay, so that the
    deletion can be undone by hand; the same file can be uploaded anew."""
    asset = require_asset(work, asset_id, Permission.IMPORT_DATA)
    asset.deleted_at = utc_now()
    withdraw_tasks(work, [asset.id])
    record_audit(work, "asset.deleted", "asset", asset.id, {"name": asset.name})
    project_changed(work, asset.project_id)


def reprocess(work: Work, asset_id: UUID) -> Asset:
    """Try again to process an asset that failed."""
    asset = require_asset(work, asset_id, Permission.IMPORT_DATA)
    if asset.state is AssetState.PROCESSING:
        raise AssetBusy
    if asset.state is AssetState.FAILED:
        asset.state = AssetState.PROCESSING
        asset.problem = None
        work.enqueue(PROCESS_JOB, job_arguments(asset), queue=PROCESS_QUEUE)
        record_audit(work, "asset.tried_again", "asset", asset.id)
        project_changed(work, asset.project_id)
    return asset


def job_arguments(asset: Asset) -> dict[str, object]:
    return {"organization_id": str(asset.organization_id), "asset_id": str(asset.id)}


def cover_urls(work: Work, project_ids: Sequence[UUID]) -> dict[UUID, str]:
    """A thumbnail for each project that has a ready asset. The caller may see the projects."""
    links = AssetLinks(work.settings)
    return {
        project_id: links.rendition_url(asset_id, Rendition.THUMBNAIL)
        for project_id, asset_id in queries.first_ready_assets(work.session, project_ids).items()
    }


def resend_waiting_assets(work: Work) -> int:
    """Send the jobs of assets that wait though no message does; returns how many.

    A message is lost with Redis, or where Redis was away when the upload was committed. As long
    as messages wait, workers are only busy, and sending more would make the queue longer for ever.
    What killed processes left of uploads on this machine's disk is removed on the way.
    """
    remove_abandoned(work.settings)
    try:
        if work.resources.redis.llen(PROCESS_QUEUE):
            return 0
    except RedisError:
        log.info("assets_not_resent", reason="Redis is away")
        return 0
    waiting = queries.assets_in_processing(
        work.session, created_before=utc_now() - WAITING_TOO_LONG, limit=_RESENT_AT_ONCE
    )
    for organization_id, asset_id in waiting:
        arguments: dict[str, object] = {
            "organization_id": str(organization_id),
            "asset_id": str(asset_id),
        }
        work.enqueue(PROCESS_JOB, arguments, queue=PROCESS_QUEUE)
    return len(waiting)
