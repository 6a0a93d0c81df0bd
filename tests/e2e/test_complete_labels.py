"""Finishing an image by keyboard: questions, relationships, gaps, and what a submit refuses."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.labeling import (
    BLUE,
    RED,
    EditorHands,
    Labeling,
    car_class,
    labeling_project,
    person_class,
    sign_in,
)
from tests.support.stack import Stack
from tests.support.waiting import wait_until

SIZE = (640, 480)
PANEL = "Classes and objects"


def option(name: str, *attributes: dict[str, Any]) -> dict[str, Any]:
    return {"id": str(uuid4()), "name": name, "attributes": list(attributes)}


PLATE = {"id": str(uuid4()), "name": "Plate", "kind": "text"}
DOORS = {"id": str(uuid4()), "name": "Doors", "kind": "number", "required": True, "default": 4}
MOVING = {
    "id": str(uuid4()),
    "name": "Moving",
    "kind": "radio",
    "required": True,
    "options": [option("Parked", PLATE), option("Driving")],
}
DAMAGE = {
    "id": str(uuid4()),
    "name": "Damage",
    "kind": "checklist",
    "options": [option("Dent"), option("Scratch"), option("Rust")],
}
LIGHT = {
    "id": str(uuid4()),
    "name": "Light",
    "kind": "radio",
    "required": True,
    "options": [option("Day"), option("Night")],
}


@pytest.fixture
def labeling(stack: Stack) -> Iterator[Labeling]:
    classes = (
        car_class(attributes=[MOVING, DAMAGE, DOORS]),
        person_class(),
        {"name": "Ground", "color": "#009e73", "hotkey": "3", "kind": "stuff"},
    )
    with labeling_project(stack, images=(RED, BLUE), size=SIZE, classes=classes) as made:
        yield made


def want(labeling: Labeling, *, coverage: str = "none", **ontology: Any) -> None:
    """Rules of the project, set before the task is opened."""
    labeling.api.patch(f"/projects/{labeling.id}", json={"coverage": coverage}).raise_for_status()
    current = labeling.api.get(f"/projects/{labeling.id}/ontology").json()["classes"]
    saved = labeling.api.put(
        f"/projects/{labeling.id}/ontology", json={"classes": current, **ontology}
    )
    saved.raise_for_status()


def newest_label(labeling: Labeling) -> dict[str, Any]:
    """The last submitted label of the project."""
    assets = labeling.api.get(f"/projects/{labeling.id}/assets").json()["items"]
    versions = [
        version
        for asset in assets
        for version in labeling.api.get(f"/assets/{asset['id']}/labels").json()["items"]
    ]
    newest = max(versions, key=lambda version: str(version["id"]))
    label: dict[str, Any] = labeling.api.get(f"/label-versions/{newest['id']}").json()
    return label


def option_id(attribute: dict[str, Any], name: str) -> str:
    [found] = [each["id"] for each in attribute["options"] if each["name"] == name]
    return str(found)


def test_questions_are_answered_by_keyboard_alone(page: Page, labeling: Labeling) -> None:
    want(labeling, image_attributes=[LIGHT])
    sign_in(page)
    hands = EditorHands(page, labeling).open()
    keyboard = page.keyboard

    # Nothing is selected: Enter leads to what is asked of the image.
    expect(page.get_by_role("radio", name="Night")).to_be_visible()
    keyboard.press("Enter")
    keyboard.press("n")
    expect(page.get_by_role("radio", name="Night")).to_be_checked()
    keyboard.press("Enter")
    expect(page.locator(".stage__canvas")).to_be_focused()

    hands.paint("1", (100, 100), (200, 120))
    expect(page.get_by_role("radiogroup", name="Moving")).to_be_visible()
    keyboard.press("Enter")
    keyboard.press("1")
    expect(page.get_by_role("radio", name="Parked")).to_be_checked()
    keyboard.press("Enter")
    keyboard.type("M-W 1")
    keyboard.press("Enter")
    keyboard.press("1")
    keyboard.press("3")
    expect(page.get_by_role("checkbox", name="Rust")).to_be_checked()
    keyboard.press("Shift+Enter")
    expect(page.get_by_role("textbox", name="Plate")).to_be_focused()
    keyboard.press("Escape")
    expect(page.locator(".stage__canvas")).to_be_focused()

    keyboard.press("Control+Enter")
    wait_until(lambda: labeling.counts()["submitted"] == 1, "the image was handed in")
    label = newest_label(labeling)
    assert label["image_attributes"] == {LIGHT["id"]: option_id(LIGHT, "Night")}
    assert label["objects"][0]["attributes"] == {
        MOVING["id"]: option_id(MOVING, "Parked"),
        PLATE["id"]: "M-W 1",
        DAMAGE["id"]: [option_id(DAMAGE, "Dent"), option_id(DAMAGE, "Rust")],
        DOORS["id"]: 4,
    }


def test_a_submit_is_refused_and_leads_to_what_is_missing(page: Page, labeling: Labeling) -> None:
    want(labeling, coverage="complete")
    sign_in(page)
    hands = EditorHands(page, labeling).open()
    hands.paint("1", (100, 100), (200, 120))
    hands.expect_objects(1)

    page.keyboard.press("Control+Enter")

    refused = page.get_by_role("alert").filter(has_text="to be mended")
    expect(refused).to_contain_text("2 things")
    panel = page.get_by_role("complementary", name=PANEL)
    expect(panel.get_by_role("tab", name="Issues")).to_have_attribute("aria-selected", "true")
    expect(panel.locator(".issue")).to_have_count(2)
    expect(panel.locator(".issue").first).to_contain_text("Moving needs an answer")
    # It is selected: its questions are there to be answered.
    page.keyboard.press("Enter")
    page.keyboard.press("2")
    expect(page.locator(":focus")).to_be_checked()
    page.keyboard.press("Escape")
    expect(panel.locator(".issue")).to_have_count(1)
    expect(refused).to_contain_text("One thing")
    expect(panel.locator(".issue")).to_contain_text("Unlabelled region")
    expect(panel.locator(".coverage__percent")).not_to_have_text("100 %")

    # The gap is filled with the active class, as one step.
    page.keyboard.press("3")
    panel.get_by_role("button", name="Fill").click()
    expect(panel.locator(".coverage__percent")).to_have_text("100 %")
    expect(panel.get_by_text("Nothing to mend")).to_be_visible()
    expect(refused).to_have_count(0)
    page.keyboard.press("Control+Enter")
    wait_until(lambda: labeling.counts()["submitted"] == 1, "the image was handed in")


def test_n_leads_from_gap_to_gap(page: Page, labeling: Labeling) -> None:
    want(labeling, coverage="complete")
    sign_in(page)
    hands = EditorHands(page, labeling).open()
    hands.paint("3", (300, 200), (320, 220))
    percent = page.locator(".coverage__percent")
    expect(percent).not_to_have_text("0.0 %")

    page.keyboard.press("n")

    # One region: the view shows all of it, with a ring around it.
    expect(page.locator(".annotations__ring")).to_be_attached()
    expect(page.locator(".status-bar__zoom")).not_to_have_text("100 %")


def test_a_line_from_object_to_object_relates_them(page: Page, labeling: Labeling) -> None:
    relation = {"name": "stands beside", "from_classes": [], "to_classes": []}
    want(labeling, relations=[relation])
    sign_in(page)
    hands = EditorHands(page, labeling).open()
    hands.paint("2", (100, 100), (150, 120))
    hands.paint("2", (400, 300), (450, 320))
    page.keyboard.press("Shift+y")
    hands.settle()
    hands.drag((420, 310), (120, 110))

    expect(page.locator(".annotations__words")).to_have_text("stands beside")
    # What was said stands in the panel, where it can be put otherwise.
    expect(page.get_by_role("group", name="Relationship")).to_contain_text("Person 2 → Person 1")

    # The arrow keys draw it too, and say where they are.
    page.keyboard.press("Control+z")
    expect(page.locator(".annotations__words")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-cursor-words]")).to_have_text("121, 110: Person 1")
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+Enter")
    wait_until(lambda: labeling.counts()["submitted"] == 1, "the image was handed in")
    first, second = newest_label(labeling)["objects"]
    assert [link["to"] for link in second["relationships"]] == [first["key"]]
    assert first["relationships"] == []


def test_two_objects_are_related_and_an_arrow_shows_it(page: Page, labeling: Labeling) -> None:
    relation = {"name": "stands beside", "from_classes": [], "to_classes": []}
    want(labeling, relations=[relation])
    sign_in(page)
    hands = EditorHands(page, labeling).open()
    hands.paint("2", (100, 100), (150, 120))
    hands.paint("2", (400, 300), (450, 320))
    rows = page.locator(".object-row__choose")
    rows.nth(0).click()
    rows.nth(1).click(modifiers=["Control"])

    page.keyboard.press("y")

    expect(page.locator(".annotations__words")).to_have_text("stands beside")
    page.keyboard.press("Control+Enter")
    wait_until(lambda: labeling.counts()["submitted"] == 1, "the image was handed in")
    first, second = newest_label(labeling)["objects"]
    assert [link["to"] for link in first["relationships"]] == [second["key"]]
    assert second["relationships"] == []
