"""Several people label one image, and a worker makes their labels one."""

from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from maskwright.accounts.domain import Actor, Role
from maskwright.exports import queries as exports
from maskwright.masks.codec import decode, parse_wire
from maskwright.reviews.run_consensus import make_consensus
from maskwright.reviews.service.consensus import resend_waiting_consensus
from maskwright.work import Work
from tests.queue.desk import HEIGHT, WIDTH, Caller, Desk, an_object, box_mask
from tests.reviews.test_verdicts import Office
from tests.support.world import World

OVERLAP = {"percent": 100, "people": 3, "most": 3, "method": "majority"}


@pytest.fixture
def office(client: TestClient, world: World) -> Office:
    return Office(client, world)


def open_for_several(office: Office, *steps: dict[str, Any], **changes: Any) -> None:
    answer = office.set_steps(*steps, overlap={**OVERLAP, **changes})
    assert answer.status_code == 200, answer.text


def label(desk: Desk, caller: Caller, left: int) -> dict[str, Any]:
    """Hand in the next image with a car that begins at this column."""
    claimed = caller.claim()
    answer = caller.submit(claimed, [an_object(desk.classes["car"], box_mask(0, left, 10, 12))])
    assert answer.status_code == 200, answer.text
    return claimed


def run(office: Office, asset_id: str) -> None:
    """What the worker's job does."""
    actor = Actor(organization_id=office.desk.manager.organization_id, role=Role.OWNER)
    with Work(office.desk.world.resources, authenticate=lambda session: actor) as work:
        make_consensus(work, UUID(asset_id))


def newcomers(office: Office, count: int) -> list[Caller]:
    client = office.ann.client
    return [Caller(client, office.desk.labeler(), office.desk) for _ in range(count)]


def test_what_most_people_drew_is_the_label(office: Office) -> None:
    open_for_several(office)
    people = [office.ann, *newcomers(office, 2)]
    asset = label(office.desk, people[0], 0)["asset"]["id"]
    assert {label(office.desk, person, left)["asset"]["id"] for person, left in
            zip(people[1:], (2, 4), strict=True)} == {asset}  # fmt: skip

    run(office, asset)

    found = office.manager.get(f"/assets/{asset}/consensus").json()
    assert (found["people"], found["method"], found["tied_px"]) == (3, "majority", 0)
    assert 0 < found["agreement"] < 1
    assert found["opinions"][0]["iou"] == 1.0
    version = office.manager.get(f"/label-versions/{found['version_id']}").json()
    assert (version["origin"], version["author"], version["is_current"]) == (
        "consensus", None, True
    )  # fmt: skip
    mask = decode(parse_wire(version["objects"][0]["mask"], (HEIGHT, WIDTH)))
    assert mask[:10, 2:14].all()
    assert mask.sum() == 120
    states = office.desk.sql("SELECT state FROM task WHERE asset_id = %s", asset)
    assert {state for (state,) in states} == {"done"}
    run(office, asset)
    assert office.manager.get(f"/assets/{asset}/consensus").json() == found


def test_nobody_gives_two_opinions(office: Office) -> None:
    open_for_several(office)
    first = label(office.desk, office.ann, 0)["asset"]["id"]

    others = [office.ann.claim()["asset"]["id"], office.ann.claim(prefetch=True)["asset"]["id"]]

    assert first not in others


def test_opinions_are_hidden_from_labelers_until_all_are_given(office: Office) -> None:
    open_for_several(office, people=2, most=2)
    [bo] = newcomers(office, 1)
    asset = label(office.desk, office.ann, 0)["asset"]["id"]
    [own] = office.ann.get(f"/assets/{asset}/labels").json()["items"]

    assert bo.get(f"/assets/{asset}/labels").json()["items"] == []
    assert bo.get(f"/label-versions/{own['id']}").status_code == 404
    assert len(office.rita.get(f"/assets/{asset}/labels").json()["items"]) == 1
    label(office.desk, bo, 0)
    assert len(bo.get(f"/assets/{asset}/labels").json()["items"]) == 2
    assert bo.get(f"/label-versions/{own['id']}").status_code == 200


def test_a_disputed_image_is_shown_to_one_more(office: Office) -> None:
    open_for_several(office, people=2, most=3, disputed_share=0.2)
    ann, bo, eve = office.ann, *newcomers(office, 2)
    asset = label(office.desk, ann, 0)["asset"]["id"]
    label(office.desk, bo, 6)

    run(office, asset)

    assert office.manager.get(f"/assets/{asset}/consensus").status_code == 404
    assert label(office.desk, eve, 6)["asset"]["id"] == asset
    run(office, asset)
    found = office.manager.get(f"/assets/{asset}/consensus").json()
    assert found["people"] == 3
    version = office.manager.get(f"/label-versions/{found['version_id']}").json()
    assert decode(parse_wire(version["objects"][0]["mask"], (HEIGHT, WIDTH)))[:10, 6:18].all()


def test_a_consensus_is_reviewed_like_a_label(office: Office) -> None:
    open_for_several(office, {"name": "Check"}, people=2, most=2)
    [bo] = newcomers(office, 1)
    asset = label(office.desk, office.ann, 0)["asset"]["id"]
    label(office.desk, bo, 0)
    run(office, asset)

    claimed = office.rita.claim(stage="review")
    verdict = office.decide(claimed, decision="approved")

    assert claimed["asset"]["id"] == asset
    assert verdict.status_code == 200, verdict.text
    states = office.desk.sql("SELECT state FROM task WHERE asset_id = %s", asset)
    assert {state for (state,) in states} == {"done"}


def test_images_outside_of_the_share_have_one_label(office: Office) -> None:
    open_for_several(office, percent=1)

    claimed = label(office.desk, office.ann, 0)

    assert office.desk.state_of(claimed["task"]["id"]) in ("done", "submitted")
    [(tasks,)] = office.desk.sql("SELECT count(*) FROM task WHERE state = 'open'")
    assert tasks <= 4


def test_a_lost_message_is_sent_again(office: Office) -> None:
    open_for_several(office, people=2, most=2)
    [bo] = newcomers(office, 1)
    for person in (office.ann, bo):
        label(office.desk, person, 0)
    office.desk.sql("UPDATE task SET updated_at = updated_at - interval '5 minutes'")

    with Work(office.desk.world.resources, authenticate=lambda session: None) as work:
        assert resend_waiting_consensus(work) == 1


def test_pairs_of_people_are_compared_in_the_insights(office: Office) -> None:
    open_for_several(office, people=2, most=2)
    [bo] = newcomers(office, 1)
    asset = label(office.desk, office.ann, 0)["asset"]["id"]
    label(office.desk, bo, 4)
    run(office, asset)

    table = office.manager.get(f"/projects/{office.desk.project_id}/insights/agreement").json()

    [row] = table["rows"]
    assert row[2:5] == [1, 50.0, 50.0]
    assert set(row[5:]) == {str(office.ann.person.id), str(bo.person.id)}


def test_an_export_holds_the_consensus_and_not_the_opinions(office: Office) -> None:
    open_for_several(office, people=2, most=2)
    [bo] = newcomers(office, 1)
    asset = label(office.desk, office.ann, 0)["asset"]["id"]
    label(office.desk, bo, 0)
    run(office, asset)
    found = office.manager.get(f"/assets/{asset}/consensus").json()
    with office.desk.world.resources.database.open_session() as session:
        page = exports.page_of_exportable_assets(
            session,
            office.desk.project_id,
            kinds=["submitted", "reviewed"],
            include_unlabelled=False,
            after=None,
            limit=10,
        )
    assert [str(each.version.id) for each in page if each.version] == [found["version_id"]]


@pytest.mark.parametrize("overlap", [{"people": 4, "most": 3}, {"people": 1}, {"percent": 0}])
def test_an_overlap_that_makes_no_sense_is_refused(office: Office, overlap: dict[str, int]) -> None:
    answer = office.set_steps(overlap={**OVERLAP, **overlap})

    assert answer.status_code == 422
