"""The way of a label through review: approved, sent back, corrected."""

from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from maskwright.accounts.domain import Role
from tests.queue.desk import Caller, Desk, an_object, box_mask
from tests.support.world import World

API = "/api/v1"


class Office:
    """A project whose labels are reviewed, its labeler and its reviewer."""

    def __init__(self, client: TestClient, world: World) -> None:
        self.desk = Desk.make(world)
        self.desk.add_images(3)
        self.ann = Caller(client, self.desk.labeler(), self.desk)
        self.rita = self.reviewer(client)
        self.manager = Caller(client, self.desk.manager, self.desk)

    def reviewer(self, client: TestClient) -> Caller:
        person = self.desk.world.colleague(self.desk.manager, Role.REVIEWER)
        return Caller(client, person, self.desk)

    def set_steps(self, *steps: dict[str, Any], version: int = 0, **more: Any) -> Response:
        return self.manager.client.put(
            f"{API}/projects/{self.desk.project_id}/workflow",
            json={"version": version, "steps": list(steps), **more},
            headers=self.desk.manager.headers,
        )

    def hand_in(self, caller: Caller | None = None, *names: str) -> dict[str, Any]:
        """What the next image's submit answers, with the objects that were sent."""
        caller = caller or self.ann
        claimed = caller.claim()
        objects = [
            an_object(self.desk.classes[name], box_mask(0, 12 * place))
            for place, name in enumerate(names or ("car",))
        ]
        answer = caller.submit(claimed, objects)
        assert answer.status_code == 200, answer.text
        return {**answer.json(), "objects": objects, "asset": claimed["asset"]}

    def decide(self, claimed: dict[str, Any], by: Caller | None = None, **body: Any) -> Response:
        return (by or self.rita).on(claimed, "verdict", **body)

    def state_of(self, handed_in: dict[str, Any]) -> str:
        return self.desk.state_of(handed_in["task"]["id"])


@pytest.fixture
def office(client: TestClient, world: World) -> Office:
    office = Office(client, world)
    assert office.set_steps({"name": "First look"}).status_code == 200
    return office


def test_an_approved_label_is_done(office: Office) -> None:
    label = office.hand_in()
    assert office.state_of(label) == "submitted"

    claimed = office.rita.claim(stage="review")
    shown = [each["key"] for each in claimed["label"]["objects"]]
    verdict = office.decide(claimed, decision="approved")

    assert shown == [each["key"] for each in label["objects"]]
    assert verdict.status_code == 200, verdict.text
    assert verdict.json()["subject_version_id"] == label["label_version"]["id"]
    assert office.state_of(label) == "done"
    assert office.rita.ask(stage="review").status_code == 204


def test_what_is_sent_back_is_its_authors_first_and_then_the_same_reviewers(
    office: Office, client: TestClient
) -> None:
    label = office.hand_in()
    other = office.reviewer(client)
    sent_back = office.decide(
        office.rita.claim(stage="review"), decision="rejected", comment="The mirror is missing"
    )
    assert sent_back.status_code == 200

    bo = Caller(client, office.desk.labeler(), office.desk)
    assert bo.claim()["task"]["id"] != label["task"]["id"]
    rework = office.ann.claim()
    assert (rework["task"]["id"], rework["lease"]["kind"]) == (label["task"]["id"], "rework")
    assert [each["key"] for each in rework["label"]["objects"]] == [
        each["key"] for each in label["objects"]
    ]
    objects = [*label["objects"], an_object(office.desk.classes["road"], box_mask(30, 0))]
    assert office.ann.submit(rework, objects).status_code == 200

    assert other.ask(stage="review").status_code == 204
    again = office.rita.claim(stage="review")
    assert len(again["label"]["objects"]) == 2
    office.decide(again, decision="approved")
    assert office.state_of(label) == "done"
    history = office.rita.get(f"/assets/{label['asset']['id']}/verdicts").json()["items"]
    assert [(row["decision"], row["round"], row["comment"]) for row in history] == [
        ("approved", 2, ""),
        ("rejected", 1, "The mirror is missing"),
    ]


def test_of_an_image_sent_back_an_answer_of_this_round_is_a_reason_too(office: Office) -> None:
    first = office.ann.claim()
    asked_and_answered(office, first, "Is a van a car?", "Yes, it is.")
    handed_in = office.hand_in()
    assert handed_in["task"]["id"] == first["task"]["id"]
    office.decide(office.rita.claim(stage="review"), decision="rejected", comment="The mirror")

    rework = office.ann.claim()
    why = f"/tasks/{rework['task']['id']}/why"
    codes = [reason["code"] for reason in office.ann.get(why).json()["reasons"]]
    assert codes[0] == "rework"
    assert "answered" not in codes

    asked_and_answered(office, rework, "Which mirror?", "The left one.")
    resumed = office.ann.claim()
    assert resumed["task"]["id"] == rework["task"]["id"]
    [sent_back, answered, *_] = office.ann.get(why).json()["reasons"]
    assert (sent_back["code"], answered["code"]) == ("rework", "answered")
    assert "The left one." in answered["sentence"]


def asked_and_answered(office: Office, claimed: dict[str, Any], question: str, answer: str) -> None:
    assert office.ann.on(claimed, "ask", text=question).status_code == 204
    questions = f"/projects/{office.desk.project_id}/questions"
    [asked] = office.rita.get(f"{questions}?answered=false").json()["items"]
    answered = office.rita.post(f"{questions}/{asked['id']}/answer", {"text": answer})
    assert answered.status_code == 200, answered.text


def test_a_correction_counts_instead_of_what_was_handed_in(office: Office) -> None:
    label = office.hand_in()
    key = label["objects"][0]["key"]
    claimed = office.rita.claim(stage="review")
    fixed = an_object(office.desk.classes["car"], box_mask(5, 5, 20, 20), key=key)

    verdict = office.decide(claimed, decision="corrected", objects=[fixed], active_ms=5000)

    assert verdict.status_code == 200, verdict.text
    version = office.rita.get(f"/label-versions/{verdict.json()['result_version_id']}").json()
    assert (version["kind"], version["is_current"], version["number"]) == ("reviewed", True, 2)
    assert version["author"]["id"] == str(office.rita.person.id)
    assert version["objects"][0]["mask"] == {
        "size": list(fixed["mask"]["size"]),
        "counts": fixed["mask"]["counts"],
    }
    assert office.state_of(label) == "done"


def test_a_correction_that_came_too_late_is_kept_once_and_offered_to_who_mends_the_label(
    office: Office, client: TestClient
) -> None:
    label = office.hand_in()
    late = office.rita.claim(stage="review")
    office.desk.expire(late["lease"]["id"])
    vera = office.reviewer(client)
    held = vera.claim(stage="review")
    assert held["task"]["id"] == late["task"]["id"]
    drawn = an_object(office.desk.classes["car"], box_mask(9, 9), key=label["objects"][0]["key"])

    losses = [office.decide(late, decision="corrected", objects=[drawn]) for _ in range(2)]

    assert [loss.json()["code"] for loss in losses] == ["lease-lost", "lease-lost"]
    [version_id] = {loss.json()["orphan_version_id"] for loss in losses}
    assert losses[0].json()["kept"] is True
    kept = vera.get(f"/label-versions/{version_id}").json()
    assert (kept["kind"], kept["is_current"]) == ("orphan", False)
    assert kept["author"]["id"] == str(office.rita.person.id)
    assert [each["key"] for each in kept["objects"]] == [drawn["key"]]

    office.decide(held, by=vera, decision="rejected", comment="The mirror is missing")
    office.ann.claim()
    [offered] = office.ann.get(f"/projects/{office.desk.project_id}/late-work").json()["items"]
    assert offered["version_id"] == version_id


def test_a_correction_is_checked_like_a_submit_and_loses_nothing(office: Office) -> None:
    label = office.hand_in()
    claimed = office.rita.claim(stage="review")
    car = office.desk.classes["car"]
    overlapping = [an_object(car, box_mask(0, 0)), an_object(car, box_mask(5, 5))]

    refused = office.decide(claimed, decision="corrected", objects=overlapping)
    nothing = office.decide(claimed, decision="corrected")

    assert (refused.status_code, refused.json()["code"]) == (422, "objects-overlap")
    assert (nothing.status_code, nothing.json()["code"]) == (422, "objects-missing")
    assert office.state_of(label) == "submitted"
    assert office.decide(claimed, decision="approved").status_code == 200


def test_steps_follow_each_other_and_nobody_reviews_himself(
    office: Office, client: TestClient
) -> None:
    office.set_steps({"name": "First"}, {"name": "Second"}, version=1)
    label = office.hand_in(office.rita)
    assert office.rita.ask(stage="review").status_code == 204
    second = office.reviewer(client)

    first_look = second.claim(stage="review")
    office.decide(first_look, second, decision="approved")
    assert office.state_of(label) == "submitted"
    third = office.reviewer(client)
    office.decide(third.claim(stage="review"), third, decision="approved")

    assert office.state_of(label) == "done"


def test_a_step_looks_at_the_share_it_wants(office: Office) -> None:
    office.set_steps({"name": "Spot check", "percent": 1, "classes": []}, version=1)
    labels = [office.hand_in() for _ in range(3)]

    assert {office.state_of(label) for label in labels} <= {"done", "submitted"}
    assert [office.state_of(label) for label in labels].count("done") >= 2


def test_a_step_looks_at_the_classes_and_people_it_wants(
    office: Office, client: TestClient
) -> None:
    road = str(office.desk.classes["road"])
    office.set_steps({"name": "Roads", "classes": [road]}, version=1)
    assert office.state_of(office.hand_in(office.ann, "car")) == "done"
    assert office.state_of(office.hand_in(office.ann, "car", "road")) == "submitted"

    office.set_steps({"name": "New people", "labelers": [str(office.rita.person.id)]}, version=2)
    assert office.state_of(office.hand_in(office.ann, "road")) == "done"


def test_rejecting_needs_a_reason(office: Office) -> None:
    office.hand_in()

    answer = office.decide(office.rita.claim(stage="review"), decision="rejected", comment="  ")

    assert (answer.status_code, answer.json()["code"]) == (422, "reason-missing")


def test_a_verdict_that_is_sent_again_is_answered_as_before(office: Office) -> None:
    office.hand_in()
    claimed = office.rita.claim(stage="review")
    first = office.decide(claimed, decision="approved")

    again = office.decide(claimed, decision="approved")
    other = office.decide(claimed, decision="rejected", comment="No")

    assert again.json() == first.json()
    assert (other.status_code, other.json()["code"]) == (409, "verdict-given")


def test_many_are_approved_unopened_but_not_ones_own_nor_those_in_hand(
    office: Office, client: TestClient
) -> None:
    labels = [office.hand_in(), office.hand_in(office.rita), office.hand_in()]
    second = office.reviewer(client)
    held = second.claim(stage="review")
    listed = office.rita.get(f"/projects/{office.desk.project_id}/reviews").json()["items"]
    assert len(listed) == 3
    assert [row["holder"] for row in listed if row["task_id"] == held["task"]["id"]] != [None]

    answer = office.rita.post(
        f"/projects/{office.desk.project_id}/reviews/approve",
        {"task_ids": [row["task_id"] for row in listed]},
    )

    assert answer.json() == {"approved": 1}
    assert [office.state_of(label) for label in labels].count("done") == 1


def test_reviewers_may_review_and_labelers_may_not(office: Office) -> None:
    office.hand_in()

    assert office.ann.ask(stage="review").status_code == 403
    path = f"/projects/{office.desk.project_id}/reviews"
    assert office.ann.get(path).status_code == 403


def test_what_somebody_else_changed_is_not_overwritten(office: Office) -> None:
    answer = office.set_steps({"name": "Another"}, version=0)

    assert (answer.status_code, answer.json()["code"]) == (409, "workflow-changed")
    assert answer.json()["version"] == 1
    assert office.set_steps(version=1).json() == {"version": 2, "steps": [], "overlap": None}
    assert office.state_of(office.hand_in()) == "done"


def test_a_half_done_correction_is_there_again_until_the_verdict(office: Office) -> None:
    label = office.hand_in()
    claimed = office.rita.claim(stage="review")
    extra = an_object(office.desk.classes["road"], box_mask(40, 40))
    saved = office.rita.save(claimed, upserts=[extra])
    assert saved.status_code == 200, saved.text

    again = office.rita.claim(stage="review")

    keys = {UUID(each["key"]) for each in again["label"]["objects"]}
    assert keys == {UUID(extra["key"]), UUID(str(label["objects"][0]["key"]))}

    office.decide(again, decision="rejected", comment="The mirror is missing")
    rework = office.ann.claim()
    assert office.ann.submit(rework, label["objects"]).status_code == 200
    [shown] = office.rita.claim(stage="review")["label"]["objects"]
    assert shown["key"] == str(label["objects"][0]["key"])


def test_the_list_of_what_waits_is_narrowed(office: Office) -> None:
    first, second = office.hand_in(), office.hand_in(office.rita)
    path = f"/projects/{office.desk.project_id}/reviews"

    def names(query: str) -> list[str]:
        return [row["asset"]["id"] for row in office.rita.get(f"{path}?{query}").json()["items"]]

    assert names("step=1") == [first["asset"]["id"], second["asset"]["id"]]
    assert names("step=2") == []
    assert names(f"author_id={office.ann.person.id}") == [first["asset"]["id"]]
    [row] = office.rita.get(f"{path}?author_id={office.rita.person.id}").json()["items"]
    assert names(f"task_id={row['task_id']}") == [second["asset"]["id"]]
