"""The benchmarks' own tools still fit the product: what they write, send and count."""

import json
from importlib import import_module
from pathlib import Path

import psycopg
import pytest
from fastapi import FastAPI

from maskwright.kernel.ids import new_id
from tests.benchmarks import queue_filling
from tests.benchmarks.crowd_load import CrowdLoad, Measured
from tests.benchmarks.peers.bench import blob
from tests.benchmarks.peers.loops import Ours, run_loop
from tests.queue.desk import Desk
from tests.support.live_server import live_server
from tests.support.waiting import wait_until

TESTS = Path(__file__).parents[1]
MODULES = sorted(
    ".".join(path.relative_to(TESTS).with_suffix("").parts)
    for folder in ("benchmarks", "trials")
    for path in (TESTS / folder).rglob("*.py")
    if path.name not in ("__init__.py", "studio_seed.py")  # that one is for another Python
)


@pytest.mark.parametrize("name", MODULES)
def test_every_benchmark_and_trial_can_be_imported(name: str) -> None:
    import_module(f"tests.{name}")


def test_a_database_filled_in_bulk_is_one_that_people_can_work_on(
    app: FastAPI, desk: Desk, database_url: str
) -> None:
    url = database_url.replace("//maskwright@", "//postgres@")
    with psycopg.connect(url) as connection:
        site = queue_filling.make_site(connection, 3)
        connection.commit()
        with queue_filling.in_bulk(connection):
            queue_filling.add_labelled_tasks(connection, site, 20, masks=3, counts=b"x")
            queue_filling.add_open_tasks(connection, site, 1000)

    assert desk.sql("SELECT count(*) FROM label_object JOIN mask ON mask.id = mask_id") == [(60,)]
    assert desk.sql("SELECT indexrelid FROM pg_index WHERE NOT indisvalid OR NOT indisready") == []
    with live_server(app) as address:
        tally = run_loop(Ours(address, site, blob()), clients=3, seconds=0.5)
    assert tally.failed == []
    assert tally.duplicates == 0
    assert len(tally.next_seconds) == len(tally.handed_in) > 0


def test_a_crowd_claims_saves_and_submits(app: FastAPI, desk: Desk, database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        site = queue_filling.make_site(connection, 10)
        queue_filling.add_open_tasks(connection, site, 500)
    shape = {"key": str(new_id()), "class_id": str(site.class_id), "mask": blob()}
    objects = json.dumps([shape]).encode()
    with live_server(app) as address:
        crowd = CrowdLoad(address, site.project, site.tokens, objects=objects, saved=objects)
        crowd.work_at(0.2)
        runs: list[Measured] = []

        def every_step_was_taken() -> bool:
            """On a busy machine not within the first second."""
            runs.append(crowd.run(1.0))
            return all(any(run.seconds[step] for run in runs) for step in runs[0].seconds)

        wait_until(every_step_was_taken, "somebody claimed, saved and submitted", seconds=30)
        crowd.close()

    assert [run.errors for run in runs if run.errors] == []
    submits = sum(len(run.seconds["submit"]) for run in runs)
    assert desk.sql("SELECT count(*) FROM submission") >= [(submits,)]
