"""The busiest routes answer the short way as they do the long one."""

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import anyio.lowlevel
import anyio.to_thread
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from maskwright.accounts.domain import Role
from maskwright.http.middleware import Application
from maskwright.http.threads import HandlerThreads
from maskwright.kernel.ids import new_id
from tests.support.world import World

API = "/api/v1"


def test_the_hot_routes_are_in_the_document_like_all_others(app: Application) -> None:
    paths = app.openapi()["paths"]
    assert {route.path.rpartition("/")[2] for route in app.hot_routes} == {
        *("next", "heartbeat", "draft", "submit")
    }
    for route in app.hot_routes:
        assert "requestBody" in paths[route.path][route.method.lower()]


@pytest.mark.parametrize(
    ("path", "content", "content_type", "status", "code"),
    [
        ("heartbeat", b"{", "application/json", 422, "invalid-input"),
        ("heartbeat", b'{"fence": "x"}', "application/json", 422, "invalid-input"),
        ("heartbeat", b'{"fence": 1, "more": 1}', "application/json", 422, "invalid-input"),
        ("heartbeat", b"", "application/json", 422, "invalid-input"),
        ("heartbeat", b'{"fence": 1}', "text/plain", 415, "unsupported-media-type"),
        ("heartbeat", b'{"fence": 1}', "application/json", 404, "lease-not-found"),
        ("heartbeat", b'{"fence": 1e400}', "application/json", 422, "invalid-input"),
        ("heartbeat", b'{"fence": 99999999999999999999}', "application/json", 422, "invalid-input"),
        ("submit", b'{"fence": 1, "objects": []}', "application/json", 422, "invalid-input"),
    ],
)
def test_what_is_wrong_is_said_as_everywhere(
    client: TestClient,
    world: World,
    path: str,
    content: bytes,
    content_type: str,
    status: int,
    code: str,
) -> None:
    labeler = world.person(Role.LABELER)
    answer = client.post(
        f"{API}/leases/{new_id()}/{path}",
        content=content,
        headers={**labeler.headers, "Content-Type": content_type},
    )
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_slow_handlers_leave_the_hot_ones_their_threads(
    client: TestClient, app: FastAPI, world: World
) -> None:
    labeler = world.person(Role.LABELER)
    go_on = threading.Event()

    async def hold_all_shared_threads() -> None:
        limiter = anyio.to_thread.current_default_thread_limiter()
        for _ in range(int(limiter.total_tokens)):
            asyncio.get_running_loop().create_task(anyio.to_thread.run_sync(go_on.wait))
        await anyio.lowlevel.checkpoint()

    assert client.portal is not None
    client.portal.call(hold_all_shared_threads)
    try:
        answer = client.post(
            f"{API}/leases/{new_id()}/heartbeat", json={"fence": 1}, headers=labeler.headers
        )
        assert answer.status_code == 404
    finally:
        go_on.set()


def test_handler_threads_work_side_by_side_and_raise_what_a_job_raises() -> None:
    threads = HandlerThreads(2)
    together = threading.Barrier(2)

    async def run() -> list[int | BaseException]:
        return await asyncio.gather(
            threads.run(lambda: (together.wait(5) and 1) or 1),
            threads.run(lambda: (together.wait(5) and 1) or 1),
            threads.run(lambda: 1 // 0),
            return_exceptions=True,
        )

    # Aside: where browser tests ran in this process before, this thread has a loop already.
    with ThreadPoolExecutor(1) as aside:
        one, other, failed = aside.submit(asyncio.run, run()).result(10)
    assert (one, other) == (1, 1)
    assert isinstance(failed, ZeroDivisionError)
    threads.close()


def test_a_job_goes_on_where_nobody_waits_any_more() -> None:
    threads = HandlerThreads(1)
    done = threading.Event()

    async def give_up() -> None:
        waiting = asyncio.ensure_future(threads.run(done.set))
        await asyncio.sleep(0)
        waiting.cancel()

    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, give_up()).result(5)
    assert done.wait(5)
    threads.close()


def test_what_comes_while_others_are_at_work_is_done_together() -> None:
    threads = HandlerThreads(4)
    began, go_on = threading.Semaphore(0), threading.Event()
    done: list[list[int]] = []

    def do_all(together: Sequence[int]) -> list[int]:
        began.release()
        assert go_on.wait(10)
        done.append(list(together))
        if 40 in together:
            raise ValueError
        return [2 * one for one in together]

    async def run() -> list[int | BaseException]:
        gathering = threads.gathering("doubling", do_all)
        first = []
        for one in range(3):
            first.append(asyncio.ensure_future(gathering.do(one)))
            await asyncio.to_thread(began.acquire)
        others = [asyncio.ensure_future(gathering.do(one)) for one in range(3, 42)]
        await asyncio.sleep(0)
        others[4].cancel()
        go_on.set()
        return await asyncio.gather(*first, *others, return_exceptions=True)

    with ThreadPoolExecutor(1) as aside:
        outcomes = aside.submit(asyncio.run, run()).result(20)
    threads.close()
    assert sorted(done, key=min) == [
        *([0], [1], [2], [*range(3, 19)], [*range(19, 35)], [*range(35, 42)])
    ]
    assert outcomes[:7] == [0, 2, 4, 6, 8, 10, 12]
    assert isinstance(outcomes[7], asyncio.CancelledError)
    assert outcomes[8:35] == [2 * one for one in range(8, 35)]
    assert all(isinstance(outcome, ValueError) for outcome in outcomes[35:])


@pytest.mark.parametrize(
    ("patience_seconds", "jobs"),
    [(60.0, [[0, 1, 2, 3], [4, 5]]), (0.001, [[0, 1, 2, 3], [4], [5]])],
)
def test_who_comes_back_first_waits_a_little_for_his_share_of_the_others(
    patience_seconds: float, jobs: list[list[int]]
) -> None:
    """Of five who are here, one alone is less than a third."""
    threads = HandlerThreads(4)
    began, go_on = threading.Semaphore(0), threading.Event()
    begun: list[list[int]] = []

    def do_all(together: Sequence[int]) -> list[int]:
        begun.append(list(together))
        began.release()
        assert go_on.wait(10)
        return list(together)

    async def run() -> None:
        gathering = threads.gathering("sharing", do_all, patience_seconds=patience_seconds)
        asked = [asyncio.ensure_future(gathering.do(one)) for one in range(4)]
        await asyncio.to_thread(began.acquire)
        for one in (4, 5):
            asked.append(asyncio.ensure_future(gathering.do(one)))
            if [one] in jobs or one == 5:
                await asyncio.to_thread(began.acquire)
            else:
                await asyncio.sleep(0)
        go_on.set()
        await asyncio.gather(*asked)

    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, run()).result(20)
    threads.close()
    assert begun == jobs
