"""Statements of the hot paths: prepared once per connection, their parameters written in binary.

A driver's cursor finds out for every execution how each value is to be written, and looks into
arrays to do so. Here a statement says its parameters' types once.
"""

import re
import struct
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any

import psycopg

Dump = Callable[[Any], bytes]


class Statement:
    """A statement and its parameters, `$1`, `$2`, … in the order of their types.

    name   names it on the server; unique
    types  one word for each parameter, as Postgres calls them: `uuid`, `text[]`. With many, each
           has a name before its type, `author:uuid`, by which the SQL calls it, `:author`
    """

    __slots__ = ("_dumps", "_names", "name", "oids", "sql")

    def __init__(self, name: str, types: str, sql: str) -> None:
        named = [word.rpartition(":") for word in types.split()]
        self._names = [parameter for parameter, _, _ in named]
        for number, parameter in enumerate(self._names, start=1):
            if parameter:
                sql = re.sub(rf"(?<!:):{parameter}\b", f"${number}", sql)
        self.name = name.encode()
        self.sql = sql.encode()
        self.oids = [_TYPES[type_][0] for _, _, type_ in named]
        self._dumps = [_TYPES[type_][1] for _, _, type_ in named]

    def ordered(self, values: Mapping[str, Any]) -> list[Any]:
        """The values of named parameters, as they are handed over."""
        return [values[name] for name in self._names]

    def dump(self, values: Sequence[Any]) -> list[Any]:
        """The parameters as Postgres reads them; raises DataError for a number out of bounds."""
        try:
            return [
                None if value is None else dump(value)
                for dump, value in zip(self._dumps, values, strict=True)
            ]
        except struct.error as error:
            raise psycopg.DataError(str(error)) from error


def _dump_text(value: str) -> bytes:
    try:
        return value.encode()
    except UnicodeEncodeError as error:  # half a surrogate pair
        raise psycopg.DataError(str(error)) from error


def _array(oid: int, dump: Dump) -> Dump:
    """Writes a list in the binary form of arrays: dimensions, whether there are nulls (never), the
    elements' type; length and lower bound; then each element behind its length."""
    head = struct.Struct("!iiiii")

    def dump_array(values: Sequence[Any]) -> bytes:
        if not values:
            return struct.pack("!iii", 0, 0, oid)
        parts = [head.pack(1, 0, oid, len(values), 1)]
        for value in values:
            written = dump(value)
            parts.append(_LENGTH.pack(len(written)))
            parts.append(written)
        return b"".join(parts)

    return dump_array


_LENGTH = struct.Struct("!i")
_SCALARS: dict[str, tuple[int, int, Dump]] = {
    "bool": (16, 1000, (b"\x00", b"\x01").__getitem__),
    "bytea": (17, 1001, bytes),
    "int8": (20, 1016, struct.Struct("!q").pack),
    "int4": (23, 1007, struct.Struct("!i").pack),
    "text": (25, 1009, _dump_text),
    "uuid": (2950, 2951, attrgetter("bytes")),
}
_TYPES: dict[str, tuple[int, Dump]] = {
    **{name: (oid, dump) for name, (oid, _, dump) in _SCALARS.items()},
    **{
        f"{name}[]": (array_oid, _array(oid, dump))
        for name, (oid, array_oid, dump) in _SCALARS.items()
    },
}
