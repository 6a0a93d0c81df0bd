"""Labeling in a real browser: by mouse and keyboard, with networks that fail and tabs that die."""

import json
import re
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import psutil
import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, Route, expect
from playwright.sync_api import Error as PlaywrightError
from pycocotools import mask as coco

from tests.e2e.conftest import CHROMIUM_FLAGS, chromium_path
from tests.e2e.labeling import (
    BLUE,
    GREEN,
    RED,
    EditorHands,
    Labeling,
    car_class,
    labeling_project,
    sent_json,
    sign_in,
)
from tests.support.stack import Stack
from tests.support.waiting import wait_until

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

SIZE = (640, 480)


@pytest.fixture
def labeling(stack: Stack) -> Iterator[Labeling]:
    with labeling_project(stack, images=(RED, BLUE, GREEN), size=SIZE) as made:
        yield made


@pytest.fixture
def hands(page: Page, labeling: Labeling) -> EditorHands:
    sign_in(page)
    return EditorHands(page, labeling).open()


def test_painted_work_is_there_after_a_reload(hands: EditorHands) -> None:
    hands.paint("1", (100, 100), (200, 120))
    hands.paint("2", (300, 200), (320, 300))
    painted = hands.areas()
    assert list(painted) == ["Car 1", "Person 1"]
    hands.expect_save_state("saved")

    hands.page.reload()
    hands.wait_for_task()
    hands.expect_objects(2)
    assert hands.areas() == painted


def test_undo_takes_back_each_stroke_exactly_and_redo_puts_it_on_again(hands: EditorHands) -> None:
    hands.paint("1", (100, 100), (200, 120))
    first = hands.areas()
    hands.paint("2", (150, 60), (150, 200))
    both = hands.areas()
    assert both["Car 1"] != first["Car 1"]

    hands.page.keyboard.press("Control+z")
    hands.expect_objects(1)
    assert hands.areas() == first
    hands.page.keyboard.press("Control+Shift+z")
    hands.expect_objects(2)
    assert hands.areas() == both
    hands.expect_save_state("saved")
    wait_until(lambda: len(hands.labeling.draft()) == 2, "the draft held both objects")


def test_the_pen_draws_straight_lines_between_clicks_and_closes_on_enter(
    hands: EditorHands,
) -> None:
    hands.page.keyboard.press("p")
    hands.page.keyboard.press("1")
    for corner in ((100, 100), (300, 100), (300, 250), (100, 250)):
        hands.click(corner)
    hands.page.keyboard.press("Enter")
    hands.expect_objects(1)
    hands.expect_save_state("saved")
    wait_until(lambda: len(hands.labeling.draft()) == 1, "the draft held the outline")
    [drawn] = hands.labeling.draft()
    rows, columns = np.nonzero(coco.decode(drawn["mask"]))
    assert (np.ptp(columns), np.ptp(rows)) == pytest.approx((200, 150), abs=1)
    assert len(rows) == pytest.approx(200 * 150, rel=0.02)


def test_changes_made_offline_outlive_their_tab_and_are_sent_later(
    hands: EditorHands, context: BrowserContext
) -> None:
    hands.paint("1", (100, 100), (200, 120))
    hands.expect_save_state("saved")
    context.set_offline(True)
    hands.paint("2", (300, 200), (320, 300))
    hands.expect_save_state("offline")
    expect(hands.page.locator(".editor-header__save")).to_contain_text("1 change kept")
    # The tab dies: one that is closed sends once more, and the network may be back by then.
    with pytest.raises(PlaywrightError):
        hands.page.goto("chrome://crash")
    hands.page.close()
    context.set_offline(False)
    assert len(hands.labeling.draft()) == 1

    context.route(_SAVING, _disconnect)
    reopened = EditorHands(context.new_page(), hands.labeling).open()
    reopened.expect_objects(2)
    expect(reopened.page.get_by_text("1 change from before was found")).to_be_visible()
    reopened.expect_save_state("offline")

    context.unroute(_SAVING, _disconnect)
    reopened.page.evaluate("window.dispatchEvent(new Event('online'))")
    reopened.expect_save_state("saved")
    assert len(hands.labeling.draft()) == 2


_SAVING = re.compile(r"/api/v1/leases/[^/]+/draft")


def _disconnect(route: Route) -> None:
    route.abort("internetdisconnected")


def test_work_survives_being_signed_out(hands: EditorHands, context: BrowserContext) -> None:
    hands.paint("1", (100, 100), (200, 120))
    hands.expect_save_state("saved")
    context.clear_cookies()
    hands.paint("2", (300, 200), (320, 300))
    expect(hands.page).to_have_url(re.compile("/sign-in"))
    assert len(hands.labeling.draft()) == 1

    sign_in(hands.page)
    hands.open()
    hands.expect_objects(2)
    hands.expect_save_state("saved")
    assert len(hands.labeling.draft()) == 2


def test_a_browser_killed_in_the_middle_of_a_stroke_loses_at_most_two_seconds_of_it(
    playwright: Playwright, stack: Stack, labeling: Labeling, tmp_path: Path
) -> None:
    first = _launch(playwright, stack, tmp_path / "profile")
    hands = _signed_in_hands(first, labeling)
    # Only what this computer kept can come back.
    first.route(_SAVING, _disconnect)
    x, y = hands.origin()
    hands.page.keyboard.press("b")
    hands.page.keyboard.press("1")
    hands.page.mouse.move(x + 50, y + 200)
    hands.page.mouse.down()
    reached: list[tuple[float, int]] = []
    started = time.monotonic()
    # The stroke lasts five seconds, because that is what this test is about.
    while (elapsed := time.monotonic() - started) < 5:
        column = 50 + int(500 * elapsed / 5)
        hands.page.mouse.move(x + column, y + 200)
        reached.append((time.monotonic(), column))
    killed_at = time.monotonic()
    _kill_browser(tmp_path / "profile")

    second = _launch(playwright, stack, tmp_path / "profile")
    reopened = _signed_in_hands(second, labeling)
    reopened.expect_objects(1)
    reopened.expect_save_state("saved")
    [kept] = labeling.draft()
    kept_to = int(np.nonzero(coco.decode(kept["mask"]).any(axis=0))[0].max())
    two_seconds_before = max(column for at, column in reached if at <= killed_at - 2)
    assert kept_to >= two_seconds_before
    # A history that does not lead to what is there is worth nothing; from here on it works.
    expect(reopened.page.get_by_role("button", name="Undo")).to_be_disabled()
    before = reopened.areas()
    reopened.paint("2", (300, 300), (340, 300))
    reopened.expect_objects(2)
    reopened.page.keyboard.press("Control+z")
    reopened.expect_objects(1)
    assert reopened.areas() == before
    second.close()


def _launch(playwright: Playwright, stack: Stack, profile: Path) -> BrowserContext:
    """A browser that keeps what its pages store, as a person's does."""
    return playwright.chromium.launch_persistent_context(
        profile,
        executable_path=chromium_path(),
        args=[*CHROMIUM_FLAGS],
        base_url=stack.address,
        viewport={"width": 1440, "height": 900},
    )


def _signed_in_hands(context: BrowserContext, labeling: Labeling) -> EditorHands:
    page = context.pages[0] if context.pages else context.new_page()
    sign_in(page)
    return EditorHands(page, labeling).open()


def _kill_browser(profile: Path) -> None:
    """SIGKILL for the browser that runs on this profile, and for nothing else."""
    mine = [
        process
        for process in psutil.Process().children(recursive=True)
        if any(str(profile) in argument for argument in process.cmdline())
    ]
    assert mine
    for process in mine:
        process.kill()
    psutil.wait_procs(mine, timeout=60)


def test_submitting_shows_the_next_image_without_a_blank_frame(hands: EditorHands) -> None:
    page = hands.page
    expect(page.locator(".editor-header__position")).to_contain_text("of 3")
    name = page.locator(".editor-header__asset").inner_text()
    hands.paint("1", (100, 100), (200, 120))
    page.evaluate(
        """() => {
          const seen = (window.seenColors = [])
          const look = () => {
            const canvas = document.querySelector('canvas[data-layer=image]')
            const { width, height } = canvas
            const pixel = canvas.getContext('2d').getImageData(width / 2, height / 2, 1, 1).data
            seen.push([...pixel].join())
            window.lookAgain = requestAnimationFrame(look)
          }
          look()
        }"""
    )
    page.keyboard.press("Control+Enter")
    expect(page.locator(".editor-header__asset")).not_to_have_text(name)
    hands.expect_objects(0)
    page.wait_for_function("new Set(window.seenColors).size > 1")
    colors = page.evaluate("(cancelAnimationFrame(window.lookAgain), window.seenColors)")
    in_order = [color for at, color in enumerate(colors) if at == 0 or color != colors[at - 1]]
    # Which image comes first is the queue's affair; between the two there is nothing else.
    assert len(in_order) == 2
    assert set(in_order) <= {",".join(map(str, (*color, 255))) for color in (RED, BLUE, GREEN)}
    wait_until(lambda: hands.labeling.counts()["submitted"] == 1, "the server had the label")


def test_what_was_handed_in_can_be_looked_at_and_corrected(hands: EditorHands) -> None:
    page = hands.page
    name = page.locator(".editor-header__asset").inner_text()
    hands.paint("1", (100, 100), (200, 120))
    page.keyboard.press("Control+Enter")
    expect(page.locator(".editor-header__asset")).not_to_have_text(name)
    hands.wait_for_task()
    open_name = page.locator(".editor-header__asset").inner_text()
    hands.paint("2", (300, 200), (320, 300))
    page.get_by_role("button", name="Look at what you handed in").click()
    previous = page.get_by_role("dialog", name=name)
    expect(previous.get_by_role("img", name="1 object of version 1")).to_be_visible()
    expect(previous.get_by_text("1 of 1 today")).to_be_visible()
    previous.get_by_role("button", name="Correct this").click()
    expect(page.locator(".editor-header__asset")).to_have_text(name)
    hands.wait_for_task()
    hands.expect_objects(1)
    before = hands.areas()
    hands.paint("2", (300, 200), (320, 300))
    hands.expect_objects(2)
    corrected = hands.areas()
    # Undo goes back to what was handed in, and no further.
    for _ in range(3):
        page.keyboard.press("Control+z")
    wait_until(lambda: hands.areas() == before, "the correction was undone")
    page.keyboard.press("Control+Shift+z")
    wait_until(lambda: hands.areas() == corrected, "it was there again")
    page.keyboard.press("Control+Enter")

    # What was open before goes on as it was left.
    expect(page.locator(".editor-header__asset")).to_have_text(open_name)
    hands.expect_objects(1)
    page.get_by_role("button", name="Look at what you handed in").click()
    expect(
        page.get_by_role("dialog", name=name).get_by_role("img", name="2 objects of version 2")
    ).to_be_visible()


def test_objects_are_pasted_into_the_next_image_as_they_were(hands: EditorHands) -> None:
    page, keyboard = hands.page, hands.page.keyboard
    hands.paint("1", (60, 60), (140, 60))
    hands.paint("2", (60, 300), (140, 340))
    copied = hands.areas()
    keyboard.press("v")
    hands.drag((20, 20), (600, 460))
    keyboard.press("Control+c")
    said = page.locator(".status-bar__hint")
    expect(said).to_have_text("2 objects copied. Paste them on this image or another one.")
    name = page.locator(".editor-header__asset").inner_text()
    keyboard.press("Control+Enter")
    expect(page.locator(".editor-header__asset")).not_to_have_text(name)
    hands.wait_for_task()
    hands.expect_objects(0)

    keyboard.press("Control+v")
    expect(page.locator(".stage__canvas")).to_have_css("cursor", "move")
    keyboard.press("Enter")
    hands.expect_objects(2)
    expect(page.locator(".stage__canvas")).to_have_css("cursor", "default")
    assert hands.areas() == copied
    keyboard.press("Control+z")
    hands.expect_objects(0)
    keyboard.press("Control+Shift+z")
    hands.expect_objects(2)
    hands.expect_save_state("saved")
    classes = {each["class_id"] for each in hands.labeling.draft()}
    assert classes == {*hands.labeling.class_ids.values()}


def test_a_refused_submission_names_the_object_and_goes_through_once_it_is_mended(
    page: Page, stack: Stack
) -> None:
    def refuse(route: Route) -> None:
        sent = sent_json(route.request)
        problem = {
            "type": "about:blank",
            "code": "attribute-invalid",
            "title": "View: An answer is required.",
            "status": 422,
            "object_key": sent["objects"][0]["key"],
        }
        route.fulfill(status=422, content_type="application/problem+json", body=json.dumps(problem))

    with labeling_project(stack, images=(RED, BLUE), classes=[car_class()]) as labeling:
        sign_in(page)
        hands = EditorHands(page, labeling).open()
        name = page.locator(".editor-header__asset")
        first = name.inner_text()
        hands.paint("1", (100, 100), (200, 120))
        page.route("**/submit", refuse, times=1)
        # The next image may be on screen by the time of the answer: then the first one comes back.
        page.keyboard.press("Control+Enter")
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("View")
        expect(alert.get_by_role("button", name="Show Car 1")).to_be_visible()
        expect(name).to_have_text(first)
        hands.expect_objects(1)

        page.keyboard.press("Control+Enter")
        expect(name).not_to_have_text(first)
        hands.expect_objects(0)
        wait_until(lambda: labeling.counts()["submitted"] == 1, "the image was handed in")


def test_skipping_asks_for_a_reason_and_opens_the_next_image(hands: EditorHands) -> None:
    name = hands.page.locator(".editor-header__asset").inner_text()
    hands.page.get_by_role("button", name="Skip").click()
    hands.page.get_by_role("menuitem", name="Image is unusable").click()
    expect(hands.page.locator(".editor-header__asset")).not_to_have_text(name)


def test_a_second_tab_looks_on_until_it_takes_the_image_over(
    hands: EditorHands, context: BrowserContext
) -> None:
    hands.paint("1", (100, 100), (200, 120))
    other = EditorHands(context.new_page(), hands.labeling)
    written: list[str] = []
    other.page.on("request", lambda request: written.append(request.url))
    other.open()
    expect(other.page.get_by_text("open in another tab. Here you can only look")).to_be_visible()
    other.expect_objects(1)
    hands.paint("2", (300, 200), (320, 300))
    other.expect_objects(2)
    wait_until(lambda: other.areas() == hands.areas(), "both showed the same")

    # Neither the brush nor undo changes anything, and nothing is sent.
    other.paint("1", (400, 100), (450, 120))
    other.page.keyboard.press("Control+z")
    expect(other.page.get_by_role("status").filter(has_text="Work here instead")).to_be_visible()
    assert other.areas() == hands.areas()
    assert not [url for url in written if _SAVING.search(url) or url.endswith("/heartbeat")]

    other.page.get_by_role("button", name="Work here instead").click()
    other.expect_save_state("saved")
    expect(hands.page.get_by_text("open in another tab. Here you can only look")).to_be_visible()
    other.paint("1", (400, 100), (450, 120))
    other.expect_objects(3)
    hands.expect_objects(3)
    wait_until(lambda: hands.areas() == other.areas(), "both showed the same again")
    other.expect_save_state("saved")

    # The tab that looks on follows to the next image, and works on it once it is alone.
    name = other.page.locator(".editor-header__asset").inner_text()
    other.page.keyboard.press("Control+Enter")
    expect(other.page.locator(".editor-header__asset")).not_to_have_text(name)
    expect(hands.page.locator(".editor-header__asset")).not_to_have_text(name)
    expect(hands.page.get_by_text("Read-only")).to_be_visible()
    other.page.close()
    expect(hands.page.get_by_text("Read-only")).to_have_count(0)
    hands.paint("1", (100, 100), (200, 120))
    hands.expect_save_state("saved")


def test_an_image_that_does_not_load_can_be_loaded_again_and_masks_can_be_drawn_meanwhile(
    page: Page, context: BrowserContext, labeling: Labeling
) -> None:
    sign_in(page)
    context.route(re.compile("/file/display"), _fail)
    page.goto(labeling.path)
    expect(page.get_by_text("The image could not be loaded.")).to_be_visible()
    context.unroute(re.compile("/file/display"), _fail)
    page.get_by_role("button", name="Load again").click()
    expect(page.get_by_text("The image could not be loaded.")).to_have_count(0)
    hands = EditorHands(page, labeling)
    hands.wait_for_task()
    hands.paint("1", (100, 100), (200, 120))
    hands.expect_objects(1)


def test_an_image_too_large_for_one_file_is_shown_from_its_tiles(page: Page, stack: Stack) -> None:
    with labeling_project(stack, images=(GREEN,), size=(4200, 600)) as labeling:
        sign_in(page)
        tiles: list[str] = []
        page.on("response", lambda answer: tiles.append(answer.url) if answer.ok else None)
        hands = EditorHands(page, labeling).open()
        # A coarse level is drawn first; each look at the page lets further answers come in.
        wait_until(
            lambda: (
                hands.center_color() == (*GREEN, 255) and any("/tiles/0/" in url for url in tiles)
            ),
            "the middle of the image was drawn from tiles of full size",
        )


def _fail(route: Route) -> None:
    route.fulfill(status=500, body="broken")


def test_the_coco_export_equals_what_was_on_the_screen_pixel_for_pixel(hands: EditorHands) -> None:
    page, labeling = hands.page, hands.labeling
    hands.paint("1", (100, 100), (260, 180))
    page.keyboard.down("Alt")
    hands.drag((150, 130), (160, 132))
    page.keyboard.up("Alt")
    hands.drag((400, 300), (470, 380))
    page.keyboard.press("Escape")
    page.mouse.move(2, 2)
    on_screen = hands.screen_mask(SIZE)
    assert 1_000 < on_screen.sum() < on_screen.size / 2
    name = page.locator(".editor-header__asset").inner_text()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".editor-header__asset")).not_to_have_text(name)

    exported = _export(labeling, "coco-instances")
    instances = json.loads(exported.read("annotations/instances.json"))
    [annotation] = instances["annotations"]
    in_export = coco.decode(annotation["segmentation"]).astype(bool)
    assert np.array_equal(in_export, on_screen)
    assert annotation["area"] == on_screen.sum()


def _export(labeling: Labeling, format_: str) -> ZipFile:
    api = labeling.api
    started = api.post(f"/projects/{labeling.id}/exports", json={"format": format_})
    started.raise_for_status()
    path = f"/exports/{started.json()['id']}"
    wait_until(lambda: api.get(path).json()["state"] in ("done", "failed"), "the export ended")
    assert api.get(path).json()["state"] == "done"
    return ZipFile(BytesIO(api.get(f"{path}/download", follow_redirects=True).content))


def test_every_key_is_listed_and_found_by_search(hands: EditorHands) -> None:
    hands.page.keyboard.press("?")
    dialog = hands.page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog.get_by_text("Undo")).to_be_visible()
    # It takes what is typed at once, and knows keys as they are printed.
    hands.page.keyboard.type("ctrl+z")
    expect(dialog.locator(".shortcuts__row")).to_have_count(1)
    expect(dialog.get_by_text("Undo")).to_be_visible()
    dialog.get_by_role("searchbox").fill("brush")
    expect(dialog.get_by_text("Undo")).to_have_count(0)
    expect(dialog.get_by_text("Larger brush")).to_be_visible()
    # Once for the search, once for the dialog.
    hands.page.keyboard.press("Escape")
    hands.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
