"""Claims that come at the same moment are granted by one statement, each as if it came alone."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from psycopg import Connection

from maskwright.accounts.domain import Role
from maskwright.kernel.ids import new_id
from maskwright.queue import service as queue
from maskwright.queue.candidates import Candidates
from maskwright.queue.claiming_together import Wish, are_left_alone, claim_together
from maskwright.queue.handing_out import Claim
from maskwright.work import Work
from tests.benchmarks.http_load import request, send_all
from tests.queue.desk import Caller, Desk
from tests.support.live_server import live_server
from tests.support.world import Person


@dataclass
class Crowd:
    """People who ask at the same moment, on one lane."""

    desk: Desk
    client: TestClient
    work: Work
    claims: list[Claim] = field(default_factory=list)

    def ask(
        self, *people: Person, prefetch: bool = False, exclude: tuple[UUID, ...] = ()
    ) -> list[UUID | None]:
        """The task of each; None for who has to ask by himself."""
        wishes = [
            Wish(self.work.acting_as(person.actor), self.desk.project_id, prefetch, exclude, 0)
            for person in people
        ]
        claims = claim_together(self.work, wishes)
        self.claims += [claim for claim in claims if claim is not None]
        return [None if claim is None else claim.grant.task_id for claim in claims]

    def caller(self, person: Person) -> Caller:
        return Caller(self.client, person, self.desk)

    def leases(self) -> list[tuple[UUID, UUID]]:
        return self.desk.sql("SELECT holder_id, task_id FROM lease ORDER BY id")


@pytest.fixture
def crowd(desk: Desk, client: TestClient) -> Iterator[Crowd]:
    with Work(desk.world.resources, authenticate=lambda _: None, on_lane=True) as work:
        yield Crowd(desk, client, work)


def test_each_claim_is_granted_as_if_it_came_alone(crowd: Crowd) -> None:
    desk = crowd.desk
    desk.add_images(4)
    people = [desk.labeler() for _ in range(4)]

    assert crowd.ask(*people[:3]) == desk.tasks[:3]
    with desk.world.work_of(people[3]) as work:
        alone = queue.claim_next_task(work, desk.project_id, prefetch=False, exclude=[])

    assert alone is not None
    crowd.claims.append(alone)
    said = [
        (
            claim.kind,
            *(claim.position, claim.total, claim.leases, claim.draft, claim.region),
            *(claim.grant.found_by, claim.grant.fence, claim.grant.lease_seconds),
            *(claim.grant.ontology_version, claim.grant.round, claim.grant.subject_version_id),
            *(claim.grant.width, claim.grant.height, claim.grant.tiles),
        )
        for claim in crowd.claims
    ]
    assert all(one == said[0] for one in said)
    assert said[0][6] == "candidate"
    kept = desk.sql(
        "SELECT l.id, l.holder_id, l.task_id, l.expires_at, t.asset_id, a.name,"
        "  t.state, t.fence, l.fence, l.slot, l.kind, l.ended_at, l.outcome,"
        "  l.organization_id = t.organization_id, l.project_id = t.project_id,"
        "  t.updated_at = l.granted_at, l.expires_at - l.granted_at"
        " FROM lease l JOIN task t ON t.id = l.task_id JOIN asset a ON a.id = t.asset_id"
        " ORDER BY l.id"
    )
    grants = [claim.grant for claim in crowd.claims]
    assert [row[:6] for row in kept] == [
        (
            *(grant.lease_id, person.id, grant.task_id, grant.expires_at),
            *(grant.asset_id, grant.asset_name),
        )
        for person, grant in zip(people, grants, strict=True)
    ]
    assert all(row[6:] == kept[0][6:] for row in kept)
    [(transactions,)] = desk.sql("SELECT count(DISTINCT xmin::text) FROM lease")
    assert transactions == 2


def test_what_is_ones_own_comes_first(crowd: Crowd) -> None:
    desk = crowd.desk
    desk.add_images(8)
    holder, drafter, skipper, other = (desk.labeler() for _ in range(4))
    held = crowd.caller(holder).claim()
    begun = crowd.caller(drafter).claim()
    crowd.caller(drafter).save(begun)
    assert crowd.caller(drafter).on(begun, "release").status_code == 204
    skipped = crowd.caller(skipper).claim()
    assert crowd.caller(skipper).on(skipped, "skip", reason="blurred").status_code == 204

    found = crowd.ask(holder, drafter, skipper, other)

    assert found[:2] == [None, None]
    assert found[2] != UUID(skipped["task"]["id"])
    assert crowd.caller(holder).claim()["task"]["id"] == held["task"]["id"]
    assert crowd.caller(drafter).claim()["task"]["id"] == begun["task"]["id"]


def test_what_was_proposed_in_vain_is_proposed_to_others(crowd: Crowd, client: TestClient) -> None:
    desk = crowd.desk
    desk.add_images(3)
    holder = desk.labeler()
    crowd.caller(holder).claim()
    with Work(desk.world.resources, authenticate=lambda _: None, on_lane=True) as work:
        assert Crowd(desk, client, work).ask(holder) == [None]
    assert desk.world.resources.part(Candidates).count(desk.project_id) == 2
    assert crowd.ask(desk.labeler(), desk.labeler()) == desk.tasks[1:]


def test_nobody_holds_more_than_he_may(crowd: Crowd) -> None:
    desk = crowd.desk
    desk.add_images(6)
    ann = desk.labeler()

    assert crowd.ask(ann, ann, ann) == [desk.tasks[0], None, None]
    [ahead] = crowd.ask(ann, prefetch=True)
    assert ahead is not None
    assert crowd.ask(ann, prefetch=True) == [None]
    assert crowd.ask(ann) == [None]
    assert len(crowd.leases()) == 2


def test_nobody_is_given_what_he_says_to_hold(crowd: Crowd) -> None:
    desk = crowd.desk
    desk.add_images(2)
    assert crowd.ask(desk.labeler(), exclude=(desk.tasks[0],)) == [None]
    assert crowd.ask(desk.labeler(), exclude=(desk.tasks[0],)) == [desk.tasks[1]]


def test_nobody_labels_an_image_twice(crowd: Crowd) -> None:
    desk = crowd.desk
    desk.add_images(1)
    ann, bob = desk.labeler(), desk.labeler()
    claimed = crowd.caller(ann).claim()
    assert crowd.caller(ann).submit(claimed, []).status_code == 200
    [(second,)] = desk.sql(
        "INSERT INTO task (id, organization_id, project_id, asset_id, state, slot, slots)"
        " SELECT uuidv7(), organization_id, project_id, asset_id, 'open', 2, 2 FROM task"
        " RETURNING id"
    )
    for person, gets in ((ann, None), (bob, second)):
        desk.world.resources.part(Candidates).propose(
            desk.project_id, queue.TaskStage.LABEL, [(str(second), 0.0)]
        )
        assert crowd.ask(person) == [gets]


@pytest.mark.parametrize(
    "rule",
    [
        "has_routes = true",
        "has_caps = true",
        "labeler_cap = 5",
        "labeler_daily_cap = 5",
        "paused_at = now()",
        "state = 'archived'",
        "deleted_at = now()",
    ],
)
def test_where_a_project_has_more_rules_each_asks_by_himself(crowd: Crowd, rule: str) -> None:
    desk = crowd.desk
    desk.add_images(2)
    desk.sql(f"UPDATE project SET {rule} WHERE id = %s", desk.project_id)
    assert crowd.ask(desk.labeler(), desk.labeler()) == [None, None]
    assert crowd.leases() == []
    assert are_left_alone(desk.world.resources, desk.project_id)
    assert not are_left_alone(desk.world.resources, new_id())


def test_who_may_not_label_here_is_left_out(crowd: Crowd) -> None:
    desk = crowd.desk
    desk.add_images(3)
    stranger, reader = desk.world.person(), desk.world.colleague(desk.manager, Role.ML)
    assert crowd.ask(stranger, reader, desk.labeler())[:2] == [None, None]
    assert len(crowd.leases()) == 1


def test_a_candidate_that_is_not_open_any_more_is_given_to_nobody(crowd: Crowd) -> None:
    desk = crowd.desk
    desk.add_images(1)
    assert crowd.ask(desk.labeler()) == desk.tasks
    for gone in (desk.tasks[0], new_id()):
        desk.world.resources.part(Candidates).propose(
            desk.project_id, queue.TaskStage.LABEL, [(str(gone), 0.0)]
        )
        assert crowd.ask(desk.labeler()) == [None]
    assert len(crowd.leases()) == 1


@pytest.mark.parametrize("held", ["task", "person"])
def test_nobody_waits_for_anybody_else(crowd: Crowd, held: str) -> None:
    desk = crowd.desk
    desk.add_images(2)
    ann, bob = desk.labeler(), desk.labeler()
    with desk.world.resources.database.open_session() as session:
        connection: Any = session.connection().connection.driver_connection
        hold(connection, desk, held, ann)
        found = crowd.ask(ann, bob)
    assert found == [None, desk.tasks[1]]


def hold(connection: Connection[Any], desk: Desk, held: str, person: Person) -> None:
    """As somebody does who claims at this moment: the first task, or for this person."""
    if held == "task":
        connection.execute("SELECT FROM task WHERE id = %s FOR UPDATE", (desk.tasks[0],))
    else:
        connection.execute(
            "SELECT pg_advisory_xact_lock(hash_record_extended((%s::uuid, %s::uuid), 0))",
            (desk.project_id, person.id),
        )


def test_everybody_in_a_crowd_is_answered_for_himself(app: FastAPI, desk: Desk) -> None:
    """Over HTTP, all at once: people with nothing of their own, with a draft, with a task in hand;
    a stranger, one with a token that was revoked, and one who may not label."""
    desk.add_images(30)
    path = f"/api/v1/projects/{desk.project_id}/queue/next"
    people = [desk.labeler() for _ in range(24)]
    odd = [desk.world.person(), desk.labeler(), desk.world.colleague(desk.manager, Role.ML)]
    desk.sql("UPDATE api_token SET revoked_at = now() WHERE user_id = %s", odd[1].id)
    with live_server(app) as address:

        def ask(*who: Person, body: bytes = b"{}") -> list[tuple[int, Any]]:
            load = send_all(
                address,
                [request("POST", path, one.headers, body) for one in who],
                connections=len(who),
            )
            return [(one.status, json.loads(one.body or b"null")) for one in load.answers]

        before = ask(*people[:4])
        answers = ask(*people, *odd)
        ahead = ask(*people[:8], body=b'{"prefetch": true}')

    assert [status for status, _ in answers] == [200] * 24 + [404, 401, 403]
    tasks = [body["task"]["id"] for status, body in answers if status == 200]
    assert tasks[:4] == [body["task"]["id"] for _, body in before]
    assert {body["lease"]["kind"] for _, body in answers[:4]} == {"resume"}
    assert {body["lease"]["kind"] for _, body in answers[4:24]} == {"label"}
    tasks += [body["task"]["id"] for status, body in ahead if status == 200]
    assert len(set(tasks)) == len(tasks) == 30
    assert desk.sql("SELECT count(*), count(DISTINCT task_id) FROM lease") == [(30, 30)]


def test_people_of_a_project_with_more_rules_get_theirs_all_the_same(
    app: FastAPI, desk: Desk
) -> None:
    desk.add_images(24)
    people = [desk.labeler() for _ in range(12)]
    desk.sql("UPDATE project SET has_routes = true, labeler_cap = 2")
    path = f"/api/v1/projects/{desk.project_id}/queue/next"
    with live_server(app) as address:
        answers = [
            one
            for body in (b"{}", b'{"prefetch": true}', b'{"prefetch": true}')
            for one in send_all(
                address,
                [request("POST", path, person.headers, body) for person in people],
                connections=12,
            ).answers
        ]
    assert [one.status for one in answers] == [200] * 24 + [204] * 12
    assert desk.sql("SELECT count(DISTINCT task_id), max(fence) FROM lease") == [(24, 1)]
