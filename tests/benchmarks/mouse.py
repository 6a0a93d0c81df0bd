"""A mouse for benchmarks."""

from typing import Any

from playwright.sync_api import CDPSession


class Mouse:
    """Input as the browser gets it from the system.

    Not Playwright's own: while a button is held it asks the page twice at each move whether
    something is being dragged, which takes the main thread two milliseconds and a frame.
    """

    def __init__(self, session: CDPSession) -> None:
        self._session = session
        self._at = (0.0, 0.0)
        self._is_held = False

    def move(self, x: float, y: float) -> None:
        self._at = (x, y)
        self._dispatch("mouseMoved", clicks=0)

    def down(self) -> None:
        self._is_held = True
        self._dispatch("mousePressed", clicks=1)

    def up(self) -> None:
        self._dispatch("mouseReleased", clicks=1)
        self._is_held = False

    def _dispatch(self, kind: str, *, clicks: int) -> None:
        x, y = self._at
        event: dict[str, Any] = {
            "type": kind,
            "x": x,
            "y": y,
            "button": "left" if self._is_held else "none",
            "buttons": int(self._is_held),
            "clickCount": clicks,
        }
        self._session.send("Input.dispatchMouseEvent", event)
