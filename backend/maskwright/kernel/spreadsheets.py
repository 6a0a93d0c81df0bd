"""CSV that spreadsheets take in without harm."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

#: A cell that begins so is a formula to a spreadsheet, and may do what it likes.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """RFC 4180, with a header. Text that would be a formula is quoted; numbers stay numbers."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue()


def _harmless(cell: object) -> object:
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell
