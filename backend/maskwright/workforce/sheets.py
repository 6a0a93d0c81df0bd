"""A sheet of time as CSV."""

from maskwright.kernel.spreadsheets import csv_text
from maskwright.workforce.domain import TimeGrouping, TimeState
from maskwright.workforce.service.ledger import TimeSheet

_UNCOUNTED = [state for state in TimeState if state is not TimeState.COUNTED]


def csv_of(sheet: TimeSheet, grouping: TimeGrouping) -> str:
    """One line per group and the total below. Times are in seconds; a group that was paid in
    several currencies has several amounts, parted by blanks. `paid_images` says what an amount is
    to be divided by: so many images were paid for in that currency (of a class, objects)."""
    unit = "objects" if grouping is TimeGrouping.CLASS else "images"
    uncounted = [f"{state.value}_seconds" for state in _UNCOUNTED]
    return csv_text(
        [grouping.value, "name", unit, "counted_seconds", *uncounted, "cost", f"paid_{unit}"],
        [
            [
                row.key,
                row.name,
                row.units,
                row.counted_ms / 1000,
                *(row.uncounted_ms.get(state, 0) / 1000 for state in _UNCOUNTED),
                " ".join(f"{cost.amount} {cost.currency}" for cost in row.costs),
                " ".join(f"{cost.units} {cost.currency}" for cost in row.costs),
            ]
            for row in [*sheet.rows, sheet.total]
        ],
    )
