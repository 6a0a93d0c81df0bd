"""The queue's fifteen promises, each with a test of its own.

Q1, Q2, Q3, Q5, Q11 and Q14 are also kept by the stateful model in `test_invariants`, in any order
of events; here is one plain story for each. Faults that a model can't make are here too, in
`test_faults` (Q6 with an old dump, Q15) and in `test_deaths` (Q4).
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from fastapi import FastAPI

from maskwright.accounts.domain import Role
from maskwright.kernel.clock import utc_now
from maskwright.projects import service as projects
from maskwright.queue import flow
from maskwright.queue.candidates import Candidates
from maskwright.queue.keeper import SWEEP_SECONDS, QueueKeeper
from maskwright.queue.pace import MOST_LEASES
from maskwright.queue.rates import Rates
from maskwright.work import Resources
from tests.benchmarks.http_load import request, send_all
from tests.queue.desk import Caller, Desk, an_object, box_mask
from tests.support.fault_proxy import fault_proxy
from tests.support.live_server import live_server
from tests.support.waiting import wait_until
from tests.support.world import Person


def resources_of(app: FastAPI) -> Resources:
    """What the running application works with."""
    found: Resources = app.state.resources
    return found


def next_of(desk: Desk, person: Person, *, prefetch: bool = False) -> bytes:
    path = f"/api/v1/projects/{desk.project_id}/queue/next"
    return request("POST", path, person.headers, json.dumps({"prefetch": prefetch}).encode())


def submit_of(person: Person, lease: dict[str, Any], key: str) -> bytes:
    body = json.dumps({"fence": lease["fence"], "objects": []}).encode()
    headers = {**person.headers, "Idempotency-Key": key}
    return request("POST", f"/api/v1/leases/{lease['id']}/submit", headers, body)


def test_q1_a_task_has_one_live_lease_at_most(app: FastAPI, desk: Desk) -> None:
    desk.add_images(3)
    people = [desk.labeler() for _ in range(40)]
    with live_server(app) as address:
        load = send_all(address, [next_of(desk, person) for person in people], connections=40)

    assert sorted(answer.status for answer in load.answers) == [200] * 3 + [204] * 37
    doubled = "SELECT task_id FROM lease WHERE ended_at IS NULL GROUP BY 1 HAVING count(*) > 1"
    assert desk.sql(doubled) == []


ZOMBIE = """
import json, sys, urllib.request, urllib.error
address, token, lease, fence = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
body = json.dumps({"fence": int(fence), "objects": []}).encode()
headers = {"Authorization": token, "Idempotency-Key": "zombie", "Content-Type": "application/json"}
sent = urllib.request.Request(f"{address}/api/v1/leases/{lease}/submit", body, headers)
try:
    print(urllib.request.urlopen(sent).status, flush=True)
except urllib.error.HTTPError as refused:
    print(refused.code, json.loads(refused.read())["kept"], flush=True)
"""


def test_q2_a_client_that_slept_past_its_lease_is_refused(app: FastAPI, desk: Desk) -> None:
    desk.add_images(1)
    ann, bob = desk.labeler(), desk.labeler()
    with live_server(app) as address:
        [claim] = send_all(address, [next_of(desk, ann)]).answers
        held = json.loads(claim.body)["lease"]
        token = ann.headers["Authorization"]
        command = [sys.executable, "-c", ZOMBIE, address, token, held["id"], str(held["fence"])]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as zombie:
            assert zombie.stdin is not None
            assert zombie.stdout is not None
            assert zombie.stdout.readline() == "ready\n"
            os.kill(zombie.pid, signal.SIGSTOP)
            zombie.stdin.write("go\n")
            zombie.stdin.flush()
            desk.expire(held["id"])
            [regrant] = send_all(address, [next_of(desk, bob)]).answers
            os.kill(zombie.pid, signal.SIGCONT)
            answer = zombie.stdout.readline().split()

    assert json.loads(regrant.body)["lease"]["fence"] == held["fence"] + 1
    assert answer == ["409", "True"]


def test_q3_late_work_counts_where_nobody_was_granted_the_task_since(
    ann: Caller, desk: Desk
) -> None:
    [task] = desk.add_images(1)
    claimed = ann.claim()
    desk.expire(claimed["lease"]["id"])
    desk.world.resources.part(QueueKeeper).sweep()

    assert ann.submit(claimed, []).status_code == 200
    assert desk.state_of(task) == "done"


def test_q3_late_work_is_kept_where_somebody_was(ann: Caller, bob: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    desk.expire(claimed["lease"]["id"])
    bob.claim()

    answer = ann.submit(claimed, [an_object(desk.classes["car"], box_mask(0, 0))])

    assert (answer.status_code, answer.json()["kept"]) == (409, True)
    assert desk.sql("SELECT kind, object_count FROM label_version") == [("orphan", 1)]


def test_q4_what_was_answered_with_200_is_in_the_database_when_the_connection_breaks(
    app: FastAPI, desk: Desk
) -> None:
    """The deaths of processes are in `test_deaths`; here the network dies after the answer."""
    desk.add_images(20)
    people = [desk.labeler() for _ in range(20)]
    with live_server(app) as address, fault_proxy(address) as proxy:
        claims = send_all(proxy.address, [next_of(desk, who) for who in people], connections=20)
        leases = [json.loads(answer.body)["lease"] for answer in claims.answers]
        requests = [
            submit_of(person, lease, "once") for person, lease in zip(people, leases, strict=True)
        ]
        accepted = send_all(proxy.address, requests[:10], connections=10)
        proxy.cut(reset=True)

    ledger = {
        json.loads(answer.body)["label_version"]["id"]
        for answer in accepted.answers
        if answer.status == 200
    }
    kept = {str(id_) for (id_,) in desk.sql("SELECT id FROM label_version")}
    assert len(ledger) == 10
    assert ledger <= kept


def test_q5_an_answer_that_was_lost_is_given_again(app: FastAPI, desk: Desk) -> None:
    desk.add_images(1)
    ann = desk.labeler()
    with live_server(app) as address, fault_proxy(address) as proxy:
        [claim] = send_all(address, [next_of(desk, ann)]).answers
        lease = json.loads(claim.body)["lease"]
        parts = urlsplit(proxy.address)
        with socket.create_connection((str(parts.hostname), int(parts.port or 0))) as client:
            client.sendall(submit_of(ann, lease, "mine"))
            wait_until(
                lambda: desk.sql("SELECT count(*) FROM submission") == [(1,)],
                "the submit was taken",
            )
            proxy.cut(reset=True)  # whether the answer came through or not
        [again] = send_all(address, [submit_of(ann, lease, "mine")]).answers
        other = request(
            "POST",
            f"/api/v1/leases/{lease['id']}/submit",
            {**ann.headers, "Idempotency-Key": "mine"},
            json.dumps({"fence": lease["fence"], "objects": [], "active_ms": 7}).encode(),
        )
        [reused] = send_all(address, [other]).answers

    assert (again.status, reused.status) == (200, 422)
    assert desk.sql("SELECT count(*) FROM label_version") == [(1,)]


def test_q6_a_redis_that_forgets_or_dies_neither_loses_nor_doubles_a_task(
    ann: Caller, bob: Caller, desk: Desk
) -> None:
    desk.add_images(4)
    resources = resources_of(ann.client.app)  # type: ignore[arg-type]
    first = ann.claim()["task"]["id"]
    dump = desk.world.resources.redis.zrange(
        f"maskwright:candidates:{desk.project_id}", 0, -1, withscores=True
    )
    desk.world.resources.redis.flushall()
    second = bob.claim()["task"]["id"]
    resources.part(Candidates).use("redis://127.0.0.1:1")  # nobody is there
    third = ann.claim(prefetch=True)["task"]["id"]
    resources.part(Candidates).use(resources.settings.redis.url)
    old = {str(task): score for task, score in dump} | {first: -1e12, second: -1e12}
    desk.world.resources.redis.zadd(f"maskwright:candidates:{desk.project_id}", old)
    fourth = bob.claim(prefetch=True)["task"]["id"]

    assert {first, second, third, fourth} == {str(task) for task in desk.tasks}


def test_q7_what_is_rebuilt_after_a_flush_is_what_was_there(desk: Desk, ann: Caller) -> None:
    """Candidates of both stages, with routed tasks left out."""
    desk.add_images(3)
    done = ann.submit(ann.claim(), []).json()
    desk.add_images(2, priority=4)
    with desk.world.work_of(desk.manager) as work:
        version = UUID(done["label_version"]["id"])
        flow.add_review_task(work, desk.tasks[0], version_id=version)
    desk.sql("UPDATE task SET skill = 'x-ray' WHERE id = %s", str(desk.tasks[1]))
    redis, keeper = desk.world.resources.redis, desk.world.resources.part(QueueKeeper)
    keys = [f"maskwright:candidates:{desk.project_id}{tail}" for tail in ("", ":review")]
    redis.zrem(keys[0], str(desk.tasks[1]))
    before = [redis.zrange(key, 0, -1, withscores=True) for key in keys]
    redis.flushall()

    assert keeper.refill(desk.project_id) == 4

    assert [redis.zrange(key, 0, -1, withscores=True) for key in keys] == before


def test_q8_a_heartbeat_extends_only_its_holders_lease(
    ann: Caller, bob: Caller, desk: Desk
) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    stale = {"lease": {**claimed["lease"], "fence": claimed["lease"]["fence"] - 1}}

    assert bob.on(claimed, "heartbeat").status_code == 404
    assert ann.on(stale, "heartbeat").status_code == 409
    assert ann.on(claimed, "heartbeat").status_code == 200


def test_q8_an_expired_task_is_offered_again_within_five_seconds(
    ann: Caller, bob: Caller, desk: Desk
) -> None:
    """By the keeper alone: nobody asks meanwhile."""
    [task] = desk.add_images(1)
    desk.expire(ann.claim()["lease"]["id"])

    wait_until(lambda: desk.state_of(task) == "open", "the keeper put it back")

    [(waited,)] = desk.sql("SELECT extract(epoch FROM ended_at - expires_at) FROM lease")
    assert waited <= 5
    assert SWEEP_SECONDS <= 2.5, "Twice this is what a round that was missed takes."
    assert bob.claim()["task"]["id"] == str(task)


def move_the_clock(monkeypatch: pytest.MonkeyPatch, wrong_by: timedelta) -> None:
    """Of this process: whatever of ours asks for the time of day is told another one."""
    real_now, real_time = utc_now, time.time
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "maskwright" and getattr(module, "utc_now", None) is real_now:
            monkeypatch.setattr(module, "utc_now", lambda: real_now() + wrong_by)
    monkeypatch.setattr("time.time", lambda: real_time() + wrong_by.total_seconds())


@pytest.mark.parametrize("wrong_by", [timedelta(minutes=10), timedelta(minutes=-10)])
def test_q8_leases_run_by_postgres_whatever_the_clock_of_the_api_says(
    ann: Caller, bob: Caller, desk: Desk, wrong_by: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    [task] = desk.add_images(1)
    move_the_clock(monkeypatch, wrong_by)
    says = projects.utc_now() - datetime.now(UTC)
    assert says == pytest.approx(wrong_by, abs=timedelta(seconds=5)), "The clock was not moved."

    claimed = ann.claim()
    assert ann.on(claimed, "heartbeat").status_code == 200
    desk.world.resources.part(QueueKeeper).sweep()

    [(left,)] = desk.sql("SELECT extract(epoch FROM expires_at - clock_timestamp()) FROM lease")
    assert left == pytest.approx(900, abs=10)
    assert bob.ask().status_code == 204, "It was given to somebody else too early."
    desk.expire(claimed["lease"]["id"])
    assert bob.claim()["task"]["id"] == str(task), "It was kept too long."
    assert ann.submit(claimed, []).status_code == 409


def test_q9_priority_goes_first_then_the_oldest_and_nobody_waits_for_ever(
    ann: Caller, desk: Desk
) -> None:
    old, new = desk.add_images(2)
    [urgent] = desk.add_images(1, priority=2)
    desk.sql("UPDATE task SET queued_at = queued_at - interval '3 days' WHERE id = %s", str(old))
    desk.world.resources.redis.flushall()
    order = []
    for _ in range(3):
        claimed = ann.claim()
        order.append(UUID(claimed["task"]["id"]))
        ann.submit(claimed, [])

    assert order == [old, urgent, new]


def test_q10_nobody_holds_more_than_the_clamp_allows(app: FastAPI, desk: Desk) -> None:
    desk.add_images(20)
    ann = desk.labeler()
    with live_server(app) as address:
        rates = resources_of(app).part(Rates)
        for _ in range(5):
            rates.note_task(desk.project_id, ann.id, 0.1)
        rates.note_fetch(desk.project_id, ann.id, 60.0)
        send_all(address, [next_of(desk, ann, prefetch=True)] * 30, connections=30)

    assert desk.sql("SELECT count(*) FROM lease") == [(MOST_LEASES,)]


def test_q11_a_skip_that_is_sent_twice_frees_the_task_once(
    ann: Caller, bob: Caller, desk: Desk
) -> None:
    [task] = desk.add_images(1)
    claimed = ann.claim()
    assert ann.on(claimed, "skip", reason="blurred").status_code == 204
    taken = bob.claim()

    assert ann.on(claimed, "skip", reason="blurred").status_code == 204

    assert bob.on(taken, "heartbeat").status_code == 200
    assert desk.state_of(task) == "in_progress"
    assert desk.sql("SELECT count(*) FROM task_skip") == [(1,)]


@pytest.mark.parametrize("overlap", [2, 3])
def test_q12_an_overlap_of_k_gives_labels_of_k_people(
    app: FastAPI, desk: Desk, overlap: int
) -> None:
    """Under k + 5 people, each of whom was granted a slot at some time: they overslept, and now all
    hand in at the same moment, each of them twice."""
    desk.add_images(1)
    with desk.world.work_of(desk.manager) as work:
        for slot in range(2, overlap + 1):
            flow.add_label_slot(work, desk.assets[0], slot)
    people = [desk.labeler() for _ in range(overlap + 5)]
    leases: dict[UUID, dict[str, Any]] = {}
    with live_server(app) as address:
        while len(leases) < len(people):
            waiting = [who for who in people if who.id not in leases]
            asked = [next_of(desk, who, prefetch=twice) for who in waiting for twice in (0, 1)]
            claims = send_all(address, asked, connections=len(asked)).answers
            granted = {
                waiting[at // 2].id: json.loads(answer.body)["lease"]
                for at, answer in enumerate(claims)
                if answer.status == 200
            }
            assert 0 < len(granted) <= overlap
            leases |= granted
            if len(leases) < len(people):
                for lease in granted.values():
                    desk.expire(lease["id"])
        requests = [submit_of(who, leases[who.id], key) for who in people for key in ("a", "b")]
        send_all(address, requests, connections=len(requests))

    authors = desk.sql("SELECT author_id FROM label WHERE current_version_id IS NOT NULL")
    assert len(authors) == len(set(authors)) == overlap
    kept = desk.sql("SELECT count(DISTINCT author_id) FROM label_version")
    assert kept == [(len(people),)], "Somebody's work was lost."


def test_q13_a_reviewer_is_not_the_author_and_rework_is_its_authors_first(
    ann: Caller, desk: Desk
) -> None:
    [task] = desk.add_images(1)
    rita = Caller(ann.client, desk.world.colleague(desk.manager, Role.REVIEWER), desk)
    done = rita.submit(rita.claim(), []).json()
    version = UUID(done["label_version"]["id"])
    with desk.world.work_of(desk.manager) as work:
        flow.add_review_task(work, task, version_id=version)
    assert rita.ask(stage="review").status_code == 204

    with desk.world.work_of(desk.manager) as work:
        flow.reopen_for_rework(work, task, author_id=rita.person.id, version_id=version)

    assert ann.ask().status_code == 204
    assert rita.claim()["task"]["id"] == str(task)


@pytest.mark.parametrize("how", ["a pause", "a manager", "leaving"])
def test_q14_a_lease_that_is_taken_back_keeps_its_draft(ann: Caller, desk: Desk, how: str) -> None:
    [task] = desk.add_images(1)
    claimed = ann.claim()
    sent = an_object(desk.classes["car"], box_mask(0, 0))
    assert ann.save(claimed, upserts=[sent]).status_code == 200
    manager = Caller(ann.client, desk.manager, desk)
    if how == "a pause":
        path = f"/api/v1/projects/{desk.project_id}/queue/settings"
        ann.client.patch(path, json={"is_paused": True}, headers=manager.person.headers)
    elif how == "a manager":
        manager.post(f"/leases/{claimed['lease']['id']}/revoke")
    else:
        desk.sql("DELETE FROM api_token WHERE user_id = %s", ann.person.id)
        desk.sql("DELETE FROM membership WHERE user_id = %s", ann.person.id)
        desk.world.resources.part(QueueKeeper).sweep()

    assert desk.sql("SELECT outcome FROM lease") == [("revoked",)]
    assert desk.state_of(task) == "open"
    assert desk.sql("SELECT key::text FROM draft_object") == [(sent["key"],)]


def test_a_silent_network_holds_up_nobody_else(app: FastAPI, desk: Desk) -> None:
    """A cable is pulled after the request: the others' answers come as ever."""
    desk.add_images(2)
    ann, bob = desk.labeler(), desk.labeler()
    with live_server(app) as address, fault_proxy(address) as proxy:
        parts = urlsplit(proxy.address)
        with socket.create_connection((str(parts.hostname), int(parts.port or 0))) as client:
            client.sendall(next_of(desk, ann))
            wait_until(
                lambda: desk.sql("SELECT count(*) FROM lease") == [(1,)], "Ann was granted one"
            )
            proxy.faults.is_half_open = True
            [answer] = send_all(address, [next_of(desk, bob)]).answers
        proxy.heal()
        proxy.faults.latency_seconds = 0.05
        [again] = send_all(proxy.address, [next_of(desk, ann)]).answers
    assert (answer.status, again.status) == (200, 200)
    assert again.seconds >= 0.1
