"""Identifiers: UUIDv7, so that they sort by the time they were made."""

from datetime import datetime
from uuid import UUID

from uuid_utils import compat


def new_id() -> UUID:
    """A fresh UUIDv7."""
    return compat.uuid7()


def first_id_at(moment: datetime) -> UUID:
    """The smallest id that can have been made at or after this moment: "since then" is a range
    of ids."""
    milliseconds = int(moment.timestamp() * 1000)
    return UUID(int=(milliseconds << 80) | (0x7 << 76) | (0b10 << 62))
