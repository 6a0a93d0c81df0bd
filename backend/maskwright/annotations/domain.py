"""Labels and their versions. No I/O."""

from enum import StrEnum


class VersionKind(StrEnum):
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    ORPHAN = "orphan"  # a submit that came after its lease was given to somebody else
    IMPORTED = "imported"


class Origin(StrEnum):
    HUMAN = "human"
    IMPORT = "import"
    MODEL = "model"
    CONSENSUS = "consensus"
