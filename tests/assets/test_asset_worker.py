"""The Celery task: known under the name that uploads send, and harmless when it is repeated."""

from collections.abc import Iterator

import pytest

from maskwright.assets.domain import PROCESS_JOB, PROCESS_QUEUE
from maskwright.kernel.jobs import QUEUES
from maskwright_workers import context
from maskwright_workers.celery_app import app
from tests.assets.conftest import SentJobs, Studio
from tests.assets.imaging.samples import encoded, gradient


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch, studio: Studio) -> Iterator[None]:
    """Lets the worker's own code open resources, as its process would."""
    settings = studio.resources.settings
    monkeypatch.setenv("DATABASE_URL", settings.database.url)
    monkeypatch.setenv("REDIS_URL", settings.redis.url)
    monkeypatch.setenv("MASKWRIGHT_HOME", str(settings.home))
    context.close_resources()
    yield
    context.close_resources()


@pytest.mark.usefixtures("worker")
def test_the_job_that_an_upload_sends_makes_the_asset_ready(studio: Studio, jobs: SentJobs) -> None:
    app.loader.import_default_modules()
    (item,) = studio.upload(("a.png", encoded(gradient(90, 70), "PNG")))
    ((name, arguments, queue),) = jobs.sent
    assert (name, queue) == (PROCESS_JOB, PROCESS_QUEUE)
    assert queue in QUEUES
    for _ in range(2):
        app.tasks[name].apply(kwargs=arguments, throw=True)
        asset = studio.asset(item["asset"]["id"])
        assert asset["state"] == "ready"
        assert asset["task"]["state"] == "open"


def test_a_worker_that_dies_gives_the_job_back() -> None:
    app.loader.import_default_modules()
    task = app.tasks[PROCESS_JOB]
    assert task.acks_late
    assert task.reject_on_worker_lost
