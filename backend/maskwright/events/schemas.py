"""Events on the wire."""

from pydantic import BaseModel

from maskwright.projects.schemas import CountsOut
from maskwright.queue.schemas import LabelerProgressOut


class CountsEvent(BaseModel):
    """The data of an event `counts`."""

    counts: CountsOut
    per_labeler: list[LabelerProgressOut]
