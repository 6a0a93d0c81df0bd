"""Wall-clock time. Lease time is Postgres' own (`clock_timestamp()`), never this."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    return datetime.now(UTC)
