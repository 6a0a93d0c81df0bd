"""`/projects/{project}/predictions`, `…/prediction-models`, `…/prelabels`."""

from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import ValidationError
from pydantic_core import from_json, to_json
from starlette.requests import ClientDisconnect

from maskwright.http.dependencies import CurrentWork, Cursor, Limit, collect_work
from maskwright.http.problems import ErrorType, Problem, ProblemTable
from maskwright.http.routing import work_router
from maskwright.kernel.paging import Page, decode_cursor
from maskwright.predictions import service
from maskwright.predictions.domain import ModelName, ModelSummary, Outcome
from maskwright.predictions.errors import ModelNotFound, PredictionRefused, PredictionsMalformed
from maskwright.predictions.reading import model_name
from maskwright.predictions.schemas import (
    Confidence,
    ModelOut,
    ModelsOut,
    PredictedImageOut,
    PredictionsIn,
    PredictionsOut,
    PrelabelsIn,
    RefusedOut,
)
from maskwright.work import Work

PROBLEMS: dict[ErrorType, Problem] = {
    ModelNotFound: Problem(404, "model-not-found"),
    PredictionsMalformed: Problem(422, "predictions-malformed"),
    PredictionRefused: Problem(422, "prediction-refused"),
}

router = APIRouter(tags=["predictions"])
_reading = work_router()
#: It opens its work itself: not at all around a stream.
_streaming = APIRouter()

_NUMBERS = {"type": "array", "items": {"type": "number"}}
_OBJECT = {
    "type": "object",
    "required": ["class"],
    "description": "with one of mask, polygon and box",
    "properties": {
        "class": {"type": "string", "description": "name or id"},
        "mask": {"type": "object", "description": "COCO RLE: {size, counts}"},
        "polygon": {
            "type": "array",
            "items": _NUMBERS,
            "description": "rings [x1, y1, x2, y2, …] in pixels, whose areas are joined",
        },
        "box": {**_NUMBERS, "description": "[x, y, width, height] in pixels"},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "layer": {"type": "integer"},
        "attributes": {"type": "object"},
    },
}
_LINE = {
    "type": "object",
    "required": ["asset", "objects"],
    "properties": {
        "asset": {"type": "object", "description": "one of id, external_id and name"},
        "model": {"description": "a name, or {name, version}"},
        "objects": {"type": "array", "items": _OBJECT},
    },
}
_MANY = {
    "type": "object",
    "required": ["predictions"],
    "properties": {
        "model": {"description": "of all that name none"},
        "predictions": {"type": "array", "items": _LINE},
    },
}
_BODY = {
    "requestBody": {
        "required": True,
        "description": "One image per line of NDJSON, as many as there are; or a JSON object.",
        "content": {
            "application/x-ndjson": {"schema": _LINE},
            "application/json": {"schema": _MANY},
        },
    }
}


@_streaming.post("/projects/{project_id}/predictions", openapi_extra=_BODY)
async def receive_predictions(
    request: Request,
    project_id: UUID,
    model: Annotated[str | None, Query(max_length=200, description="of all lines without")] = None,
    version: Annotated[str, Query(max_length=200, description="of that model")] = "",
) -> PredictionsOut:
    """Take in what models say of images: one line of JSON per image. A line that is refused does
    not stop the others; the answer says why. The same line again changes nothing, another one of
    the same image and model replaces it."""
    work = await collect_work(request)
    named = None if model is None else ModelName(model, version)
    chunks: AsyncIterator[bytes] = request.stream()
    try:
        if _is_json(request):
            chunks, named = _one_chunk(await request.body(), named)
        report = await service.receive_lines(
            chunks,
            project_id,
            work.resources,
            lambda: Work(work.resources, work.authenticate),
            named,
        )
    except ClientDisconnect as error:
        raise PredictionsMalformed("The connection ended before the body did.") from error
    return _report_shape(request, report)


def _is_json(request: Request) -> bool:
    return request.headers.get("content-type", "").split(";")[0].strip() == "application/json"


def _one_chunk(
    body: bytes, named: ModelName | None
) -> tuple[AsyncIterator[bytes], ModelName | None]:
    """The JSON form as lines; its size has a bound like that of any JSON."""
    try:
        value = from_json(body)
        sent = PredictionsIn.model_validate(
            {"predictions": value} if isinstance(value, list) else value
        )
    except (ValueError, ValidationError) as error:
        raise PredictionsMalformed from error
    lines = b"\n".join(to_json(prediction) for prediction in sent.predictions)

    async def whole() -> AsyncIterator[bytes]:
        yield lines

    return whole(), named if sent.model is None else model_name(sent.model)


def _report_shape(request: Request, report: service.Report) -> PredictionsOut:
    problems: ProblemTable = request.app.state.problems
    counted: dict[str, Any] = {
        outcome.value: report.outcomes[outcome]
        for outcome in (Outcome.ADDED, Outcome.REPLACED, Outcome.UNCHANGED, Outcome.REFUSED)
    }
    return PredictionsOut(
        lines=report.lines,
        objects=report.objects,
        trimmed=report.trimmed,
        problems=[
            RefusedOut(line=line.number, asset=line.asset, problem=problems.body(line.error))
            for line in sorted(report.problems, key=lambda line: line.number)
        ],
        problems_left_out=report.problems_left_out,
        **counted,
    )


@_reading.get("/projects/{project_id}/predictions")
def list_predictions(
    work: CurrentWork,
    project_id: UUID,
    model_id: UUID | None = None,
    asset_id: UUID | None = None,
    max_confidence: Confidence | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[PredictedImageOut]:
    """Which images models spoke of, the newest first. `max_confidence` leaves those whose least
    certain object is at most so certain."""
    found = service.list_predictions(
        work,
        project_id,
        model_id=model_id,
        asset_id=asset_id,
        max_confidence=max_confidence,
        after=decode_cursor(cursor),
        limit=limit,
    )
    return Page[PredictedImageOut].of(
        found, limit, shape=PredictedImageOut.of, id_of=lambda row: row.version_id
    )


@_reading.get("/projects/{project_id}/prediction-models")
def list_prediction_models(work: CurrentWork, project_id: UUID) -> ModelsOut:
    """The models that predicted something here, the newest first."""
    return _models_shape(*service.list_models(work, project_id))


@_reading.delete("/prediction-models/{model_id}", status_code=204)
def delete_prediction_model(work: CurrentWork, model_id: UUID) -> None:
    """Forget a model and all that it predicted here. What people made of it stays."""
    service.delete_model(work, model_id)


@_reading.put("/projects/{project_id}/prelabels")
def choose_prelabels(work: CurrentWork, project_id: UUID, body: PrelabelsIn) -> ModelsOut:
    """Let labelers begin with a model's predictions. What somebody began stays as it is."""
    chosen = service.choose_prelabels(work, project_id, body.model_id, body.min_confidence)
    return _models_shape(*chosen)


def _models_shape(models: list[ModelSummary], min_confidence: float) -> ModelsOut:
    return ModelsOut(items=[ModelOut.of(each) for each in models], min_confidence=min_confidence)


router.include_router(_streaming)
router.include_router(_reading)
