"""A project to upload to, and a worker that does at once what was sent to the queue."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from maskwright.accounts.domain import Actor, Role
from maskwright.assets.service import ProcessingResult, process_asset
from maskwright.settings import Settings
from maskwright.work import Resources, Work
from tests.support.world import Person, World

File = tuple[str, bytes]


@dataclass
class SentJobs:
    """Stands where Celery's broker would: remembers what was sent."""

    sent: list[tuple[str, dict[str, object], str]] = field(default_factory=list)

    def send(self, name: str, arguments: dict[str, object], *, queue: str = "default") -> None:
        self.sent.append((name, arguments, queue))


@dataclass
class Studio:
    """A manager with a project, and his HTTP client."""

    client: TestClient
    resources: Resources
    manager: Person
    project_id: UUID
    world: World

    @property
    def address(self) -> str:
        return f"/api/v1/projects/{self.project_id}/assets"

    def post(self, *files: File, metadata: str | None = None) -> Response:
        form = [("files", (name, content, "application/octet-stream")) for name, content in files]
        fields = {} if metadata is None else {"metadata": metadata}
        return self.client.post(self.address, files=form, data=fields, headers=self.manager.headers)

    def upload(self, *files: File, metadata: str | None = None) -> list[dict[str, Any]]:
        """The items of the answer."""
        answer = self.post(*files, metadata=metadata)
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    def listed(self, **query: str | int) -> list[dict[str, Any]]:
        answer = self.client.get(self.address, params=query, headers=self.manager.headers)
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    def asset(self, asset_id: str | UUID) -> dict[str, Any]:
        answer = self.get(f"/api/v1/assets/{asset_id}")
        assert answer.status_code == 200, answer.text
        shape: dict[str, Any] = answer.json()
        return shape

    def get(self, address: str, **headers: str) -> Response:
        return self.client.get(address, headers={**self.manager.headers, **headers})

    def process(self, asset_id: str | UUID) -> ProcessingResult:
        """What a worker does with the asset's job."""
        actor = Actor(organization_id=self.manager.organization_id, role=Role.OWNER)
        with Work(self.resources, authenticate=lambda session: actor) as work:
            return process_asset(work, UUID(str(asset_id)))

    def ready(self, name: str, content: bytes) -> dict[str, Any]:
        """Upload and process one image; returns the asset."""
        (item,) = self.upload((name, content))
        assert item["status"] == "accepted", item
        assert self.process(item["asset"]["id"]) is ProcessingResult.READY
        return self.asset(item["asset"]["id"])


@pytest.fixture
def jobs() -> SentJobs:
    return SentJobs()


@pytest.fixture
def studio(
    client: TestClient, app: FastAPI, resources: Resources, world: World, jobs: SentJobs
) -> Studio:
    object.__setattr__(app.state.resources, "jobs", jobs)
    object.__setattr__(resources, "jobs", jobs)
    manager = world.person()
    return Studio(client, resources, manager, world.project(manager), world)


def limit(studio: Studio, app: FastAPI, **limits: int) -> None:
    """Tighten the limits of the running application."""
    resources: Sequence[Resources] = (studio.resources, app.state.resources)
    for each in resources:
        settings: Settings = each.settings
        for name, value in limits.items():
            setattr(settings.limits, name, value)
