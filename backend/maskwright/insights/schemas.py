"""Tables on the wire."""

from pydantic import BaseModel

from maskwright.insights.domain import Report, Table, Value


class ColumnOut(BaseModel):
    """`unit` says what the numbers count; it is empty for words and times (ISO 8601, UTC)."""

    key: str
    label: str
    unit: str


class TableOut(BaseModel):
    """`rows` hold the values of `columns` in their order."""

    report: Report
    columns: list[ColumnOut]
    rows: list[list[Value]]

    @classmethod
    def of(cls, report: Report, table: Table) -> "TableOut":
        return cls(
            report=report,
            columns=[ColumnOut(key=c.key, label=c.label, unit=c.unit) for c in table.columns],
            rows=[list(row) for row in table.rows],
        )
