"""Labels that come at the same moment are written by one statement, each as if it came alone."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from maskwright.annotations.schemas import SubmitIn
from maskwright.queue import handing_in
from maskwright.queue.handing_in import Sent
from maskwright.work import Work
from tests.benchmarks.http_load import request, send_all
from tests.queue.desk import Caller, Desk, an_object, box_mask
from tests.support.live_server import live_server
from tests.support.world import Person


@dataclass
class Room:
    """People who hold a task each, and one lane for all of them."""

    desk: Desk
    client: TestClient
    work: Work

    def claims(self, number: int) -> list[tuple[Person, dict[str, Any]]]:
        self.desk.add_images(number)
        people = [self.desk.labeler() for _ in range(number)]
        return [(one, Caller(self.client, one, self.desk).claim()) for one in people]

    def sent(self, person: Person, claimed: dict[str, Any], **other: Any) -> Sent:
        """A submit with two objects, unless said otherwise."""
        lease = claimed["lease"]
        objects = [
            an_object(self.desk.classes["car"], box_mask(0, 0, 5, 7)),
            an_object(self.desk.classes["road"], box_mask(10, 10, 4, 4)),
        ]
        body = {"fence": lease["fence"], "objects": objects, "active_ms": 1000, **other}
        return Sent.of(
            self.work.acting_as(person.actor),
            UUID(lease["id"]),
            SubmitIn.model_validate(body),
            str(uuid4()),
            b"a body",
        )

    def hand_in(self, *sent: Sent) -> list[bool]:
        """Whether each was taken."""
        return [answer is not None for answer in handing_in.submit_together(self.work.lane, sent)]


@pytest.fixture
def room(desk: Desk, client: TestClient) -> Iterator[Room]:
    resources = desk.world.resources
    with Work(resources, authenticate=lambda _: None, on_lane=True) as work:
        yield Room(desk, client, work)


def test_each_label_is_written_as_if_it_came_alone(room: Room) -> None:
    claims = room.claims(3)
    sent = [room.sent(person, claimed) for person, claimed in claims]
    alone = room.claims(1)[0]
    with room.desk.world.work_of(alone[0]) as work:
        one = room.sent(*alone)
        handing_in.submit(work, one.lease_id, one.submission, key=one.key, body=b"a body")

    assert room.hand_in(*sent) == [True] * 3

    written = room.desk.sql(
        "SELECT t.state, l.outcome, l.ended_at IS NOT NULL, lb.author_id = l.holder_id, v.number,"
        "  v.kind, v.origin, v.active_ms, v.object_count, v.id = lb.current_version_id,"
        "  s.answer->'label_version'->>'id' = v.id::text, s.answer->'label_version'->'number',"
        "  (SELECT array_agg((c.name, o.layer, m.area, m.bbox)::text ORDER BY c.name)"
        "   FROM label_object o JOIN mask m ON m.id = o.mask_id AND m.asset_id = t.asset_id"
        "   JOIN ontology_class c ON c.id = o.class_id WHERE o.version_id = v.id),"
        "  (SELECT count(*) FROM mask m WHERE m.asset_id = t.asset_id)"
        " FROM task t JOIN lease l ON l.task_id = t.id JOIN label lb ON lb.task_id = t.id"
        " JOIN label_version v ON v.label_id = lb.id JOIN submission s ON s.lease_id = l.id"
    )
    assert len(written) == 4
    assert all(row == written[0] for row in written)
    assert written[0][0] == "done"
    assert written[0][12] == ['(car,0,35,"{0,0,7,5}")', '(road,0,16,"{10,10,4,4}")']
    [(transactions,)] = room.desk.sql("SELECT count(DISTINCT xmin::text) FROM label_version")
    assert transactions == 2


def test_a_label_that_has_to_be_handed_in_alone_keeps_no_other_one_back(room: Room) -> None:
    claims = room.claims(6)
    sent = [room.sent(*claim) for claim in claims]
    late = room.sent(*claims[1], fence=claims[1][1]["lease"]["fence"] - 1)
    unsound = room.sent(*claims[2], objects=[an_object(uuid4(), box_mask(0, 0, 1, 1))])
    of_nobody = room.sent(claims[0][0], claims[3][1])

    assert room.hand_in(sent[0], late, unsound, of_nobody, sent[4], sent[5]) == [
        *(True, False, False, False, True, True)
    ]

    states = [room.desk.state_of(claimed["task"]["id"]) for _, claimed in claims]
    assert states == ["done", "in_progress", "in_progress", "in_progress", "done", "done"]
    assert room.desk.sql("SELECT count(*) FROM label_version") == [(3,)]
    assert room.desk.sql("SELECT count(*) FROM mask") == [(6,)]


def test_one_task_is_finished_once_however_often_it_is_handed_in(room: Room) -> None:
    [claim] = room.claims(1)
    twice = room.sent(*claim)
    assert sorted(room.hand_in(twice, twice, room.sent(*claim))) == [False, False, True]
    assert room.hand_in(twice) == [False]
    assert room.desk.sql("SELECT count(*) FROM label_version") == [(1,)]
    assert room.desk.sql("SELECT count(*) FROM submission") == [(1,)]


@pytest.mark.parametrize("held", ["task", "lease"])
def test_nobody_waits_for_somebody_elses_task(room: Room, held: str) -> None:
    claims = room.claims(2)
    lease_id, task_id = (claims[0][1][part]["id"] for part in ("lease", "task"))
    with room.desk.world.resources.database.open_session() as session:
        connection: Any = session.connection().connection.driver_connection
        held_id = lease_id if held == "lease" else task_id
        connection.execute(f"SELECT FROM {held} WHERE id = %s FOR UPDATE", (held_id,))
        assert room.hand_in(*(room.sent(*claim) for claim in claims)) == [False, True]
    assert room.hand_in(room.sent(*claims[0])) == [True]


def test_where_one_label_can_not_be_written_none_is(room: Room) -> None:
    claims = room.claims(2)
    (author, claimed), _ = claims
    # As if he had handed in another opinion of this image at the same moment.
    room.desk.sql(
        "WITH other AS ("
        " INSERT INTO task (id, organization_id, project_id, asset_id, state, slot, slots)"
        " SELECT uuidv7(), organization_id, project_id, asset_id, 'open', 2, 2 FROM task"
        " WHERE id = %s RETURNING *)"
        " INSERT INTO label (id, organization_id, project_id, asset_id, task_id, author_id,"
        "  current_version_id)"
        " SELECT uuidv7(), organization_id, project_id, asset_id, id, %s, uuidv7() FROM other",
        *(claimed["task"]["id"], author.id),
    )
    assert room.hand_in(*(room.sent(*claim) for claim in claims)) == [False, False]
    assert room.desk.sql("SELECT count(*) FROM label_version") == [(0,)]
    assert room.hand_in(room.sent(*claims[1])) == [True]


def test_drafts_go_and_numbers_go_on(room: Room) -> None:
    claims = room.claims(2)
    for person, claimed in claims:
        lease = claimed["lease"]
        drawn = [an_object(room.desk.classes["car"], box_mask(1, 1, 2, 2))]
        draft = {"fence": lease["fence"], "client_id": "tab", "seq": 1, "upserts": drawn}
        path = f"/api/v1/leases/{lease['id']}/draft"
        assert room.client.patch(path, json=draft, headers=person.headers).status_code == 200
    room.desk.sql(
        "INSERT INTO label_version (id, organization_id, label_id, asset_id, number, kind, origin,"
        "  author_id, ontology_version)"
        " SELECT uuidv7(), organization_id, id, asset_id, 1, 'orphan', 'human', author_id, 1"
        " FROM label WHERE author_id = %s",
        claims[0][0].id,
    )
    assert room.hand_in(*(room.sent(*claim) for claim in claims)) == [True, True]
    assert room.desk.sql("SELECT count(*) FROM draft") == [(0,)]
    assert room.desk.sql(
        "SELECT v.number, v.parent_id IS NOT NULL FROM label_version v WHERE v.kind = 'submitted'"
        " ORDER BY 1"
    ) == [(1, False), (2, True)]


def test_everybody_in_a_crowd_is_answered_for_himself(app: FastAPI, desk: Desk) -> None:
    """Over HTTP, all at once: sound labels, one of them twice; an unsound one, one of another's
    lease, one with a token that was revoked, one whose fence is old."""
    desk.add_images(24)
    people = [desk.labeler() for _ in range(24)]
    next_path = f"/api/v1/projects/{desk.project_id}/queue/next"
    with live_server(app) as address:
        claims = send_all(
            address, [request("POST", next_path, one.headers, b"{}") for one in people]
        ).answers
        leases = [json.loads(answer.body)["lease"] for answer in claims]
        mask = [an_object(desk.classes["car"], box_mask(0, 0, 2, 2))]
        sound = [submit_of(people[at], leases[at], mask) for at in range(20)]
        unsound = submit_of(people[20], leases[20], [{**mask[0], "class_id": str(uuid4())}])
        anothers = submit_of(people[20], leases[21], mask)
        revoked = submit_of(people[22], leases[22], mask)
        desk.sql("UPDATE api_token SET revoked_at = now() WHERE user_id = %s", people[22].id)
        late = submit_of(people[23], {**leases[23], "fence": leases[23]["fence"] - 1}, mask)
        odd = [unsound, anothers, revoked, late]
        answers = send_all(address, [*sound[:10], *odd, *sound[10:], *sound], connections=44)
        statuses = [answer.status for answer in answers.answers]
        assert statuses == [200] * 10 + [422, 404, 401, 409] + [200] * 30
        bodies = [json.loads(answer.body) for answer in answers.answers]
        assert bodies[:10] + bodies[14:24] == bodies[24:]
    assert desk.sql("SELECT count(*), count(DISTINCT label_id) FROM label_version") == [(21, 21)]


def submit_of(person: Person, lease: dict[str, Any], objects: list[dict[str, Any]]) -> bytes:
    body = json.dumps({"fence": lease["fence"], "objects": objects}).encode()
    headers = {**person.headers, "Idempotency-Key": "one"}
    return request("POST", f"/api/v1/leases/{lease['id']}/submit", headers, body)
