"""`queue/next` and `submit` against bare endpoints: throughput, interleaved in one run.

Both run under one uvicorn process each, of which only one is asked at a time, on the same
PostgreSQL with durable commits. Every `next` is a fresh claim by another labeler with his own API
token; every submit hands in ten masks of a 1280x720 image.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import numpy as np
import psycopg

from maskwright.db.migrations import upgrade_to_head
from maskwright.kernel.ids import new_id
from maskwright.launcher.postgres_server import SERVING
from maskwright.masks.codec import encode
from maskwright.settings import DatabaseSettings
from tests.benchmarks import queue_control, queue_filling, report
from tests.benchmarks.http_load import Load, request, send_all
from tests.benchmarks.processor_time import Account, account, milliseconds, postgres_of, server_at
from tests.benchmarks.queue_filling import HEIGHT, WIDTH, bearer
from tests.support.servers import Servers, embedded_servers
from tests.support.waiting import wait_until

LABELERS = 1000
ROUNDS = 5
CONNECTIONS = 16
SECRET = "bench-" + "x" * 40
#: As `make up` starts it: with its own log, which the control has none of.
OURS = ["-m", "maskwright.cli", "api"]
CONTROL = ["-m", "uvicorn", "--factory", "tests.benchmarks.queue_control:create"]
CONTROL += ["--no-access-log", "--log-level", "warning"]


class Bench:
    """A database with people and tasks, and both servers."""

    def __init__(self, servers: Servers, stack: ExitStack) -> None:
        self.database_url = servers.database_url
        upgrade_to_head(DatabaseSettings(url=servers.database_url).sqlalchemy_url)
        self.row_id = new_id()
        with psycopg.connect(servers.database_url) as connection:
            for statement in queue_control.TABLE.split(";"):
                connection.execute(statement)
            connection.execute("INSERT INTO bench_row VALUES (%s, 'a value')", (self.row_id,))
            self.site = queue_filling.make_site(connection, LABELERS)
            queue_filling.add_open_tasks(connection, self.site, LABELERS * (ROUNDS + 1) + 100)
        environment = {
            **os.environ,
            "DATABASE_URL": servers.database_url,
            "REDIS_URL": servers.redis_url,
            "MASKWRIGHT_SECRET_KEY": SECRET,
            "MASKWRIGHT_LOG_LEVEL": "INFO",
            "MASKWRIGHT_LOG_FORMAT": "json",
        }
        self.ours = stack.enter_context(serving(OURS, environment))
        self.control = stack.enter_context(serving(CONTROL, environment))
        self.masks = ten_masks()

    def gather_statistics(self) -> None:
        """As autovacuum does within a minute. Until then plans are made for empty tables."""
        with psycopg.connect(self.database_url) as connection:
            connection.execute("ANALYZE")

    def read(self, path: str = "read") -> Load:
        return self._send(self.control, [request("GET", f"/{path}/{self.row_id}", {})] * LABELERS)

    def insert(self, path: str = "insert") -> Load:
        body = json.dumps({"value": "a value"}).encode()
        return self._send(self.control, [request("POST", f"/{path}", {}, body)] * LABELERS)

    def claim(self) -> Load:
        path = f"/api/v1/projects/{self.site.project}/queue/next"
        return self._send(
            self.ours,
            [
                request("POST", path, bearer(token), b'{"prefetch":false}')
                for token in self.site.tokens
            ],
        )

    def submit(self, claims: Load) -> Load:
        return self._send(
            self.ours,
            [
                self._submission(json.loads(answer.body), token)
                for answer, token in zip(claims.answers, self.site.tokens, strict=True)
            ],
        )

    def _submission(self, claimed: dict[str, dict[str, object]], token: str) -> bytes:
        lease = claimed["lease"]
        objects = [
            {"key": str(new_id()), "class_id": str(self.site.class_id), "mask": mask}
            for mask in self.masks
        ]
        body = {"fence": lease["fence"], "objects": objects, "active_ms": 20_000}
        headers = {**bearer(token), "Idempotency-Key": str(new_id())}
        path = f"/api/v1/leases/{lease['id']}/submit"
        return request("POST", path, headers, json.dumps(body).encode())

    @staticmethod
    def _send(address: str, requests: list[bytes]) -> Load:
        load = send_all(address, requests, connections=CONNECTIONS)
        refused = [answer for answer in load.answers if answer.status != 200]
        if refused:
            raise SystemExit(f"{len(refused)} of {len(requests)} failed: {refused[0]}")
        return load


def ten_masks() -> list[dict[str, object]]:
    """Ten wavy blobs side by side, as a person draws them."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    masks = []
    for number in range(10):
        middle_row, middle_column = 180 + 360 * (number // 5), 128 + 256 * (number % 5)
        angle = np.arctan2(rows - middle_row, columns - middle_column)
        radius = 100 + 12 * np.sin(5 * angle + number) + 4 * np.sin(17 * angle)
        inside = (rows - middle_row) ** 2 + (columns - middle_column) ** 2 < radius**2
        masks.append(dict(encode(inside).to_wire()))
    return masks


@contextmanager
def serving(program: list[str], environment: dict[str, str]) -> Iterator[str]:
    """One uvicorn process; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**environment, "MASKWRIGHT_PORT": str(port), "UVICORN_PORT": str(port)}
    command = [sys.executable, *program]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: answers(address), f"{program} answers", seconds=30)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def answers(address: str) -> bool:
    try:
        httpx.get(f"{address}/openapi.json")
    except httpx.TransportError:
        return False
    return True


class Costs:
    """What the requests of each round cost the server that answers them, and Postgres."""

    def __init__(self, bench: Bench) -> None:
        self._watched = {each: server_at(each) for each in (bench.ours, bench.control)}
        self._watched["postgres"] = postgres_of(bench.database_url)
        self._before: dict[str, Account] = {}
        self._found: dict[tuple[str, str], list[float]] = {}

    def begin_round(self) -> None:
        self._before = self._now()

    def note(self, name: str, address: str) -> None:
        """What was spent since the last note is that of these requests."""
        now = self._now()
        for spender, where in (("server", address), ("Postgres", "postgres")):
            spent = milliseconds(self._before[where], now[where]) / LABELERS
            self._found.setdefault((name, spender), []).append(spent)
        self._before = now

    def forget(self) -> None:
        self._found.clear()

    def rows(self) -> list[report.Row]:
        return [
            report.row(
                f"{name}, processor time of {spender}",
                statistics.median(spent),
                "ms",
                method="per request, by the scheduler's account; median of the rounds",
            )
            for (name, spender), spent in self._found.items()
        ]

    def _now(self) -> dict[str, Account]:
        return {name: account(process) for name, process in self._watched.items()}


def measure(bench: Bench) -> list[report.Row]:
    names = ("read", "next", "insert", "submit", "async-read", "async-insert")
    rates: dict[str, list[float]] = {name: [] for name in names}
    latencies: dict[str, list[float]] = {"next": [], "submit": []}
    costs = Costs(bench)
    for round_number in range(ROUNDS + 1):
        costs.begin_round()
        loads: dict[str, Load] = {"read": bench.read()}
        costs.note("read", bench.control)
        loads["next"] = bench.claim()
        costs.note("next", bench.ours)
        loads["insert"] = bench.insert()
        costs.note("insert", bench.control)
        loads["submit"] = bench.submit(loads["next"])
        costs.note("submit", bench.ours)
        loads["async-read"] = bench.read("async-read")
        loads["async-insert"] = bench.insert("async-insert")
        if round_number == 0:  # connections are opened and statements prepared
            bench.gather_statistics()
            costs.forget()
            continue
        for name, load in loads.items():
            rates[name].append(load.per_second)
        for name, values in latencies.items():
            values.append(loads[name].percentile_ms(0.99))

    def row(name: str, control: str, least: float | None, what: str) -> report.Row:
        ratios = [a / b for a, b in zip(rates[name], rates[control], strict=True)]
        return report.row(
            f"{name}, against {control}",
            statistics.median(rates[name]),
            "requests/s",
            control=statistics.median(rates[control]),
            ratio=statistics.median(ratios),
            ratio_at_least=least,
            method=f"{ROUNDS} rounds of {LABELERS} requests on {CONNECTIONS} connections; {what}",
        )

    return [
        row("next", "read", 0.6, "control: bare endpoint, def, one row read"),
        row("submit", "insert", 0.5, "10 masks of 1280x720; control: def, one durable insert"),
        row("next", "async-read", None, "for information: the control as async def"),
        row("submit", "async-insert", None, "for information: the control as async def"),
        *(
            report.row(f"{name} p99", statistics.median(values), "ms", method="the same requests")
            for name, values in latencies.items()
        ),
        *costs.rows(),
    ]


def main() -> None:
    run: Callable[[Bench], list[report.Row]] = measure
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers = stack.enter_context(embedded_servers(root / "servers", options=SERVING))
        rows = run(Bench(servers, stack))
    report.publish("queue", rows)


if __name__ == "__main__":
    main()
