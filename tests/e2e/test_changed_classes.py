"""A manager changes the classes while somebody draws with them."""

from playwright.sync_api import Browser, expect

from tests.e2e.labeling import RED, EditorHands, labeling_project, person_class, sign_in
from tests.support.stack import Stack


def test_who_draws_with_a_class_that_goes_gets_the_image_again_and_is_told_why(
    browser: Browser, stack: Stack
) -> None:
    context = browser.new_context(
        base_url=stack.address, viewport={"width": 1440, "height": 900}, locale="en-GB"
    )
    with labeling_project(stack, images=(RED,)) as labeling:
        page = context.new_page()
        sign_in(page)
        hands = EditorHands(page, labeling).open()
        hands.paint("1", (100, 100), (200, 120))
        hands.expect_save_state("saved")

        car, person = labeling.class_ids["Car"], labeling.class_ids["Person"]
        answer = labeling.api.put(
            f"/projects/{labeling.id}/ontology",
            json={
                "classes": [person_class(id=person)],
                "removed_classes": {car: {"action": "reassign", "to": person}},
            },
        )
        answer.raise_for_status()
        hands.paint("2", (300, 200), (320, 300))

        expect(page.get_by_text("The classes of this project changed while")).to_be_visible()
        hands.expect_save_state("saved")
        hands.expect_objects(2)
        assert {each["class_id"] for each in labeling.draft()} == {person}
    context.close()
