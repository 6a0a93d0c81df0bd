"""Bodies packed with gzip are read as if they had come unpacked."""

import gzip
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from maskwright.kernel.ids import new_id
from maskwright.settings import LimitSettings, Settings
from tests.http.test_operations import serving
from tests.support.world import World

API = "/api/v1"


def sent(
    client: TestClient, path: str, content: Any, headers: dict[str, str], packing: str = "gzip"
) -> Response:
    said = {"Content-Type": "application/json", "Content-Encoding": packing, **headers}
    return client.post(f"{API}/{path}", content=content, headers=said)


def test_a_packed_body_is_read_the_long_way_and_the_short(client: TestClient, world: World) -> None:
    headers = world.person().headers
    made = sent(client, "projects", gzip.compress(b'{"name": "Packed"}'), headers)
    assert (made.status_code, made.json()["name"]) == (201, "Packed")
    beat = gzip.compress(b'{"fence": 1}')
    answer = sent(client, f"leases/{new_id()}/heartbeat", beat, headers)
    assert answer.json()["code"] == "lease-not-found"
    wrong = sent(client, f"leases/{new_id()}/heartbeat", gzip.compress(b'{"fence": "x"}'), headers)
    assert wrong.json()["code"] == "invalid-input"


def test_a_packed_body_may_come_in_chunks(client: TestClient, world: World) -> None:
    packed = gzip.compress(b'{"name": "In chunks"}')
    chunks = (packed[start : start + 7] for start in range(0, len(packed), 7))
    assert sent(client, "projects", chunks, world.person().headers).status_code == 201


@pytest.mark.parametrize("spoil", [lambda p: p[:-9], lambda p: p + b"more", lambda p: b"{}"])
def test_a_damaged_body_is_said_to_be_damaged(client: TestClient, world: World, spoil: Any) -> None:
    content = spoil(gzip.compress(b'{"name": "Cut off"}'))
    answer = sent(client, "projects", content, world.person().headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "damaged-packing")
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]


def test_an_unknown_packing_is_refused_with_those_that_are_known(
    client: TestClient, world: World
) -> None:
    answer = sent(client, "projects", b"{}", world.person().headers, packing="br")
    assert (answer.status_code, answer.json()["code"]) == (415, "unknown-packing")
    assert answer.headers["Accept-Encoding"] == "gzip"


def test_forms_with_files_come_as_they_are(client: TestClient, world: World) -> None:
    headers = {**world.person().headers, "Content-Type": "multipart/form-data; boundary=x"}
    answer = sent(client, f"projects/{new_id()}/assets", gzip.compress(b"--x--"), headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "unknown-packing")


@pytest.mark.parametrize("bound", [1_000, 2_000_000])
def test_a_body_that_unpacks_beyond_the_bound_is_refused(
    settings: Settings, world: World, bound: int
) -> None:
    headers = world.person().headers
    limits = LimitSettings(request_json_bytes=bound)
    with serving(settings.model_copy(update={"limits": limits})) as client:
        bomb = gzip.compress(b'{"name": "' + b"x" * 50_000_000 + b'"}')
        answer = sent(client, "projects", bomb, headers)
        assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
        assert answer.json()["bound_bytes"] == bound
        large = b'{"name": "fits"' + b" " * (bound - 20) + b"}"
        assert sent(client, "projects", gzip.compress(large), headers).status_code == 201


def test_a_stranger_can_not_make_us_unpack_much(client: TestClient) -> None:
    answer = sent(client, "session", gzip.compress(b" " * 1_000_000), {})
    assert answer.status_code == 413
