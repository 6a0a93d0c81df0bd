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
DumpElements = Callable[[Sequence[Any]], bytes]

_BINARY = 1


class Statement:
    """A statement and its parameters, `$1`, `$2`, … in the order of their types.

    name   names it on the server; unique
    types  one word for each parameter, as Postgres calls them: `uuid`, `text[]`. With many, each
           has a name before its type, `author:uuid`, by which the SQL calls it, `:author`
    """

    __slots__ = ("_dumps", "_names", "formats", "name", "oids", "sql")

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
        self.formats = [_BINARY] * len(named)

    @classmethod
    def calling(cls, function: str, types: str) -> "Statement":
        """What a function in the database returns, called with all parameters in its order."""
        values = ", ".join(f"${number}" for number in range(1, len(types.split()) + 1))
        return cls(function, types, f"SELECT * FROM {function}({values})")  # noqa: S608 - ours

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


def _array(oid: int, dump_elements: DumpElements) -> Dump:
    """Writes a list in the binary form of arrays: dimensions, whether there are nulls (never), the
    elements' type; length and lower bound; then each element behind its length."""
    head = struct.Struct("!iiiii")
    empty = struct.pack("!iii", 0, 0, oid)

    def dump_array(values: Sequence[Any]) -> bytes:
        if not values:
            return empty
        return head.pack(1, 0, oid, len(values), 1) + dump_elements(values)

    return dump_array


def _numbers(letter: str) -> DumpElements:
    """All numbers of a list at once: each of them by itself takes ten times as long."""
    length = struct.calcsize(f"!{letter}")

    def dump_numbers(values: Sequence[Any]) -> bytes:
        interleaved = [length] * (2 * len(values))
        interleaved[1::2] = values
        return struct.pack("!" + f"i{letter}" * len(values), *interleaved)

    return dump_numbers


def _ids(values: Sequence[Any]) -> bytes:
    return b"".join([part for value in values for part in (b"\0\0\0\x10", value.bytes)])


def _of_any_length(dump: Dump) -> DumpElements:
    pack_length = struct.Struct("!i").pack

    def dump_elements(values: Sequence[Any]) -> bytes:
        written = [dump(value) for value in values]
        return b"".join([part for each in written for part in (pack_length(len(each)), each)])

    return dump_elements


_dump_bool = (b"\x00", b"\x01").__getitem__
_SCALARS: dict[str, tuple[int, int, Dump, DumpElements]] = {
    "bool": (16, 1000, _dump_bool, _of_any_length(_dump_bool)),
    "bytea": (17, 1001, bytes, _of_any_length(bytes)),
    "int8": (20, 1016, struct.Struct("!q").pack, _numbers("q")),
    "int4": (23, 1007, struct.Struct("!i").pack, _numbers("i")),
    "text": (25, 1009, _dump_text, _of_any_length(_dump_text)),
    "uuid": (2950, 2951, attrgetter("bytes"), _ids),
}
_TYPES: dict[str, tuple[int, Dump]] = {
    **{name: (oid, dump) for name, (oid, _, dump, _) in _SCALARS.items()},
    **{
        f"{name}[]": (array_oid, _array(oid, dump_elements))
        for name, (oid, array_oid, _, dump_elements) in _SCALARS.items()
    },
}
