"""A site in a trusted network, reached by a name over plain http."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import PLAIN_HTTP_HOST
from tests.e2e.labeling import EditorHands, labeling_project
from tests.support.stack import OWNER_EMAIL, OWNER_PASSWORD, Stack
from tests.support.waiting import PATIENCE_SECONDS

OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, stack: Stack) -> Iterator[OpenPage]:
    """A page at that name, that fails its test when its script throws."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_it(**headers: str) -> Page:
        context = browser.new_context(
            base_url=stack.address.replace("127.0.0.1", PLAIN_HTTP_HOST),
            viewport={"width": 1440, "height": 900},
            locale="en-GB",
            extra_http_headers=headers,
        )
        context.set_default_timeout(1000 * PATIENCE_SECONDS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []


def test_who_can_not_stay_signed_in_reads_why(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(OWNER_EMAIL)
    page.get_by_label("Password").fill(OWNER_PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("alert")).to_contain_text("stays signed in over https only")
    expect(page.get_by_role("alert")).to_contain_text("MASKWRIGHT_PUBLIC_URL")


def test_the_editor_works_there(open_page: OpenPage, stack: Stack) -> None:
    """Browsers keep some of what they offer to secure pages: random ids, locks between tabs."""
    with labeling_project(stack) as labeling:
        token = labeling.api.post("/tokens", json={"name": "page", "scopes": ["read", "label"]})
        # A site that is declared to be plain http has a cookie for this; here is none.
        page = open_page(Authorization=f"Bearer {token.json()['token']}")
        hands = EditorHands(page, labeling).open()
        assert page.evaluate("isSecureContext") is False

        page.keyboard.press("1")
        page.keyboard.press("b")
        hands.drag((100, 100), (200, 150))

        hands.expect_save_state("saved")
