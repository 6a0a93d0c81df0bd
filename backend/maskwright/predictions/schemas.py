"""Predictions on the wire."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    JsonValue,
    StringConstraints,
    model_validator,
)

from maskwright.annotations.domain import MAX_OBJECT_LAYER
from maskwright.annotations.schemas import MaskIn
from maskwright.predictions.domain import ModelSummary, PredictedImage

Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]+$"),
]
Version = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00]*$")
]
Confidence = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class AssetRefIn(_Body):
    """Which image: exactly one of the three."""

    id: UUID | None = None
    external_id: Text | None = None
    name: Annotated[str, StringConstraints(min_length=1, max_length=1000)] | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if sum(part is not None for part in (self.id, self.external_id, self.name)) != 1:
            raise ValueError("Name the image by one of `id`, `external_id` and `name`.")
        return self


class ModelRefIn(_Body):
    name: Text
    version: Version = ""


class PredictedObjectIn(_Body):
    """One object.

    class       by name or id
    mask        COCO RLE of the whole image; or
    polygon     rings [x1, y1, x2, y2, …] in pixels, whose areas are joined; or
    box         [x, y, width, height] in pixels: all of its pixels
    confidence  0 to 1
    """

    class_: Annotated[str, Field(alias="class", min_length=1, max_length=200)]
    mask: MaskIn | None = None
    polygon: Annotated[list[list[FiniteFloat]], Field(min_length=1, max_length=1000)] | None = None
    box: tuple[FiniteFloat, FiniteFloat, FiniteFloat, FiniteFloat] | None = None
    confidence: Confidence | None = None
    layer: Annotated[int, Field(ge=0, le=MAX_OBJECT_LAYER)] | None = None
    attributes: dict[str, JsonValue] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _exactly_one_shape(self) -> Self:
        if sum(shape is not None for shape in (self.mask, self.polygon, self.box)) != 1:
            raise ValueError("Give one of `mask`, `polygon` and `box`.")
        return self


class PredictionIn(_Body):
    """What a model says of one image. `model` may be left out where the request names it."""

    asset: AssetRefIn
    model: Text | ModelRefIn | None = None
    objects: list[PredictedObjectIn]


class PredictionsIn(_Body):
    """The JSON form of a request: the same as lines of NDJSON."""

    model: Text | ModelRefIn | None = None
    predictions: list[JsonValue]


class RefusedOut(BaseModel):
    """`line` counts from 1. `problem` has a title, a reason and, where it is about one object,
    which one."""

    line: int
    asset: dict[str, Any] | None
    problem: dict[str, Any]


class PredictionsOut(BaseModel):
    """What became of the lines. `trimmed` counts objects that lost pixels to more certain ones of
    their layer; of many refused lines the first ones are listed."""

    lines: int
    added: int
    replaced: int
    unchanged: int
    refused: int
    objects: int
    trimmed: int
    problems: list[RefusedOut]
    problems_left_out: int


class ModelOut(BaseModel):
    """A model that predicted something here. `confidence` is the mean of what it says of its least
    certain object of each image; `is_prelabel`: labelers begin with its predictions."""

    id: UUID
    name: str
    version: str
    created_at: datetime
    newest_at: datetime | None
    images: int
    objects: int
    confidence: float | None
    is_prelabel: bool

    @classmethod
    def of(cls, model: ModelSummary) -> Self:
        return cls.model_validate(model, from_attributes=True)


class ModelsOut(BaseModel):
    """`min_confidence`: less certain objects are left out where labelers begin."""

    items: list[ModelOut]
    min_confidence: float


class PredictedAsset(BaseModel):
    id: UUID
    name: str


class PredictedImageOut(BaseModel):
    """`version_id` is the label version that has the objects: `GET /label-versions/{version}`."""

    asset: PredictedAsset
    model_id: UUID
    version_id: UUID
    objects: int
    confidence: float | None
    updated_at: datetime

    @classmethod
    def of(cls, row: PredictedImage) -> Self:
        return cls(
            asset=PredictedAsset(id=row.asset_id, name=row.asset_name),
            model_id=row.model_id,
            version_id=row.version_id,
            objects=row.objects,
            confidence=row.confidence,
            updated_at=row.updated_at,
        )


class PrelabelsIn(_Body):
    """With which model's predictions labelers begin; None for an empty image."""

    model_id: UUID | None
    min_confidence: Confidence = 0
