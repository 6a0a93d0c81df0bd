"""What people reached is told to nobody who may not know them: golds, consensus, rules of quality,
pauses and time, beside what `test_whose_work_is_seen` walks.

A role of one's own can look at quality, manage projects and their queue, and still not see people:
a vendor's coordinator, and in a project that hides who did what a scientist of one's own.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from maskwright.accounts.domain import Actor, Permission, Role
from maskwright.gold.run_scores import score_tasks
from maskwright.quality.service.applying import apply_rules
from maskwright.reviews.run_consensus import make_consensus
from maskwright.work import Work
from maskwright.workforce.service import teams
from tests.http.estate import API
from tests.http.test_whose_work_is_seen import Company, leaks, told_of
from tests.queue.desk import Caller, Desk, an_object, box_mask
from tests.support.world import Person, World

#: Everything that brings no sight of people with it.
BLIND_TO_PEOPLE = frozenset(Permission) - {
    Permission.VIEW_PEOPLE,
    Permission.MANAGE_MEMBERS,
    Permission.MANAGE_ORGANIZATION,
    Permission.VIEW_AUDIT,
}


class Measured:
    """The company's second project, in which everybody was measured by everything that measures."""

    def __init__(self, company: Company) -> None:
        self.company, world, manager = company, company.world, company.desk.manager
        project_id = world.project(manager, "Measured")
        classes = world.classes(manager, project_id, "car", "road")
        self.desk = Desk(world, manager, project_id, classes, [], [])
        for name in ("manager", "ann", "bo", "rita", "vic", "lead", "critic"):
            setattr(company, name, replace(getattr(company, name), desk=self.desk))
        self.path = f"/projects/{project_id}"
        company.path["project_id"] = project_id
        owner = world.colleague(manager, Role.OWNER)
        coordinator = world.with_permissions(owner, *BLIND_TO_PEOPLE)
        with world.work_of(manager) as work:
            team_id = UUID(str(company.path["team_id"]))
            teams.put_member(work, team_id, coordinator.id, is_lead=False)
        self.coordinator = coordinator
        self.scientist = world.with_permissions(owner, *BLIND_TO_PEOPLE)

    def everybody_is_measured(self) -> None:
        company = self.company
        self._golds()
        self._rules()
        self._consensus()
        self._time()
        self._put(f"/pauses/{company.bo.person.id}", {"reason": "Come and see me"})
        picked = {"task_ids": [str(self.desk.add_images(1)[0])]}
        to_ann = {"pick": picked, "set": {"assignee_id": str(company.ann.person.id)}}
        arranged = company.manager.post(f"{self.path}/queue/arrange", to_ann)
        assert arranged.json() == {"changed": 1}, arranged.text

    def _golds(self) -> None:
        """The reviewer's label becomes one; two of the labelers miss it, and one objects."""
        company = self.company
        self.desk.add_images(1)
        [asset_id] = [self._label(company.rita, 10)["asset"]["id"]]
        made = company.manager.post(f"{self.path}/golds", {"asset_ids": [asset_id]})
        assert made.json()["made"] == 1, made.text
        self._put("/gold/settings", {"first_tasks": 1, "shows_feedback": True})
        self.desk.add_images(4)
        had = [self._label(who, 12) for who in (company.ann, company.vic)]
        with self._worker() as work:
            assert score_tasks(work, [UUID(each["task"]["id"]) for each in had]) == 2
        for who in (company.ann, company.vic):
            [attempt] = who.get(f"{self.path}/gold/mine").json()["recent"]
            said = who.post(f"/gold-attempts/{attempt['id']}/dispute", {"text": "It is wider"})
            assert said.status_code == 201, said.text
            company.path.setdefault("attempt_id", attempt["id"])
        company.path["asset_id"] = asset_id

    def _rules(self) -> None:
        rule = {
            "name": "Low golds", "metric": "gold_iou", "threshold": 0.99, "last": 5, "at_least": 1,
            "action": "notify", "tells_managers": True, "tells_lead": True, "tells_labeler": True,
        }  # fmt: skip
        made = self.company.manager.post(f"{self.path}/quality-rules", rule)
        assert made.status_code == 201, made.text
        for who in (self.company.ann, self.company.vic):
            with self._worker() as work:
                assert apply_rules(work, self.desk.project_id, who.person.id) == 1

    def _consensus(self) -> None:
        overlap = {"percent": 100, "people": 2, "most": 2, "method": "majority"}
        self._put("/workflow", {"version": 0, "steps": [{"name": "Look"}], "overlap": overlap})
        had = [
            self._label(who, left) for who, left in ((self.company.ann, 0), (self.company.vic, 2))
        ]
        assert had[0]["asset"] == had[1]["asset"] | {"image_url": had[0]["asset"]["image_url"]}
        with self._worker() as work:
            assert make_consensus(work, UUID(had[0]["asset"]["id"])) is not None
        self.company.path["asset_id"] = had[0]["asset"]["id"]
        self.company.path["task_id"] = had[0]["task"]["id"]

    def _time(self) -> None:
        for who in (self.company.ann, self.company.vic):
            [(lease_id,)] = self.desk.sql(
                "UPDATE lease SET granted_at = granted_at - interval '1 minute' WHERE id ="
                " (SELECT id FROM lease WHERE holder_id = %s ORDER BY id DESC LIMIT 1)"
                " RETURNING id",
                who.person.id,
            )
            segment = {"lease_id": str(lease_id), "tool": "brush", "state": "counted", "ms": 5000}
            told = {"client_id": str(uuid4()), "seq": 1, "segments": [segment]}
            assert who.post("/me/time", told).json()["counted_ms"] == 5000

    def _label(self, who: Caller, left: int) -> dict[str, Any]:
        claimed = who.claim()
        answer = who.submit(claimed, [an_object(self.desk.classes["car"], box_mask(0, left))])
        assert answer.status_code == 200, answer.text
        return claimed

    def _put(self, rest: str, body: object) -> None:
        answer = self.company.client.put(
            f"{API}{self.path}{rest}", json=body, headers=self.desk.manager.headers
        )
        assert answer.is_success, answer.text

    def _worker(self) -> Work:
        actor = Actor(organization_id=self.desk.manager.organization_id, role=Role.OWNER)
        return Work(self.company.world.resources, authenticate=lambda session: actor)


@pytest.fixture
def measured(client: TestClient, world: World) -> Measured:
    measured = Measured(Company(client, world))
    measured.everybody_is_measured()
    return measured


def test_a_vendors_people_are_told_nobody_elses_results(app: FastAPI, measured: Measured) -> None:
    company = measured.company
    for viewer in (company.lead.person, measured.coordinator):
        assert leaks(app, company, viewer, company.in_house) == []

    # A walk that finds nothing because nobody was measured would prove nothing.
    found = leaks(app, company, company.desk.manager, [company.ann.person, company.bo.person])
    paths = {line.split(" tells ")[0].partition(measured.path)[2] for line in found}
    assert paths >= {
        "/gold/people", "/gold/attempts", "/gold/disputes", "/rule-history", "/rule-history/csv",
        "/pauses", "/queue/tasks", "/time", "/time.csv", "/insights/people", "/insights/people/csv",
        "/insights/agreement", "/insights/agreement/csv",
    }  # fmt: skip
    assert {line.split(" tells ")[0].rpartition("/")[2] for line in found} >= {"consensus"}


def test_a_vendors_coordinator_is_told_of_his_own_and_no_other_team(measured: Measured) -> None:
    """Somebody whose name is covered is not found out by his team, which may be small."""
    company, coordinator = measured.company, measured.coordinator

    def told(rest: str, viewer: Person) -> Response:
        return company.client.get(f"{API}{measured.path}{rest}", headers=viewer.headers)

    for rest in ("/gold/people", "/gold/attempts", "/rule-history", "/insights/people"):
        answer = told(rest, coordinator)
        assert told_of(answer.text, [company.vic.person], company.world), rest
    by_manager, by_coordinator = (
        {row[1] for row in told("/insights/people", who).json()["rows"]}
        for who in (company.desk.manager, coordinator)
    )
    assert by_manager >= {"House", "Pixel Farm"}
    assert by_coordinator == {"Pixel Farm", None}


def test_where_people_are_hidden_no_result_has_a_name(app: FastAPI, measured: Measured) -> None:
    company = measured.company
    hidden = company.client.patch(
        f"{API}{measured.path}", json={"is_anonymous": True}, headers=company.desk.manager.headers
    )
    assert hidden.json()["is_anonymous"] is True
    everybody: list[Person] = [
        *company.in_house, company.lead.person, company.vic.person, company.critic.person
    ]  # fmt: skip
    assert leaks(app, company, measured.scientist, everybody) == []
    # Nor is somebody found by asking for one after another.
    asked = f"{API}{measured.path}/gold/attempts?user_id={company.ann.person.id}"
    answer = company.client.get(asked, headers=measured.scientist.headers)
    assert answer.json()["items"] == []
