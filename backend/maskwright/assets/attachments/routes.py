"""`/assets/{asset}/attachments`, `/projects/{project}/attachments` and `…/class-references`,
`/attachments`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from starlette.requests import ClientDisconnect

from maskwright.assets.attachments import service
from maskwright.assets.attachments.receive import receive_attachment
from maskwright.assets.attachments.schemas import AttachmentOut, AttachmentsOut
from maskwright.assets.attachments.service import Subject
from maskwright.assets.domain import AttachmentKind
from maskwright.assets.errors import (
    AttachmentMalformed,
    AttachmentRefused,
    AttachmentTooLarge,
    TooManyAttachments,
)
from maskwright.assets.file_responses import (
    A_WHILE,
    FOR_EVER,
    blob_response,
    disposition,
    etag_of,
    file_headers,
)
from maskwright.assets.receiving import incoming_folder
from maskwright.assets.signed_work import FileWork
from maskwright.http.dependencies import CurrentWork, collect_work
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router
from maskwright.work import Work

PROBLEMS: dict[ErrorType, Problem] = {
    AttachmentMalformed: Problem(422, "attachment-malformed"),
    AttachmentRefused: Problem(422, "attachment-refused"),
    AttachmentTooLarge: Problem(413, "attachment-too-large"),
    TooManyAttachments: Problem(409, "too-many-attachments"),
}

router = APIRouter(tags=["attachments"])
_reading = work_router()
#: Handlers that open their work themselves: not around a stream, or for a signed link.
_opening_themselves = APIRouter()

#: A page may bring its own styles and pictures. It runs no script, belongs to no origin, reaches no
#: server, and is shown by us alone.
_PAGE_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
)

_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "string",
                            "format": "binary",
                            "description": "a text, HTML page, PNG, JPEG, WebP, MP4 or WebM",
                        },
                        "role": {"type": "string", "enum": ["beside", "overlay"]},
                    },
                }
            }
        },
    }
}


@_opening_themselves.post("/assets/{asset_id}/attachments", status_code=201, openapi_extra=_BODY)
async def attach_to_asset(request: Request, asset_id: UUID) -> AttachmentOut:
    """Add a file that labelers see beside the image, or blended over it (`role=overlay`)."""
    return await _attach(request, lambda work: service.asset_subject(work, asset_id))


@_opening_themselves.post(
    "/projects/{project_id}/classes/{class_id}/references", status_code=201, openapi_extra=_BODY
)
async def add_class_reference(request: Request, project_id: UUID, class_id: UUID) -> AttachmentOut:
    """Add an image that shows labelers what the class looks like."""
    return await _attach(request, lambda work: service.class_subject(work, project_id, class_id))


@_opening_themselves.post(
    "/projects/{project_id}/attachments", status_code=201, openapi_extra=_BODY
)
async def attach_to_project(request: Request, project_id: UUID) -> AttachmentOut:
    """Add an image that the project's instructions show: `![words](attachment:<id>)`."""
    return await _attach(request, lambda work: service.project_subject(work, project_id))


@_reading.get("/projects/{project_id}/attachments")
def list_project_attachments(work: CurrentWork, project_id: UUID) -> AttachmentsOut:
    """The images of the project's instructions, oldest first."""
    return AttachmentsOut.of(work.settings, service.list_project_attachments(work, project_id))


@_reading.get("/assets/{asset_id}/attachments")
def list_attachments(work: CurrentWork, asset_id: UUID) -> AttachmentsOut:
    """Oldest first."""
    return AttachmentsOut.of(work.settings, service.list_attachments(work, asset_id))


@_reading.get("/projects/{project_id}/class-references")
def list_class_references(work: CurrentWork, project_id: UUID) -> AttachmentsOut:
    """The reference images of all classes, oldest first."""
    return AttachmentsOut.of(work.settings, service.list_class_references(work, project_id))


@_reading.delete("/attachments/{attachment_id}", status_code=204)
def delete_attachment(work: CurrentWork, attachment_id: UUID) -> None:
    service.delete_attachment(work, attachment_id)


@_opening_themselves.get(
    "/attachments/{attachment_id}/file",
    response_class=Response,
    responses={200: {"description": "the attachment's bytes", "content": {"*/*": {}}}},
)
def get_attachment_file(request: Request, attachment_id: UUID, file_work: FileWork) -> Response:
    """The bytes of an attachment: by a signed link, or signed in."""
    work, signature = file_work
    with work:
        found = service.attachment_file(work, attachment_id, signature)
        key, media_type, name, kind = found.blob_key, found.media_type, found.name, found.kind
    headers = file_headers(etag_of(key), A_WHILE if signature is None else FOR_EVER)
    headers["Content-Disposition"] = disposition("inline", name)
    if kind is AttachmentKind.HTML:
        headers["Content-Security-Policy"] = _PAGE_POLICY
        headers["X-Frame-Options"] = "SAMEORIGIN"
    return blob_response(request, work.resources.blobs, key, media_type, headers)


router.include_router(_opening_themselves)
router.include_router(_reading)


async def _attach(request: Request, subject_of: Callable[[Work], Subject]) -> AttachmentOut:
    """Sees first that the actor may, then takes the file, then keeps it."""
    opened = await collect_work(request)
    resources = opened.resources

    def new_work() -> Work:
        return Work(resources, opened.authenticate)

    def permitted() -> None:
        with new_work() as work:
            subject_of(work)

    await to_thread.run_sync(permitted)
    settings = resources.settings
    with incoming_folder(settings) as folder:
        try:
            received = await receive_attachment(
                request.stream(),
                request.headers.get("content-type", ""),
                Path(folder) / "file",
                max_bytes=settings.limits.attachment_bytes,
            )
        except ClientDisconnect as error:
            raise AttachmentMalformed from error

        def keep() -> AttachmentOut:
            with new_work() as work:
                made = service.attach(work, subject_of(work), received)
                return AttachmentOut.of(settings, made)

        return await to_thread.run_sync(keep)
