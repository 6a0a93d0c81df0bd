"""The queue with ten million masks and a million tasks: a claim as ever, whatever else goes on.

Three questions. Does a claim cost more than with ten thousand tasks? Does it cost more while a
worker exports everything and slow clients read exports at a kilobyte a second? And after Redis
lost everything, how long until the first claim, and until a million candidates are back?

Both databases are in one PostgreSQL, each with an API process of its own, asked in turn. Filling
the large one takes two to four minutes (`queue_filling`), the rest one.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import numpy as np
import psycopg
from redis import Redis

from maskwright.accounts.domain import Role
from maskwright.annotations.masks import mask_row
from maskwright.db.migrations import upgrade_to_head
from maskwright.exports import service as exports
from maskwright.exports.domain import ExportFormat, ExportState
from maskwright.exports.models import Export
from maskwright.exports.schemas import ExportCreate
from maskwright.kernel.ids import new_id
from maskwright.launcher.postgres_server import SERVING
from maskwright.masks.codec import encode
from maskwright.resources import open_resources
from maskwright.settings import DatabaseSettings, RedisSettings, Settings
from tests.benchmarks import queue_filling, report
from tests.benchmarks.bench_queue import OURS, serving
from tests.benchmarks.http_load import Answer, Load, request, send_all
from tests.benchmarks.queue_filling import HEIGHT, WIDTH, Site, bearer
from tests.support.servers import Servers, embedded_servers
from tests.support.slow_clients import slow_clients
from tests.support.waiting import wait_until
from tests.support.world import Person, World

SMALL_TASKS = 10_000
OPEN_TASKS = 1_000_000
LABELLED, MASKS_EACH = 250_000, 40
PEOPLE = 100
ROUNDS = 40
CONNECTIONS = 2
"""Fewer than would fill the server: the wait in a line of claims is the same in both."""
SLOW_READERS = 50
#: What is written to empty tables in their own transaction needs no log of its own.
OPTIONS = {**SERVING, "wal_level": "minimal", "max_wal_senders": "0", "max_wal_size": "8GB"}
WORKER = ["-m", "maskwright.cli", "worker"]
REFILLS = 2
#: A thousand labelers at twenty seconds a task: so many at a time, so often.
AT_ONCE, EVERY_SECONDS = 25, 0.5


@dataclass
class House:
    """A filled database and the API that serves it."""

    site: Site
    address: str

    def claim(self, people: int = PEOPLE) -> list[Answer]:
        """A new task for each of them; handed in at once, so that the next ones are new, too."""
        path = f"/api/v1/projects/{self.site.project}/queue/next"
        tokens = self.site.tokens[:people]
        claims = self._send([request("POST", path, bearer(token), b"{}") for token in tokens])
        self._send(
            [
                self._submit(json.loads(claim.body)["lease"], token)
                for claim, token in zip(claims.answers, tokens, strict=True)
            ]
        )
        return claims.answers

    @staticmethod
    def _submit(lease: dict[str, object], token: str) -> bytes:
        body = {"fence": lease["fence"], "objects": [], "active_ms": 20_000}
        headers = {**bearer(token), "Idempotency-Key": str(new_id())}
        path = f"/api/v1/leases/{lease['id']}/submit"
        return request("POST", path, headers, json.dumps(body).encode())

    def _send(self, requests: list[bytes]) -> Load:
        load = send_all(self.address, requests, connections=CONNECTIONS)
        refused = [answer for answer in load.answers if answer.status != 200]
        if refused:
            raise SystemExit(f"{len(refused)} of {len(requests)} failed: {refused[0]}")
        return load


def main() -> None:
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-scale-")))
        servers = stack.enter_context(embedded_servers(root / "servers", options=OPTIONS))
        environment = {
            **os.environ,
            "REDIS_URL": servers.redis_url,
            "MASKWRIGHT_HOME": str(root / "home"),
            "MASKWRIGHT_SECRET_KEY": "bench-" + "x" * 40,
            "MASKWRIGHT_LOG_FORMAT": "json",
        }
        small_url = servers.create_database("small")
        large_url = servers.database_url
        small_site = fill(small_url, open_tasks=SMALL_TASKS, labelled=0)
        began = time.perf_counter()
        large_site = fill(large_url, open_tasks=OPEN_TASKS, labelled=LABELLED)
        print(f"filled in {time.perf_counter() - began:.0f} s", flush=True)
        houses = [
            House(site, stack.enter_context(serving(OURS, {**environment, "DATABASE_URL": url})))
            for site, url in ((small_site, small_url), (large_site, large_url))
        ]
        rows = measure(
            *houses, servers=servers, environment={**environment, "DATABASE_URL": large_url}
        )
    report.publish("scale", rows)


def fill(url: str, *, open_tasks: int, labelled: int) -> Site:
    upgrade_to_head(DatabaseSettings(url=url).sqlalchemy_url)
    with psycopg.connect(url.replace("//maskwright@", "//postgres@")) as connection:
        site = queue_filling.make_site(connection, PEOPLE)
        connection.commit()
        with queue_filling.in_bulk(connection):
            if labelled:
                queue_filling.add_labelled_tasks(
                    connection, site, labelled, masks=MASKS_EACH, counts=stored_counts()
                )
            queue_filling.add_open_tasks(connection, site, open_tasks)
    return site


def stored_counts() -> bytes:
    """A disk's, as the table keeps them."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    disk = (rows - 60) ** 2 + (columns - 60) ** 2 < 40**2
    return mask_row(new_id(), encode(disk)).counts


def measure(
    small: House, large: House, *, servers: Servers, environment: dict[str, str]
) -> list[report.Row]:
    wait_for_candidates(servers, small, SMALL_TASKS)
    rebuilt = rebuild(servers, large)
    sizes = by_size(small, large)
    exporting = while_exporting(large, servers, environment)
    return [*sizes, exporting, *rebuilt]


def by_size(small: House, large: House) -> list[report.Row]:
    for house in (small, large):
        house.claim()
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(ROUNDS):
        turn = ((small, times[0]), (large, times[1]))
        for house, seconds in turn if number % 2 else reversed(turn):
            seconds += [answer.seconds for answer in house.claim()]
    method = (
        f"{ROUNDS} rounds of {PEOPLE} claims on {CONNECTIONS} connections each, in turn; control: "
        f"{SMALL_TASKS:,} tasks and no mask; here {OPEN_TASKS:,} open and {LABELLED:,} labelled "
        f"tasks, {LABELLED * MASKS_EACH:,} masks"
    )
    return [
        report.row(
            f"next, large against small, p{percent}",
            percentile_ms(times[1], percent),
            "ms",
            control=percentile_ms(times[0], percent),
            ratio_at_most=1.2,
            method=method,
        )
        for percent in (50, 99)
    ]


def while_exporting(large: House, servers: Servers, environment: dict[str, str]) -> report.Row:
    with_it: list[float] = []
    without: list[float] = []
    manager, running, done = two_exports(large.site, environment)
    path = f"/api/v1/exports/{done}/download"
    readers = [request("GET", path, manager.headers)] * SLOW_READERS
    with (
        slow_clients(large.address, readers) as slow,
        worker_at_work(environment) as group,
    ):
        wait(lambda: slow.reading == SLOW_READERS)
        wait(lambda: masks_exported(servers, running) > 0)
        for _ in range(ROUNDS):
            os.killpg(group, signal.SIGSTOP)
            without += [answer.seconds for answer in large.claim()]
            os.killpg(group, signal.SIGCONT)
            with_it += [answer.seconds for answer in large.claim()]
        exported = masks_exported(servers, running)
        if exported >= LABELLED * MASKS_EACH:
            raise SystemExit("The export ended before the claims did.")
    return report.row(
        "next, during an export",
        percentile_ms(with_it, 50),
        "ms",
        control=percentile_ms(without, 50),
        ratio_at_most=1.3,
        method=f"p50 of {ROUNDS} rounds of {PEOPLE} claims while a worker exports ({exported:,} "
        f"masks meanwhile) and {SLOW_READERS} clients read an export at 1 kB/s; control: the same "
        f"with the worker stopped in between; p99 {percentile_ms(with_it, 99):.1f} and "
        f"{percentile_ms(without, 99):.1f} ms",
    )


def two_exports(site: Site, environment: dict[str, str]) -> tuple[Person, UUID, UUID]:
    """Who may export, an export that waits for a worker, and one that is done: 20 MB."""
    settings = Settings(
        home=Path(environment["MASKWRIGHT_HOME"]),
        database=DatabaseSettings(url=environment["DATABASE_URL"]),
        redis=RedisSettings(url=environment["REDIS_URL"]),
    )
    resources = open_resources(settings)
    world = World(resources)
    manager = world.person(Role.MANAGER, site.organization)
    wanted = ExportCreate(format=ExportFormat.NDJSON)
    with world.work_of(manager) as work:
        ids = [exports.create_export(work, site.project, wanted).id for _ in range(2)]
    resources.blobs.put("exports/bench.zip", bytes(20_000_000), content_type="application/zip")
    with resources.database.open_session() as session:
        done = session.get_one(Export, ids[1])
        done.state, done.blob_key = ExportState.DONE, "exports/bench.zip"
        session.commit()
    resources.close()
    return manager, ids[0], ids[1]


@contextmanager
def worker_at_work(environment: dict[str, str]) -> Iterator[int]:
    """The worker as `make up` starts it; yields its process group."""
    command = [sys.executable, *WORKER]
    silent = subprocess.DEVNULL
    process = subprocess.Popen(
        command, env=environment, stdout=silent, stderr=silent, start_new_session=True
    )
    try:
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def masks_exported(servers: Servers, export_id: UUID) -> int:
    with psycopg.connect(servers.database_url) as connection:
        row = connection.execute(
            "SELECT objects FROM export WHERE id = %s", (export_id,)
        ).fetchone()
    return int(row[0]) if row else 0


def rebuild(servers: Servers, house: House) -> list[report.Row]:
    """From FLUSHALL to the first claim, and until all is proposed, while people work."""
    firsts: list[float] = []
    rebuilds: list[float] = []
    during: list[float] = []
    for _ in range(REFILLS):
        wait_for_candidates(servers, house, OPEN_TASKS - 10_000)
        with Redis.from_url(servers.redis_url) as redis:
            redis.flushall()
        began = time.perf_counter()
        claims = house.claim(AT_ONCE)
        firsts.append(claims[0].seconds)
        while candidates(servers, house) < OPEN_TASKS - 10_000:
            time.sleep(EVERY_SECONDS)
            claims = house.claim(AT_ONCE)
            during += [answer.seconds for answer in claims]
        rebuilds.append(time.perf_counter() - began)
    return [
        report.row(
            "first claim after FLUSHALL",
            max(firsts),
            "s",
            at_most=1.0,
            method=f"the slower of {REFILLS}; {OPEN_TASKS:,} tasks are open",
        ),
        report.row(
            "candidates of a million tasks rebuilt",
            statistics.mean(rebuilds),
            "s",
            at_most=10.0,
            method=f"mean of {REFILLS}, from FLUSHALL until Redis has them; {AT_ONCE} people "
            f"claim and submit every {EVERY_SECONDS} s meanwhile (p99 of their claims "
            f"{percentile_ms(during, 99):.0f} ms)",
        ),
    ]


def candidates(servers: Servers, house: House) -> int:
    with Redis.from_url(servers.redis_url) as redis:
        return int(redis.zcard(f"maskwright:candidates:{house.site.project}"))


def wait_for_candidates(servers: Servers, house: House, number: int) -> None:
    house.claim()  # finds none, and has them filled
    wait(lambda: candidates(servers, house) >= number - 2 * PEOPLE)


def wait(condition: Callable[[], bool]) -> None:
    wait_until(condition, "the benchmark can begin", seconds=120)


def percentile_ms(seconds: list[float], percent: int) -> float:
    ordered = sorted(seconds)
    return 1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


if __name__ == "__main__":
    main()
