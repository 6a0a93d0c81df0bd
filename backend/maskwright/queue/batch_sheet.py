"""Batches as CSV."""

from collections.abc import Sequence
from datetime import datetime

from maskwright.kernel.spreadsheets import csv_text
from maskwright.queue.desk_queries import BatchRow

_HEADER = [
    "name",
    "priority",
    "due_at",
    "images",
    "handed_in",
    "done_one_in_ten",
    "done_even_chances",
    "done_nine_in_ten",
    "is_late",
]


def batches_csv(batches: Sequence[BatchRow]) -> str:
    """One line each, with when its last image will be handed in and how sure that is."""
    return csv_text(
        _HEADER,
        [
            [
                batch.name,
                batch.priority,
                _moment(batch.due_at),
                batch.tasks,
                batch.done,
                _moment(batch.forecast_early_at),
                _moment(batch.forecast_at),
                _moment(batch.forecast_late_at),
                "yes" if batch.is_late else "no",
            ]
            for batch in batches
        ],
    )


def _moment(at: datetime | None) -> str:
    return "" if at is None else at.isoformat()
