"""Steps that look at labels which people, or a model, do not agree on."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.predictions.sending import Sender, car, said
from tests.queue.desk import an_object, box_mask
from tests.reviews.test_consensus import label, newcomers, open_for_several, run
from tests.reviews.test_verdicts import Office
from tests.support.world import World


@pytest.fixture
def office(client: TestClient, world: World) -> Office:
    return Office(client, world)


def in_review(office: Office) -> list[str]:
    found = office.manager.get(f"/projects/{office.desk.project_id}/reviews").json()["items"]
    return [each["asset"]["id"] for each in found]


def predict(office: Office, *lines: dict[str, Any]) -> None:
    sender = Sender(office.manager.client, office.desk.manager, office.desk)
    assert sender.report(*lines)["refused"] == 0


def hand_in(office: Office, left: int, class_name: str = "car") -> str:
    claimed = office.ann.claim()
    drawn = an_object(office.desk.classes[class_name], box_mask(0, left))
    answer = office.ann.submit(claimed, [drawn])
    assert answer.status_code == 200, answer.text
    return str(claimed["asset"]["id"])


def test_a_step_looks_at_labels_that_are_unlike_what_a_model_predicted(office: Office) -> None:
    office.set_steps({"name": "Odd ones", "model_iou_below": 0.5})
    predict(office, *(said(asset, car(0, 0)) for asset in office.desk.assets[:2]))

    alike, unlike = hand_in(office, 1), hand_in(office, 8)
    hand_in(office, 8)  # no model spoke of it

    assert {alike, unlike} == {str(asset) for asset in office.desk.assets[:2]}
    assert in_review(office) == [unlike]


def test_what_a_model_found_and_nobody_labelled_is_looked_at_where_it_is_of_that_class(
    office: Office,
) -> None:
    office.set_steps(
        {
            "name": "Missed cars",
            "model_iou_below": 0.5,
            "classes": [str(office.desk.classes["car"])],
        }
    )
    road = {"class": "road", "mask": box_mask(20, 20)}
    predict(
        office,
        said(office.desk.assets[0], car(0, 0), road),
        said(office.desk.assets[1], {**road, "mask": box_mask(0, 0)}),
    )

    first, _ = hand_in(office, 0, "road"), hand_in(office, 8, "road")

    assert in_review(office) == [first]


def test_a_step_looks_at_images_that_people_disagreed_on(office: Office) -> None:
    open_for_several(
        office, {"name": "Disputed", "agreement_below": 0.8}, people=2, most=2, disputed_share=1
    )
    [bo] = newcomers(office, 1)
    assets = []
    for shift in (0, 6):
        assets.append(label(office.desk, office.ann, 0)["asset"]["id"])
        label(office.desk, bo, shift)
        run(office, assets[-1])

    assert in_review(office) == [assets[1]]
