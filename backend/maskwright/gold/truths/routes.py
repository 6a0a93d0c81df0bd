"""`/projects/{project}/golds/files`."""

from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Query, Request
from pydantic import TypeAdapter, ValidationError
from starlette.requests import ClientDisconnect

from maskwright.assets.errors import UploadMalformed
from maskwright.assets.service import Form, incoming_folder, receive_form
from maskwright.gold.truths import service
from maskwright.gold.truths.domain import PngMeaning
from maskwright.gold.truths.schemas import TruthsOut
from maskwright.gold.truths.service import TruthThreads, Wanted
from maskwright.http.dependencies import collect_work
from maskwright.http.problems import ErrorType, Problem
from maskwright.work import Work

PROBLEMS: dict[ErrorType, Problem] = {}

#: It opens its work itself: not around a stream.
router = APIRouter(tags=["gold"])

_CLASSES = TypeAdapter(dict[str, UUID | None])
_FILES = {"type": "array", "items": {"type": "string", "format": "binary"}}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["masks"],
                    "properties": {
                        "masks": {
                            **_FILES,
                            "description": "COCO (instances, panoptic), maps of classes or of "
                            "objects with their lists, NDJSON; or a zip of them",
                        },
                        "images": {
                            **_FILES,
                            "description": "images that the project does not have yet",
                        },
                        "classes": {
                            "type": "string",
                            "description": "JSON: {name in the files: id of a class, or null to "
                            "leave its objects out}",
                        },
                    },
                }
            }
        },
    }
}


@router.post("/projects/{project_id}/golds/files", openapi_extra=_BODY)
async def use_files_as_gold(
    request: Request,
    project_id: UUID,
    check: Annotated[bool, Query(description="only tell what would become of them")] = False,
    is_mixed: Annotated[bool, Query(description="into everyday work; else for courses")] = True,
    values: Annotated[
        PngMeaning, Query(description="of maps that no list explains")
    ] = PngMeaning.CLASSES,
) -> TruthsOut:
    """Make golds of ground truth from files, of images of the project or of those that come with
    them. Each image has its own outcome; one that is refused does not stop the others."""
    work = await collect_work(request)
    limiter = work.resources.part(TruthThreads).limiter

    def open_work() -> Work:
        return Work(work.resources, work.authenticate)

    def see_whether_he_may() -> None:
        with open_work() as opened:
            service.require_manager(opened, project_id)

    def take(form: Form) -> TruthsOut:
        wanted = Wanted(check, is_mixed, _classes(form))
        files = service.read_form(form, work.settings, values)
        with open_work() as opened:
            return TruthsOut.of(service.take_truths(opened, project_id, files, wanted))

    await to_thread.run_sync(see_whether_he_may, limiter=limiter)
    with incoming_folder(work.settings) as folder:
        try:
            form = await receive_form(
                request.stream(),
                request.headers.get("content-type", ""),
                Path(folder),
                work.settings.limits,
                limiter,
            )
        except ClientDisconnect as error:
            raise UploadMalformed("The connection ended before the files did.") from error
        return await to_thread.run_sync(take, form, limiter=limiter)


def _classes(form: Form) -> dict[str, UUID | None]:
    try:
        return _CLASSES.validate_json(form.fields.get("classes") or "{}")
    except ValidationError as error:
        raise UploadMalformed("`classes` is a JSON object of names and ids of classes.") from error
