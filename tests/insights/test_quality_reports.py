"""What reviewers and several labelers of one image say about quality, as tables."""

from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from tests.queue.desk import an_object, box_mask
from tests.reviews.test_consensus import label, newcomers, open_for_several, run
from tests.reviews.test_verdicts import Office
from tests.support.world import World


@pytest.fixture
def office(client: TestClient, world: World) -> Office:
    return Office(client, world)


def read(office: Office, report: str) -> list[dict[str, Any]]:
    answer = office.manager.get(f"/projects/{office.desk.project_id}/insights/{report}")
    assert answer.status_code == 200, answer.text
    table = answer.json()
    keys = [column["key"] for column in table["columns"]]
    return [dict(zip(keys, row, strict=True)) for row in table["rows"]]


def test_verdicts_are_counted_by_whose_label_it_was(office: Office) -> None:
    office.set_steps({"name": "Check"})
    [bo] = newcomers(office, 1)
    for caller, verdict in (
        (office.ann, {"decision": "approved"}),
        (office.ann, {"decision": "rejected", "comment": "The mirror is missing"}),
        (bo, {"decision": "approved"}),
    ):
        handed_in = office.hand_in(caller)
        answer = office.decide(office.rita.claim(stage="review"), **verdict)
        assert answer.json()["asset_id"] == handed_in["asset"]["id"]

    ann, other = read(office, "verdicts")

    assert (ann["reviewed"], ann["approved"], ann["rejected"], ann["corrected"]) == (2, 1, 1, 0)
    assert ann["approved_share"] == 50.0
    assert (other["reviewed"], other["approved_share"]) == (1, 100.0)
    people = {row["person"]: row for row in read(office, "people")}
    assert people[ann["person"]]["approved_share"] == 50.0
    assert people[ann["person"]]["reviewed"] == 2
    assert (people[ann["person"]]["golds"], people[ann["person"]]["gold_iou"]) == (0, None)


def test_images_that_people_disagree_on_most_come_first(office: Office) -> None:
    open_for_several(office, people=2, most=2)
    [bo] = newcomers(office, 1)
    agreed, disputed = [], []
    for shift, images in ((0, agreed), (6, disputed)):
        asset = label(office.desk, office.ann, 0)["asset"]["id"]
        label(office.desk, bo, shift)
        run(office, asset)
        images.append(asset)

    rows = read(office, "consensus")

    assert [row["asset_id"] for row in rows] == [*disputed, *agreed]
    assert [row["agreement"] for row in rows] == [33.3, 100.0]
    assert (rows[0]["people"], rows[0]["disputed"]) == (2, 66.7)


def test_agreement_is_told_for_each_class(office: Office) -> None:
    open_for_several(office, people=2, most=2)
    [bo] = newcomers(office, 1)
    for shift in (0, 6):
        asset = label(office.desk, office.ann, 0)["asset"]["id"]
        label(office.desk, bo, shift)
        run(office, asset)

    [row] = read(office, "class-agreement")

    assert (row["name"], row["images"], row["things"]) == ("car", 2, 2)
    assert (row["iou"], row["worst"]) == (66.7, 33.3)
    assert -1 <= row["kappa"] <= 1


def test_an_image_of_several_people_counts_once_in_the_class_balance(office: Office) -> None:
    """What counts of it is what most of them say, as in an export."""
    open_for_several(office, people=2, most=2)
    [bo] = newcomers(office, 1)
    asset = label(office.desk, office.ann, 0)["asset"]["id"]
    label(office.desk, bo, 0)
    run(office, asset)

    [car] = [row for row in read(office, "classes") if row["class"] == "car"]

    assert (car["objects"], car["images"], car["pixels"]) == (1, 1, 120)


def test_an_image_of_several_people_costs_by_the_objects_that_it_holds(office: Office) -> None:
    open_for_several(office, people=2, most=2)
    [bo] = newcomers(office, 1)
    for caller in (office.ann, bo):
        claimed = caller.claim()
        office.desk.sql(
            "UPDATE lease SET granted_at = granted_at - interval '1 minute' WHERE id = %s",
            claimed["lease"]["id"],
        )
        segment = {"lease_id": claimed["lease"]["id"], "tool": "brush", "ms": 20_000}
        told = {"client_id": str(uuid4()), "seq": 1, "segments": [segment]}
        assert caller.post("/me/time", told).status_code == 200
        drawn = [an_object(office.desk.classes["car"], box_mask(0, 0, 10, 12))]
        assert caller.submit(claimed, drawn).status_code == 200
    run(office, claimed["asset"]["id"])

    path = f"/projects/{office.desk.project_id}/time?group_by=class"
    sheet = office.manager.get(path).json()

    assert (sheet["objects"], sheet["total"]["counted_ms"]) == (1, 40_000)
    assert [(row["name"], row["units"]) for row in sheet["items"]] == [("car", 1)]
