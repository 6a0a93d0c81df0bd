"""Browser tests: the whole product, started as a person starts it, in a real Chromium."""

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests.e2e.failures import describe_pages
from tests.support.scratch import scratch_folder
from tests.support.stack import Stack, running_stack
from tests.support.waiting import PATIENCE_SECONDS

#: This machine under a name that, unlike 127.0.0.1, browsers do not trust without https.
PLAIN_HTTP_HOST = "maskwright.test"

#: As root there is no sandbox, and without the others Chromium looks for hosts on the internet.
CHROMIUM_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {PLAIN_HTTP_HOST} 127.0.0.1",
)

expect.set_options(timeout=1000 * PATIENCE_SECONDS)

_BROWSER = pytest.StashKey[Browser]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that failed shows what its pages showed."""
    report = yield
    browser = item.session.stash.get(_BROWSER, None)
    if report.failed and call.when != "teardown" and browser is not None:
        report.sections += describe_pages(browser, item.name)
    return report


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    with scratch_folder() as folder, running_stack(folder / "home") as running:
        yield running


def chromium_path() -> str:
    """`make test` installs Chromium and names it; a test run by hand looks for it."""
    found = os.environ.get("MASKWRIGHT_CHROMIUM") or shutil.which("chromium")
    if not found:
        pytest.fail("Chromium is not installed: `make test` installs it, or says how.")
    return found


@pytest.fixture(scope="session")
def browser(playwright: Playwright, request: pytest.FixtureRequest) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=chromium_path(), args=[*CHROMIUM_FLAGS])
    request.session.stash[_BROWSER] = launched
    yield launched
    del request.session.stash[_BROWSER]
    launched.close()


@pytest.fixture
def context(browser: Browser, stack: Stack) -> Iterator[BrowserContext]:
    # Requests that a service worker makes are out of reach of a test's `route`.
    opened = browser.new_context(
        base_url=stack.address,
        viewport={"width": 1440, "height": 900},
        locale="en-GB",
        service_workers="block",
    )
    opened.set_default_timeout(1000 * PATIENCE_SECONDS)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails its test when its script throws or complains."""
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    assert complaints == []
