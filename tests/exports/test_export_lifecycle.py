"""An export from request to download, and what ends it on the way."""

from __future__ import annotations

import io
import json
import os
import signal
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import numpy as np
import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from PIL import Image

from maskwright.accounts.domain import Role
from maskwright.exports import queries, service
from maskwright.exports.domain import ExportFormat, ExportState
from maskwright.exports.errors import ExportAlreadyFinished
from maskwright.exports.models import Export
from maskwright.exports.run import run_export
from maskwright.exports.schemas import ExportCreate
from maskwright.kernel.clock import utc_now
from maskwright.masks import codec
from maskwright.storage import BlobNotFound, BlobStore
from maskwright.work import Resources
from tests.exports.labelled import Drawn, LabelledProject, thing
from tests.support.world import World

SIZE = (40, 50)


@pytest.fixture
def project(world: World) -> LabelledProject:
    project = LabelledProject(world, world.person(), [thing("car")])
    for number in range(3):
        project.image(SIZE, Drawn("car", square(number)), name=f"{number}.png", content=PICTURE)
    return project


def square(offset: int) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    mask = np.zeros(SIZE, dtype=bool)
    mask[offset : offset + 10, 5:20] = True
    return mask


def _picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (SIZE[1], SIZE[0]), (1, 2, 3)).save(written, "PNG")
    return written.getvalue()


PICTURE = _picture()


def order(world: World, project: LabelledProject, *, images: bool = False) -> UUID:
    body = ExportCreate(format=ExportFormat.COCO_INSTANCES, include_images=images)
    with world.work_of(project.manager) as work:
        return service.create_export(work, project.id, body).id


def seen(world: World, export_id: UUID) -> Export:
    with world.resources.database.open_session() as session:
        return session.get_one(Export, export_id)


def silence(world: World, export_id: UUID, silent_for: timedelta) -> None:
    """Make a run look as if its worker had died so long ago."""
    with world.resources.database.open_session() as session, session.begin():
        session.execute(
            sa.update(Export)
            .where(Export.id == export_id)
            .values(heartbeat_at=utc_now() - silent_for)
        )


class StoreThatInterrupts:
    """A blob store at whose n-th download something happens: the outside world, at its worst."""

    def __init__(self, store: BlobStore, downloads: int, happens: Callable[[], None]) -> None:
        self._store = store
        self._left = downloads
        self._happens = happens

    def download(self, key: str, target: Path) -> None:
        self._left -= 1
        if self._left == 0:
            self._happens()
        self._store.download(key, target)

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


def interrupting(resources: Resources, downloads: int, happens: Callable[[], None]) -> Resources:
    store = StoreThatInterrupts(resources.blobs, downloads, happens)
    return replace(resources, blobs=store)  # type: ignore[arg-type]  # by __getattr__


def test_an_export_is_ordered_made_and_downloaded_over_http(
    world: World, project: LabelledProject, client: TestClient
) -> None:
    headers = project.manager.headers

    ordered = client.post(
        f"/api/v1/projects/{project.id}/exports",
        json={"format": "coco-instances", "filter": {"kinds": ["thing"]}},
        headers=headers,
    )
    assert ordered.status_code == 202
    export = ordered.json()
    address = f"/api/v1/exports/{export['id']}"
    assert export["state"] == "queued"
    assert export["progress"] == 0
    assert export["download_url"] is None
    assert export["created_by"]["id"] == str(project.manager.id)
    early = client.get(f"{address}/download", headers=headers)
    assert (early.status_code, early.json()["code"]) == (409, "export-not-ready")

    run_export(world.resources, UUID(export["id"]))

    done = client.get(address, headers=headers).json()
    assert done["state"] == "done"
    assert done["progress"] == 1
    assert (done["assets_done"], done["assets_total"], done["objects"]) == (3, 3, 3)
    assert done["problem"] is None
    fetched = client.get(done["download_url"], headers=headers)
    assert fetched.status_code == 200
    assert fetched.headers["content-type"] == "application/zip"
    assert int(fetched.headers["content-length"]) == done["byte_size"] == len(fetched.content)
    assert "street-scenes-coco-instances-" in fetched.headers["content-disposition"]
    with ZipFile(io.BytesIO(fetched.content)) as archive:
        assert len(json.loads(archive.read("annotations/instances.json"))["annotations"]) == 3
    listed = client.get(f"/api/v1/projects/{project.id}/exports", headers=headers).json()
    assert [item["id"] for item in listed["items"]] == [export["id"]]

    assert client.delete(address, headers=headers).status_code == 204
    assert client.get(address, headers=headers).status_code == 404
    with pytest.raises(BlobNotFound):
        world.resources.blobs.size(f"projects/{project.id}/exports/{export['id']}.zip")


def test_an_order_puts_a_job_into_the_exports_queue(world: World, project: LabelledProject) -> None:
    export_id = order(world, project)

    (message,) = world.resources.redis.lrange("exports", 0, -1)

    assert json.loads(message)["headers"]["task"] == service.RUN_JOB
    assert str(export_id) in json.loads(message)["headers"]["kwargsrepr"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"format": "pascal"}, "format"),
        ({"format": "ndjson", "filter": {"colour": "red"}}, "filter.colour"),
        ({"format": "ndjson", "filter": {"states": ["drafts"]}}, "filter.states[0]"),
        ({"format": "ndjson", "filter": {"classes": []}}, "filter.classes"),
        (
            {"format": "ndjson", "filter": {"classes": [str(UUID(int=1))]}},
            "filter.classes[0]",
        ),
    ],
)
def test_an_order_that_makes_no_sense_is_refused_and_says_where(
    project: LabelledProject, client: TestClient, body: dict[str, object], field: str
) -> None:
    answer = client.post(
        f"/api/v1/projects/{project.id}/exports", json=body, headers=project.manager.headers
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


def test_labelers_may_not_export_and_strangers_find_nothing(
    world: World, project: LabelledProject, client: TestClient
) -> None:
    export_id = order(world, project)
    labeler = world.colleague(project.manager, Role.LABELER)
    ml = world.colleague(project.manager, Role.ML)
    stranger = world.person(Role.OWNER)

    def statuses(headers: dict[str, str]) -> set[int]:
        return {
            client.get(f"/api/v1/exports/{export_id}", headers=headers).status_code,
            client.get(f"/api/v1/projects/{project.id}/exports", headers=headers).status_code,
        }

    assert statuses(labeler.headers) == {403}
    assert statuses(stranger.headers) == {404}
    assert statuses(ml.headers) == {200}
    assert statuses({}) == {401}


def test_an_export_cancelled_in_the_queue_is_not_made(
    world: World, project: LabelledProject
) -> None:
    export_id = order(world, project)
    with world.work_of(project.manager) as work:
        service.cancel_export(work, export_id)

    assert run_export(world.resources, export_id) is ExportState.CANCELLED

    assert seen(world, export_id).blob_key is None
    with world.work_of(project.manager) as work, pytest.raises(ExportAlreadyFinished):
        service.cancel_export(work, export_id)


def test_a_running_export_that_is_cancelled_stops_and_leaves_nothing(
    world: World, project: LabelledProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maskwright.exports.run.PROGRESS_SECONDS", 0)
    export_id = order(world, project, images=True)

    def cancel() -> None:
        with world.work_of(project.manager) as work:
            service.cancel_export(work, export_id)

    state = run_export(interrupting(world.resources, 2, cancel), export_id)

    assert state is ExportState.CANCELLED
    assert seen(world, export_id).assets_done < 3
    assert list((world.resources.settings.home / "scratch").iterdir()) == []
    with pytest.raises(BlobNotFound):
        world.resources.blobs.size(f"projects/{project.id}/exports/{export_id}.zip")


def test_an_export_deleted_at_its_last_step_leaves_no_file(
    world: World, project: LabelledProject
) -> None:
    """Progress is not written so late any more: only the end finds that the export is gone."""
    export_id = order(world, project, images=True)

    def delete() -> None:
        with world.work_of(project.manager) as work:
            service.delete_export(work, export_id)

    assert run_export(interrupting(world.resources, 3, delete), export_id) is None

    with pytest.raises(BlobNotFound):
        world.resources.blobs.size(f"projects/{project.id}/exports/{export_id}.zip")


def test_an_export_that_fails_says_why(
    world: World, project: LabelledProject, client: TestClient
) -> None:
    project.image(SIZE, name="lost.png")  # nothing lies in the store for it
    export_id = order(world, project, images=True)

    with pytest.raises(BlobNotFound):
        run_export(world.resources, export_id)

    answer = client.get(f"/api/v1/exports/{export_id}", headers=project.manager.headers).json()
    assert answer["state"] == "failed"
    assert answer["problem"]["code"] == "export-failed"
    assert "no longer in the store" in answer["problem"]["title"]
    assert answer["download_url"] is None
    assert list((world.resources.settings.home / "scratch").iterdir()) == []


def test_an_export_is_made_by_one_worker_at_a_time(world: World, project: LabelledProject) -> None:
    export_id = order(world, project)
    with world.resources.database.open_session() as session, session.begin():
        assert queries.begin_run(session, export_id, lost_after=service.LOST_AFTER)

    assert run_export(world.resources, export_id) is ExportState.RUNNING


def test_a_worker_that_was_given_up_can_write_nothing_any_more(
    world: World, project: LabelledProject
) -> None:
    export_id = order(world, project)
    with world.resources.database.open_session() as session, session.begin():
        first = queries.begin_run(session, export_id, lost_after=service.LOST_AFTER)
        assert first is not None
        assert first.started_at is not None
        fence = first.started_at
    silence(world, export_id, service.LOST_AFTER + timedelta(seconds=1))

    assert run_export(world.resources, export_id) is ExportState.DONE

    with world.resources.database.open_session() as session, session.begin():
        assert not queries.update_run(session, export_id, fence, state=ExportState.FAILED)
    assert seen(world, export_id).state is ExportState.DONE


def test_an_export_whose_worker_was_killed_is_sent_and_made_again(
    world: World, project: LabelledProject
) -> None:
    export_id = order(world, project, images=True)
    world.resources.redis.delete("exports")
    child = os.fork()
    if child == 0:
        world.resources.database.engine.dispose(close=False)
        kill = interrupting(world.resources, 2, lambda: os.kill(os.getpid(), signal.SIGKILL))
        run_export(kill, export_id)
        os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert seen(world, export_id).state is ExportState.RUNNING
    silence(world, export_id, service.LOST_AFTER + timedelta(seconds=1))

    with world.work_of(project.manager) as work:
        assert service.send_waiting_exports(work) == 1
    assert world.resources.redis.llen("exports") == 1
    assert run_export(world.resources, export_id) is ExportState.DONE

    assert list((world.resources.settings.home / "scratch").iterdir()) == []
    assert seen(world, export_id).assets_done == 3


def test_a_fresh_export_is_not_sent_again(world: World, project: LabelledProject) -> None:
    order(world, project)

    with world.work_of(project.manager) as work:
        assert service.send_waiting_exports(work) == 0


def test_memory_does_not_grow_with_the_number_of_masks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maskwright.exports.run.OBJECTS_PER_READ", 20)
    rng = np.random.default_rng(2)
    masks = [codec.encode(rng.random((200, 300)) < 0.5) for _ in range(4)]

    def peak_bytes(images: int) -> int:
        project = LabelledProject(world, world.person(), [thing("car")])
        for _ in range(images):
            project.image((200, 300), *(Drawn("car", mask) for mask in masks))
        export_id = order(world, project)
        tracemalloc.start()
        run_export(world.resources, export_id)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    few = peak_bytes(10)
    many = peak_bytes(50)

    # The 40 further images hold 4 MB of run lengths.
    assert many - few < 500_000
