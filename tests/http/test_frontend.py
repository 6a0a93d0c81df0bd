"""The built front end as browsers fetch it."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from maskwright.http.frontend import install_frontend

SCRIPT = "export const words = 'the same again, and again';\n" * 200


@pytest.fixture
def browser(tmp_path: Path) -> TestClient:
    assets = tmp_path / "assets"
    assets.mkdir()
    (assets / "editor-1a2b.js").write_text(SCRIPT)
    (tmp_path / "index.html").write_text("<!doctype html><title>Maskwright</title>")
    app = FastAPI()
    install_frontend(app, tmp_path)
    return TestClient(app)


def test_scripts_travel_packed_and_are_kept_for_ever(browser: TestClient) -> None:
    answer = browser.get("/assets/editor-1a2b.js", headers={"Accept-Encoding": "gzip"})
    assert answer.text == SCRIPT
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.num_bytes_downloaded < len(SCRIPT) / 10
    assert "immutable" in answer.headers["Cache-Control"]


def test_any_other_path_is_the_single_page_and_is_asked_for_anew(browser: TestClient) -> None:
    answer = browser.get("/projects/1/label")
    assert "<title>Maskwright</title>" in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"


def test_a_script_that_is_not_there_is_not_the_single_page(browser: TestClient) -> None:
    assert browser.get("/assets/gone.js").status_code == 404
