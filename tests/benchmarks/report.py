"""How every benchmark measures against its control and reports what it found."""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

BENCH_FOLDER = Path(os.environ.get("MASKWRIGHT_HOME", "var")) / "bench"


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure beside what it is compared with and what it should be."""

    metric: str
    value: float
    unit: str
    control: float | None
    """the same work by the named control, interleaved in the same run; in the same unit"""
    ratio: float | None
    """value over control"""
    target: str
    """as it reads in docs/performance.md: "≤ 60 ms", "≥ 0.6"; empty where none is set"""
    met: bool | None
    method: str
    """what was done how often, and what the control is"""


@dataclass(frozen=True, slots=True)
class Interleaved:
    """Medians of two pieces of work that were timed in turn."""

    control_seconds: float
    candidate_seconds: float
    ratio: float
    """median of the rounds' own ratios, candidate over control: what slows down both within a
    round does not count"""


def row(
    metric: str,
    value: float,
    unit: str,
    *,
    method: str,
    control: float | None = None,
    at_most: float | None = None,
    at_least: float | None = None,
    ratio: float | None = None,
    ratio_at_most: float | None = None,
    ratio_at_least: float | None = None,
) -> Row:
    """A row whose target text and verdict follow from the one bound that is given, if any."""
    if ratio is None and control:
        ratio = value / control
    bounds: list[tuple[str, float | None, float | None, str]] = [
        ("≤", value, at_most, f" {unit}"),
        ("≥", value, at_least, f" {unit}"),
        ("≤", ratio, ratio_at_most, " of control"),
        ("≥", ratio, ratio_at_least, " of control"),
    ]
    target, met = "", None
    for sign, measured, bound, suffix in bounds:
        if bound is not None and measured is not None:
            target = f"{sign} {bound:g}{suffix}"
            met = measured <= bound if sign == "≤" else measured >= bound
    return Row(metric, value, unit, control, ratio, target, met, method)


def interleave(
    control: Callable[[], object], candidate: Callable[[], object], rounds: int = 15
) -> Interleaved:
    """Time both in turn, `rounds` times each after one unmeasured round, and take medians."""
    control(), candidate()
    control_seconds: list[float] = []
    candidate_seconds: list[float] = []
    for turn in range(rounds):
        # Who goes first changes, so that neither always finds the warmer cache.
        for work, seconds in sorted(
            ((control, control_seconds), (candidate, candidate_seconds)),
            key=lambda pair: (pair[0] is candidate) != (turn % 2 == 1),
        ):
            seconds.append(seconds_of(work))
    return Interleaved(
        statistics.median(control_seconds),
        statistics.median(candidate_seconds),
        statistics.median(c / b for b, c in zip(control_seconds, candidate_seconds, strict=True)),
    )


def seconds_of(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def publish(name: str, rows: Sequence[Row]) -> None:
    """Print the rows as a table and write them to `<home>/bench/<name>.json`."""
    BENCH_FOLDER.mkdir(parents=True, exist_ok=True)
    path = BENCH_FOLDER / f"{name}.json"
    path.write_text(json.dumps([asdict(r) for r in rows], indent=1, ensure_ascii=False) + "\n")
    print(
        f"\n{name} on {platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}\n"
    )
    print(table(rows))
    print(f"\nwritten to {path}")


def table(rows: Sequence[Row]) -> str:
    """The rows as aligned text, numbers to the right; methods as footnotes below."""
    headings = ("metric", "value", "unit", "control", "ratio", "target", "")
    verdicts = {True: "met", False: "MISSED", None: ""}
    cells = [
        (
            r.metric, _number(r.value), r.unit, _number(r.control), _number(r.ratio), r.target,
            verdicts[r.met],
        )
        for r in rows
    ]  # fmt: skip
    widths = [max(len(line[i]) for line in (headings, *cells)) for i in range(len(headings))]
    numeric = {1, 3, 4}
    lines = [
        "  ".join(
            text.rjust(width) if column in numeric else text.ljust(width)
            for column, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in (headings, tuple("-" * width for width in widths), *cells)
    ]
    return "\n".join([*lines, "", *(f"{r.metric}: {r.method}" for r in rows)])


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
