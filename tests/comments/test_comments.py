"""Conversations about an image: who sees them, who may end them."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from maskwright.accounts.domain import Role
from maskwright.events.counting import count_project
from tests.queue.desk import HEIGHT, WIDTH, Caller, Desk
from tests.support.world import Person, World


class Voice(Caller):
    """One person's comments, over HTTP."""

    def begin(self, asset_id: UUID, text: str = "What is this?", **more: object) -> Response:
        return self.post(f"/assets/{asset_id}/comments", {"text": text, **more})

    def begun(self, asset_id: UUID, text: str = "What is this?", **more: object) -> dict[str, Any]:
        answer = self.begin(asset_id, text, **more)
        assert answer.status_code == 201, answer.text
        thread: dict[str, Any] = answer.json()
        return thread

    def reply(self, thread_id: str, text: str) -> Response:
        return self.post(f"/comments/{thread_id}/replies", {"text": text})

    def set_state(self, thread_id: str, state: str) -> Response:
        path = f"/api/v1/comments/{thread_id}"
        return self.client.patch(path, json={"state": state}, headers=self.person.headers)

    def sees(self, asset_id: UUID) -> list[str]:
        """The first comment of each conversation."""
        threads = self.get(f"/assets/{asset_id}/comments").json()["items"]
        return [thread["comments"][0]["text"] for thread in threads]


@pytest.fixture
def desk(world: World) -> Desk:
    desk = Desk.make(world)
    desk.add_images(2)
    return desk


@pytest.fixture
def voice_of(client: TestClient, desk: Desk) -> Any:
    def voice(person: Person) -> Voice:
        return Voice(client, person, desk)

    return voice


@pytest.fixture
def ann(voice_of: Any, desk: Desk) -> Voice:
    voice: Voice = voice_of(desk.labeler())
    return voice


@pytest.fixture
def reviewer(voice_of: Any, desk: Desk) -> Voice:
    voice: Voice = voice_of(desk.world.colleague(desk.manager, Role.REVIEWER))
    return voice


def test_a_labeler_asks_a_reviewer_answers_and_resolves(
    ann: Voice, reviewer: Voice, desk: Desk
) -> None:
    asset = desk.assets[0]
    key = str(uuid4())
    thread = ann.begun(asset, "Is the mirror part of the car?", x=12.5, y=20, object_key=key)
    assert (thread["x"], thread["y"], thread["object_key"]) == (12.5, 20, key)
    assert (thread["state"], thread["can_resolve"]) == ("open", True)

    [seen] = reviewer.get(f"/assets/{asset}/comments").json()["items"]
    reviewer.reply(seen["id"], "It is.")
    resolved = reviewer.set_state(seen["id"], "resolved").json()

    assert resolved["state"] == "resolved"
    [again] = ann.get(f"/assets/{asset}/comments").json()["items"]
    assert [comment["text"] for comment in again["comments"]] == [
        "Is the mirror part of the car?",
        "It is.",
    ]
    assert again["comments"][1]["author"]["id"] == str(reviewer.person.id)


def test_a_reply_opens_a_resolved_conversation_again(ann: Voice, desk: Desk) -> None:
    thread = ann.begun(desk.assets[0])
    ann.set_state(thread["id"], "resolved")

    again = ann.reply(thread["id"], "Not quite.").json()

    assert (again["state"], again["resolved_at"]) == ("open", None)


def test_only_its_author_or_a_reviewer_resolves(
    ann: Voice, reviewer: Voice, voice_of: Any, desk: Desk
) -> None:
    bob = voice_of(desk.labeler())
    thread = reviewer.begun(desk.assets[0], "The border is off here.")

    refused = bob.set_state(thread["id"], "resolved")

    assert (refused.status_code, refused.json()["code"]) == (403, "not-yours-to-resolve")
    assert bob.reply(thread["id"], "Mended.").status_code == 201
    [seen] = bob.get(f"/assets/{desk.assets[0]}/comments").json()["items"]
    assert not seen["can_resolve"]
    assert reviewer.set_state(thread["id"], "resolved").status_code == 200


def test_what_belongs_to_a_task_is_for_who_works_on_it_and_for_reviewers(
    ann: Voice, reviewer: Voice, voice_of: Any, desk: Desk
) -> None:
    bob = voice_of(desk.labeler())
    claimed = ann.claim()
    asset = UUID(claimed["asset"]["id"])
    thread = ann.begun(asset, "Mine", task_id=claimed["task"]["id"])
    reviewer.begun(asset, "To ann", task_id=claimed["task"]["id"])
    reviewer.begun(asset, "To all")

    assert ann.sees(asset) == ["To all", "To ann", "Mine"]
    assert reviewer.sees(asset) == ["To all", "To ann", "Mine"]
    assert bob.sees(asset) == ["To all"]
    assert bob.reply(thread["id"], "Hm").status_code == 404


@pytest.mark.parametrize(
    "place", [{"x": 3}, {"x": WIDTH + 1, "y": 0}, {"x": 0, "y": HEIGHT + 0.5}, {"x": -1, "y": 0}]
)
def test_a_pin_lies_on_the_image(ann: Voice, desk: Desk, place: dict[str, float]) -> None:
    assert ann.begin(desk.assets[0], **place).status_code == 422


def test_strangers_and_people_without_a_say(voice_of: Any, ann: Voice, desk: Desk) -> None:
    asset = desk.assets[0]
    thread = ann.begun(asset)
    stranger = voice_of(desk.world.person(Role.OWNER))
    onlooker = voice_of(desk.world.colleague(desk.manager, Role.ML))

    assert stranger.get(f"/assets/{asset}/comments").status_code == 404
    assert stranger.reply(thread["id"], "Hello").status_code == 404
    assert onlooker.sees(asset) == ["What is this?"]
    assert onlooker.begin(asset).status_code == 403
    assert onlooker.reply(thread["id"], "Hello").status_code == 403


def test_a_project_lists_what_is_open(ann: Voice, reviewer: Voice, desk: Desk) -> None:
    first = ann.begun(desk.assets[0], "One")
    ann.begun(desk.assets[1], "Two")
    ann.set_state(first["id"], "resolved")

    page = reviewer.get(f"/projects/{desk.project_id}/comments?state=open").json()

    assert [thread["comments"][0]["text"] for thread in page["items"]] == ["Two"]
    assert page["items"][0]["asset"]["id"] == str(desk.assets[1])


def test_listeners_of_the_project_hear_of_every_comment(ann: Voice, desk: Desk) -> None:
    def told() -> Any:
        return count_project(desk.world.resources, desk.project_id).comments

    assert (told().open, told().changed_at) == (0, None)
    thread = ann.begun(desk.assets[0])
    begun = told()
    assert begun.open == 1
    ann.reply(thread["id"], "Anybody?")
    assert told().changed_at > begun.changed_at
