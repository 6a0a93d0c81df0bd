"""The example of docs/scripting.md, run as its reader runs it."""

import json
import os
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from maskwright.masks.codec import decode, parse_wire
from tests.e2e.labeling import BLUE, RED, plain_png
from tests.support.stack import Stack

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "loop.py"


@pytest.fixture
def token(stack: Stack) -> str:
    with closing(stack.signed_in()) as api:
        answer = api.post(
            "/tokens", json={"name": "laptop", "scopes": ["read", "write", "label", "export"]}
        )
        answer.raise_for_status()
        found: str = answer.json()["token"]
        return found


def run_example(stack: Stack, token: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(EXAMPLE), *arguments],
        env={**os.environ, "MASKWRIGHT_URL": stack.address, "MASKWRIGHT_TOKEN": token},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_example_goes_from_photographs_to_a_coco_file(
    stack: Stack, token: str, tmp_path: Path
) -> None:
    folder = tmp_path / "photographs"
    folder.mkdir()
    (folder / "red.png").write_bytes(plain_png(RED, (64, 48)))
    (folder / "blue.png").write_bytes(plain_png(BLUE, (64, 48)))
    (folder / "notes.txt").write_text("not a photograph")

    started = run_example(stack, token, "start", "Street signs", str(folder))
    assert started.returncode == 0, started.stderr
    assert started.stderr.startswith("notes.txt: ")
    project = started.stdout.strip()

    with closing(stack.with_token(token)) as api:
        begun = hand_in_what_the_model_said(api, project)
    archive = tmp_path / "coco.zip"
    pulled = run_example(stack, token, "pull", project, str(archive))
    assert pulled.returncode == 0, pulled.stderr
    with zipfile.ZipFile(archive) as opened:
        coco = json.loads(opened.read("annotations/instances.json"))
    assert [category["name"] for category in coco["categories"]] == ["Sign", "Background"]
    (annotation,) = coco["annotations"]
    assert annotation["segmentation"] == begun["mask"]
    assert decode(parse_wire(annotation["segmentation"], (48, 64)))[12:36, 16:48].all()


def hand_in_what_the_model_said(api: httpx.Client, project: str) -> dict[str, object]:
    """The only object of the first image, which begins with the model's."""
    claimed = api.post(f"/projects/{project}/queue/next", json={"stage": "label"})
    claimed.raise_for_status()
    lease, (begun,) = claimed.json()["lease"], claimed.json()["label"]["objects"]
    written = ("key", "class_id", "layer", "mask", "attributes")
    submitted = api.post(
        f"/leases/{lease['id']}/submit",
        json={"fence": lease["fence"], "objects": [{name: begun[name] for name in written}]},
        headers={"Idempotency-Key": "once"},
    )
    submitted.raise_for_status()
    found: dict[str, object] = begun
    return found


def test_the_example_says_what_is_wrong(stack: Stack, tmp_path: Path) -> None:
    refused = run_example(stack, "mw_nobody", "start", "Street signs", str(tmp_path))
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert refused.stderr.strip()
