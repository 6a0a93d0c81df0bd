"""Labels and their versions. No I/O."""

from enum import StrEnum


class VersionKind(StrEnum):
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    ORPHAN = "orphan"  # a submit that came after its lease was given to somebody else
    IMPORTED = "imported"
    MIGRATED = "migrated"  # made by a change of the ontology: its classes went or were merged


class Origin(StrEnum):
    HUMAN = "human"
    IMPORT = "import"
    MODEL = "model"
    CONSENSUS = "consensus"
