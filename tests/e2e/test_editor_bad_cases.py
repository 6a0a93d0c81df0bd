"""What goes wrong at a labeler's desk, one by one, and the words he reads then. Each time all that
he did is kept."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from playwright.sync_api import Error as PlaywrightError

from tests.e2e.labeling import BLUE, RED, EditorHands, Labeling, labeling_project, sign_in
from tests.support.stack import Stack
from tests.support.waiting import wait_until

SAVING = re.compile(r"/api/v1/leases/[^/]+/draft")
SUBMITTING = re.compile(r"/api/v1/leases/[^/]+/submit")
CLAIMING = re.compile(r"/queue/next$")


@pytest.fixture
def labeling(stack: Stack) -> Iterator[Labeling]:
    with labeling_project(stack, images=(RED, BLUE)) as made:
        yield made


@pytest.fixture
def hands(page: Page, labeling: Labeling) -> EditorHands:
    sign_in(page)
    return EditorHands(page, labeling).open()


def answers(
    status: int, code: str = "", title: str = "", **more: object
) -> Callable[[Route], None]:
    """A server that answers so; without a code, a proxy's page in its place."""

    def answer(route: Route) -> None:
        if code == "":
            body, kind = f"<html><h1>{status}</h1></html>", "text/html"
        else:
            wire = {"type": "about:blank", "code": code, "title": title, "status": status, **more}
            body, kind = json.dumps(wire), "application/problem+json"
        route.fulfill(status=status, body=body, content_type=kind)

    return answer


def expect_notice(page: Page, *parts: str) -> None:
    for part in parts:
        expect(page.locator(".notices")).to_contain_text(part)


def test_a_full_disk_is_told_and_what_is_drawn_goes_to_the_server(hands: EditorHands) -> None:
    hands.page.evaluate(
        """() => {
          const full = () => { throw new DOMException('full', 'QuotaExceededError') }
          IDBObjectStore.prototype.add = full
          IDBObjectStore.prototype.put = full
        }"""
    )
    hands.paint("1", (100, 100), (200, 120))
    expect(
        hands.page.get_by_text("This computer has no room left to keep changes.")
    ).to_be_visible()
    hands.expect_save_state("saved")
    wait_until(lambda: len(hands.labeling.draft()) == 1, "the draft held the stroke")
    hands.page.keyboard.press("Control+Enter")
    wait_until(lambda: hands.labeling.counts()["submitted"] == 1, "the label was handed in")


@pytest.mark.parametrize("status", [413, 500])
def test_a_draft_that_is_refused_is_kept_and_saved_once_it_can_be(
    hands: EditorHands, context: BrowserContext, status: int
) -> None:
    refuse = answers(status)
    context.route(SAVING, refuse)
    hands.paint("1", (100, 100), (200, 120))
    hands.expect_save_state("refused")
    expect_notice(
        hands.page,
        "The server refused to save",
        f"({status})",
        "1 change is kept on this computer",
    )
    # The next page finds what this computer kept. The tab dies: one that is closed sends once more,
    # past every route of the test.
    with pytest.raises(PlaywrightError):
        hands.page.goto("chrome://crash")
    hands.page.close()
    assert hands.labeling.draft() == []
    hands = EditorHands(context.new_page(), hands.labeling).open()
    hands.expect_objects(1)
    hands.expect_save_state("refused")
    context.unroute(SAVING, refuse)
    if status == 413:
        hands.page.get_by_role("button", name="Try again").click()
    hands.expect_save_state("saved")
    assert len(hands.labeling.draft()) == 1


def test_a_lease_that_is_somebody_elses_is_told_and_the_work_stays(
    hands: EditorHands, context: BrowserContext
) -> None:
    page = hands.page
    context.route(
        SAVING, answers(409, "lease-lost", "This task is no longer yours.", reason="taken")
    )
    context.route(CLAIMING, lambda route: route.fulfill(status=204))
    hands.paint("1", (100, 100), (200, 120))
    hands.expect_save_state("lease-lost")
    expect_notice(page, "1 change is kept on this computer")
    hands.expect_objects(1)
    # It can still be handed in: what comes too late is kept as a version of its own.
    lost = answers(409, "lease-lost", "This task is no longer yours.", kept=True, reason="taken")
    context.route(SUBMITTING, lost)
    context.unroute(CLAIMING)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("was not accepted: This task is no longer yours.")).to_be_visible()
    expect(page.get_by_text("kept as a version of its own in the image")).to_be_visible()


def test_a_submission_that_is_too_large_stays_open_with_the_work(
    hands: EditorHands, context: BrowserContext
) -> None:
    page = hands.page
    hands.paint("1", (100, 100), (200, 120))
    refuse = answers(413)
    context.route(SUBMITTING, refuse)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("(413)")
    expect(page.get_by_role("alert")).to_contain_text("Your work is saved")
    hands.expect_objects(1)
    context.unroute(SUBMITTING, refuse)
    page.keyboard.press("Control+Enter")
    wait_until(lambda: hands.labeling.counts()["submitted"] == 1, "the label was handed in")


def test_a_submission_that_a_broken_server_does_not_take_waits_and_goes_through(
    hands: EditorHands, context: BrowserContext
) -> None:
    page = hands.page
    name = page.locator(".editor-header__asset").inner_text()
    hands.paint("1", (100, 100), (200, 120))
    refuse = answers(500)
    context.route(SUBMITTING, refuse)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".editor-header__asset")).not_to_have_text(name)
    expect(page.get_by_text("1 submission waits to be sent")).to_be_visible()
    context.unroute(SUBMITTING, refuse)
    expect(page.get_by_text("1 submission waits to be sent")).to_have_count(0)
    assert hands.labeling.counts()["submitted"] == 1


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_is_wrong_by_a_day_changes_nothing(
    page: Page, context: BrowserContext, labeling: Labeling, days: int
) -> None:
    context.add_init_script(
        f"""(() => {{
          const Real = Date
          const shift = {days} * 24 * 60 * 60 * 1000
          globalThis.Date = class extends Real {{
            constructor(...given) {{
              if (given.length === 0) super(Real.now() + shift)
              else super(...given)
            }}
            static now() {{ return Real.now() + shift }}
          }}
        }})()"""
    )
    sign_in(page)
    hands = EditorHands(page, labeling).open()
    hands.paint("1", (100, 100), (200, 120))
    hands.expect_save_state("saved")
    expect(page.locator(".editor-header__save")).to_contain_text(
        re.compile(r"just now|\d (s|min) ago")
    )
    page.reload()
    hands.wait_for_task()
    hands.expect_objects(1)
    page.keyboard.press("Control+z")
    hands.expect_objects(0)
    page.keyboard.press("Control+Shift+z")
    hands.expect_objects(1)
    assert re.fullmatch(r"0\d:\d\d", page.locator(".editor-header__time").inner_text())
    page.keyboard.press("Control+Enter")
    wait_until(lambda: labeling.counts()["submitted"] == 1, "the label was handed in")
    # The server judges the reported time by its own clock; wrong would be a day.
    assert (
        labeling.api.get(f"/projects/{labeling.id}/my-work").json()["active_ms_today"] < 3_600_000
    )


def test_a_canvas_that_the_browser_takes_away_is_told_and_the_work_goes_on(
    hands: EditorHands,
) -> None:
    page = hands.page
    hands.paint("1", (100, 100), (200, 120))
    tell = "document.querySelector('canvas[data-layer=image]').dispatchEvent(new Event('%s'))"
    page.evaluate(tell % "contextlost")
    expect(page.get_by_text("The browser took the canvas away.")).to_be_visible()
    expect(page.get_by_text("Your work is safe.")).to_be_visible()
    hands.expect_save_state("saved")
    page.evaluate(tell % "contextrestored")
    expect(page.get_by_text("The browser took the canvas away.")).to_have_count(0)
    hands.paint("2", (300, 200), (320, 300))
    hands.expect_objects(2)
    hands.expect_save_state("saved")
    assert len(hands.labeling.draft()) == 2
