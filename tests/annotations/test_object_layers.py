"""How many layers objects may lie on."""

from uuid import uuid4

import pytest
from pydantic import ValidationError

from maskwright.annotations.schemas import ObjectIn


def an_object_on(layer: int) -> ObjectIn:
    return ObjectIn.model_validate({"key": str(uuid4()), "class_id": str(uuid4()), "layer": layer})


def test_sixty_four_instances_may_cover_each_other_at_one_place() -> None:
    assert [an_object_on(layer).layer for layer in (0, 16, 63)] == [0, 16, 63]
    with pytest.raises(ValidationError, match="less than or equal to 63"):
        an_object_on(64)
