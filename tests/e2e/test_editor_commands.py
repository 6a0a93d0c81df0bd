"""One list of commands: by palette, by keys of one's own, and in the help that shows them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.labeling import RED, EditorHands, Labeling, labeling_project, sign_in
from tests.support.stack import Stack
from tests.support.waiting import wait_until


@pytest.fixture
def labeling(stack: Stack) -> Iterator[Labeling]:
    with labeling_project(stack, images=(RED,)) as made:
        yield made
        # The keys are the person's, and the other tests are the same person.
        made.api.patch("/me/preferences", json={"shortcuts": None}).raise_for_status()


def test_everything_is_done_from_the_palette_by_a_few_letters(
    page: Page, labeling: Labeling
) -> None:
    sign_in(page)
    hands = EditorHands(page, labeling).open()
    hands.paint("1", (100, 100), (200, 120))
    # The object stays selected, for the strokes that go on with it; the bar offers another.
    bar = page.get_by_role("toolbar", name="Tool settings")
    expect(bar.locator("strong")).to_have_text("Car 1")
    bar.get_by_role("button", name="New object").click()
    expect(bar).to_contain_text("new Car")
    expect(bar.get_by_role("button", name="New object")).to_have_count(0)
    # What cannot be done now is found too, with its key.
    page.keyboard.press("Control+k")
    page.keyboard.type("merge")
    merge = page.get_by_role("option", name="Merge selected")
    expect(merge).to_be_disabled()
    expect(merge).to_contain_text("U")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    for letters, then in (("eras", "tool.eraser"), ("drper", "class"), ("sel car", "object")):
        page.keyboard.press("Control+k")
        palette = page.get_by_role("dialog", name="Command palette")
        expect(palette.get_by_role("combobox")).to_be_focused()
        page.keyboard.type(letters)
        page.keyboard.press("Enter")
        expect(palette).to_have_count(0)
        if then == "tool.eraser":
            expect(page.get_by_role("button", name="Eraser")).to_have_attribute(
                "aria-pressed", "true"
            )
        elif then == "class":
            expect(page.locator(".class-list__item[data-active]")).to_contain_text("Person")
        else:
            expect(page.locator(".object-row[data-selected]")).to_contain_text("Car 1")
    # What was used last comes first, and the keys go on where they were.
    page.keyboard.press("Control+k")
    expect(page.get_by_role("option").first).to_contain_text("Select Car 1")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("b")
    brush = page.get_by_role("button", name="Brush", exact=True)
    expect(brush).to_have_attribute("aria-pressed", "true")
    change_the_class_in_the_panel(page)
    read_tips_and_open_menus(page, brush)


def change_the_class_in_the_panel(page: Page) -> None:
    """The list of classes exists only while somebody is near it, however they come."""
    row = page.locator(".object-row[data-selected]")
    section = page.get_by_role("region", name="Car 1")
    section.get_by_role("button", name="Car Class").click()
    page.get_by_role("option", name="Person").click()
    expect(row).to_contain_text("Person 1")
    section = page.get_by_role("region", name="Person 1")
    section.get_by_role("button", name="Person Class").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="Person")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(row).to_contain_text("Car")
    expect(page.get_by_role("button", name="Car Class")).to_be_focused()
    # A finger comes without having been near.
    page.locator(".stage__canvas").focus()
    page.mouse.move(300, 300)
    expect(page.locator(".selected-object select")).to_have_count(0)
    page.get_by_role("button", name="Car Class").evaluate("(button) => button.click()")
    expect(page.get_by_role("option", name="Car")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    page.locator(".stage__canvas").focus()


def read_tips_and_open_menus(page: Page, brush: Locator) -> None:
    # Whoever rests on a button reads what it does, and its key.
    brush.hover()
    tip = page.get_by_role("tooltip")
    expect(tip).to_have_text("BrushB")
    expect(brush).to_have_attribute("aria-describedby", tip.get_attribute("id") or "no id")
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    # The header's menus open by key, and give the keys back to their button.
    skip = page.get_by_role("button", name="Skip")
    skip.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(skip).to_be_focused()
    why = page.get_by_role("button", name="Why?")
    why.click()
    expect(page.get_by_role("dialog", name="Why this image?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(why).to_be_focused()


def test_keys_are_recorded_conflicts_resolved_and_all_follows_the_person(
    page: Page, browser: Browser, stack: Stack, labeling: Labeling
) -> None:
    sign_in(page)
    EditorHands(page, labeling).open()
    page.keyboard.press("?")
    page.get_by_role("button", name="Change shortcuts").click()
    dialog = page.get_by_role("dialog", name="Change shortcuts")

    dialog.get_by_role("button", name="Add key to Pen", exact=True).click()
    page.keyboard.press("Control+w")
    expect(dialog.get_by_role("alert")).to_contain_text("browser keeps this key")
    page.keyboard.press("b")
    expect(dialog.get_by_role("alert")).to_contain_text("B is the key of “Brush”")
    page.keyboard.press("Escape")
    expect(dialog.get_by_role("alert")).to_have_count(0)
    add = dialog.get_by_role("button", name="Add key to Pen", exact=True)
    expect(add).to_be_focused()
    add.press("Enter")
    page.keyboard.press("b")
    dialog.get_by_role("button", name="Use it here").click()
    expect(dialog.get_by_role("button", name="Remove B from Pen")).to_be_visible()
    expect(dialog.get_by_role("button", name="Remove B from Brush")).to_have_count(0)

    dialog.get_by_role("button", name="Add key to Brush").click()
    with page.expect_response(lambda answer: "/me/preferences" in answer.url):
        page.keyboard.press("Shift+Digit7")
    dialog.get_by_role("button", name="Done").click()
    expect(dialog).to_have_count(0)
    page.keyboard.press("Shift+Digit7")
    expect(page.get_by_role("button", name="Brush", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )

    elsewhere = browser.new_context(base_url=stack.address)
    other = elsewhere.new_page()
    sign_in(other)
    other.goto(labeling.path)
    expect(other.get_by_role("heading", name="another tab")).to_have_count(0)
    expect(other.get_by_role("navigation", name="Tools")).to_be_visible()
    pen_tool = other.get_by_role("button", name="Pen", exact=True)

    def b_is_the_pen() -> bool:
        other.keyboard.press("b")
        return pen_tool.get_attribute("aria-pressed") == "true"

    wait_until(b_is_the_pen, "the person's keys had come")
    other.keyboard.press("?")
    help_ = other.get_by_role("dialog", name="Keyboard shortcuts")
    pen = help_.locator(".shortcuts__row", has_text="Pen").first
    expect(pen).to_contain_text("B")
    help_.get_by_role("button", name="Change shortcuts").click()
    keys = other.get_by_role("dialog", name="Change shortcuts")
    keys.get_by_role("button", name="Reset all changes").click()
    keys.get_by_role("button", name="Preset").click()
    other.get_by_role("option", name="CVAT").click()
    expect(keys.get_by_role("button", name="Remove Shift+2 from Eraser")).to_be_visible()
    elsewhere.close()
