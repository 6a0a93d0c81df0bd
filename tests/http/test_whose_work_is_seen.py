"""A vendor's people see their own people's work and nobody else's name, wherever they look; in a
project that hides who did what, nobody does who does not manage people.

Everything that can be read is walked in a project in which everybody did something, and searched
for the names, e-mails and ids of those who are not to be seen.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from maskwright.accounts.domain import Role
from maskwright.insights.domain import Report
from maskwright.workforce.schemas import TeamCreate
from maskwright.workforce.service import teams
from tests.http.estate import API
from tests.http.expectations import EXPECTATIONS
from tests.queue.desk import Caller, Desk, an_object, box_mask
from tests.support.world import Person, World


@dataclass
class Company:
    """A project on which in-house people and a vendor's work side by side.

    path  values for the parameters of every path that can be read
    """

    client: TestClient
    world: World
    path: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.desk = Desk.make(self.world)
        self.desk.add_images(8)
        self.manager = self.as_caller(self.desk.manager)
        colleague = self.world.colleague
        self.ann, self.bo = (self.member(Role.LABELER) for _ in range(2))
        self.rita = self.member(Role.REVIEWER)
        self.exporter = colleague(self.desk.manager, Role.ML)
        self.lead, self.vic = (self.member(Role.LABELER) for _ in range(2))
        self.critic = self.member(Role.REVIEWER)
        with self.world.work_of(self.desk.manager) as work:
            farm = teams.create_team(work, TeamCreate(name="Pixel Farm", kind="vendor"))
            house = teams.create_team(work, TeamCreate(name="House"))
            for team, who in ((farm, self.lead), (farm, self.vic), (farm, self.critic)):
                is_lead = who is self.lead
                teams.put_member(work, team.id, who.person.id, is_lead=is_lead)
            teams.put_member(work, house.id, self.ann.person.id, is_lead=True)
            self.path["team_id"] = farm.id
        self.in_house = [
            self.desk.manager, self.ann.person, self.bo.person, self.rita.person, self.exporter
        ]  # fmt: skip

    def member(self, role: Role) -> Caller:
        return self.as_caller(self.world.colleague(self.desk.manager, role))

    def as_caller(self, person: Person) -> Caller:
        return Caller(self.client, person, self.desk)

    def everybody_works(self) -> None:
        """So that each of them left a trace in everything that has any."""
        project = f"/projects/{self.desk.project_id}"
        step = {"name": "Check", "labelers": [str(w.person.id) for w in self._labelers()]}
        saved = self.client.put(
            f"{API}{project}/workflow",
            json={"version": 0, "steps": [step]},
            headers=self.desk.manager.headers,
        )
        assert saved.status_code == 200, saved.text
        handed_in = [self._hand_in(who) for who in (self.ann, self.vic)]
        self._say(self.ann, handed_in[1]["asset"], answered_by=self.vic)
        for who in (self.vic, self.ann):
            self._ask(who)
        self._send_back(self.rita)
        self._hand_in(self.bo)
        self._skip_by(self.ann, self.bo, self.rita)
        held = self.bo.claim(prefetch=True)
        self.vic.claim(prefetch=True)
        self.manager.post(f"{project}/exports", {"format": "coco-instances"})
        self.path |= {
            "project_id": self.desk.project_id,
            "asset_id": handed_in[0]["asset"]["id"],
            "version_id": handed_in[0]["label_version"]["id"],
            "earlier_id": handed_in[1]["label_version"]["id"],
            "task_id": held["task"]["id"],
            "rendition": "original",
            "level": 0,
            "x": 0,
            "y": 0,
        }

    def _labelers(self) -> list[Caller]:
        return [self.ann, self.bo, self.vic, self.lead]

    def _hand_in(self, who: Caller) -> dict[str, Any]:
        claimed = who.claim()
        objects = [an_object(self.desk.classes["car"], box_mask(0, 12))]
        answer = who.submit(claimed, objects)
        assert answer.status_code == 200, answer.text
        return {**answer.json(), "asset": claimed["asset"]}

    def _say(self, who: Caller, asset: dict[str, Any], answered_by: Caller) -> None:
        said = who.post(f"/assets/{asset['id']}/comments", {"text": "Look here"})
        assert said.status_code == 201, said.text
        path = f"/comments/{said.json()['id']}/replies"
        for speaker in (answered_by, self.rita):
            assert speaker.post(path, {"text": "Indeed"}).status_code == 201

    def _ask(self, who: Caller) -> None:
        assert who.on(who.claim(), "ask", text="Which one?").status_code == 204
        path = f"/projects/{self.desk.project_id}/questions"
        [question, *_] = self.manager.get(path).json()["items"]
        assert self.manager.post(f"{path}/{question['id']}/answer", {"text": "Both."}).is_success

    def _send_back(self, reviewer: Caller) -> None:
        """What the first one handed in, and then the vendor's."""
        for _ in range(2):
            claimed = reviewer.claim(stage="review")
            verdict = reviewer.on(claimed, "verdict", decision="rejected", comment="The mirror")
            assert verdict.status_code == 200, verdict.text

    def _skip_by(self, *people: Caller) -> None:
        for who in people:
            claimed = who.ask(prefetch=True)
            if claimed.status_code == 200:
                assert who.on(claimed.json(), "skip", reason="blurred").status_code == 204


def readable(app: FastAPI) -> list[str]:
    """The paths of everything that can be read and ends by itself."""
    return [
        path
        for path, methods in app.openapi()["paths"].items()
        if "get" in methods and path.startswith(API) and not EXPECTATIONS["GET", path].streams
    ]


def addresses(company: Company, path: str) -> list[str]:
    """The path with real things in it; none where it asks for what nobody here may read."""
    wanted = re.findall(r"{(\w+)}", path)
    if "report" in wanted:
        reports = [report.value for report in Report]
        return [path.format_map(company.path | {"report": name}) for name in reports]
    if any(name not in company.path for name in wanted):
        return []
    return [path.format_map(company.path)]


def told_of(text: str, people: list[Person], world: World) -> set[str]:
    """Whose name, e-mail or id stands in an answer."""
    with world.resources.database.open_session() as session:
        connection: Any = session.connection().connection.driver_connection
        rows = connection.execute(
            "SELECT id::text, name, email FROM user_account WHERE id = ANY (%s)",
            [[person.id for person in people]],
        ).fetchall()
    return {name for id_, name, email in rows if id_ in text or email in text or quoted(name, text)}


def quoted(name: str, text: str) -> bool:
    """`Labeler 1` does not stand in `Labeler 12`."""
    return re.search(rf"{re.escape(name)}(?!\d)", text) is not None


@pytest.fixture
def company(client: TestClient, world: World) -> Company:
    company = Company(client, world)
    company.everybody_works()
    return company


def leaks(app: FastAPI, company: Company, viewer: Person, hidden: list[Person]) -> list[str]:
    found = []
    for path in readable(app):
        for address in addresses(company, path):
            answer = company.client.get(address, headers=viewer.headers)
            if answer.status_code < 500:
                names = told_of(answer.text, hidden, company.world)
                found += [f"{address} tells {name}" for name in sorted(names)]
            else:
                found.append(f"{address} fails")
    return found


def test_the_search_finds_everybody_where_a_manager_looks(app: FastAPI, company: Company) -> None:
    """A walk that finds nothing because nobody left a trace would prove nothing."""
    found = leaks(app, company, company.desk.manager, company.in_house)
    paths = {line.split(" tells ")[0].rpartition("/")[2] for line in found}
    assert paths >= {
        "queue", "labels", "comments", "verdicts", "questions", "workflow", "people",
        "exports", "versions", "members", "audit", "assets",
    }  # fmt: skip


def test_a_vendors_people_find_no_trace_of_others(app: FastAPI, company: Company) -> None:
    for viewer in (company.lead, company.vic, company.critic):
        assert leaks(app, company, viewer.person, company.in_house) == []


def test_what_a_vendors_reviewer_does_is_answered_without_a_trace_of_others(
    company: Company,
) -> None:
    critic, project = company.critic, f"/projects/{company.desk.project_id}"
    claimed = critic.ask(stage="review")
    review = claimed.json()
    asset, task = review["asset"]["id"], review["task"]["id"]
    thread = critic.post(f"/assets/{asset}/comments", {"text": "Here", "task_id": task})
    assert company.ann.on(company.ann.claim(), "ask", text="Is it one?").status_code == 204
    [question] = critic.get(f"{project}/questions?answered=false").json()["items"]
    threads = critic.get(f"{project}/comments").json()["items"]
    [of_ann] = [each for each in threads if each["comments"][0]["text"] == "Look here"]
    held = company.rita.ask(stage="review")
    answers = [
        claimed,
        thread,
        held if held.status_code == 204 else choose(critic, held.json()["task"]["id"]),
        critic.post(f"/comments/{of_ann['id']}/replies", {"text": "It is"}),
        critic.post(f"{project}/questions/{question['id']}/answer", {"text": "It is."}),
        critic.get("/me/notifications"),
        critic.on(review, "verdict", decision="rejected", comment="Not so"),
        critic.get(f"/assets/{asset}/verdicts"),
    ]

    assert [each.status_code for each in answers if each.status_code >= 500] == []
    told = set().union(*(told_of(each.text, company.in_house, company.world) for each in answers))
    assert told == set()


def choose(caller: Caller, task_id: str) -> Response:
    """What somebody else has by now."""
    answer = caller.post(f"/tasks/{task_id}/review")
    assert answer.status_code == 409, answer.text
    return answer


def test_a_vendors_lead_sees_his_own_people(company: Company) -> None:
    own = [company.vic.person, company.critic.person]
    project = f"/projects/{company.desk.project_id}"
    for path in (f"/teams/{company.path['team_id']}/members", f"{project}/queue"):
        assert told_of(company.lead.get(path).text, own, company.world), path
    queue = company.lead.get(f"{project}/queue").json()
    people = [one["user"]["id"] for one in queue["per_labeler"]]
    assert people == [str(company.vic.person.id)]


def test_one_person_stays_one_under_a_name_that_tells_nothing(company: Company) -> None:
    """In one project; in another he is somebody else."""

    def authors(of: Company) -> list[dict[str, str]]:
        """Who said something, and replied to it, as the vendor's labeler sees it."""
        threads = of.vic.get(f"/projects/{of.path['project_id']}/comments").json()["items"]
        return [each["author"] for thread in threads for each in thread["comments"]]

    ann, vic, rita = authors(company)[:3]
    assert vic["id"] == str(company.vic.person.id)
    assert ann["name"].startswith("Person ")
    assert rita["name"].startswith("Person ")
    assert ann["id"] not in (str(company.ann.person.id), rita["id"])
    labels = company.critic.get(f"/assets/{company.path['asset_id']}/labels")
    assert labels.json()["items"] == []

    other = Company(company.client, company.world)
    other.everybody_works()
    assert ann not in authors(other)


def test_a_vendors_people_see_the_labels_of_their_own_people_and_of_what_they_review(
    company: Company,
) -> None:
    in_house, of_the_vendor = company.path["version_id"], company.path["earlier_id"]
    for viewer in (company.lead, company.vic, company.critic):
        assert viewer.get(f"/assets/{company.path['asset_id']}/labels").json()["items"] == []
        assert viewer.get(f"/label-versions/{in_house}").status_code == 404
        assert viewer.get(f"/label-versions/{of_the_vendor}").status_code == 200
        difference = viewer.get(f"/label-versions/{in_house}/difference-from/{of_the_vendor}")
        assert difference.status_code == 404

    # What somebody in house handed in and the vendor's reviewer is to judge.
    judged = company.critic.claim(stage="review")["asset"]["id"]
    [label] = company.critic.get(f"/assets/{judged}/labels").json()["items"]
    assert label["author"]["name"].startswith("Person ")
    assert company.critic.get(f"/label-versions/{label['id']}").status_code == 200


def test_in_house_people_see_one_another_and_the_vendors(company: Company) -> None:
    project = f"/projects/{company.desk.project_id}"
    seen = company.ann.get(f"{project}/queue").json()["per_labeler"]
    assert {one["user"]["id"] for one in seen} >= {
        str(who.person.id) for who in (company.ann, company.bo, company.vic)
    }


def test_a_project_can_hide_who_did_what(app: FastAPI, company: Company) -> None:
    address = f"{API}/projects/{company.desk.project_id}"
    hidden = company.client.patch(
        address, json={"is_anonymous": True}, headers=company.desk.manager.headers
    )
    assert hidden.json()["is_anonymous"] is True
    everybody = [*company.in_house, company.lead.person, company.vic.person, company.critic.person]

    for viewer in (company.rita, company.bo):
        others = [who for who in everybody if who.id != viewer.person.id]
        assert leaks(app, company, viewer.person, others) == []

    # Whoever manages people goes on seeing them.
    path = f"/assets/{company.path['asset_id']}/labels"
    [version] = company.manager.get(path).json()["items"]
    assert version["author"]["id"] == str(company.ann.person.id)
    # A reviewer can't find somebody out by asking for him.
    asked = company.rita.get(
        f"/projects/{company.desk.project_id}/reviews?author_id={company.vic.person.id}"
    )
    assert asked.json()["items"] == []
