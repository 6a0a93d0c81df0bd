"""`/projects/{project}/assets` and `/assets`."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import ValidationError
from starlette.requests import ClientDisconnect

from maskwright.assets import service
from maskwright.assets.domain import AssetState, Rendition, UploadStatus
from maskwright.assets.errors import (
    FILE_ERRORS,
    AssetBusy,
    ExternalIdTaken,
    LinkInvalid,
    MetadataInvalid,
    UploadMalformed,
    UploadTooLarge,
)
from maskwright.assets.fetches import service as fetches
from maskwright.assets.fetches.schemas import MAX_URLS, UrlsIn
from maskwright.assets.file_responses import (
    A_WHILE,
    FOR_EVER,
    blob_response,
    disposition,
    etag_of,
    file_headers,
    has_current,
)
from maskwright.assets.links import AssetLinks
from maskwright.assets.models import Asset
from maskwright.assets.schemas import AssetOut, AssetPatch, UploadItemOut, UploadOut
from maskwright.assets.service import Signature, TileAddress, UploadOutcome
from maskwright.assets.signed_work import FileWork
from maskwright.assets.uploads import receive_upload
from maskwright.http.dependencies import (
    CurrentWork,
    Cursor,
    Limit,
    collect_work,
)
from maskwright.http.problems import ErrorType, Problem, ProblemTable
from maskwright.http.routing import work_router
from maskwright.kernel.ids import time_of
from maskwright.kernel.paging import Page, decode_cursor
from maskwright.work import Work

PROBLEMS: dict[ErrorType, Problem] = {
    LinkInvalid: Problem(403, "link-invalid"),
    ExternalIdTaken: Problem(409, "external-id-taken"),
    AssetBusy: Problem(409, "asset-busy"),
    UploadMalformed: Problem(422, "upload-malformed"),
    UploadTooLarge: Problem(413, "upload-too-large"),
    MetadataInvalid: Problem(422, "metadata-invalid"),
    **{error: Problem(422, error.code) for error in FILE_ERRORS},
}

router = APIRouter(tags=["assets"])
_reading = work_router()
#: Handlers that open their work themselves: not at all around a stream, or for a signed link.
_opening_themselves = APIRouter()

_UPLOAD_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "description": "JPEG, PNG, WebP, TIFF or BMP images, or zips of them",
                        },
                        "metadata": {
                            "type": "string",
                            "description": "JSON: {file name: {external_id?, …}}",
                        },
                    },
                }
            },
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["urls"],
                    "properties": {
                        "urls": {
                            "type": "array",
                            "maxItems": MAX_URLS,
                            "items": {
                                "description": "an address, or {url, name, external_id, metadata}"
                            },
                        }
                    },
                }
            },
        },
    }
}

_IMAGE_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"description": "the image's bytes", "content": {"image/*": {}}},
    206: {"description": "the part that the Range header asked for"},
    304: {"description": "what the browser has is current"},
}


@_opening_themselves.post("/projects/{project_id}/assets", openapi_extra=_UPLOAD_BODY)
async def upload_assets(request: Request, project_id: UUID) -> UploadOut:
    """Upload images, or name them by their addresses (`urls`, as JSON). Each file has its own
    outcome, and one that is refused does not stop the others. Where the connection drops, send the
    same files again: what had arrived is then answered as a duplicate. Addresses are fetched
    later: see `…/asset-fetches`."""
    work = await collect_work(request)
    if request.headers.get("content-type", "").startswith("application/json"):
        return await run_in_threadpool(_ask_for, work, project_id, await request.body())
    try:
        outcomes = await receive_upload(
            request.stream(),
            request.headers.get("content-type", ""),
            project_id,
            work.resources,
            lambda: Work(work.resources, work.authenticate),
        )
    except ClientDisconnect as error:
        raise UploadMalformed from error
    return _upload_shape(request, work, outcomes)


def _ask_for(work: Work, project_id: UUID, body: bytes) -> UploadOut:
    try:
        wanted = UrlsIn.model_validate_json(body)
    except ValidationError as error:
        raise UploadMalformed("Send {urls: [address, …]}, or the images as a form.") from error
    with work:
        asked = fetches.ask_for(work, project_id, wanted.urls)
    items = [
        UploadItemOut(name=url, status=UploadStatus.QUEUED, fetch_id=fetch_id)
        for fetch_id, url in asked
    ]
    return UploadOut(items=items, accepted=0, duplicates=0, rejected=0, queued=len(items))


@_reading.get("/projects/{project_id}/assets")
def list_assets(
    work: CurrentWork,
    project_id: UUID,
    state: AssetState | None = None,
    q: Annotated[str | None, Query(max_length=255, description="part of name or id")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[AssetOut]:
    """The project's images, newest first."""
    assets = service.list_assets(
        work, project_id, state=state, text=q, after=decode_cursor(cursor), limit=limit
    )
    shapes = {shape.id: shape for shape in _shapes(work, assets)}
    return Page[AssetOut].of(
        assets, limit, shape=lambda asset: shapes[asset.id], id_of=lambda asset: asset.id
    )


@_reading.get("/assets/{asset_id}")
def get_asset(work: CurrentWork, asset_id: UUID) -> AssetOut:
    return _shape(work, service.require_asset(work, asset_id))


@_reading.patch("/assets/{asset_id}")
def change_asset(work: CurrentWork, asset_id: UUID, body: AssetPatch) -> AssetOut:
    return _shape(work, service.change_asset(work, asset_id, body))


@_reading.delete("/assets/{asset_id}", status_code=204)
def delete_asset(work: CurrentWork, asset_id: UUID) -> None:
    """Take an image out of the project. Its labels are kept, but no longer shown or exported."""
    service.delete_asset(work, asset_id)


@_reading.post("/assets/{asset_id}/reprocess")
def reprocess_asset(work: CurrentWork, asset_id: UUID) -> AssetOut:
    """Try again to process an image that failed."""
    return _shape(work, service.reprocess(work, asset_id))


@_opening_themselves.get(
    "/assets/{asset_id}/file/{rendition}", response_class=Response, responses=_IMAGE_ANSWER
)
def get_file(
    request: Request, asset_id: UUID, rendition: Rendition, file_work: FileWork
) -> Response:
    """The bytes of an image: by a signed link, or signed in."""
    work, signature = file_work
    with work:
        file = service.file_of(work, asset_id, rendition, signature)
    headers = file_headers(etag_of(file.key), A_WHILE if signature is None else FOR_EVER)
    kind = "attachment" if rendition is Rendition.ORIGINAL else "inline"
    headers["Content-Disposition"] = disposition(kind, file.name)
    return blob_response(request, work.resources.blobs, file.key, file.media_type, headers)


@_opening_themselves.get(
    "/assets/{asset_id}/tiles/{level}/{x}/{y}", response_class=Response, responses=_IMAGE_ANSWER
)
def get_tile(
    request: Request, asset_id: UUID, level: int, x: int, y: int, file_work: FileWork
) -> Response:
    """One tile of a large image: column x and row y of a level."""
    return _tile_answer(request, asset_id, TileAddress(level, x, y), file_work, service.tile_of)


@_opening_themselves.get(
    "/assets/{asset_id}/deep-tiles/{level}/{x}/{y}",
    response_class=Response,
    responses=_IMAGE_ANSWER,
)
def get_deep_tile(
    request: Request, asset_id: UUID, level: int, x: int, y: int, file_work: FileWork
) -> Response:
    """One tile of a large deep image, as 16-bit grey PNG."""
    address = TileAddress(level, x, y)
    return _tile_answer(request, asset_id, address, file_work, service.deep_tile_of)


def _tile_answer(
    request: Request,
    asset_id: UUID,
    address: TileAddress,
    file_work: FileWork,
    tile_of: Callable[[Work, UUID, TileAddress, Signature | None], tuple[bytes, str]],
) -> Response:
    work, signature = file_work
    place = f"/{address.level}/{address.column}/{address.row}"
    headers = file_headers(
        etag_of(str(asset_id), place), A_WHILE if signature is None else FOR_EVER
    )
    with work:
        content, media_type = tile_of(work, asset_id, address, signature)
    if has_current(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media_type)


router.include_router(_opening_themselves)
router.include_router(_reading)


def _shape(work: Work, asset: Asset) -> AssetOut:
    return _shapes(work, [asset])[0]


def _shapes(work: Work, assets: Sequence[Asset]) -> list[AssetOut]:
    """The tasks of all of them in one query."""
    work.session.flush()
    links = AssetLinks(work.settings)
    tasks = service.tasks_of_assets(work, assets)
    shapes = [AssetOut.of(asset, links, tasks.get(asset.id)) for asset in assets]
    if work.actor.labels_blindly:
        # An image that came later than its id says is a gold.
        for shape in shapes:
            shape.created_at = time_of(shape.id)
    return shapes


def _upload_shape(request: Request, work: Work, outcomes: list[UploadOutcome]) -> UploadOut:
    links = AssetLinks(work.settings)
    problems: ProblemTable = request.app.state.problems

    def item(outcome: UploadOutcome) -> UploadItemOut:
        problem: dict[str, Any] | None = None
        if outcome.error is not None:
            problem = problems.body(outcome.error) | {"name": outcome.name}
        asset = None if outcome.asset is None else AssetOut.of(outcome.asset, links, None)
        return UploadItemOut(name=outcome.name, status=outcome.status, asset=asset, problem=problem)

    def number(status: UploadStatus) -> int:
        return sum(outcome.status is status for outcome in outcomes)

    return UploadOut(
        items=[item(outcome) for outcome in outcomes],
        accepted=number(UploadStatus.ACCEPTED),
        duplicates=number(UploadStatus.DUPLICATE),
        rejected=number(UploadStatus.REJECTED),
        queued=0,
    )
