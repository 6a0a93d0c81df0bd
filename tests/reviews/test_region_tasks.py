"""Who is asked only about the part of an image that others disagree about."""

from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from maskwright.exports import queries as exports
from maskwright.masks.codec import decode, encode, parse_wire
from tests.queue.desk import HEIGHT, WIDTH, an_object, box_mask
from tests.reviews.test_consensus import newcomers, run
from tests.reviews.test_verdicts import Office
from tests.support.world import World

OVERLAP = {"people": 2, "most": 3, "disputed_share": 0.02, "region_at_most": 0.25}
#: Ann's and Bo's cars begin at column 5 and end at 35 and 45: ten by ten pixels between them are
#: disputed, and a box of eight pixels more on each side is asked about.
REGION = {"x": 27, "y": 2, "width": 26, "height": 26}


def car(office: Office, right: int, **more: object) -> dict[str, Any]:
    """A car of ten rows from column 5 up to this one."""
    return an_object(office.desk.classes["car"], box_mask(10, 5, 10, right - 5), **more)


def road(office: Office) -> dict[str, Any]:
    return an_object(office.desk.classes["road"], box_mask(45, 0, 10, WIDTH))


class Dispute:
    """An image that two people labelled, and the person who is asked about a part of it."""

    def __init__(self, office: Office, *steps: dict[str, Any], **changes: Any) -> None:
        self.office = office
        answer = office.set_steps(*steps, overlap={**OVERLAP, **changes})
        assert answer.status_code == 200, answer.text
        self.ann, (self.bo, self.eve) = office.ann, newcomers(office, 2)
        self.labels = []
        for person, right in ((self.ann, 35), (self.bo, 45)):
            claimed = person.claim()
            answer = person.submit(claimed, [car(office, right), road(office)])
            assert answer.status_code == 200, answer.text
            self.labels.append(claimed)
        self.asset: str = self.labels[0]["asset"]["id"]
        run(office, self.asset)

    def claim(self) -> dict[str, Any]:
        claimed = self.eve.claim()
        assert claimed["asset"]["id"] == self.asset
        return claimed

    def shown(self, claimed: dict[str, Any], name: str) -> dict[str, Any]:
        """The object of this class that is shown around the region."""
        class_id = str(self.office.desk.classes[name])
        [found] = [each for each in claimed["label"]["objects"] if each["class_id"] == class_id]
        return dict(found)

    def answer(self, claimed: dict[str, Any], right: int) -> list[dict[str, Any]]:
        """The car goes on up to this column; the rest as it was shown."""
        shown = self.shown(claimed, "car")
        return [
            {**car(self.office, right), "key": shown["key"]},
            {**road(self.office), "key": self.shown(claimed, "road")["key"]},
        ]

    def consensus(self) -> dict[str, Any]:
        found: dict[str, Any] = self.office.manager.get(f"/assets/{self.asset}/consensus").json()
        return found

    def agreed_mask(self, name: str) -> Any:
        version = self.office.manager.get(f"/label-versions/{self.consensus()['version_id']}")
        class_id = str(self.office.desk.classes[name])
        [found] = [e for e in version.json()["objects"] if e["class_id"] == class_id]
        return dense(found["mask"])


def dense(wire: dict[str, Any]) -> Any:
    return decode(parse_wire(wire, (HEIGHT, WIDTH)))


def inside_region() -> Any:
    found = np.zeros((HEIGHT, WIDTH), dtype=bool)
    found[2:28, 27:53] = True
    return found


@pytest.fixture
def office(client: TestClient, world: World) -> Office:
    return Office(client, world)


@pytest.fixture
def dispute(office: Office) -> Dispute:
    return Dispute(office)


def test_one_more_is_asked_about_the_disputed_part_and_shown_what_is_agreed_around_it(
    dispute: Dispute,
) -> None:
    claimed = dispute.claim()

    assert claimed["task"]["region"] == [REGION]
    assert [label["task"]["region"] for label in dispute.labels] == [None, None]
    around = dense(dispute.shown(claimed, "car")["mask"])
    assert around[10:20, 5:27].all()
    assert around.sum() == 220
    assert dense(dispute.shown(claimed, "road")["mask"]).sum() == 800
    reasons = dispute.eve.get(f"/tasks/{claimed['task']['id']}/why").json()["reasons"]
    assert "region" in [reason["code"] for reason in reasons]


def test_an_answer_counts_in_its_region_only(dispute: Dispute) -> None:
    claimed = dispute.claim()
    answer = dispute.eve.submit(claimed, dispute.answer(claimed, 40))
    assert answer.status_code == 200, answer.text

    run(dispute.office, dispute.asset)

    agreed = dispute.agreed_mask("car")
    assert agreed[10:20, 5:40].all()
    assert agreed.sum() == 350
    assert dispute.agreed_mask("road").sum() == 800
    found = dispute.consensus()
    assert found["people"] == 3
    by_person = {each["person"]["id"]: each for each in found["opinions"]}
    eve = by_person[str(dispute.eve.person.id)]
    assert (eve["region"], eve["iou"]) == ([REGION], 1.0)
    assert by_person[str(dispute.ann.person.id)]["region"] is None
    states = dispute.office.desk.sql("SELECT state FROM task WHERE asset_id = %s", dispute.asset)
    assert [state for (state,) in states] == ["done"] * 3


def test_of_an_answer_only_what_lies_inside_is_kept(dispute: Dispute) -> None:
    claimed = dispute.claim()
    new = an_object(dispute.office.desk.classes["car"], box_mask(22, 30, 4, 4))
    answer = dispute.eve.submit(claimed, [*dispute.answer(claimed, 40), new])

    version = dispute.office.manager.get(
        f"/label-versions/{answer.json()['label_version']['id']}"
    ).json()

    assert (version["kind"], version["is_current"]) == ("region", False)
    kept = {each["key"]: dense(each["mask"]) for each in version["objects"]}
    assert set(kept) == {dispute.shown(claimed, "car")["key"], new["key"]}
    assert all(not (mask & ~inside_region()).any() for mask in kept.values())


@pytest.mark.parametrize("change", ["drawn outside", "taken outside", "another class", "new"])
def test_what_changes_something_outside_is_refused_and_nothing_is_lost(
    dispute: Dispute, change: str
) -> None:
    claimed = dispute.claim()
    sent = dispute.answer(claimed, 40)
    if change == "drawn outside":
        sent[0]["mask"] = box_mask(10, 3, 10, 37)
    elif change == "taken outside":
        sent[0]["mask"] = box_mask(10, 7, 10, 33)
    elif change == "another class":
        sent[1]["class_id"] = str(dispute.office.desk.classes["car"])
    else:
        sent.append(an_object(dispute.office.desk.classes["car"], box_mask(30, 60, 4, 4)))

    refused = dispute.eve.submit(claimed, sent)

    assert refused.status_code == 422
    problem = refused.json()
    assert problem["code"] == "outside-region"
    culprit = sent[{"another class": 1, "new": 2}.get(change, 0)]
    pixels = {"another class": 0, "new": 16}.get(change, 20)
    assert problem["objects"] == [{"key": culprit["key"], "pixels": pixels}]
    assert dispute.eve.submit(claimed, dispute.answer(claimed, 40)).status_code == 200


def test_a_part_is_answered_without_what_is_around_it(dispute: Dispute) -> None:
    """As a script does: nothing at all is an answer, too."""
    claimed = dispute.claim()

    assert dispute.eve.submit(claimed, []).status_code == 200

    run(dispute.office, dispute.asset)
    agreed = dispute.agreed_mask("car")
    # Ann and Bo agree on columns 27 to 34, against Eve.
    assert agreed[10:20, 5:35].all()
    assert agreed.sum() == 300


def test_three_people_answer_for_one_image_whoever_asks(office: Office) -> None:
    """Everybody asks, those too who labelled it: one gets the part, and is the third and last."""
    dispute = Dispute(office)
    hopeful = [dispute.ann, dispute.bo, dispute.eve, *newcomers(office, 3)]

    got = [answer.json() for answer in (person.ask() for person in hopeful) if answer.content]

    with_region = [each for each in got if each["task"]["region"]]
    assert [each["asset"]["id"] for each in with_region] == [dispute.asset]
    people = office.desk.sql(
        "SELECT count(DISTINCT l.holder_id), count(DISTINCT t.id) FROM task t"
        " JOIN lease l ON l.task_id = t.id WHERE t.asset_id = %s",
        dispute.asset,
    )
    assert people == [(3, 3)]


def test_an_answer_is_never_exported_as_a_label(dispute: Dispute) -> None:
    claimed = dispute.claim()
    dispute.eve.submit(claimed, dispute.answer(claimed, 40))

    def exported() -> list[tuple[str, str]]:
        with dispute.office.desk.world.resources.database.open_session() as session:
            page = exports.page_of_exportable_assets(
                session,
                dispute.office.desk.project_id,
                kinds=["submitted", "reviewed"],
                include_unlabelled=False,
                after=None,
                limit=10,
            )
        return [(each.version.kind, each.version.origin) for each in page if each.version]

    assert exported() == [("submitted", "human")]
    run(dispute.office, dispute.asset)
    assert exported() == [("submitted", "consensus")]


def test_what_was_compared_is_not_taken_back_any_more(dispute: Dispute) -> None:
    for person, label in zip((dispute.ann, dispute.bo), dispute.labels, strict=True):
        refused = person.post(f"/tasks/{label['task']['id']}/take-back")
        assert (refused.status_code, refused.json()["by"]) == (409, "compared")
    claimed = dispute.claim()
    dispute.eve.submit(claimed, dispute.answer(claimed, 40))
    refused = dispute.eve.post(f"/tasks/{claimed['task']['id']}/take-back")
    assert (refused.status_code, refused.json()["by"]) == (409, "compared")


def test_a_draft_goes_on_with_what_is_around(dispute: Dispute) -> None:
    claimed = dispute.claim()
    [drawn, _] = dispute.answer(claimed, 40)
    assert dispute.eve.save(claimed, upserts=[drawn]).status_code == 200
    dispute.eve.on(claimed, "release")

    again = dispute.eve.claim()

    assert (again["task"]["id"], again["task"]["region"]) == (claimed["task"]["id"], [REGION])
    assert dense(dispute.shown(again, "car")["mask"]).sum() == 350
    assert len(again["label"]["objects"]) == 2


def test_whoever_gets_it_next_sees_nothing_of_a_draft(dispute: Dispute) -> None:
    claimed = dispute.claim()
    [drawn, _] = dispute.answer(claimed, 40)
    dispute.eve.save(claimed, upserts=[drawn])
    dispute.eve.on(claimed, "skip", reason="Too blurred")
    [other] = newcomers(dispute.office, 1)

    taken = other.claim()

    assert taken["task"]["id"] == claimed["task"]["id"]
    assert dense(dispute.shown(taken, "car")["mask"]).sum() == 220


def test_the_whole_image_is_asked_about_where_too_much_of_it_is_disputed(office: Office) -> None:
    dispute = Dispute(office, region_at_most=0.1)

    claimed = dispute.claim()

    assert claimed["task"]["region"] is None
    assert claimed["label"]["objects"] == []


def test_a_project_that_does_not_want_parts_asks_about_the_whole(office: Office) -> None:
    dispute = Dispute(office, region_at_most=None)

    assert dispute.claim()["task"]["region"] is None


def test_what_stays_disputed_is_asked_about_once_more(office: Office) -> None:
    dispute = Dispute(office, most=4)
    claimed = dispute.claim()
    dispute.eve.submit(claimed, dispute.answer(claimed, 40))
    run(office, dispute.asset)
    assert office.manager.get(f"/assets/{dispute.asset}/consensus").status_code == 404
    [fay] = newcomers(office, 1)

    again = fay.claim()

    assert again["task"]["region"] == [REGION]
    fay.submit(again, dispute.answer(again, 45))
    run(office, dispute.asset)
    assert dispute.consensus()["people"] == 4
    # Of four, Ann alone ended at 35, and two of them at 45: those five columns are tied.
    assert dispute.agreed_mask("car").sum() == 350
    assert dispute.consensus()["tied_px"] == 50


def test_a_part_that_was_asked_about_is_no_label_where_the_overlap_is_gone(office: Office) -> None:
    dispute = Dispute(office)
    claimed = dispute.claim()
    assert office.set_steps(version=1).status_code == 200

    assert dispute.eve.submit(claimed, dispute.answer(claimed, 40)).status_code == 200

    assert office.desk.state_of(claimed["task"]["id"]) == "submitted"
    run(office, dispute.asset)
    assert dispute.agreed_mask("car").sum() == 350


def test_a_reviewer_judges_the_whole_image(office: Office) -> None:
    dispute = Dispute(office, {"name": "Check"})
    claimed = dispute.claim()
    dispute.eve.submit(claimed, dispute.answer(claimed, 40))
    run(office, dispute.asset)

    review = office.rita.claim(stage="review")

    assert review["task"]["region"] is None
    assert dense(dispute.shown(review, "car")["mask"]).sum() == 350
    assert office.decide(review, decision="approved").status_code == 200


def test_a_part_counts_as_work_and_not_as_an_image(dispute: Dispute) -> None:
    claimed = dispute.claim()
    dispute.eve.submit(claimed, dispute.answer(claimed, 40))
    run(dispute.office, dispute.asset)
    project = dispute.office.desk.project_id

    mine = dispute.eve.get(f"/projects/{project}/my-work").json()
    assert (mine["submitted_today"], mine["active_ms_today"]) == (1, 1200)
    handed_in = dispute.eve.get(f"/projects/{project}/my-work/handed-in").json()["items"]
    assert [each["hindrance"] for each in handed_in] == ["compared"]
    manager = dispute.office.manager
    throughput = manager.get(f"/projects/{project}/insights/throughput").json()["rows"]
    assert sum(row[1] for row in throughput) == 2
    pairs = manager.get(f"/projects/{project}/insights/agreement").json()["rows"]
    assert [{row[5], row[6]} for row in pairs] == [
        {str(dispute.ann.person.id), str(dispute.bo.person.id)}
    ]
    classes = manager.get(f"/projects/{project}/insights/classes").json()["rows"]
    assert {row[1] for row in classes} == {1}
    regional = dispute.office.desk.sql(
        "SELECT person_id FROM consensus_opinion WHERE asset_id = %s AND is_regional",
        dispute.asset,
    )
    assert regional == [(dispute.eve.person.id,)]


def test_a_class_that_goes_is_gone_around_the_part_too(dispute: Dispute) -> None:
    desk = dispute.office.desk
    project = f"/api/v1/projects/{desk.project_id}/ontology"
    client, headers = dispute.ann.client, desk.manager.headers
    kept = client.get(project, headers=headers).json()
    classes = [each for each in kept["classes"] if each["name"] != "road"]
    removed = {str(desk.classes["road"]): {"action": "delete_objects"}}
    saved = client.put(
        project, json={"classes": classes, "removed_classes": removed}, headers=headers
    )
    assert saved.status_code == 200, saved.text

    claimed = dispute.claim()

    assert [each["class_id"] for each in claimed["label"]["objects"]] == [str(desk.classes["car"])]
    answer = [{**car(dispute.office, 40), "key": claimed["label"]["objects"][0]["key"]}]
    assert dispute.eve.submit(claimed, answer).status_code == 200


def test_only_the_part_has_to_be_full_and_nothing_is_asked_about_the_image(
    office: Office,
) -> None:
    dispute = Dispute(office)
    office.desk.sql("UPDATE project SET coverage = 'complete' WHERE id = %s",
                    office.desk.project_id)  # fmt: skip
    claimed = dispute.claim()

    refused = dispute.eve.submit(claimed, dispute.answer(claimed, 40))

    assert (refused.status_code, refused.json()["code"]) == (422, "coverage-incomplete")
    # Of 26 by 26 pixels the car has 13 by 10.
    assert refused.json()["unlabelled_px"] == 676 - 130
    rest = np.ones((HEIGHT, WIDTH), dtype=bool)
    rest[10:20, 5:40] = False
    rest &= inside_region()
    full = an_object(office.desk.classes["road"], wire(rest))
    taken = dispute.eve.submit(claimed, [*dispute.answer(claimed, 40), full])
    assert taken.status_code == 200, taken.text


def wire(pixels: Any) -> dict[str, Any]:
    return dict(encode(pixels).to_wire())
