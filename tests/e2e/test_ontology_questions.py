"""A manager says what is asked, what objects start with, and how they may stand to each other."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.labeling import RED, Labeling, car_class, labeling_project, person_class, sign_in
from tests.support.stack import Stack


@pytest.fixture
def labeling(stack: Stack) -> Iterator[Labeling]:
    with labeling_project(stack, images=(RED,), classes=(car_class(), person_class())) as made:
        yield made


def test_defaults_image_questions_and_relations_are_saved(page: Page, labeling: Labeling) -> None:
    sign_in(page)
    page.goto(f"/projects/{labeling.id}/ontology")
    inspector = page.get_by_role("region", name="Class", exact=True)
    inspector.get_by_text("Objects of this class may cover each other").click()
    inspector.get_by_role("button", name="Add attribute").click()
    expect(inspector.get_by_role("textbox", name="Attribute name")).to_be_focused()
    page.keyboard.type("Moving")
    inspector.get_by_role("textbox", name="Option 1").fill("Parked")
    page.keyboard.press("Enter")
    expect(inspector.get_by_role("textbox", name="Option 2")).to_be_focused()
    page.keyboard.type("Driving")
    inspector.get_by_role("button", name="Starts as").click()
    page.get_by_role("option", name="Parked").click()

    image = page.get_by_role("region", name="The image as a whole")
    image.get_by_role("button", name="Add attribute").click()
    image.get_by_role("textbox", name="Attribute name").fill("Light")
    image.get_by_role("textbox", name="Option 1").fill("Day")
    relations = page.get_by_role("region", name="Relations")
    relations.get_by_role("button", name="Add relation").click()
    relations.get_by_role("textbox", name="Name of the relation").fill("is carried by")
    relations.get_by_text("From: any class").click()
    relations.get_by_text("Person", exact=True).first.click()
    page.get_by_role("button", name="Save ontology").click()
    expect(page.get_by_text("Version 2 saved")).to_be_visible()

    saved = labeling.api.get(f"/projects/{labeling.id}/ontology").json()
    car = saved["classes"][0]
    assert car["overlapping"]
    [moving] = car["attributes"]
    assert moving["default"] == moving["options"][0]["id"]
    assert [question["name"] for question in saved["image_attributes"]] == ["Light"]
    [relation] = saved["relations"]
    assert relation["name"] == "is carried by"
    assert relation["from_classes"] == [labeling.class_ids["Person"]]


def test_classes_are_put_in_order_and_into_groups_with_the_mouse(
    page: Page, labeling: Labeling
) -> None:
    sign_in(page)
    page.goto(f"/projects/{labeling.id}/ontology")
    rows = page.get_by_role("treegrid", name="Classes").get_by_role("row")
    expect(rows).to_have_count(2)

    def drag(name: str, onto: str, share: float) -> None:
        """Lets the row go at this share of the other one's height."""
        start, end = (rows.filter(has_text=each).bounding_box() for each in (name, onto))
        assert start is not None
        assert end is not None
        mouse = page.mouse
        mouse.move(start["x"] + 60, start["y"] + start["height"] / 2)
        mouse.down()
        mouse.move(end["x"] + 60, end["y"] + end["height"] / 2, steps=5)
        mouse.move(end["x"] + 62, end["y"] + end["height"] * share, steps=3)
        mouse.up()

    drag("Person", "Car", 0.08)
    expect(rows.first).to_contain_text("Person")
    drag("Car", "Person", 0.5)
    expect(rows.nth(1)).to_have_attribute("aria-level", "2")
    page.get_by_role("button", name="Save ontology").click()
    expect(page.get_by_text("Version 2 saved")).to_be_visible()
    [person] = labeling.api.get(f"/projects/{labeling.id}/ontology").json()["classes"]
    assert person["name"] == "Person"
    assert [child["name"] for child in person["children"]] == ["Car"]
