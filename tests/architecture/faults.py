"""What pydantic says of fields such as our schemas have, each wrong in one way."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    EmailStr,
    Field,
    StringConstraints,
    TypeAdapter,
)


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str


class Cat(BaseModel):
    kind: Literal["cat"]


class Dog(BaseModel):
    kind: Literal["dog"]


_EACH: tuple[tuple[Any, object], ...] = (
    (Strict, {}),
    (Strict, {"name": "x", "more": 1}),
    (Strict, "x"),
    (str, 1),
    (Annotated[str, StringConstraints(min_length=1)], ""),
    (Annotated[str, StringConstraints(min_length=2)], ""),
    (Annotated[str, StringConstraints(max_length=1)], "xx"),
    (Annotated[str, StringConstraints(max_length=2)], "xxx"),
    (Annotated[str, StringConstraints(pattern="^a$")], "b"),
    (int, "x"),
    (int, None),
    (int, 1.5),
    (Annotated[int, Field(ge=1)], 0),
    (Annotated[int, Field(gt=1)], 0),
    (Annotated[int, Field(le=1)], 2),
    (Annotated[int, Field(lt=1)], 2),
    (float, "x"),
    (float, None),
    (Annotated[float, Field(allow_inf_nan=False)], float("nan")),
    (bool, "x"),
    (bool, None),
    (Colour, "green"),
    (Literal["a", "b"], "c"),
    (Literal["a"], "c"),
    (UUID, "x"),
    (UUID, 1),
    (AwareDatetime, "x"),
    (AwareDatetime, None),
    (AwareDatetime, datetime(2026, 1, 1)),  # noqa: DTZ001 - without a zone is what is wrong with it
    (list[int], 1),
    (tuple[int, ...], 1),
    (dict[str, int], 1),
    (Annotated[list[int], Field(min_length=1)], []),
    (Annotated[list[int], Field(min_length=2)], [1]),
    (Annotated[list[int], Field(max_length=1)], [1, 2]),
    (Annotated[tuple[int, ...], Field(max_length=2)], (1, 2, 3)),
    (Annotated[dict[str, int], Field(max_length=1)], {"a": 1, "b": 2}),
    (EmailStr, "x"),
    (EmailStr, "x@"),
    (EmailStr, "x@y"),
    (Annotated[Cat | Dog, Field(discriminator="kind")], {"kind": "cow"}),
    (Annotated[Cat | Dog, Field(discriminator="kind")], {}),
)

FAULTY = [(TypeAdapter(type_), wrong) for type_, wrong in _EACH]
