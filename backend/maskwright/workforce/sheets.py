"""A sheet of time as CSV."""

import csv
from io import StringIO

from maskwright.workforce.domain import TimeGrouping, TimeState
from maskwright.workforce.service.ledger import TimeSheet

_UNCOUNTED = [state for state in TimeState if state is not TimeState.COUNTED]
#: A cell that begins so is a formula to a spreadsheet.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_of(sheet: TimeSheet, grouping: TimeGrouping) -> str:
    """One line per group and the total below. Times are in seconds; a group that was paid in
    several currencies has several amounts, parted by blanks."""
    out = StringIO()
    writer = csv.writer(out)
    unit = "objects" if grouping is TimeGrouping.CLASS else "images"
    writer.writerow(
        [
            grouping.value,
            "name",
            unit,
            "counted_seconds",
            *(f"{state.value}_seconds" for state in _UNCOUNTED),
            "cost",
        ]
    )
    for row in [*sheet.rows, sheet.total]:
        writer.writerow(
            [
                row.key,
                _plain(row.name),
                row.units,
                row.counted_ms / 1000,
                *(row.uncounted_ms.get(state, 0) / 1000 for state in _UNCOUNTED),
                " ".join(f"{cost.amount} {cost.currency}" for cost in row.costs),
            ]
        )
    return out.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
