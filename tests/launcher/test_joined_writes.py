"""What an answer is written in goes out in one piece, and nothing of it is lost or kept back."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI, Response
from fastapi.responses import StreamingResponse

from maskwright.launcher.joined_writes import JoinedWrites
from tests.benchmarks.http_load import request, send_all
from tests.support.live_server import live_server

LARGE = 100 * 1024


class Recorder(asyncio.Transport):
    """Where the network would be: what was sent, packet by packet."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[bytes] = []
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent.append(bytes(data))

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed


async def _head_and_body(joined: JoinedWrites, recorder: Recorder) -> list[bytes]:
    joined.write(b"head ")
    joined.write(b"body")
    assert recorder.sent == []
    await asyncio.sleep(0)
    return [b"head body"]


async def _a_head_whose_body_takes_long(joined: JoinedWrites, _: Recorder) -> list[bytes]:
    joined.write(b"head")
    await asyncio.sleep(0)
    joined.write(b"body")
    await asyncio.sleep(0)
    return [b"head", b"body"]


async def _much(joined: JoinedWrites, recorder: Recorder) -> list[bytes]:
    joined.write(b"head")
    joined.write(bytes(LARGE))
    assert recorder.sent == [b"head" + bytes(LARGE)], "It is not kept back."
    joined.write(b"rest")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return [b"head" + bytes(LARGE), b"rest"]


async def _a_last_answer(joined: JoinedWrites, recorder: Recorder) -> list[bytes]:
    joined.write(b"answer")
    joined.close()
    assert recorder.closed
    return [b"answer"]


async def _nobody_there(joined: JoinedWrites, recorder: Recorder) -> list[bytes]:
    joined.write(b"answer")
    recorder.close()  # the client went meanwhile
    await asyncio.sleep(0)
    return []


@pytest.mark.parametrize(
    "write",
    [_head_and_body, _a_head_whose_body_takes_long, _much, _a_last_answer, _nobody_there],
)
def test_what_is_written_in_one_turn_is_sent_together(
    write: Callable[[JoinedWrites, Recorder], Awaitable[list[bytes]]],
) -> None:
    async def run() -> tuple[list[bytes], list[bytes]]:
        recorder = Recorder()
        expected = await write(JoinedWrites(recorder, asyncio.get_running_loop()), recorder)
        return expected, recorder.sent

    # Aside: where browser tests ran in this process before, this thread has a loop already.
    with ThreadPoolExecutor(1) as aside:
        expected, sent = aside.submit(asyncio.run, run()).result(10)
    assert sent == expected


def test_answers_of_every_kind_come_whole() -> None:
    app = FastAPI()

    @app.get("/short")
    def short() -> Response:
        return Response(b"short")

    @app.get("/nothing")
    def nothing() -> Response:
        return Response(status_code=204)

    @app.get("/streamed")
    async def streamed() -> StreamingResponse:
        async def parts() -> AsyncIterator[bytes]:
            for _ in range(40):
                yield bytes(LARGE)

        return StreamingResponse(parts(), headers={"Content-Length": str(40 * LARGE)})

    with live_server(app) as address:
        paths = ["/short", "/nothing", "/streamed", "/short"] * 3
        answers = send_all(address, [request("GET", path, {}) for path in paths]).answers
    assert [(one.status, len(one.body)) for one in answers] == [
        *((200, 5), (204, 0), (200, 40 * LARGE), (200, 5)),
    ] * 3
