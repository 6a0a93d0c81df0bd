"""Two hundred labelers who press the button at the same moment."""

import json
from collections import Counter

from fastapi import FastAPI

from tests.benchmarks.http_load import Load, request, send_all
from tests.queue.desk import Desk
from tests.support.live_server import live_server
from tests.support.world import Person

CLAIMERS = 200
TASKS = 300


def all_claim_at_once(address: str, desk: Desk, people: list[Person], *, prefetch: bool) -> Load:
    path = f"/api/v1/projects/{desk.project_id}/queue/next"
    body = json.dumps({"prefetch": prefetch}).encode()
    requests = [request("POST", path, person.headers, body) for person in people]
    return send_all(address, requests, connections=CLAIMERS)


def granted(load: Load) -> list[str]:
    assert {answer.status for answer in load.answers} <= {200, 204}
    return [
        json.loads(answer.body)["task"]["id"] for answer in load.answers if answer.status == 200
    ]


def test_two_hundred_claimers_never_get_the_same_task(app: FastAPI, desk: Desk) -> None:
    desk.add_images(TASKS)
    people = [desk.labeler() for _ in range(CLAIMERS)]
    with live_server(app) as address:
        first = granted(all_claim_at_once(address, desk, people, prefetch=False))
        desk.world.resources.redis.flushall()  # the second wave finds no candidates
        second = granted(all_claim_at_once(address, desk, people, prefetch=True))
        again = granted(all_claim_at_once(address, desk, people, prefetch=False))

    assert len(first) == CLAIMERS
    assert len(second) == TASKS - CLAIMERS
    assert Counter(first + second) == Counter(str(task) for task in desk.tasks)
    assert again == first


def test_two_windows_of_one_labeler_get_no_more_than_he_may_hold(app: FastAPI, desk: Desk) -> None:
    desk.add_images(20)
    ann = desk.labeler()
    with live_server(app) as address:
        opened = granted(all_claim_at_once(address, desk, [ann] * 20, prefetch=False))
        prefetched = granted(all_claim_at_once(address, desk, [ann] * 20, prefetch=True))

    assert len(set(opened)) == 1
    assert len(prefetched) == 1
    assert desk.sql("SELECT count(*) FROM lease") == [(2,)]


def test_late_work_sent_at_once_under_many_keys_is_all_kept(app: FastAPI, desk: Desk) -> None:
    desk.add_images(1)
    ann = desk.labeler()
    with live_server(app) as address:
        [claim] = all_claim_at_once(address, desk, [ann], prefetch=False).answers
        lease = json.loads(claim.body)["lease"]
        body = json.dumps({"fence": lease["fence"], "objects": []}).encode()
        path = f"/api/v1/leases/{lease['id']}/submit"
        headers = [{**ann.headers, "Idempotency-Key": f"key-{number}"} for number in range(12)]
        requests = [request("POST", path, header, body) for header in headers]
        answers = send_all(address, requests, connections=len(requests)).answers

    assert sorted(answer.status for answer in answers) == [200] + [409] * 11
    numbers = desk.sql("SELECT number FROM label_version ORDER BY number")
    assert numbers == [(number,) for number in range(1, 13)]
