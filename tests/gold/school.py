"""A project with golds, for the tests about them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient

from maskwright.accounts.domain import Actor, Role
from maskwright.gold.run_scores import score_tasks
from maskwright.work import Work
from tests.queue.desk import Caller, Desk, an_object, box_mask
from tests.support.world import World

EXPECTED = box_mask(10, 10, 20, 20)


@dataclass
class School:
    """A desk, its manager, a teacher who labels what becomes gold, and a labeler."""

    desk: Desk
    manager: Caller
    teacher: Caller
    ann: Caller

    @classmethod
    def make(cls, client: TestClient, world: World) -> "School":
        desk = Desk.make(world)
        reviewer = world.colleague(desk.manager, Role.REVIEWER)
        return cls(
            desk,
            Caller(client, desk.manager, desk),
            Caller(client, reviewer, desk),
            Caller(client, desk.labeler(), desk),
        )

    def newcomer(self) -> Caller:
        return Caller(self.ann.client, self.desk.labeler(), self.desk)

    def put(self, path: str, body: object) -> Any:
        return self.ann.client.put(
            f"/api/v1/projects/{self.desk.project_id}{path}",
            json=body,
            headers=self.manager.person.headers,
        )

    def add_golds(self, number: int, **more: object) -> list[str]:
        """So many images that the teacher labelled, used as gold; returns their assets' ids."""
        self.desk.add_images(number)
        made = [self.hand_in(self.teacher, EXPECTED)["asset"]["id"] for _ in range(number)]
        answer = self.manager.post(
            f"/projects/{self.desk.project_id}/golds", {"asset_ids": made, **more}
        )
        assert answer.status_code == 200, answer.text
        assert answer.json() == {"made": number, "refused": []}
        return made

    def set_golds(self, **settings: object) -> None:
        answer = self.put("/gold/settings", settings)
        assert answer.status_code == 200, answer.text

    def hand_in(self, caller: Caller, *masks: dict[str, Any], name: str = "car") -> dict[str, Any]:
        """Label the next image so; returns what was claimed."""
        claimed = caller.claim()
        objects = [an_object(self.desk.classes[name], mask) for mask in masks]
        answer = caller.submit(claimed, objects)
        assert answer.status_code == 200, answer.text
        return claimed

    def is_gold(self, claimed: dict[str, Any]) -> bool:
        [(is_gold,)] = self.desk.sql(
            "SELECT gold_id IS NOT NULL FROM task WHERE id = %s", claimed["task"]["id"]
        )
        return bool(is_gold)

    def look(self, *claimed: dict[str, Any]) -> int:
        """What the worker's job does after these tasks; returns how many were golds."""
        actor = Actor(organization_id=self.desk.manager.organization_id, role=Role.OWNER)
        with Work(self.desk.world.resources, authenticate=lambda session: actor) as work:
            return score_tasks(work, [UUID(each["task"]["id"]) for each in claimed])

    def golds(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.manager.get(
            f"/projects/{self.desk.project_id}/golds"
        ).json()["items"]
        return items
