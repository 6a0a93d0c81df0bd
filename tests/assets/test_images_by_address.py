"""Images that are named by their addresses, fetched by a worker that can't be led astray."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from maskwright.accounts.domain import Actor, Role
from maskwright.assets.domain import FetchState
from maskwright.assets.fetches.run import fetch_asset
from maskwright.outbound import FetchFailed, FetchRefused, fetch
from maskwright.settings import FetchSettings
from maskwright.work import Work
from tests.queue.desk import Caller, Desk
from tests.support.world import World

OPEN = FetchSettings(networks="127.0.0.1/32")


def png(color: int) -> bytes:
    content = BytesIO()
    Image.new("L", (20, 10), color).save(content, "PNG")
    return content.getvalue()


class Pages(BaseHTTPRequestHandler):
    """What a server of images may answer, good and bad."""

    def do_GET(self) -> None:
        answer = self.path.partition("?")[0]
        if answer.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
        elif answer == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
            self.end_headers()
        elif answer == "/missing":
            self.send_error(404)
        elif answer == "/text":
            self._send(b"no image at all")
        else:
            self._send(png(len(self.path)))

    def _send(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def serving() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def server() -> Iterator[str]:
    with serving() as address:
        yield address


class Bytes:
    def __init__(self) -> None:
        self.content = b""

    def write(self, chunk: bytes) -> None:
        self.content += chunk


def fetched(url: str, settings: FetchSettings = OPEN, max_bytes: int = 10_000) -> bytes:
    sink = Bytes()
    fetch(url, sink, settings, max_bytes=max_bytes)
    return sink.content


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a.png",
        "http://localhost:8000/a.png",
        "http://[::1]/a.png",
        "http://[::ffff:10.0.0.1]/a.png",
        "http://[64:ff9b::7f00:1]/a.png",
        "http://169.254.169.254/latest/meta-data",
        "http://0x7f000001/a.png",
        "http://0/a.png",
        "ftp://example.com/a.png",
        "file:///etc/passwd",
        "http://user:secret@example.com/a.png",
        "http:///a.png",
    ],
)
def test_what_lies_within_is_not_fetched_however_it_is_written(url: str) -> None:
    with pytest.raises(FetchRefused):
        fetched(url, FetchSettings())


def test_a_private_network_is_fetched_from_where_it_is_opened(server: str) -> None:
    assert fetched(f"{server}/a.png") == png(6)


def test_only_hosts_on_the_list_are_fetched_from_where_there_is_one(server: str) -> None:
    listed = FetchSettings(networks="127.0.0.1/32", hosts="images.example.com, *.cdn.example")

    with pytest.raises(FetchRefused, match="list of hosts"):
        fetched(f"{server}/a.png", listed)


def test_a_redirect_is_looked_at_like_any_address(server: str) -> None:
    assert fetched(f"{server}/to/{server}/b.png") == png(6)
    with pytest.raises(FetchRefused, match="private network"):
        fetched(f"{server}/to/http://127.0.0.2/b.png")
    with pytest.raises(FetchFailed, match="redirects"):
        fetched(f"{server}/loop")


def test_what_is_too_large_or_not_there_is_told(server: str) -> None:
    with pytest.raises(FetchFailed, match="larger than 20 bytes"):
        fetched(f"{server}/a.png", max_bytes=20)
    with pytest.raises(FetchFailed, match="answered 404"):
        fetched(f"{server}/missing")


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk.make(world)


@pytest.fixture
def manager(client: TestClient, desk: Desk) -> Caller:
    return Caller(client, desk.manager, desk)


def run(manager: Caller, fetch_id: str, settings: FetchSettings = OPEN) -> FetchState | None:
    """What the worker's job does."""
    resources = manager.desk.world.resources
    actor = Actor(organization_id=manager.desk.manager.organization_id, role=Role.OWNER)
    opened = resources.settings.model_copy(update={"fetch": settings})
    return fetch_asset(
        lambda: Work(resources, authenticate=lambda session: actor), opened, UUID(fetch_id)
    )


def ask(manager: Caller, *urls: object) -> list[dict[str, Any]]:
    answer = manager.post(f"/projects/{manager.desk.project_id}/assets", {"urls": list(urls)})
    assert answer.status_code == 200, answer.text
    assert answer.json()["queued"] == len(urls)
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_each_address_has_a_result_of_its_own(manager: Caller, server: str) -> None:
    project = f"/projects/{manager.desk.project_id}"
    asked = ask(
        manager,
        f"{server}/street%201.png?size=large",
        {"url": f"{server}/other.png", "name": "named.png", "external_id": "x-1"},
        f"{server}/other.png",
        f"{server}/text",
        f"{server}/missing",
    )

    states = [run(manager, each["fetch_id"]) for each in asked]

    assert states == ["done", "done", "duplicate", "failed", "failed"]
    found = manager.get(f"{project}/asset-fetches").json()["items"][::-1]
    assert [each["state"] for each in found] == states
    assert [(each["problem"] or {}).get("code") for each in found[3:]] == [
        "not-an-image",
        "url-unreachable",
    ]
    assets = manager.get(f"{project}/assets").json()["items"]
    assert {(each["name"], each["external_id"]) for each in assets} == {
        ("street 1.png", None),
        ("named.png", "x-1"),
    }
    assert run(manager, asked[0]["fetch_id"]) is None, "it is done once"


def test_an_address_within_is_told_as_refused(manager: Caller, server: str) -> None:
    [asked] = ask(manager, f"{server}/a.png")

    assert run(manager, asked["fetch_id"], FetchSettings()) == "failed"

    [found] = manager.get(f"/projects/{manager.desk.project_id}/asset-fetches").json()["items"]
    assert found["problem"]["code"] == "url-refused"


def test_a_body_without_addresses_is_refused(manager: Caller) -> None:
    answer = manager.post(f"/projects/{manager.desk.project_id}/assets", {"files": []})

    assert answer.status_code == 422
    assert answer.json()["code"] == "upload-malformed"
