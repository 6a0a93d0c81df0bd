"""A project that people have worked in: something to show on every page.

Names and words of people are in no language that the pages are read in, so that what is English or
German on a page is the page's own.
"""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import numpy as np

from maskwright.masks.codec import encode
from tests.e2e.labeling import Labeling, car_class, labeling_project, person_class, plain_png
from tests.support.stack import Stack
from tests.support.waiting import wait_until

PASSWORD = "correct horse battery staple"
WIDTH, HEIGHT = 640, 480
GREYS = [(level, level, level) for level in range(40, 220, 22)]


@dataclass(frozen=True)
class LivedIn:
    """labeling    the project, as its owner sees it
    invitation  the token of an open invitation
    asset       an image with a label, a comment and a history
    """

    labeling: Labeling
    invitation: str
    asset: str


@contextmanager
def lived_in_project(stack: Stack) -> Iterator[LivedIn]:
    files = [(f"{place}.png", plain_png(grey, (WIDTH, HEIGHT))) for place, grey in enumerate(GREYS)]
    makes = {
        "name": "Xylo",
        "kind": "radio",
        "options": [{"name": "Xyla"}, {"name": "Xylu"}],
    }
    classes = (car_class(name="Qar", attributes=[makes]), person_class(name="Qerson"))
    with labeling_project(stack, files=files, classes=classes) as labeling, ExitStack() as people:
        project, api = f"/projects/{labeling.id}", labeling.api
        _set_up(labeling)
        ann, bo = (people.enter_context(closing(_join(stack, api, name))) for name in ("Ann", "Bo"))
        _team(api)
        asset = _hand_in(ann, labeling)
        _hand_in(ann, labeling)
        _hand_in(bo, labeling)
        _skip(bo, labeling)
        _ask(bo, labeling)
        _review(labeling, "rejected")
        _review(labeling, "approved")
        _claim(ann, labeling)
        api.post(
            f"/assets/{asset}/comments", json={"text": "Qué?", "x": 9, "y": 9}
        ).raise_for_status()
        started = api.post(f"{project}/exports", json={"format": "coco-instances"}).json()
        wait_until(
            lambda: api.get(f"/exports/{started['id']}").json()["state"] == "done",
            "the export was written",
        )
        invited = api.post("/invitations", json={"email": _email("zoe"), "role": "reviewer"}).json()
        yield LivedIn(labeling, invited["url"].rsplit("/", 1)[-1], asset)


def _set_up(labeling: Labeling) -> None:
    """Everything that a manager may have set."""
    api, project = labeling.api, f"/projects/{labeling.id}"
    whole = [
        {"name": "Xylometer", "description": "Xy.", "instructions": "# Xylo\n\n- Xyla"},
        {"steps": [{"name": "Qué"}], "version": 0},
    ]
    api.patch(project, json=whole[0]).raise_for_status()
    api.put(f"{project}/workflow", json=whole[1]).raise_for_status()
    batch = api.post(f"{project}/batches", json={"name": "Xyl", "priority": 5}).raise_for_status()
    arranged = {"pick": {"text": "7"}, "set": {"batch_id": batch.json()["id"]}}
    api.post(f"{project}/queue/arrange", json=arranged).raise_for_status()
    area = np.zeros((HEIGHT, WIDTH), dtype=bool)
    area[40:140, 60:160] = True
    drawn = [{"class": "Qar", "mask": encode(area).to_wire(), "confidence": 0.9}]
    sent = {
        "model": {"name": "xyl-net", "version": "3"},
        "predictions": [{"asset": {"name": "7.png"}, "objects": drawn}],
    }
    api.post(f"{project}/predictions", json=sent).raise_for_status()
    broken = [("files", ("xyl.png", plain_png((1, 2, 3), (64, 64))[:150]))]
    api.post(f"{project}/assets", files=broken).raise_for_status()
    api.post("/tokens", json={"name": "xyl", "scopes": ["read"]}).raise_for_status()


def _email(name: str) -> str:
    return f"{name.lower()}-{uuid4().hex[:8]}@example.com"


def _join(stack: Stack, owner: httpx.Client, name: str) -> httpx.Client:
    invited = owner.post("/invitations", json={"role": "labeler"}).raise_for_status().json()
    email = _email(name)
    httpx.post(
        f"{stack.address}/api/v1/invitations/by-token/{invited['url'].rsplit('/', 1)[-1]}/accept",
        json={"name": name, "email": email, "password": PASSWORD},
    ).raise_for_status()
    return stack.signed_in(email, PASSWORD)


def _team(api: httpx.Client) -> None:
    team = api.post("/teams", json={"name": "Xyl", "kind": "vendor"}).raise_for_status().json()
    rate = {"hourly": "18.50", "currency": "EUR"}
    api.post(f"/teams/{team['id']}/rates", json=rate).raise_for_status()
    role = {"name": "Xylist", "description": "", "permissions": ["view_project", "label"]}
    api.post("/roles", json=role)


def _claim(who: httpx.Client, labeling: Labeling, **wanted: Any) -> dict[str, Any]:
    answer = who.post(f"/projects/{labeling.id}/queue/next", json=wanted).raise_for_status()
    claimed: dict[str, Any] = answer.json()
    return claimed


def _hand_in(who: httpx.Client, labeling: Labeling) -> str:
    """The next image with a disc on it; returns the image's id."""
    claimed = _claim(who, labeling)
    rows, columns = np.ogrid[:HEIGHT, :WIDTH]
    disc = (rows - 200) ** 2 + (columns - 250) ** 2 < 90**2
    drawn = {
        "key": str(uuid4()),
        "class_id": labeling.class_ids["Qar"],
        "layer": 0,
        "mask": encode(disc).to_wire(),
    }
    body = {"fence": claimed["lease"]["fence"], "objects": [drawn], "active_ms": 61_000}
    headers = {"Idempotency-Key": uuid4().hex}
    lease = claimed["lease"]["id"]
    who.post(f"/leases/{lease}/submit", json=body, headers=headers).raise_for_status()
    asset: str = claimed["asset"]["id"]
    return asset


def _skip(who: httpx.Client, labeling: Labeling) -> None:
    lease = _claim(who, labeling)["lease"]
    body = {"fence": lease["fence"], "reason": "unclear"}
    who.post(f"/leases/{lease['id']}/skip", json=body).raise_for_status()


def _ask(who: httpx.Client, labeling: Labeling) -> None:
    lease = _claim(who, labeling)["lease"]
    body = {"fence": lease["fence"], "text": "Qué?"}
    who.post(f"/leases/{lease['id']}/ask", json=body).raise_for_status()


def _review(labeling: Labeling, decision: str) -> None:
    lease = _claim(labeling.api, labeling, stage="review")["lease"]
    body = {"fence": lease["fence"], "decision": decision, "comment": "Qué?"}
    labeling.api.post(f"/leases/{lease['id']}/verdict", json=body).raise_for_status()
