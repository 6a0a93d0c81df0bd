"""Wall-clock time. Lease time is Postgres' own (`clock_timestamp()`), never this."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    return datetime.now(UTC)


def start_of_day(moment: datetime) -> datetime:
    """The beginning of its day; days are those of UTC."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
