"""Outcomes as one SVG: when each person was done, and how many images he had."""

from collections.abc import Sequence
from html import escape

from maskwright.simulation.crowd import Outcome

_WIDTH, _ROW_HEIGHT, _MARGIN, _HEAD = 960, 190, 56, 64
_PLOT_WIDTH = (_WIDTH - 3 * _MARGIN) / 2
_PLOT_HEIGHT = _ROW_HEIGHT - 60
_BLUE, _GREEN, _RED, _GREY = "#3f74e8", "#2f8f63", "#d0453a", "#6b6b6b"


def plot(outcomes: Sequence[Outcome], bound_seconds: float) -> str:
    """An SVG with a row per outcome; people from the slowest to the fastest."""
    last = max(outcome.makespan_seconds for outcome in outcomes)
    most = max(max(outcome.images) for outcome in outcomes)
    height = _HEAD + _ROW_HEIGHT * len(outcomes)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}">',
        f'<rect width="{_WIDTH}" height="{height}" fill="white"/>',
        _text(_MARGIN, 26, "Each bar is one person, from the slowest to the fastest", size=15),
        _text(_MARGIN, 50, "When he was done, in hours; dashed: nothing can be done sooner"),
        _text(2 * _MARGIN + _PLOT_WIDTH, 50, "How many images he had"),
    ]
    for row, outcome in enumerate(outcomes):
        top = _HEAD + row * _ROW_HEIGHT
        ratio = outcome.makespan_seconds / bound_seconds
        done = f"done after {_hours(outcome.makespan_seconds)}, {ratio:.3f} of the bound"
        words = f"{outcome.name}: {done}"
        parts.append(_text(_MARGIN, top + 22, words, size=13))
        bars = _bars(outcome.finished_at, last, _MARGIN, top + 32, _BLUE)
        parts += [*bars, _bound(bound_seconds, last, top + 32)]
        parts += _bars(outcome.images, most, 2 * _MARGIN + _PLOT_WIDTH, top + 32, _GREEN)
        parts.append(_text(_MARGIN - 6, top + 42, f"{last / 3600:.1f} h", anchor="end"))
        parts.append(_text(2 * _MARGIN + _PLOT_WIDTH - 6, top + 42, str(most), anchor="end"))
    return "\n".join([*parts, "</svg>"])


def _bars(
    values: Sequence[float], top_value: float, left: float, top: float, color: str
) -> list[str]:
    width = _PLOT_WIDTH / len(values)
    heights = [_PLOT_HEIGHT * value / top_value for value in values]
    return [
        f'<rect x="{left + at * width:.1f}" y="{top + _PLOT_HEIGHT - height:.1f}"'
        f' width="{max(width - 1, 0.5):.1f}" height="{height:.1f}" fill="{color}"/>'
        for at, height in enumerate(heights)
    ]


def _bound(bound: float, last: float, top: float) -> str:
    y = top + _PLOT_HEIGHT * (1 - bound / last)
    return (
        f'<line x1="{_MARGIN}" x2="{_MARGIN + _PLOT_WIDTH}" y1="{y:.1f}" y2="{y:.1f}"'
        f' stroke="{_RED}" stroke-dasharray="5 4"/>'
    )


def _text(x: float, y: float, words: str, *, size: int = 12, anchor: str = "start") -> str:
    color = _GREY if size == 12 else "black"
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-family="system-ui" fill="{color}"'
        f' text-anchor="{anchor}">{escape(words)}</text>'
    )


def _hours(seconds: float) -> str:
    return f"{seconds / 3600:.2f} h"
