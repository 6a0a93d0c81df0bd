"""What a browser test leaves behind when it fails: in words in the report, and as a picture."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Error, Page

FOLDER = Path(__file__).parents[2] / "var" / "test-failures"
_LINES = 100
_LAST = 12


def describe_pages(browser: Browser, test: str) -> Iterator[tuple[str, str]]:
    """(title, words) of each page that is open, newest first."""
    pages = [page for context in browser.contexts for page in context.pages]
    for number, page in enumerate(reversed(pages), start=1):
        try:
            yield f"page {number}: {page.url}", _describe(page, f"{test}-{number}")
        except Error as error:  # it crashed, or was closed meanwhile
            yield f"page {number}", f"It could not be looked at: {error.message}"


def _describe(page: Page, name: str) -> str:
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture = FOLDER / f"{re.sub(r'[^A-Za-z0-9_-]+', '-', name)}.png"
    page.screenshot(path=picture, timeout=10_000)
    outline = page.locator("body").aria_snapshot(timeout=10_000).splitlines()
    left_out = [f"… and {len(outline) - _LINES} lines more"] if len(outline) > _LINES else []
    focused = page.evaluate("document.activeElement?.cloneNode().outerHTML.slice(0, 200)")
    said = [f"{message.type}: {message.text}" for message in page.console_messages()]
    parts = {
        "Picture": [str(picture)],
        "Focus": [str(focused)],
        "Errors": [str(error) for error in page.page_errors()],
        "Console": said[-_LAST:],
        "Requests that failed": _failed_requests(page)[-_LAST:],
        "On the page": [*outline[:_LINES], *left_out],
    }
    return "\n".join(f"{title}: " + "\n  ".join(lines) for title, lines in parts.items() if lines)


def _failed_requests(page: Page) -> list[str]:
    """Of the last hundred."""
    found = []
    for request in page.requests():
        status = request.existing_response.status if request.existing_response else None
        if request.failure or (status is not None and status >= httpx.codes.BAD_REQUEST):
            found.append(f"{request.method} {request.url}: {request.failure or status}")
    return found
