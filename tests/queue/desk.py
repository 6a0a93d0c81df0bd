"""A project with people, an ontology and images that can be labelled, for the queue's tests."""

from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import numpy as np
from fastapi.testclient import TestClient
from httpx import Response

from maskwright.accounts.domain import Role
from maskwright.annotations import service as annotations
from maskwright.assets.domain import AssetState
from maskwright.assets.models import Asset
from maskwright.kernel.ids import new_id
from maskwright.masks.codec import encode
from maskwright.ontologies import service as ontologies
from maskwright.ontologies.domain import OntologyClass
from maskwright.ontologies.schemas import OntologyPut
from maskwright.queue import service as queue
from tests.support.world import Person, World

HEIGHT, WIDTH = 60, 80
_numbers = count(1)


@dataclass
class Desk:
    """Where work lies. `tasks` are the ids in the order of hand-out."""

    world: World
    manager: Person
    project_id: UUID
    classes: dict[str, UUID]
    tasks: list[UUID]
    assets: list[UUID]

    @classmethod
    def make(cls, world: World) -> "Desk":
        manager = world.person(Role.MANAGER)
        project_id = world.project(manager)
        classes = world.classes(manager, project_id, "car", "road")
        return cls(world, manager, project_id, classes, [], [])

    def labeler(self) -> Person:
        return self.world.colleague(self.manager, Role.LABELER)

    def add_images(self, number: int, *, priority: int = 0) -> list[UUID]:
        """So many images, ready; returns their tasks' ids."""
        added = []
        with self.world.work_of(self.manager) as work:
            for _ in range(number):
                asset = ready_asset(self.manager.organization_id, self.project_id)
                work.session.add(asset)
                work.session.flush()
                added.append(queue.add_task(work, asset, priority=priority).id)
                self.assets.append(asset.id)
        self.tasks += added
        return added

    def add_many_images(self, number: int) -> None:
        """So many images, ready, written at once: Redis is not told of them."""
        self.sql(
            "WITH added AS ("
            " INSERT INTO asset (id, organization_id, project_id, name, state, sha256, media_type,"
            "  byte_size, width, height, original_key)"
            " SELECT uuidv7(), %s, %s, 'image ' || n, 'ready', sha256(int4send(n)), 'image/jpeg',"
            "  1000, %s, %s, 'none' FROM generate_series(1, %s) n"
            " RETURNING organization_id, project_id, id)"
            " INSERT INTO task (id, organization_id, project_id, asset_id, state)"
            " SELECT uuidv7(), organization_id, project_id, id, 'open' FROM added",
            *(self.manager.organization_id, self.project_id, WIDTH, HEIGHT, number),
        )

    def add_class(self, added: OntologyClass) -> UUID:
        """One more class in the project's ontology; returns its id."""
        with self.world.work_of(self.manager) as work:
            kept = ontologies.read_ontology(work, self.project_id).nodes
            wanted = OntologyPut(classes=(*kept, added))
            saved = ontologies.save_ontology(work, self.project_id, wanted, annotations)
        [class_id] = [node.id for node in saved.nodes if node.name == added.name]
        assert class_id is not None
        return class_id

    def sql(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """What the database says, in a transaction of its own."""
        with self.world.resources.database.open_session() as session:
            connection: Any = session.connection().connection.driver_connection
            cursor = connection.execute(statement, parameters)
            rows = cursor.fetchall() if cursor.description else []
            session.commit()
        return rows

    def expire(self, lease_id: object) -> None:
        """Let a lease's time be over."""
        self.sql(
            "UPDATE lease SET expires_at = clock_timestamp() - interval '1 second' WHERE id = %s",
            str(lease_id),
        )

    def state_of(self, task_id: object) -> str:
        [(state,)] = self.sql("SELECT state FROM task WHERE id = %s", str(task_id))
        return str(state)


def ready_asset(organization_id: UUID, project_id: UUID) -> Asset:
    number = next(_numbers)
    return Asset(
        id=new_id(),
        organization_id=organization_id,
        project_id=project_id,
        name=f"image-{number:05}.jpg",
        state=AssetState.READY,
        sha256=sha256(f"{number} {project_id}".encode()).digest(),
        media_type="image/jpeg",
        byte_size=1000,
        width=WIDTH,
        height=HEIGHT,
        original_key=f"assets/{number}/original",
        details={},
    )


@dataclass
class Caller:
    """One person's requests to the queue, over HTTP."""

    client: TestClient
    person: Person
    desk: Desk

    def post(self, path: str, body: object = None, **headers: str) -> Response:
        return self.client.post(
            f"/api/v1{path}", json=body, headers={**self.person.headers, **headers}
        )

    def get(self, path: str) -> Response:
        return self.client.get(f"/api/v1{path}", headers=self.person.headers)

    def ask(self, **wanted: object) -> Response:
        return self.post(f"/projects/{self.desk.project_id}/queue/next", wanted)

    def claim(self, **wanted: object) -> dict[str, Any]:
        """The next task; it is an error if there is none."""
        answer = self.ask(**wanted)
        assert answer.status_code == 200, answer.text
        claimed: dict[str, Any] = answer.json()
        return claimed

    def on(self, claimed: dict[str, Any], action: str, **body: object) -> Response:
        lease = claimed["lease"]
        return self.post(f"/leases/{lease['id']}/{action}", {"fence": lease["fence"], **body})

    def save(self, claimed: dict[str, Any], seq: int = 1, **body: object) -> Response:
        lease = claimed["lease"]
        sent = {"fence": lease["fence"], "client_id": "tab", "seq": seq, **body}
        return self.client.patch(
            f"/api/v1/leases/{lease['id']}/draft", json=sent, headers=self.person.headers
        )

    def submit(
        self, claimed: dict[str, Any], objects: list[dict[str, Any]], key: str | None = None
    ) -> Response:
        return self.on_submit(claimed, objects, key)

    def on_submit(
        self,
        claimed: dict[str, Any],
        objects: list[dict[str, Any]],
        key: str | None = None,
        **more: object,
    ) -> Response:
        """The same with more in its body."""
        lease = claimed["lease"]
        return self.post(
            f"/leases/{lease['id']}/submit",
            {"fence": lease["fence"], "objects": objects, "active_ms": 1200, **more},
            **{"Idempotency-Key": key or str(uuid4())},
        )


def box_mask(top: int, left: int, height: int = 10, width: int = 10) -> dict[str, Any]:
    """The wire form of a rectangle in an image of the desk."""
    pixels = np.zeros((HEIGHT, WIDTH), dtype=bool)
    pixels[top : top + height, left : left + width] = True
    return dict(encode(pixels).to_wire())


def an_object(class_id: UUID, mask: dict[str, Any] | None, **more: object) -> dict[str, Any]:
    """An object as a client sends it."""
    sent = {"key": str(uuid4()), "class_id": str(class_id), **more}
    return sent if mask is None else {**sent, "mask": mask}
