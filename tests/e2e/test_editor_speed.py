"""What a stroke may cost the page: its frames belong to the canvas."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e.labeling import BLUE, RED, EditorHands, labeling_project, sign_in
from tests.support.stack import Stack

MOVES = 40

# Where React finds this hook, it tells it of every commit.
COUNT_WORK = """
  window.work = { commits: 0, frameRequests: 0, lastCommitAt: 0 }
  window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    supportsFiber: true,
    inject: () => 1,
    onCommitFiberRoot: () => {
      window.work.commits++
      window.work.lastCommitAt = performance.now()
    },
    onCommitFiberUnmount: () => undefined,
    onPostCommitFiberRoot: () => undefined,
  }
  const request = window.requestAnimationFrame.bind(window)
  window.requestAnimationFrame = (perform) => {
    window.work.frameRequests++
    return request(perform)
  }
"""


@pytest.fixture
def hands(page: Page, stack: Stack) -> Iterator[EditorHands]:
    page.add_init_script(COUNT_WORK)
    with labeling_project(stack, images=(RED, BLUE)) as labeling:
        sign_in(page)
        yield EditorHands(page, labeling).open()


def test_a_stroke_costs_one_frame_a_move_and_the_page_hears_of_it_at_its_end(
    hands: EditorHands,
) -> None:
    page = hands.page
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")

    def layouts() -> int:
        metrics = devtools.send("Performance.getMetrics")["metrics"]
        return int(next(item["value"] for item in metrics if item["name"] == "LayoutCount"))

    x, y = hands.origin()
    page.keyboard.press("b")
    page.mouse.move(x + 100, y + 100)
    hands.settle()
    # What the page still asks the server for when it opens is rendered when it comes.
    page.wait_for_function("() => performance.now() - work.lastCommitAt > 1000")
    page.mouse.down()
    page.evaluate("work.commits = 0; work.frameRequests = 0")
    layouts_before = layouts()
    for step in range(MOVES):
        page.mouse.move(x + 100 + 5 * step, y + 100 + 3 * step)
    work = page.evaluate("({ ...work })")
    # The clock of the header and the words "Saving…" are text that is laid out when it changes.
    assert layouts() - layouts_before < MOVES / 2
    assert work["commits"] == 0
    assert work["frameRequests"] <= MOVES + 1
    assert hands.page.locator(".object-row").count() == 0
    assert hands.save_state() == "saving"

    page.mouse.up()
    hands.expect_objects(1)
    expect(page.locator(".object-row[data-selected]")).to_have_count(1)
    assert page.evaluate("work.commits") > 0
    where = page.locator(".status-bar__pointer")
    expect(where).to_have_text(f"x {100 + 5 * 39}  y {100 + 3 * 39}")
    assert where.evaluate(
        """canvas => canvas.getContext('2d')
          .getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0)"""
    )


def test_the_first_task_and_its_image_are_asked_for_once(page: Page, stack: Stack) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        path = urlsplit(request.url).path
        is_prefetch = '"prefetch":true' in (request.post_data or "")
        if path.endswith(("/me", "/queue/next", "/display")) and not is_prefetch:
            asked.append(path.rsplit("/", 1)[-1])

    with labeling_project(stack, images=(RED,)) as labeling:
        sign_in(page)
        page.on("request", note)
        EditorHands(page, labeling).open()
    assert asked == ["me", "next", "display"]


def test_canvases_on_which_nothing_is_drawn_rest_as_pictures_that_look_the_same(
    hands: EditorHands,
) -> None:
    page = hands.page
    hands.paint("1", (100, 100), (500, 300))
    page.keyboard.press("Escape")
    page.mouse.move(1, 1)
    stage = page.locator(".stage__canvas")
    drawn = stage.screenshot()
    resting = "[...document.querySelectorAll('[data-layer] canvas:not([data-picture])')]"
    is_shown = "(canvas) => canvas.checkVisibility({ visibilityProperty: true })"
    page.wait_for_function(f"() => !{resting}.some({is_shown})")
    assert stage.screenshot() == drawn

    # The next stroke is on the screen at once, and what was there stays.
    hands.paint("2", (100, 300), (500, 100))
    assert stage.screenshot() != drawn
    page.keyboard.press("Control+z")
    page.keyboard.press("Escape")
    page.mouse.move(1, 1)
    hands.settle()
    assert stage.screenshot() == drawn
