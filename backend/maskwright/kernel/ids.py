"""Identifiers: UUIDv7, so that they sort by the time they were made."""

from datetime import UTC, datetime
from uuid import UUID

from uuid_utils import compat


def new_id() -> UUID:
    """A fresh UUIDv7."""
    return compat.uuid7()


def first_id_at(moment: datetime) -> UUID:
    """The smallest id that can have been made at or after this moment: "since then" is a range
    of ids, which count from 1970 on."""
    milliseconds = max(0, int(moment.timestamp() * 1000))
    return UUID(int=(milliseconds << 80) | (0x7 << 76) | (0b10 << 62))


def new_id_beside(other: UUID) -> UUID:
    """A fresh one that sorts beside another, as if both were made in the same moment."""
    return UUID(int=(other.int >> 80 << 80) | (new_id().int & ((1 << 80) - 1)))


def time_of(id_: UUID) -> datetime:
    """When it was made, as it says."""
    return datetime.fromtimestamp((id_.int >> 80) / 1000, tz=UTC)
