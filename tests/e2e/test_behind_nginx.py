"""Maskwright behind the nginx of `deploy/`, where one is installed."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from maskwright.launcher.program import Child, Program
from tests.e2e.labeling import BLUE, plain_png
from tests.support.scratch import scratch_folder
from tests.support.stack import OWNER_EMAIL, OWNER_PASSWORD, Stack, free_port

TEMPLATE = Path(__file__).parents[2] / "deploy" / "nginx" / "maskwright.conf.template"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed on this machine")

MAIN = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {server}
}}
"""


def is_answered(address: str) -> bool:
    try:
        return httpx.get(address, timeout=2).is_success
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module")
def proxied(stack: Stack) -> Iterator[str]:
    """The address of an nginx in front of the stack."""
    assert NGINX is not None
    port = free_port()
    with scratch_folder() as folder:
        folder.chmod(0o777)  # its workers are of a user of their own
        server = TEMPLATE.read_text()
        server = server.replace("${MASKWRIGHT_API}", stack.address.removeprefix("http://"))
        server = server.replace("listen 8080;", f"listen 127.0.0.1:{port};")
        server = server.replace("/tmp/maskwright-assets", f"{folder}/assets")
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder, server=server))
        address = f"http://127.0.0.1:{port}"
        program = Program(
            name="nginx",
            argv=[NGINX, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")],
            environment={},
            is_ready=lambda: is_answered(f"{address}/healthz"),
            stop_seconds=5,
        )
        child = Child(program, log=lambda _name, _line: None)
        try:
            assert child.wait_until_ready(10), child.last_lines
            yield address
        finally:
            child.stop()


def test_pages_keep_their_headers_and_their_packed_copies(proxied: str) -> None:
    page = httpx.get(proxied)
    assert "default-src" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
    script = re.search(r'src="(/assets/main-[^"]+\.js)"', page.text)
    assert script is not None
    for _ in range(2):
        answer = httpx.get(f"{proxied}{script[1]}", headers={"Accept-Encoding": "br"})
        assert answer.headers["Content-Encoding"] == "br"
        assert "immutable" in answer.headers["Cache-Control"]
    plain = httpx.get(f"{proxied}{script[1]}", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers


def test_counts_of_requests_are_not_for_everybody(proxied: str, stack: Stack) -> None:
    assert httpx.get(f"{stack.address}/metrics").is_success
    assert httpx.get(f"{proxied}/metrics").status_code == httpx.codes.NOT_FOUND


def test_images_go_up_and_events_come_down_as_they_happen(proxied: str, stack: Stack) -> None:
    with closing(stack.signed_in()) as api:
        api.base_url = httpx.URL(f"{proxied}/api/v1")
        project = api.post("/projects", json={"name": "Behind nginx"}).json()["id"]
        with api.stream("GET", f"/projects/{project}/events") as events:
            lines = events.iter_lines()
            assert any(line.startswith("data:") for line in lines)
            files = {"files": ("blue.png", plain_png(BLUE, (64, 48)))}
            assert api.post(f"/projects/{project}/assets", files=files).json()["accepted"] == 1
            assert any(line.startswith("data:") for line in lines)


def test_who_guesses_passwords_is_known_by_his_own_address(proxied: str) -> None:
    def sign_in(from_address: str, password: str) -> int:
        return httpx.post(
            f"{proxied}/api/v1/session",
            json={"email": OWNER_EMAIL, "password": password},
            headers={"X-Forwarded-For": from_address},
        ).status_code

    guesses = {sign_in(f"198.51.100.{n}, 203.0.113.7", "a guess") for n in range(11)}
    assert guesses == {httpx.codes.UNAUTHORIZED, httpx.codes.TOO_MANY_REQUESTS}
    assert sign_in("203.0.113.8", OWNER_PASSWORD) == httpx.codes.OK
