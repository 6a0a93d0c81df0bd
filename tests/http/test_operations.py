"""What those who run Maskwright see of it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient
from pydantic import SecretStr

from maskwright.http.authentication import credentials_from, set_session_cookie
from maskwright.http.middleware import PAGE_POLICY, STRANGER_BODY_BYTES
from maskwright.main import create_app
from maskwright.settings import (
    DatabaseSettings,
    LimitSettings,
    RedisSettings,
    SecuritySettings,
    Settings,
)
from tests.queue.desk import Caller, Desk
from tests.support.world import World

API = "/api/v1"
NOBODY_LISTENS = "127.0.0.1:9"


@contextmanager
def serving(settings: Settings) -> Iterator[TestClient]:
    """A client of an application with other settings."""
    with TestClient(
        create_app(settings), base_url="https://testserver", raise_server_exceptions=False
    ) as client:
        yield client


def test_a_whole_installation_is_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "parts": {"postgres": {"ok": True}, "redis": {"ok": True}, "blobs": {"ok": True}},
    }


def test_without_redis_it_is_degraded_and_goes_on(settings: Settings, world: World) -> None:
    away = settings.model_copy(update={"redis": RedisSettings(url=f"redis://{NOBODY_LISTENS}/0")})
    manager = world.person()
    with serving(away) as client:
        answer = client.get("/readyz")
        assert answer.status_code == 200
        assert answer.json()["status"] == "degraded"
        assert not answer.json()["parts"]["redis"]["ok"]
        assert client.get(f"{API}/projects", headers=manager.headers).status_code == 200
        assert "maskwright_redis_up 0.0" in client.get("/metrics").text


def test_without_postgres_it_is_not_ready_and_says_so_to_everybody(settings: Settings) -> None:
    url = f"postgresql://nobody@{NOBODY_LISTENS}/nothing"
    with serving(settings.model_copy(update={"database": DatabaseSettings(url=url)})) as client:
        assert client.get("/healthz").status_code == 200
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["status"] == "not-ready"
        assert answer.json()["parts"]["blobs"]["ok"]
        assert NOBODY_LISTENS not in answer.text
        asked = client.get(f"{API}/me", headers={"Authorization": "Bearer mw_x"})
        assert asked.status_code == 503
        assert asked.json()["code"] == "database-unavailable"
        assert asked.headers["Retry-After"]
        assert NOBODY_LISTENS not in asked.text


def test_metrics_count_requests_by_route_template(client: TestClient, world: World) -> None:
    manager = world.person()
    address = f"{API}/projects/{world.project(manager)}"
    for _ in range(3):
        client.get(address, headers=manager.headers)
    client.get(f"{API}/no/such/thing")
    text = client.get("/metrics").text
    route = 'method="GET",route="/api/v1/projects/{project_id}"'
    assert f'maskwright_requests_total{{{route},status="200"}} 3.0' in text
    assert f"maskwright_request_seconds_count{{{route}}} 3.0" in text
    assert 'maskwright_database_connections{state="in_use"} 0.0' in text
    assert 'maskwright_jobs_waiting{queue="exports"} 0.0' in text
    assert "process_resident_memory_bytes" in text
    assert "/no/such/thing" not in text
    assert "_created" not in text


def test_metrics_tell_how_the_queue_stands(client: TestClient, world: World) -> None:
    desk = Desk.make(world)
    desk.add_images(3)
    ann = Caller(client, desk.labeler(), desk)
    ann.claim()

    text = client.get("/metrics").text

    assert 'maskwright_tasks{state="open"} 2.0' in text
    assert 'maskwright_tasks{state="in_progress"} 1.0' in text
    assert "maskwright_leases_live 1.0" in text
    assert 'maskwright_work_waiting{kind="exports"} 0.0' in text


def test_metrics_ask_for_the_token_that_is_set(settings: Settings) -> None:
    security = settings.security.model_copy(update={"metrics_token": SecretStr("scrape-me")})
    with serving(settings.model_copy(update={"security": security})) as client:
        assert client.get("/metrics").status_code == 401
        assert client.get("/metrics", headers={"Authorization": "Bearer x"}).status_code == 401
        right = client.get("/metrics", headers={"Authorization": "Bearer scrape-me"})
        assert right.status_code == 200


@pytest.mark.parametrize("sent", ["from-my-script.1", "x" * 64])
def test_a_request_keeps_the_id_that_it_came_with(client: TestClient, sent: str) -> None:
    answer = client.get(f"{API}/me", headers={"X-Request-ID": sent})
    assert answer.headers["X-Request-ID"] == answer.json()["request_id"] == sent


@pytest.mark.parametrize("sent", ["", "two words", "line\tbreak", "x" * 65, "{injected}"])
def test_an_id_that_could_forge_a_line_of_the_log_is_replaced(
    client: TestClient, sent: str
) -> None:
    answer = client.get(f"{API}/me", headers={"X-Request-ID": sent})
    assert answer.headers["X-Request-ID"] == answer.json()["request_id"]
    assert answer.headers["X-Request-ID"] not in ("", sent)


def test_each_request_is_one_line_of_the_log_without_secrets(
    client: TestClient, world: World
) -> None:
    manager = world.person()
    with structlog.testing.capture_logs() as lines:
        client.get(f"{API}/invitations/by-token/a-secret-of-a-link")
        client.get(f"{API}/projects?cursor=", headers=manager.headers)
        client.get("/healthz")
    requests = [line for line in lines if line["event"] == "request"]
    assert [line["log_level"] for line in requests] == ["info", "info", "debug"]
    unknown, listed, _ = requests
    assert unknown["route"] == f"{API}/invitations/by-token/{{token}}"
    assert unknown["status"] == 404
    assert listed["method"] == "GET"
    assert listed["ms"] > 0
    assert "a-secret-of-a-link" not in repr(lines)


def test_the_reference_of_the_api_needs_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get(f"{API}/docs").text
    for path in client.get(f"{API}/openapi.json").json()["paths"]:
        assert path in page
    assert 'href="#MeOut"' in page
    assert 'id="MeOut"' in page
    assert "<script" not in page
    assert "http://" not in page
    assert "https://" not in page


@pytest.mark.parametrize(
    "path", ["/", f"{API}/docs", f"{API}/me", f"{API}/openapi.json", "/healthz"]
)
def test_every_answer_protects_the_browser(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == PAGE_POLICY
    assert headers["Referrer-Policy"] == "same-origin"
    assert "script-src 'self';" in PAGE_POLICY
    assert "frame-ancestors 'none'" in PAGE_POLICY


def test_what_the_api_answers_is_kept_by_no_cache(client: TestClient, world: World) -> None:
    answer = client.get(f"{API}/me", headers=world.person().headers)
    assert answer.headers["Cache-Control"] == "no-store"


def test_only_a_site_that_is_declared_https_insists_on_it(settings: Settings) -> None:
    security = SecuritySettings(public_url="https://masks.example.com")
    with serving(settings.model_copy(update={"security": security})) as client:
        assert "Strict-Transport-Security" in client.get("/healthz").headers
    with serving(settings) as client:
        assert "Strict-Transport-Security" not in client.get("/healthz").headers


def test_an_unforeseen_error_has_an_id_and_tells_nothing_else(app: FastAPI) -> None:
    def fail() -> None:
        raise RuntimeError("the insides")

    app.router.add_api_route("/api/v1/failing", fail)
    # Before the page that answers everything else.
    app.router.routes.insert(0, app.router.routes.pop())
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/api/v1/failing")
    assert answer.status_code == 500
    assert answer.json()["code"] == "internal-error"
    assert answer.headers["X-Request-ID"] == answer.json()["request_id"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "insides" not in answer.text


def test_a_stranger_can_not_make_us_read_a_large_body(client: TestClient) -> None:
    large = b'{"email": "' + b"x" * STRANGER_BODY_BYTES + b'"}'
    answer = client.post(f"{API}/session", content=large)
    assert answer.status_code == 413
    assert answer.json()["code"] == "too-large"


@pytest.mark.parametrize("declared", [True, False], ids=["declared", "in chunks"])
def test_a_body_beyond_the_bound_is_refused_while_it_is_read(
    settings: Settings, world: World, declared: bool
) -> None:
    limits = LimitSettings(request_json_bytes=1000)
    headers = {**world.person().headers, "Content-Type": "application/json"}
    body = b'{"name": "' + b"x" * 1000 + b'"}'
    chunks = (body[start : start + 100] for start in range(0, len(body), 100))
    with serving(settings.model_copy(update={"limits": limits})) as client:
        content = body if declared else chunks
        answer = client.post(f"{API}/projects", content=content, headers=headers)
        assert answer.status_code == 413
        assert answer.json()["code"] == "too-large"
        fits = client.post(f"{API}/projects", json={"name": "x"}, headers=headers)
        assert fits.status_code == 201


def test_text_that_can_not_be_stored_is_a_problem_of_the_input(
    client: TestClient, world: World
) -> None:
    manager = world.person()
    answer = client.post(
        f"{API}/projects",
        json={"name": "fine", "description": "a \x00 in the middle"},
        headers=manager.headers,
    )
    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid-input"


def test_a_site_declared_plain_http_reads_its_own_cookie_only(settings: Settings) -> None:
    security = SecuritySettings(public_url="http://masks.lan")
    with serving(settings.model_copy(update={"security": security})) as client:
        request = Request(
            {
                "type": "http",
                "method": "GET",
                "headers": [(b"cookie", b"__Host-maskwright=a; maskwright=b")],
                "app": client.app,
            }
        )
        assert credentials_from(request).session_secret == "b"
        answer = Response()
        set_session_cookie(answer, security, "secret")
        assert "secure" not in answer.headers["set-cookie"].lower()
        assert "httponly" in answer.headers["set-cookie"].lower()
