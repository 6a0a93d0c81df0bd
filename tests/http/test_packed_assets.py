"""The built front end's files, packed for who takes them so."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient

from maskwright.http.frontend import install_frontend

_SCRIPT = b"export const answer = 42\n" * 100
_COPY = b"what the build packed"


def client_of(folder: Path) -> TestClient:
    assets = folder / "assets"
    assets.mkdir()
    (assets / "app-1.js").write_bytes(_SCRIPT)
    (assets / "app-1.js.br").write_bytes(_COPY)
    (assets / "other-2.js").write_bytes(_SCRIPT)
    app = FastAPI()
    install_frontend(app, folder)
    return TestClient(app)


def raw(client: TestClient, path: str, accepts: str) -> tuple[bytes, dict[str, str]]:
    """What goes over the wire: the client would unpack it."""
    with client.stream("GET", path, headers={"Accept-Encoding": accepts}) as answer:
        assert answer.status_code == 200
        return b"".join(answer.iter_raw()), dict(answer.headers)


def test_the_copy_goes_to_who_takes_brotli(tmp_path: Path) -> None:
    body, headers = raw(client_of(tmp_path), "/assets/app-1.js", "gzip, deflate, br;q=1")

    assert body == _COPY
    assert headers["content-encoding"] == "br"
    assert "javascript" in headers["content-type"]
    assert headers["vary"] == "Accept-Encoding"
    assert "immutable" in headers["cache-control"]


def test_others_get_the_file_itself(tmp_path: Path) -> None:
    client = client_of(tmp_path)

    plain, headers = raw(client, "/assets/app-1.js", "identity")
    packed, packed_headers = raw(client, "/assets/other-2.js", "gzip, br")

    assert plain == _SCRIPT
    assert "content-encoding" not in headers
    assert packed_headers["content-encoding"] == "gzip"
    assert len(packed) < len(_SCRIPT)
