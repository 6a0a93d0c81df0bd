"""A real Celery worker makes an export that was ordered through the service."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from maskwright.exports import service
from maskwright.exports.domain import ExportFormat, ExportState
from maskwright.exports.models import Export
from maskwright.exports.schemas import ExportCreate
from maskwright.settings import Settings
from tests.exports.labelled import Drawn, LabelledProject, thing
from tests.support.waiting import PATIENCE_SECONDS, wait_until
from tests.support.world import World


@pytest.fixture
def worker(settings: Settings, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    log = (tmp_path / "worker.log").open("wb")
    command = "-m celery -A maskwright_workers.celery_app worker -Q exports -c 1"
    running = subprocess.Popen(
        [sys.executable, *command.split()],
        env={
            **os.environ,
            "DATABASE_URL": settings.database.url,
            "REDIS_URL": settings.redis.url,
            "MASKWRIGHT_HOME": str(settings.home),
            "MASKWRIGHT_SECRET_KEY": settings.security.secret_key.get_secret_value(),
        },
        stdout=log,
        stderr=log,
    )
    yield running
    running.terminate()
    running.wait(timeout=PATIENCE_SECONDS)
    log.close()


def test_a_worker_makes_what_was_ordered(
    world: World, worker: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    project = LabelledProject(world, world.person(), [thing("car")])
    project.image((30, 40), Drawn("car", np.ones((30, 40), dtype=bool)))
    with world.work_of(project.manager) as work:
        body = ExportCreate(format=ExportFormat.INSTANCE_PNG)
        export_id = service.create_export(work, project.id, body).id

    def is_finished() -> bool:
        assert worker.poll() is None, (tmp_path / "worker.log").read_text()
        with world.resources.database.open_session() as session:
            return session.get_one(Export, export_id).state.is_finished

    wait_until(is_finished, "the export is made")

    with world.resources.database.open_session() as session:
        made = session.get_one(Export, export_id)
    assert made.state is ExportState.DONE, (made.problem, (tmp_path / "worker.log").read_text())
    assert made.objects == 1
