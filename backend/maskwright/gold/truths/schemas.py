"""Ground truth from files on the wire."""

from uuid import UUID

from pydantic import BaseModel, Field

from maskwright.gold.truths.domain import TruthProblem, TruthStatus
from maskwright.gold.truths.service import Report


class TruthItemOut(BaseModel):
    """What becomes of one image's truth, or of a file that says nothing.

    source   the file that says it
    trimmed  objects that lost pixels to others of their layer
    detail   of what is refused: why, in a sentence
    """

    source: str
    image: str
    status: TruthStatus
    asset_id: UUID | None
    objects: int
    trimmed: int
    problem: TruthProblem | None
    detail: str


class TruthClassOut(BaseModel):
    """A class as the files name it. `class_id` is the ontology's; null where it is left out, or not
    known: send `classes` then."""

    name: str
    objects: int
    class_id: UUID | None
    is_known: bool


class TruthsOut(BaseModel):
    """`made` golds; 0 where it was only to check."""

    made: int = Field(description="golds that were made")
    items: list[TruthItemOut]
    classes: list[TruthClassOut]

    @classmethod
    def of(cls, report: Report) -> "TruthsOut":
        return cls(
            made=report.made,
            items=[
                TruthItemOut.model_validate(each, from_attributes=True) for each in report.items
            ],
            classes=[
                TruthClassOut.model_validate(each, from_attributes=True) for each in report.classes
            ],
        )
