"""`/projects/{project}/asset-fetches`: what became of images that were named by their addresses."""

from uuid import UUID

from maskwright.assets.domain import FetchState
from maskwright.assets.fetches import service
from maskwright.assets.fetches.schemas import AssetFetchOut, FetchCountsOut
from maskwright.http.dependencies import CurrentWork, Cursor, Limit
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router
from maskwright.kernel.paging import Page, decode_cursor

PROBLEMS: dict[ErrorType, Problem] = {}

router = work_router(tags=["assets"])


@router.get("/projects/{project_id}/asset-fetches")
def list_asset_fetches(
    work: CurrentWork,
    project_id: UUID,
    state: FetchState | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[AssetFetchOut]:
    """The addresses that were sent to `…/assets`, the newest first."""
    found = service.list_fetches(
        work, project_id, state=state, after=decode_cursor(cursor), limit=limit
    )
    return Page[AssetFetchOut].of(found, limit, shape=AssetFetchOut.of, id_of=lambda row: row.id)


@router.get("/projects/{project_id}/asset-fetches/counts")
def count_asset_fetches(
    work: CurrentWork, project_id: UUID, since: UUID | None = None
) -> FetchCountsOut:
    """How far they are, from the fetch `since` on: the first one of those that one sent."""
    return FetchCountsOut.of(service.count_fetches(work, project_id, since=since))
