"""Reading a pasted list of people, or a spreadsheet saved as CSV. No I/O.

A line is `e-mail`, `e-mail, role` or `e-mail, role, team`; cells may be parted by commas,
semicolons or tabs, names may stand around an address (`Ann <ann@example.com>`), and a line may
hold several addresses. A line of headings is passed over, and so are empty lines.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

_ADDRESS = re.compile(r"[^@\s<>,;\x00-\x1f\x7f]+@[^@\s<>,;\x00-\x1f\x7f]+")
_HEADINGS = frozenset({"email", "e-mail", "mail", "address"})
_LONGEST_ADDRESS = 254


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One person of the list. What could not be read as an address has none.

    line   where he stands, counted from 1
    said   the line as it was
    """

    line: int
    said: str
    email: str | None
    role: str = ""
    team: str = ""


def read_list(text: str) -> Iterator[ListedPerson]:
    for number, line in enumerate(text.splitlines(), start=1):
        said = line.strip()
        if said and not _is_heading(said):
            yield from _people_of(number, said)


def _is_heading(line: str) -> bool:
    return re.split(r"[,;\t]", line)[0].strip().strip('"').lower() in _HEADINGS


def _people_of(number: int, said: str) -> Iterator[ListedPerson]:
    found = _ADDRESS.findall(said)
    if len(found) > 1:
        for address in found:
            yield ListedPerson(number, said, _address(address))
        return
    if not found:
        yield ListedPerson(number, said, None)
        return
    cells = _cells(said)
    place = next(place for place, cell in enumerate(cells) if "@" in cell)
    role, team = ([*cells[place + 1 :], "", ""])[:2]
    yield ListedPerson(number, said, _address(found[0]), role, team)


def _address(found: str) -> str | None:
    address = found.strip("\"'.").lower()
    return address if len(address) <= _LONGEST_ADDRESS else None


def _cells(said: str) -> list[str]:
    delimiter = max(",;\t", key=said.count)
    return [cell.strip() for cell in next(csv.reader([said], delimiter=delimiter))]
