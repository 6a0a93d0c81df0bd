"""What can be wrong with a review.

MaskwrightError
├── NotFound        VersionsNotFound, ConsensusNotFound
├── Conflict        WorkflowChanged, VerdictGiven
└── InvalidInput    ReasonMissing, ObjectsMissing, VersionsOfTwoImages
"""

from maskwright.kernel.errors import Conflict, InvalidInput, NotFound


class VersionsNotFound(NotFound):
    message = "There is no such version, or you have no access to it."


class ConsensusNotFound(NotFound):
    message = "This image was not labelled by several people, or not yet by all of them."


class WorkflowChanged(Conflict):
    """`version` is the current one."""

    message = "Somebody else changed the workflow meanwhile. Reload to see it, and change it again."


class VerdictGiven(Conflict):
    """`decision` is what was decided."""

    message = "You decided this review already, and differently."


class ReasonMissing(InvalidInput):
    message = "Say what is to be mended: a label that is sent back needs a comment."


class ObjectsMissing(InvalidInput):
    message = "A correction brings all objects of the label."


class VersionsOfTwoImages(InvalidInput):
    message = "Only versions of one image can be compared."
