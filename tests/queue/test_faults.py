"""Promises of the queue that need real faults: a Redis that comes back old, a very slow network."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from redis import Redis

from maskwright.launcher.program import Child
from maskwright.launcher.redis_server import RedisServer
from maskwright.main import create_app
from maskwright.settings import RedisSettings, Settings
from maskwright.work import Resources
from tests.benchmarks.http_load import request, send_all
from tests.queue.desk import Desk, an_object, box_mask
from tests.support.crew import Crew, Hand
from tests.support.live_server import live_server
from tests.support.slow_clients import slow_clients
from tests.support.waiting import wait_until
from tests.support.world import Person

SLOW_CLIENTS = 500
IMAGE_KEY = "assets/large/original"


class MortalRedis:
    """A Redis of our own that may be killed, and started again with what it once had."""

    def __init__(self, folder: Path) -> None:
        self._server = RedisServer.prepare(folder, keeps_data=False)
        self._dump = folder / "dump.rdb"
        self._kept = folder / "kept.rdb"
        self._child = self._start()

    @property
    def url(self) -> str:
        return self._server.url

    def keep_a_dump(self) -> None:
        with Redis.from_url(self.url) as redis:
            redis.save()
        shutil.copy(self._dump, self._kept)

    def forget_everything(self) -> None:
        with Redis.from_url(self.url) as redis:
            redis.flushall()

    def kill(self) -> None:
        self._child.close()

    def start_with_the_dump(self) -> None:
        shutil.copy(self._kept, self._dump)
        self._child = self._start()

    def _start(self) -> Child:
        child = Child(self._server.program(), log=lambda name, line: None)
        assert child.wait_until_ready(20), list(child.last_lines)
        return child


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[MortalRedis]:
    mortal = MortalRedis(tmp_path / "redis")
    yield mortal
    mortal.kill()


def test_q6_a_redis_that_is_flushed_killed_and_restored_from_an_old_dump_doubles_no_grant(
    desk: Desk, redis: MortalRedis, settings: Settings
) -> None:
    app = create_app(settings.model_copy(update={"redis": RedisSettings(url=redis.url)}))
    people = [desk.labeler() for _ in range(5)]
    hands = [Hand(person.id, person.headers, seconds=0.01) for person in people]
    tasks = 120
    desk.add_many_images(tasks)
    with live_server(app) as address:
        crew = Crew(address, desk.project_id, hands)
        key = f"maskwright:candidates:{desk.project_id}"

        def are_proposed() -> bool:
            with Redis.from_url(redis.url) as asked:
                return bool(asked.zcard(key))

        with crew.at_work():
            wait_until(are_proposed, "the candidates are there")
            redis.keep_a_dump()
            wait_until(lambda: crew.submitted >= 20, "some are done")
            redis.forget_everything()
            wait_until(lambda: crew.submitted >= 40, "it goes on without candidates")
            redis.kill()
            wait_until(lambda: crew.submitted >= 60, "it goes on without Redis")
            redis.start_with_the_dump()
            wait_until(lambda: crew.submitted == tasks, "everything is done")

    assert (crew.ledger.refusals, crew.ledger.outages) == ([], 0)
    assert desk.sql("SELECT count(*), count(DISTINCT task_id) FROM lease") == [(tasks, tasks)]
    assert desk.sql("SELECT state, count(*) FROM task GROUP BY 1") == [("done", tasks)]


def test_q15_five_hundred_slow_clients_hold_no_database_connection(
    app: FastAPI, desk: Desk
) -> None:
    """At a kilobyte a second a submit takes a minute to come in, and a claim with a draft as long
    to be read. Meanwhile nobody waits for them, in the pool or in Postgres."""
    desk.add_images(10)
    ann, bob = desk.labeler(), desk.labeler()
    with live_server(app) as address:
        resources: Resources = app.state.resources
        resources.blobs.put(IMAGE_KEY, bytes(2_000_000), content_type="image/jpeg")
        desk.sql("UPDATE asset SET original_key = %s", IMAGE_KEY)
        requests = slow_requests(address, desk, ann)
        with slow_clients(address, requests) as slow:
            wait_until(
                lambda: slow.reading > 250 and slow.sending + slow.reading == SLOW_CLIENTS,
                "each is in the middle of a request or of its answer",
            )
            wait_until(lambda: resources.database.connections_in_use == 0, "nothing is held")
            wait_until(lambda: busy_connections(desk) == 0, "Postgres has nothing to do")
            for _ in range(5):
                assert serves(address, desk, bob) == [200, 200]
            assert slow.sending + slow.reading == SLOW_CLIENTS, "They are still at it."

    [(connections,)] = desk.sql(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    )
    assert connections < 40


def slow_requests(address: str, desk: Desk, ann: Person) -> list[bytes]:
    """Submits, drafts and uploads that come in slowly; claims, events and images that are read
    slowly."""
    project = f"/api/v1/projects/{desk.project_id}"
    next_path = f"{project}/queue/next"
    [claim] = send_all(address, [request("POST", next_path, ann.headers, b"{}")]).answers
    lease = json.loads(claim.body)["lease"]
    objects = [
        an_object(desk.classes["car"], box_mask(row, column, 1, 1))
        for row in range(0, 60, 2)
        for column in range(0, 80, 4)
    ]
    lease_path = f"/api/v1/leases/{lease['id']}"
    draft = {"fence": lease["fence"], "client_id": "tab", "seq": 1, "upserts": objects}
    saving = request("PATCH", f"{lease_path}/draft", ann.headers, json.dumps(draft).encode())
    [saved] = send_all(address, [saving]).answers
    assert saved.status == 200, saved.body
    body = json.dumps({"fence": lease["fence"], "objects": objects}).encode()
    keyed = {**ann.headers, "Idempotency-Key": "slow"}
    boundary = {**desk.manager.headers, "Content-Type": "multipart/form-data; boundary=x"}
    part = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'
    kinds = [
        request("POST", next_path, ann.headers, b"{}"),
        request("GET", f"{project}/events", ann.headers),
        request("GET", f"/api/v1/assets/{desk.assets[0]}/file/original", ann.headers),
        request("POST", f"{lease_path}/submit", keyed, body),
        saving,
        request("POST", f"{project}/assets", boundary).replace(
            b"Content-Length: 0", b"Content-Length: 100000"
        )
        + part
        + bytes(90_000),
    ]
    return [kinds[number % len(kinds)] for number in range(SLOW_CLIENTS)]


def busy_connections(desk: Desk) -> int:
    """Connections that are at work or inside a transaction, ours left out."""
    [(number,)] = desk.sql(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND backend_type = 'client backend' AND state <> 'idle' AND pid <> pg_backend_pid()"
    )
    return int(number)


def serves(address: str, desk: Desk, person: Person) -> list[int]:
    """The answers to a claim and a submit."""
    path = f"/api/v1/projects/{desk.project_id}/queue/next"
    [claim] = send_all(address, [request("POST", path, person.headers, b"{}")]).answers
    lease = json.loads(claim.body)["lease"]
    headers = {**person.headers, "Idempotency-Key": lease["id"]}
    body = json.dumps({"fence": lease["fence"], "objects": []}).encode()
    path = f"/api/v1/leases/{lease['id']}/submit"
    [submit] = send_all(address, [request("POST", path, headers, body)]).answers
    return [claim.status, submit.status]
