"""Pages by cursor. Ids are UUIDv7, so the last id of a page is where the next one starts."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field

from maskwright.kernel.errors import InvalidInput

T = TypeVar("T")
U = TypeVar("U")

MAX_PAGE_SIZE = 200
PageSize = Annotated[int, Field(ge=1, le=MAX_PAGE_SIZE)]


class CursorInvalid(InvalidInput):
    message = "This cursor is not one of ours. Start again without a cursor."


class Page(BaseModel, Generic[T]):
    """One page of a list, newest first unless the route says otherwise."""

    items: list[T]
    next_cursor: str | None = None

    @classmethod
    def of(
        cls,
        rows: Sequence[U],
        limit: int,
        *,
        shape: Callable[[U], T],
        id_of: Callable[[U], UUID],
    ) -> "Page[T]":
        """Shape a page from `limit + 1` rows: the extra row only tells that there is more."""
        shown = rows[:limit]
        more = len(rows) > limit
        return cls(
            items=[shape(row) for row in shown],
            next_cursor=encode_cursor(id_of(shown[-1])) if more else None,
        )


def encode_cursor(last_id: UUID) -> str:
    return urlsafe_b64encode(last_id.bytes).rstrip(b"=").decode()


def decode_cursor(cursor: str | None) -> UUID | None:
    """The id after which the page starts; raises CursorInvalid."""
    if not cursor:
        return None
    try:
        return UUID(bytes=urlsafe_b64decode(cursor + "=="))
    except ValueError as error:
        raise CursorInvalid from error
