"""Without a network: the app opens, the task goes on, and all is sent when it comes back."""

from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.display.generate import deep_photograph
from tests.display.reference import windowed
from tests.e2e.labeling import BLUE, RED, EditorHands, labeling_project, sign_in
from tests.e2e.test_seeing import is_part_of, middle_of_image
from tests.support.stack import Stack
from tests.support.waiting import wait_until


def test_a_reload_without_a_network_opens_the_task_again_and_its_work_is_sent_later(
    browser: Browser, stack: Stack
) -> None:
    context = browser.new_context(
        base_url=stack.address, viewport={"width": 1440, "height": 900}, locale="en-GB"
    )
    with labeling_project(stack, images=(RED, BLUE)) as labeling:
        page = context.new_page()
        sign_in(page)
        page.goto("/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        hands = EditorHands(page, labeling).open()
        hands.paint("1", (100, 100), (200, 120))
        hands.expect_save_state("saved")
        name = page.locator(".editor-header__asset").inner_text()
        color = hands.center_color()
        context.set_offline(True)
        hands.paint("2", (300, 200), (320, 300))
        hands.expect_save_state("offline")
        painted = hands.areas()

        page.reload()
        hands.wait_for_task()
        expect(page.locator(".editor-header__asset")).to_have_text(name)
        hands.expect_objects(2)
        assert hands.areas() == painted
        assert hands.center_color() == color
        hands.paint("1", (400, 100), (450, 120))
        hands.expect_save_state("offline")

        # The prefetched image is next, though the page that fetched it is gone.
        page.keyboard.press("Control+Enter")
        expect(page.locator(".editor-header__asset")).not_to_have_text(name)
        expect(page.get_by_text("1 submission waits to be sent")).to_be_visible()
        hands.wait_for_task()
        assert hands.center_color() != color
        hands.paint("1", (100, 100), (200, 120))
        hands.expect_save_state("offline")

        context.set_offline(False)
        hands.expect_save_state("saved")
        wait_until(lambda: labeling.counts()["submitted"] == 1, "the first image was handed in")
        wait_until(lambda: len(labeling.draft()) == 1, "the second one's draft held its object")
    context.close()


def test_the_header_says_offline_at_once_and_a_skip_waits_for_the_network(
    page: Page, stack: Stack
) -> None:
    with labeling_project(stack, images=(RED, BLUE)) as labeling:
        sign_in(page)
        hands = EditorHands(page, labeling).open()
        name = page.locator(".editor-header__asset").inner_text()
        page.context.set_offline(True)
        said = page.locator(".editor-header__save")
        expect(said).to_contain_text("No changes to this image yet")
        page.get_by_role("button", name="Skip").click()
        page.get_by_role("menuitem").first.click()
        expect(page.get_by_text("Try again when the network is back.")).to_be_visible()
        page.context.set_offline(False)
        expect(page.get_by_text("Try again when the network is back.")).to_have_count(0)
        expect(said).not_to_contain_text("Offline")
        expect(page.locator(".editor-header__asset")).to_have_text(name)
        hands.expect_save_state("saved")
        page.get_by_role("button", name="Skip").click()
        page.get_by_role("menuitem").first.click()
        expect(page.locator(".editor-header__asset")).not_to_have_text(name)


#: Longer than one file is shown at: these come in tiles, on this screen those of half the size.
LARGE, TILES_OF_SCREEN = (4400, 700), 5


def test_images_that_come_in_tiles_are_there_without_a_network(
    browser: Browser, stack: Stack
) -> None:
    context = browser.new_context(
        base_url=stack.address, viewport={"width": 1440, "height": 900}, locale="en-GB"
    )
    with labeling_project(stack, images=(RED, BLUE), size=LARGE) as labeling:
        page = context.new_page()
        sign_in(page)
        page.goto("/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        hands = EditorHands(page, labeling).open()
        # At full size where the screen shows it; smaller as a whole, and so is the next one.
        looked_at = hands.center_color()
        wait_for_kept(page, "tiles-1", "/tiles/1/", 2 * TILES_OF_SCREEN)
        name = page.locator(".editor-header__asset").inner_text()
        context.set_offline(True)

        page.reload()
        hands.wait_for_task()
        expect(page.locator(".editor-header__asset")).to_have_text(name)
        assert hands.center_color() == looked_at
        page.keyboard.press("Control+Enter")
        expect(page.locator(".editor-header__asset")).not_to_have_text(name)
        expect(page.get_by_text("1 submission waits to be sent")).to_be_visible()
        page.keyboard.press("0")
        hands.wait_for_image()
        assert hands.center_color() != looked_at
        # What was never on the screen is shown from what is smaller, and is no failure.
        hands.wait_for_task()
        assert hands.center_color() != looked_at
        expect(page.get_by_role("button", name="Load again")).to_have_count(0)

        context.set_offline(False)
        wait_until(lambda: labeling.counts()["submitted"] == 1, "the first image was handed in")
    context.close()


def test_a_deep_image_held_ready_is_seen_through_the_window_without_a_network(
    browser: Browser, stack: Stack
) -> None:
    # As wide as the image, so that what the screen shows is its full size.
    context = browser.new_context(
        base_url=stack.address,
        viewport={"width": 1440, "height": 900},
        screen={"width": LARGE[0], "height": 900},
        locale="en-GB",
    )
    scans = [deep_photograph(300, LARGE[0]), deep_photograph(300, LARGE[0])[::-1]]
    files = [(f"{index}.tif", tiff(scan)) for index, scan in enumerate(scans)]
    with labeling_project(stack, files=files) as labeling:
        page = context.new_page()
        sign_in(page)
        page.goto("/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        hands = EditorHands(page, labeling).open()
        name = page.locator(".editor-header__asset").inner_text()
        # The next image is held ready by now: its depth is wanted only from here on.
        wait_for_kept(page, "own-1", "/assets/", 2)
        page.get_by_role("button", name="Image and masks").click()
        page.get_by_role("slider", name="Window").fill("1000")
        page.get_by_role("slider", name="Level").fill("4000")
        wait_for_kept(page, "deep-tiles-1", "/deep-tiles/0/", 2 * DEEP_TILES)
        context.set_offline(True)

        page.keyboard.press("Control+Enter")
        expect(page.locator(".editor-header__asset")).not_to_have_text(name)
        expect(page.get_by_role("slider", name="Level")).to_have_value("4000")
        hands.wait_for_task()
        following = windowed(scans[1 - int(name.split(".")[0])], 3500, 4500)
        wait_until(
            lambda: is_part_of(middle_of_image(page), following),
            "the next image's sixteen bits were seen through the window",
        )
        expect(page.get_by_role("button", name="Load again")).to_have_count(0)
    context.close()


#: Of 512 pixels, at full size.
DEEP_TILES = 9


def wait_for_kept(page: Page, cache: str, part: str, count: int) -> None:
    """Until the browser keeps so many answers from addresses with this part."""
    # `wait_for_function` would take the promise itself for a yes.
    wait_until(
        lambda: kept_addresses(page, cache, part) >= count,
        f"{count} answers from …{part}… were kept in {cache}",
    )


def kept_addresses(page: Page, cache: str, part: str) -> int:
    counted: int = page.evaluate(
        """async ([cache, part]) => {
          const kept = await (await caches.open(cache)).keys()
          return kept.filter(({ url }) => url.includes(part)).length
        }""",
        [cache, part],
    )
    return counted


def tiff(samples: npt.NDArray[np.uint16]) -> bytes:
    file = BytesIO()
    Image.fromarray(samples).save(file, "TIFF")
    return file.getvalue()
