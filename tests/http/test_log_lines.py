"""What a process says of itself in JSON, line by line."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest

_BEGIN = """
import logging
import structlog
from maskwright.kernel.log_context import begin_log_context
from maskwright.logs import configure_logging
from maskwright.settings import Settings
configure_logging(Settings())
log = structlog.get_logger("a.module")
begin_log_context(request_id="abc")
"""


def lines_of(program: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said_by(program, log_format="json").splitlines()]


def said_by(program: str, *, log_format: str) -> str:
    """By a process of its own: logging is set up for all of one."""
    environment = {
        **os.environ,
        "MASKWRIGHT_SECRET_KEY": "k" * 40,
        "MASKWRIGHT_LOG_FORMAT": log_format,
        "MASKWRIGHT_LOG_LEVEL": "INFO",
    }
    ran = subprocess.run(
        [sys.executable, "-c", _BEGIN + program],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return ran.stdout


@pytest.fixture(scope="module")
def lines() -> list[dict[str, Any]]:
    return lines_of(
        """
log.info("request", status=200)
logging.getLogger("a.library").warning("of a library: %s", "slow")
log.warning("odd", text="half a pair: \\ud800")
log.debug("never written")
def fails(password):
    1 / 0
try:
    fails("hunter2")
except ZeroDivisionError:
    log.exception("failed")
    logging.getLogger("a.library").exception("failed too")
"""
    )


def test_each_line_has_its_context_its_level_and_its_time(lines: list[dict[str, Any]]) -> None:
    assert [(line["event"], line["level"], line["request_id"]) for line in lines] == [
        ("request", "info", "abc"),
        ("of a library: slow", "warning", "abc"),
        ("odd", "warning", "abc"),
        ("failed", "error", "abc"),
        ("failed too", "error", "abc"),
    ]
    now = datetime.now(UTC)
    for line in lines:
        assert abs((datetime.fromisoformat(line["timestamp"]) - now).total_seconds()) < 60
    assert lines[0]["status"] == 200


def test_what_an_event_loop_says_is_written_in_order_and_whole() -> None:
    """Its lines are kept until it comes round; one that matters is not, nor that of a thread."""
    lines = lines_of(
        """
import asyncio, os, threading
async def says():
    log.info("1")
    log.info("2")
    log.warning("3")
    log.info("4")
    await asyncio.to_thread(log.info, "5")
    await asyncio.sleep(0)
    log.info("6")
    log.info("7")
asyncio.run(says())
log.info("8")
os._exit(0)
"""
    )
    assert [line["event"] for line in lines] == [str(number) for number in range(1, 9)]


def test_text_that_is_no_text_is_written_all_the_same(lines: list[dict[str, Any]]) -> None:
    assert lines[2]["text"] == "half a pair: \ud800"


def test_a_traceback_says_where_it_failed_and_not_with_what(lines: list[dict[str, Any]]) -> None:
    for line in lines[3:]:
        [raised] = line["exception"]
        assert raised["exc_type"] == "ZeroDivisionError"
        assert [frame["name"] for frame in raised["frames"]] == ["<module>", "fails"]
        assert "hunter2" not in json.dumps(line)


def test_a_line_for_people_holds_ids_and_times_as_they_are_written_elsewhere() -> None:
    said = said_by(
        """
from datetime import UTC, datetime
from uuid import UUID
log.info("request", person=UUID(int=7), at=datetime(2026, 1, 2, tzinfo=UTC), text="a b")
""",
        log_format="console",
    )
    assert "person=00000000-0000-0000-0000-000000000007" in said
    assert "at=2026-01-02T00:00:00+00:00" in said
    assert "text='a b'" in said
