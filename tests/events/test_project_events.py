"""A project's live counts, as a browser follows them."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from maskwright.accounts.domain import Role
from maskwright.queue import service as queue
from tests.queue.desk import Desk
from tests.support.live_server import live_server
from tests.support.waiting import PATIENCE_SECONDS
from tests.support.world import Person, World


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk.make(world)


@pytest.fixture
def address(app: FastAPI) -> Iterator[str]:
    """A stream has no end that a test client could wait for: this is a real server."""
    with live_server(app) as url:
        yield url


@contextmanager
def following(address: str, desk: Desk, person: Person) -> Iterator["Queue[dict[str, Any]]"]:
    """The data of the events `counts`, as they come."""
    events: Queue[dict[str, Any]] = Queue()
    url = f"{address}/api/v1/projects/{desk.project_id}/events"
    with (
        httpx.Client(timeout=PATIENCE_SECONDS) as client,
        client.stream("GET", url, headers=person.headers) as answer,
    ):
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")

        def read() -> None:
            name = ""
            try:
                for line in answer.iter_lines():
                    if line.startswith("event: "):
                        name = line.removeprefix("event: ")
                    elif line.startswith("data: ") and name == "counts":
                        events.put(json.loads(line.removeprefix("data: ")))
            except (httpx.ReadError, httpx.StreamClosed):
                return  # the test is over

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        yield events


def claim(desk: Desk, person: Person) -> None:
    with desk.world.work_of(person) as work:
        assert queue.claim_next_task(work, desk.project_id, prefetch=False, exclude=[])


def test_counts_come_at_once_and_after_a_change(address: str, desk: Desk) -> None:
    desk.add_images(2)
    ann = desk.labeler()
    with following(address, desk, desk.manager) as events:
        first = events.get(timeout=PATIENCE_SECONDS)
        claim(desk, ann)
        second = events.get(timeout=PATIENCE_SECONDS)

    assert (first["counts"]["to_label"], first["counts"]["in_progress"]) == (2, 0)
    assert first["per_labeler"] == []
    assert (second["counts"]["to_label"], second["counts"]["in_progress"]) == (1, 1)
    assert second["per_labeler"][0]["user"]["id"] == str(ann.id)


def test_many_changes_make_few_events(address: str, desk: Desk) -> None:
    desk.add_images(40)
    people = [desk.labeler() for _ in range(20)]
    with following(address, desk, desk.manager) as events:
        events.get(timeout=PATIENCE_SECONDS)
        began = time.monotonic()
        for person in people:
            claim(desk, person)
        seen = 1
        while events.get(timeout=PATIENCE_SECONDS)["counts"]["in_progress"] < 20:
            seen += 1
        took = time.monotonic() - began

    assert seen <= 2 + took / 0.25


def test_all_listeners_hear_of_it(address: str, desk: Desk) -> None:
    desk.add_images(1)
    with (
        following(address, desk, desk.manager) as first,
        following(address, desk, desk.labeler()) as second,
    ):
        first.get(timeout=PATIENCE_SECONDS)
        second.get(timeout=PATIENCE_SECONDS)
        claim(desk, desk.labeler())

        assert first.get(timeout=PATIENCE_SECONDS)["counts"]["in_progress"] == 1
        assert second.get(timeout=PATIENCE_SECONDS)["counts"]["in_progress"] == 1


def test_a_vendors_lead_hears_of_his_own_people_only(address: str, desk: Desk) -> None:
    desk.add_images(2)
    lead, own, other = desk.labeler(), desk.labeler(), desk.labeler()
    with httpx.Client(base_url=f"{address}/api/v1", headers=desk.manager.headers) as manager:
        team = manager.post("/teams", json={"name": "Farm", "kind": "vendor"}).json()["id"]
        for who in (lead, own):
            joined = manager.put(f"/teams/{team}/members/{who.id}", json={"is_lead": who is lead})
            assert joined.status_code == 204

    def heard(events: "Queue[dict[str, Any]]", in_progress: int) -> set[str]:
        event = events.get(timeout=5)
        while event["counts"]["in_progress"] < in_progress:
            event = events.get(timeout=5)
        return {row["user"]["id"] for row in event["per_labeler"]}

    with (
        following(address, desk, lead) as events,
        following(address, desk, desk.manager) as everything,
    ):
        claim(desk, other)
        assert heard(events, 1) == set()
        assert heard(everything, 1) == {str(other.id)}
        claim(desk, own)
        assert heard(events, 2) == {str(own.id)}
        assert heard(everything, 2) == {str(own.id), str(other.id)}


def test_where_people_are_hidden_everybody_hears_of_himself_alone(address: str, desk: Desk) -> None:
    desk.add_images(2)
    ann, other = desk.labeler(), desk.labeler()
    desk.sql("UPDATE project SET is_anonymous = true WHERE id = %s", desk.project_id)
    for who in (ann, other):
        claim(desk, who)

    with following(address, desk, ann) as events:
        event = events.get(timeout=5)

    assert event["counts"]["in_progress"] == 2
    assert [row["user"]["id"] for row in event["per_labeler"]] == [str(ann.id)]


def test_a_stranger_hears_nothing(address: str, desk: Desk, world: World) -> None:
    stranger = world.person(Role.OWNER)

    answer = httpx.get(
        f"{address}/api/v1/projects/{desk.project_id}/events", headers=stranger.headers
    )

    assert answer.status_code == 404
    assert answer.json()["code"].endswith("not-found")


def test_who_is_not_signed_in_is_refused(address: str, desk: Desk) -> None:
    answer = httpx.get(f"{address}/api/v1/projects/{desk.project_id}/events")

    assert answer.status_code == 401
