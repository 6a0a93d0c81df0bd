"""From a folder of photographs to a COCO file, over REST: `pip install httpx`, then

export MASKWRIGHT_URL=http://127.0.0.1:8000
export MASKWRIGHT_TOKEN=mw_…                   # page Account, or `maskwright tokens create`
python loop.py start "Street signs" photographs/   # prints the project's id
python loop.py pull PROJECT coco.zip               # whenever you like, as often as you like
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

CLASSES = [
    {"name": "Sign", "color": "#e69f00", "hotkey": "1", "kind": "thing"},
    {"name": "Background", "color": "#0072b2", "hotkey": "2", "kind": "stuff"},
]
#: Files in one request.
UPLOAD_AT_ONCE = 20
#: Images of which a model is at most so sure come first.
UNSURE = 0.6


def predict(photograph: Path, width: int, height: int) -> list[dict[str, Any]]:
    """Put your model here. An object has one of `mask` (COCO run lengths of the whole image),
    `polygon` (rings [x1, y1, x2, y2, …]) and `box` ([x, y, width, height]), in pixels."""
    box = [width // 4, height // 4, width // 2, height // 2]
    return [{"class": "Sign", "box": box, "confidence": 0.5}]


def main() -> None:
    command, *arguments = sys.argv[1:]
    headers = {"Authorization": f"Bearer {os.environ['MASKWRIGHT_TOKEN']}"}
    url = f"{os.environ['MASKWRIGHT_URL']}/api/v1"
    with httpx.Client(base_url=url, headers=headers, timeout=60) as api:
        if command == "start":
            print(start(api, arguments[0], Path(arguments[1])))
        elif command == "pull":
            pull(api, arguments[0], Path(arguments[1]))
        else:
            sys.exit(__doc__)


def start(api: httpx.Client, name: str, folder: Path) -> str:
    """A project with images, classes and what a model thinks of them; the unsure ones first."""
    project: str = call(api, "POST", "/projects", json={"name": name})["id"]
    call(api, "PUT", f"/projects/{project}/ontology", json={"classes": CLASSES})
    photographs = {path.name: path for path in sorted(folder.iterdir())}
    upload(api, project, list(photographs.values()))

    lines = [
        {
            "asset": {"id": asset["id"]},
            "model": {"name": "my-model", "version": "1"},
            "objects": predict(photographs[asset["name"]], asset["width"], asset["height"]),
        }
        for asset in ready_assets(api, project)
    ]
    body = "\n".join(json.dumps(line) for line in lines).encode()
    report = call(
        api,
        "POST",
        f"/projects/{project}/predictions",
        content=body,
        headers={"Content-Type": "application/x-ndjson"},
    )
    for refused in report["problems"]:
        print(f"line {refused['line']}: {refused['problem']['title']}", file=sys.stderr)

    models = call(api, "GET", f"/projects/{project}/prediction-models")["items"]
    call(api, "PUT", f"/projects/{project}/prelabels", json={"model_id": models[0]["id"]})
    unsure_first = {"pick": {"max_confidence": UNSURE}, "set": {"priority": 10}}
    call(api, "POST", f"/projects/{project}/queue/arrange", json=unsure_first)
    return project


def upload(api: httpx.Client, project: str, photographs: list[Path]) -> None:
    """A file that is refused does not stop the others; one that is there stays what it is."""
    for at in range(0, len(photographs), UPLOAD_AT_ONCE):
        some = photographs[at : at + UPLOAD_AT_ONCE]
        files = [("files", (path.name, path.read_bytes())) for path in some]
        for item in call(api, "POST", f"/projects/{project}/assets", files=files)["items"]:
            if item.get("problem"):
                print(f"{item['name']}: {item['problem']['title']}", file=sys.stderr)


def ready_assets(api: httpx.Client, project: str) -> list[dict[str, Any]]:
    """All images, once none is being prepared any more."""
    while next(pages(api, f"/projects/{project}/assets", state="processing"), None) is not None:
        time.sleep(0.5)
    return list(pages(api, f"/projects/{project}/assets", state="ready"))


def pull(api: httpx.Client, project: str, archive: Path) -> None:
    """What people have handed in so far, as COCO."""
    order = {"format": "coco-instances", "filter": {"kinds": ["thing"]}}
    export = call(api, "POST", f"/projects/{project}/exports", json=order)
    while export["state"] not in ("done", "failed", "cancelled"):
        time.sleep(0.5)
        export = call(api, "GET", f"/exports/{export['id']}")
    if export["state"] != "done":
        sys.exit(f"The export ended as {export['state']}: {export['problem']}")
    address = api.base_url.join(export["download_url"])
    with api.stream("GET", address) as answer, archive.open("wb") as file:
        answer.raise_for_status()
        for chunk in answer.iter_bytes():
            file.write(chunk)


def pages(api: httpx.Client, path: str, **query: str) -> Iterator[dict[str, Any]]:
    """Everything of a list, page by page."""
    while True:
        page = call(api, "GET", path, params=query)
        yield from page["items"]
        if page["next_cursor"] is None:
            return
        query["cursor"] = page["next_cursor"]


def call(api: httpx.Client, method: str, path: str, **more: Any) -> Any:
    """The answer's JSON. A problem says in `title` and `detail` what to do."""
    answer = api.request(method, path, **more)
    if answer.is_error:
        problem = answer.json()
        sys.exit(f"{problem['title']} {problem.get('detail') or ''}".strip())
    return answer.json()


if __name__ == "__main__":
    main()
