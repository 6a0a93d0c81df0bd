"""Without a network: the app opens, the task goes on, and all is sent when it comes back."""

from playwright.sync_api import Browser, expect

from tests.e2e.labeling import BLUE, RED, EditorHands, labeling_project, sign_in
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
        page.wait_for_function(
            """async (tiles) => {
              const kept = await (await caches.open('tiles-1')).keys()
              return kept.filter(({ url }) => url.includes('/tiles/1/')).length >= tiles
            }""",
            arg=2 * TILES_OF_SCREEN,
        )
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
