"""A manager looks at quality: verdicts, who agrees with whom, and what people disagree on."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any
from uuid import uuid4

import httpx
import numpy as np
import pytest
from playwright.sync_api import Page, expect

from maskwright.masks.codec import encode
from tests.e2e.labeling import BLUE, RED, Labeling, labeling_project, sign_in
from tests.support.stack import Stack
from tests.support.waiting import wait_until

SIZE = (320, 240)
PASSWORD = "correct horse battery staple"


@pytest.fixture
def labeling(stack: Stack) -> Iterator[Labeling]:
    with labeling_project(stack, images=(RED, BLUE), size=SIZE) as opened:
        yield opened


def join(stack: Stack, owner: httpx.Client, name: str, role: str) -> httpx.Client:
    invited = owner.post("/invitations", json={"role": role})
    invited.raise_for_status()
    token = invited.json()["url"].rsplit("/", 1)[-1]
    email = f"{name.lower()}-{uuid4().hex[:8]}@example.com"
    accepted = httpx.post(
        f"{stack.address}/api/v1/invitations/by-token/{token}/accept",
        json={"name": name, "email": email, "password": PASSWORD},
    )
    accepted.raise_for_status()
    return stack.signed_in(email, PASSWORD)


def claim(api: httpx.Client, labeling: Labeling, **wanted: Any) -> dict[str, Any]:
    answer = api.post(f"/projects/{labeling.id}/queue/next", json=wanted)
    answer.raise_for_status()
    claimed: dict[str, Any] = answer.json()
    return claimed


def label(api: httpx.Client, labeling: Labeling, left: int) -> str:
    """Hand in the next image with a car that begins at this column; returns its name."""
    claimed = claim(api, labeling)
    pixels = np.zeros((SIZE[1], SIZE[0]), dtype=bool)
    pixels[40:140, left : left + 100] = True
    sent = {
        "fence": claimed["lease"]["fence"],
        "objects": [
            {
                "key": str(uuid4()),
                "class_id": labeling.class_ids["Car"],
                "layer": 0,
                "mask": encode(pixels).to_wire(),
            }
        ],
        "active_ms": 1000,
    }
    api.post(
        f"/leases/{claimed['lease']['id']}/submit",
        json=sent,
        headers={"Idempotency-Key": str(uuid4())},
    ).raise_for_status()
    name: str = claimed["asset"]["name"]
    return name


def report(labeling: Labeling, name: str) -> list[list[Any]]:
    rows: list[list[Any]] = labeling.api.get(f"/projects/{labeling.id}/insights/{name}").json()[
        "rows"
    ]
    return rows


def test_a_manager_sees_who_agrees_and_opens_what_people_disagree_on(
    page: Page, stack: Stack, labeling: Labeling
) -> None:
    overlap = {"percent": 100, "people": 2, "most": 2, "method": "majority"}
    labeling.api.put(
        f"/projects/{labeling.id}/workflow",
        json={"version": 0, "steps": [{"name": "Check"}], "overlap": overlap},
    ).raise_for_status()
    with ExitStack() as open_until_done:
        ann, bo, rita = (
            open_until_done.enter_context(closing(join(stack, labeling.api, name, role)))
            for name, role in (("Ann", "labeler"), ("Bo", "labeler"), ("Rita", "reviewer"))
        )
        first = label(ann, labeling, 0)
        assert label(bo, labeling, 0) == first
        disputed = label(ann, labeling, 0)
        assert label(bo, labeling, 50) == disputed
        wait_until(lambda: len(report(labeling, "consensus")) == 2, "both were made one")
        looked_at = claim(rita, labeling, stage="review")["lease"]
        rita.post(
            f"/leases/{looked_at['id']}/verdict",
            json={"fence": looked_at["fence"], "decision": "approved"},
        ).raise_for_status()

    sign_in(page)
    page.goto(f"/projects/{labeling.id}/quality")

    matrix = page.get_by_role("region", name="Agreement of each two people")
    expect(matrix.get_by_role("row", name="Ann 66.7")).to_be_visible()
    worst = page.get_by_role("region", name="Images by agreement").get_by_role("row").nth(1)
    expect(worst).to_contain_text(disputed)
    expect(worst).to_contain_text("33.3 %")
    expect(page.get_by_role("img", name="Verdicts by labeler")).to_be_visible()
    worst.get_by_role("link", name=disputed).click()
    expect(page.get_by_role("heading", name=disputed)).to_be_visible()


def test_a_dashboard_shows_what_is_handed_in_while_somebody_looks(
    page: Page, stack: Stack, labeling: Labeling
) -> None:
    page.clock.install()  # reports are read anew every ten seconds at most
    sign_in(page)
    page.goto(f"/projects/{labeling.id}/insights")
    card = page.locator("[data-report=throughput]")
    expect(card).to_contain_text("Nothing was handed in during this time.")

    def shows(count: int) -> bool:
        page.clock.fast_forward(10_000)
        return card.get_by_role("cell", name=str(count), exact=True).first.is_visible()

    with closing(join(stack, labeling.api, "Ann", "labeler")) as ann:
        label(ann, labeling, 0)
        wait_until(lambda: shows(0) or card.get_by_role("img").is_visible(), "it is drawn")
        card.get_by_role("button", name="Table").click()
        wait_until(lambda: shows(1), "the first one is counted")
        label(ann, labeling, 0)
        wait_until(lambda: shows(2), "so is the second one")

    page.get_by_role("button", name="Period").click()
    page.get_by_role("option", name="Chosen days").click()
    page.get_by_label("Last day (UTC)").fill("2026-01-01")
    expect(card).to_contain_text("Nothing was handed in during this time.")
    page.get_by_label("Last day (UTC)").fill("")
    expect(card.get_by_role("cell", name="2", exact=True).first).to_be_visible()


def test_a_project_without_reviews_says_what_is_missing(page: Page, labeling: Labeling) -> None:
    sign_in(page)
    page.goto(f"/projects/{labeling.id}")
    page.get_by_role("navigation", name="Project").get_by_role("link", name="Quality").click()

    expect(page.get_by_text("No label was reviewed during this time.")).to_be_visible()
