"""Next and submit against Label Studio, on the same machine: `make bench-peers`.

One, eight and thirty-two people in a closed loop, each asking for a task and handing in one blob on
forty per cent of a 1280x720 image, against us, against Label Studio on PostgreSQL under gunicorn,
and against Label Studio as it starts by default, on SQLite. One product runs at a time, so that
none takes the other's cores; tasks that were handed in twice are counted.

The first run installs Label Studio, which takes minutes and a gigabyte under the data folder.
"""

import os
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import numpy as np
import psycopg

from maskwright.db.migrations import upgrade_to_head
from maskwright.launcher.postgres_server import SERVING
from maskwright.masks.codec import encode
from maskwright.settings import DatabaseSettings
from tests.benchmarks import queue_filling, report
from tests.benchmarks.bench_queue import OURS, SECRET, serving
from tests.benchmarks.peers import studio
from tests.benchmarks.peers.loops import Ours, Service, Tally, Theirs, run_loop
from tests.benchmarks.queue_filling import HEIGHT, WIDTH
from tests.support.servers import Servers, embedded_servers

PEOPLE = 32
CLIENTS = (1, 8, 32)
SECONDS = 15.0
WARM_UP_SECONDS = 3.0
OUR_TASKS, THEIR_TASKS = 60_000, 5_000
TIMES_AT_32 = 50.0
#: Where their tasks' images would be; nobody fetches them here.
IMAGE = "http://127.0.0.1/image.png"

Tallies = dict[int, Tally]


def main() -> None:
    installed = studio.install()
    with tempfile.TemporaryDirectory(prefix="bench-peers-") as folder:
        root = Path(folder)
        with embedded_servers(root / "servers", options=SERVING) as servers:
            wanted = [studio.Wanted(IMAGE, "BrushLabels")]
            on_postgres = measured(
                theirs_of(
                    studio.on_postgres(
                        installed,
                        root / "postgres",
                        servers.create_database("peer"),
                        people=PEOPLE,
                        tasks=THEIR_TASKS,
                        wanted=wanted,
                    )
                )
            )
            on_sqlite = measured(
                theirs_of(
                    studio.on_sqlite(
                        installed, root / "sqlite", people=PEOPLE, tasks=THEIR_TASKS, wanted=wanted
                    )
                )
            )
            ours = measured(our_service(servers, root))
    report.publish("peers", rows_of(ours, on_postgres, on_sqlite))


def measured(opened: AbstractContextManager[Service]) -> Tallies:
    with opened as service:
        run_loop(service, clients=CLIENTS[-1], seconds=WARM_UP_SECONDS)
        return {clients: run_loop(service, clients=clients, seconds=SECONDS) for clients in CLIENTS}


@contextmanager
def theirs_of(opened: AbstractContextManager[studio.Peer]) -> Iterator[Service]:
    with opened as peer:
        yield Theirs(peer)


@contextmanager
def our_service(servers: Servers, root: Path) -> Iterator[Service]:
    upgrade_to_head(DatabaseSettings(url=servers.database_url).sqlalchemy_url)
    with psycopg.connect(servers.database_url) as connection:
        site = queue_filling.make_site(connection, PEOPLE)
        queue_filling.add_open_tasks(connection, site, OUR_TASKS)
        connection.execute("ANALYZE")
    environment = {
        **os.environ,
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "MASKWRIGHT_HOME": str(root / "home"),
        "MASKWRIGHT_SECRET_KEY": SECRET,
        "MASKWRIGHT_LOG_FORMAT": "json",
    }
    with serving(OURS, environment) as address:
        yield Ours(address, site, blob())


def blob() -> dict[str, object]:
    """The mask that the peer is handed, too: see `studio_seed.brush_mask`."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    across = (columns - WIDTH / 2) * HEIGHT / WIDTH
    angle = np.arctan2(rows - HEIGHT / 2, across)
    distance = np.hypot(rows - HEIGHT / 2, across)
    radius = 0.357 * HEIGHT * (1 + 0.06 * np.sin(5 * angle) + 0.02 * np.sin(17 * angle))
    return dict(encode(distance < radius).to_wire())


def rows_of(ours: Tallies, on_postgres: Tallies, on_sqlite: Tallies) -> list[report.Row]:
    against_postgres = [
        rate_row(clients, ours[clients], on_postgres[clients], "PostgreSQL, gunicorn")
        for clients in CLIENTS
    ]
    against_sqlite = [
        rate_row(clients, ours[clients], on_sqlite[clients], "SQLite, as it starts")
        for clients in CLIENTS
    ]
    return [
        *against_postgres,
        *against_sqlite,
        median_row("next p50", ours, on_postgres, lambda tally: tally.next_seconds),
        median_row("submit p50", ours, on_postgres, lambda tally: tally.submit_seconds),
        report.row(
            "tasks handed in twice",
            sum(tally.duplicates for tally in ours.values()),
            "",
            at_most=0,
            method="of all runs; theirs: "
            + ", ".join(
                f"{sum(tally.duplicates for tally in tallies.values())} of "
                f"{sum(len(tally.handed_in) for tally in tallies.values())} on {name}"
                for name, tallies in (("PostgreSQL", on_postgres), ("SQLite", on_sqlite))
            ),
        ),
        report.row(
            "requests that failed",
            sum(len(tally.failed) for tally in ours.values()),
            "",
            at_most=0,
            method="of all runs; theirs: "
            f"{sum(len(tally.failed) for tally in on_postgres.values())} on PostgreSQL, "
            f"{sum(len(tally.failed) for tally in on_sqlite.values())} on SQLite",
        ),
    ]


def rate_row(clients: int, ours: Tally, theirs: Tally, name: str) -> report.Row:
    return report.row(
        f"tasks with {clients} people, against {name}",
        ours.per_second,
        "tasks/s",
        control=theirs.per_second,
        ratio_at_least=TIMES_AT_32 if clients == CLIENTS[-1] else None,
        method=f"next and submit of one mask for {SECONDS:g} s; theirs: Label Studio 1.23, "
        f"{studio.GUNICORN_WORKERS} processes where under gunicorn, without its trigram indexes",
    )


def median_row(
    name: str, ours: Tallies, theirs: Tallies, seconds: Callable[[Tally], list[float]]
) -> report.Row:
    clients = CLIENTS[-1]
    return report.row(
        f"{name} with {clients} people",
        1000 * statistics.median(seconds(ours[clients])),
        "ms",
        control=1000 * statistics.median(seconds(theirs[clients])),
        method="control: Label Studio on PostgreSQL",
    )


if __name__ == "__main__":
    main()
