"""axe finds nothing serious in the editor, whatever is open, and nothing of it is cut off at 1024
by 768 pixels with text at twice its size. Every page by itself: test_every_page.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.labeling import RED, EditorHands, Labeling, labeling_project, sign_in
from tests.support.stack import Stack

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="module")
def labeling(stack: Stack) -> Iterator[Labeling]:
    with labeling_project(stack, images=(RED,)) as made:
        yield made


def serious(page: Page, where: str) -> list[str]:
    """What axe holds to be serious or critical, each with the place where it is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    # What fades in has its own colours only at the end. What stands (the brush's ring) has none.
    page.evaluate(
        "Promise.allSettled(document.getAnimations()"
        ".filter((one) => one.playState === 'running').map((one) => one.finished))"
    )
    found = page.evaluate(
        "axe.run({ resultTypes: ['violations'] }).then((result) => result.violations)"
    )
    return [
        f"{where}: {each['help']}: {node['html'][:200]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def test_axe_finds_nothing_serious_in_the_editor_whatever_is_open(
    page: Page, labeling: Labeling
) -> None:
    page.emulate_media(reduced_motion="reduce")
    sign_in(page)
    hands = EditorHands(page, labeling).open()
    hands.paint("1", (100, 100), (200, 120))
    found = serious(page, "editor")
    for key, dialog in (("Control+k", "Command palette"), ("?", "Keyboard shortcuts")):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog", name=dialog)).to_be_visible()
        found += serious(page, dialog)
        if dialog == "Command palette":
            page.keyboard.press("Escape")
            expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Change shortcuts").click()
    expect(page.get_by_role("dialog", name="Change shortcuts")).to_be_visible()
    found += serious(page, "Change shortcuts")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+Shift+h")
    expect(page.get_by_role("list", name="Steps")).to_be_visible()
    found += serious(page, "History")
    page.keyboard.press("Control+Shift+h")
    page.keyboard.press("F2")
    found += serious(page, "Attachments")
    page.keyboard.press("F2")
    page.get_by_role("tab", name="Issues").click()
    found += serious(page, "Issues")
    page.keyboard.press("k")
    expect(page.locator(".comment-catcher")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Comment on")).to_be_focused()
    page.keyboard.type("Is this a car?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Comment", exact=True)).to_be_visible()
    found += serious(page, "Comment at its pin")
    page.get_by_role("dialog", name="Comment", exact=True).get_by_role(
        "button", name="Close"
    ).click()
    for button in page.get_by_role("navigation", name="Tools").get_by_role("button").all():
        if button.get_attribute("aria-pressed") == "false" and button.is_enabled():
            button.click()
            found += serious(page, f"tool {button.get_attribute('aria-label')}")
    for name, dialog in (
        ("Project instructions", "Instructions"),
        ("Ask a question", "Ask"),
        ("Look at what you handed in", "Handed in today"),
    ):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("dialog").filter(has_text=dialog)).to_be_visible()
        found += serious(page, dialog)
        page.keyboard.press("Escape")
    assert found == []


def test_nothing_of_the_header_is_cut_off_on_a_small_screen_with_text_at_twice_its_size(
    page: Page, labeling: Labeling
) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    sign_in(page)
    EditorHands(page, labeling).open()
    for size in ("100%", "200%"):
        page.evaluate("(size) => { document.documentElement.style.fontSize = size }", size)
        outside = page.evaluate(
            """() => [...document.querySelectorAll('.editor-header button, .tool-rail button')]
              .filter((button) => {
                const { left, right, top, bottom } = button.getBoundingClientRect()
                const scroller = button.closest('.tool-rail')
                const isBelow = scroller === null && bottom > innerHeight
                return left < 0 || right > innerWidth || top < 0 || isBelow
              })
              .map((button) => button.textContent || button.getAttribute('aria-label'))"""
        )
        assert outside == [], size
        expect(page.get_by_role("button", name="Submit and next")).to_be_in_viewport(ratio=1)
