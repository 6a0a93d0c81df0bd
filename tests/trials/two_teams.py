"""A manager's day: two teams, eight labelers of different speed, two reviewers, 200 images.

    .venv/bin/python -m tests.trials.two_teams

The whole product as `make up` starts it. In the middle Redis is killed, and later the API. At the
end three counts are held against each other: what the dashboards say, what the clients were
answered, and what plain SQL finds. Ends with 1 where they differ.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID

import httpx
from pydantic import SecretStr

from maskwright.accounts.domain import Role
from maskwright.resources import open_resources
from maskwright.settings import DatabaseSettings, RedisSettings, SecuritySettings, Settings
from maskwright.work import Resources
from tests.queue.desk import Desk, an_object, box_mask
from tests.support.crew import Crew, Hand, Ledger
from tests.support.scratch import scratch_folder
from tests.support.stack import Stack, running_stack
from tests.support.waiting import wait_until
from tests.support.world import Person, World

IMAGES = 200
LABELERS_PER_TEAM = 4
SLOWEST_SECONDS = 0.8
REVIEW_PERCENT = 30
REDIS_DIES_AT, API_DIES_AT = 60, 120
EVERY_NTH_IS_SENT_BACK = 5


@dataclass
class House:
    """A project, its people by team, and its manager's client."""

    stack: Stack
    desk: Desk
    teams: dict[str, list[Person]]
    team_ids: dict[str, str]
    reviewers: list[Person]
    manager: httpx.Client

    @property
    def path(self) -> str:
        return f"/projects/{self.desk.project_id}"


def main() -> None:
    with ExitStack() as stack:
        folder = stack.enter_context(scratch_folder())
        running = stack.enter_context(running_stack(folder / "home"))
        resources = resources_of(running)
        stack.callback(resources.close)
        house = furnish(running, resources)
        crew = crew_of(house)
        with crew.at_work():
            work_through(house, crew)
        wrong = differences(house, crew.ledger)
    print(
        f"{len(crew.ledger.handed_in)} labels, {len(crew.ledger.verdicts)} verdicts, "
        f"{crew.ledger.outages} requests sent again"
    )
    for line in (*crew.ledger.refusals, *wrong):
        print("WRONG:", line)
    sys.exit(bool(crew.ledger.refusals or wrong))


def resources_of(stack: Stack) -> Resources:
    return open_resources(
        Settings(
            home=stack.home,
            database=DatabaseSettings(url=stack.database_url or ""),
            redis=RedisSettings(url=stack.redis_url or ""),
            security=SecuritySettings(secret_key=SecretStr("x" * 32)),
        )
    )


def furnish(stack: Stack, resources: Resources) -> House:
    desk = Desk.make(World(resources))
    manager = httpx.Client(
        base_url=f"{stack.address}/api/v1", headers=desk.manager.headers, timeout=60
    )
    teams, team_ids = {}, {}
    for name, kind in (("In house", "in_house"), ("Pixel Farm", "vendor")):
        team = asked(manager.post("/teams", json={"name": name, "kind": kind}))
        people = [desk.labeler() for _ in range(LABELERS_PER_TEAM)]
        for person in people:
            path = f"/teams/{team['id']}/members/{person.id}"
            asked(manager.put(path, json={"is_lead": False}))
        teams[name], team_ids[name] = people, team["id"]
    reviewers = [desk.world.colleague(desk.manager, Role.REVIEWER) for _ in range(2)]
    house = House(stack, desk, teams, team_ids, reviewers, manager)
    step = {"name": "Review", "percent": REVIEW_PERCENT}
    asked(manager.put(f"{house.path}/workflow", json={"version": 0, "steps": [step]}))
    desk.add_many_images(IMAGES)
    return house


def crew_of(house: House) -> Crew:
    """Their speeds differ eightfold; each draws one to three objects, of both classes."""
    people = [person for team in house.teams.values() for person in team]
    labelers = [
        Hand(person.id, person.headers, seconds=SLOWEST_SECONDS / (number + 1))
        for number, person in enumerate(people)
    ]
    numbers = count(1)

    def decide(claimed: dict[str, Any]) -> dict[str, Any]:
        if next(numbers) % EVERY_NTH_IS_SENT_BACK == 0 and claimed["lease"]["kind"] == "review":
            return {"decision": "rejected", "comment": "The edge is rough"}
        return {"decision": "approved"}

    def objects(claimed: dict[str, Any]) -> list[dict[str, Any]]:
        number = 1 + UUID(claimed["asset"]["id"]).int % 3
        names = ("car", "road", "car")[:number]
        return [
            an_object(house.desk.classes[name], box_mask(20 * place, 5, 10, 10 + place))
            for place, name in enumerate(names)
        ]

    reviewers = [Hand(who.id, who.headers, 0.1, decide) for who in house.reviewers]
    return Crew(
        house.stack.address, house.desk.project_id, [*labelers, *reviewers], objects=objects
    )


def work_through(house: House, crew: Crew) -> None:
    for at, words in ((REDIS_DIES_AT, "redis-server"), (API_DIES_AT, "maskwright.cli api")):
        wait_until(partial(has_submitted, crew, at), f"{at} labels are in", seconds=120)
        victim = house.stack.program(words)
        if victim is None:
            raise SystemExit(f"{words} does not run.")
        victim.kill()
        print(f"killed {words} at {crew.submitted} labels", flush=True)
    open_tasks = "SELECT count(*) FROM task WHERE project_id = %s AND state <> 'done'"

    def all_is_done() -> bool:
        return house.desk.sql(open_tasks, house.desk.project_id) == [(0,)]

    wait_until(all_is_done, "everything is labelled and reviewed", seconds=180)


def has_submitted(crew: Crew, number: int) -> bool:
    return crew.submitted >= number


def differences(house: House, ledger: Ledger) -> list[str]:
    """What the dashboards, the clients and SQL do not agree on."""
    wrong: list[str] = []

    def compare(what: str, **counts: object) -> None:
        if len({repr(each) for each in counts.values()}) != 1:
            wrong.append(f"{what}: {counts}")

    compare_work(house, ledger, compare)
    compare_people(house, ledger, compare)
    compare_reviews(house, ledger, compare)
    return wrong


Compare = Callable[..., None]


def compare_work(house: House, ledger: Ledger, compare: Compare) -> None:
    project = house.desk.project_id
    throughput = report(house, "throughput", bucket="hour")
    [(labels, objects)] = house.desk.sql(
        "SELECT count(*), sum((SELECT count(*) FROM label_object o WHERE o.version_id = v.id))::int"
        " FROM label_version v JOIN lease e ON e.id = v.lease_id JOIN task t ON t.id = e.task_id"
        " WHERE e.project_id = %s AND e.outcome = 'submitted' AND t.stage = 'label'",
        project,
    )
    compare(
        "labels handed in",
        dashboard=sum(row["images"] for row in throughput),
        clients=len(ledger.handed_in),
        sql=labels,
    )
    compare(
        "objects drawn",
        dashboard=sum(row["objects"] for row in throughput),
        clients=sum(len(each.objects) for each in ledger.handed_in),
        sql=objects,
    )
    last = report(house, "depth", bucket="hour")[-1]
    compare("images waiting", dashboard=last["waiting"], sql=0)
    compare("images done", dashboard=last["handed_in"], sql=IMAGES)
    names = {str(id_): name for name, id_ in house.desk.classes.items()}
    newest = {each.asset_id: each for each in ledger.handed_in}
    drawn = Counter(names[o["class_id"]] for each in newest.values() for o in each.objects)
    dashboard = {row["class"]: row["objects"] for row in report(house, "classes")}
    compare("objects by class", dashboard=sorted(dashboard.items()), clients=sorted(drawn.items()))


def compare_people(house: House, ledger: Ledger, compare: Compare) -> None:
    images: dict[str, set[UUID]] = defaultdict(set)
    objects: Counter[str] = Counter()
    for each in ledger.handed_in:
        images[str(each.person_id)].add(each.asset_id)
        objects[str(each.person_id)] += len(each.objects)
    told = {row["person_id"]: row for row in report(house, "people")}
    for team, people in house.teams.items():
        for person in people:
            row: Mapping[str, Any] = told.get(str(person.id), {})
            id_ = str(person.id)
            compare(
                f"images of {person.email}", dashboard=row.get("images"), clients=len(images[id_])
            )
            compare(
                f"objects of {person.email}", dashboard=row.get("objects"), clients=objects[id_]
            )
            compare(f"team of {person.email}", dashboard=row.get("team"), made=team)
        by_team = report(house, "throughput", bucket="hour", team_id=house.team_ids[team])
        members = {person.id for person in people}
        compare(
            f"labels of {team}",
            dashboard=sum(row["images"] for row in by_team),
            clients=sum(each.person_id in members for each in ledger.handed_in),
        )


def compare_reviews(house: House, ledger: Ledger, compare: Compare) -> None:
    said = Counter(each.decision for each in ledger.verdicts)
    rows = report(house, "verdicts")
    [(reviewed,)] = house.desk.sql(
        "SELECT count(*) FROM review_verdict WHERE project_id = %s", house.desk.project_id
    )
    compare(
        "labels reviewed",
        dashboard=sum(row["reviewed"] for row in rows),
        clients=len(ledger.verdicts),
        sql=reviewed,
    )
    compare(
        "labels approved",
        dashboard=sum(row["approved"] for row in rows),
        clients=said["approved"],
    )
    compare(
        "labels sent back", dashboard=sum(row["rejected"] for row in rows), clients=said["rejected"]
    )
    images = {each.version_id for each in ledger.verdicts}
    share = 100 * len(images) / IMAGES
    if not REVIEW_PERCENT - 12 <= share <= REVIEW_PERCENT + 20:
        compare("share reviewed", wanted=REVIEW_PERCENT, found=share)


def report(house: House, name: str, **query: str) -> list[dict[str, Any]]:
    table = asked(house.manager.get(f"{house.path}/insights/{name}", params=query))
    keys = [column["key"] for column in table["columns"]]
    return [dict(zip(keys, row, strict=True)) for row in table["rows"]]


def asked(answer: httpx.Response) -> Any:
    answer.raise_for_status()
    return answer.json() if answer.content else None


if __name__ == "__main__":
    main()
