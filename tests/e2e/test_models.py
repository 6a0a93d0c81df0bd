"""A model's predictions in the browser: who sent what, and labels that begin with them."""

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from maskwright.masks.codec import encode
from tests.e2e.labeling import BLUE, RED, EditorHands, Labeling, labeling_project, sign_in
from tests.support.stack import Stack

SIZE = (320, 240)


@pytest.fixture
def labeling(stack: Stack) -> Iterator[Labeling]:
    with labeling_project(stack, images=(RED, BLUE), size=SIZE) as opened:
        yield opened


def predict(labeling: Labeling) -> None:
    pixels = np.zeros((SIZE[1], SIZE[0]), dtype=bool)
    pixels[40:140, 60:160] = True
    sure = {"class": "Car", "mask": encode(pixels).to_wire(), "confidence": 0.9}
    unsure = {"class": "Person", "box": [200, 40, 40, 80], "confidence": 0.3}
    answer = labeling.api.post(
        f"/projects/{labeling.id}/predictions",
        json={
            "model": {"name": "street-net", "version": "3"},
            "predictions": [
                {"asset": {"name": f"{place}.png"}, "objects": [sure, unsure]} for place in (0, 1)
            ],
        },
    )
    answer.raise_for_status()
    assert answer.json()["added"] == 2


def test_a_manager_lets_labelers_begin_with_what_a_model_is_sure_of(
    page: Page, labeling: Labeling
) -> None:
    predict(labeling)
    sign_in(page)
    page.goto(f"/projects/{labeling.id}/models")
    models = page.get_by_role("region", name="Models")
    expect(models).to_contain_text("street-net 3")
    expect(models).to_contain_text("30 %")

    page.get_by_role("button", name="An empty image Objects of").click()
    page.get_by_role("option", name="street-net 3").click()
    page.get_by_role("textbox", name="At least so certain").fill("50")
    page.get_by_role("button", name="Save").click()
    expect(models).to_contain_text("Labelers begin with it")

    hands = EditorHands(page, labeling).open()
    hands.expect_objects(1)
    assert [each["provenance"]["model"] for each in labeling.draft()] == ["street-net 3"]


def test_a_models_predictions_are_deleted_after_asking_once(page: Page, labeling: Labeling) -> None:
    predict(labeling)
    sign_in(page)
    page.goto(f"/projects/{labeling.id}/models")

    page.get_by_role("button", name="Delete street-net 3").click()
    expect(page.get_by_text("Its predictions of 2 images are deleted.")).to_be_visible()
    page.get_by_role("button", name="Delete predictions").click()

    expect(page.get_by_text("No model has sent predictions yet.")).to_be_visible()
