"""Work that came after its image had gone to somebody else: nobody has to draw it again."""

from collections.abc import Iterator
from contextlib import closing
from uuid import uuid4

import httpx
import numpy as np
import pytest
from playwright.sync_api import Page, expect

from maskwright.masks.codec import encode
from tests.e2e.labeling import RED, EditorHands, Labeling, labeling_project, sign_in
from tests.support.stack import Stack

PASSWORD = "a good long password"


@pytest.fixture
def labeling(stack: Stack) -> Iterator[Labeling]:
    with labeling_project(stack, images=(RED,)) as opened:
        yield opened


@pytest.fixture
def earlier(stack: Stack, labeling: Labeling) -> Iterator[httpx.Client]:
    """A labeler who had the image before, and hands it in too late."""
    email = f"early-{uuid4().hex[:8]}@example.com"
    invited = labeling.api.post("/invitations", json={"email": email, "role": "labeler"})
    token = invited.raise_for_status().json()["url"].rsplit("/", 1)[1]
    joining = {"name": "Early Bird", "email": email, "password": PASSWORD}
    with httpx.Client(base_url=f"{stack.address}/api/v1", timeout=60) as guest:
        guest.post(f"/invitations/by-token/{token}/accept", json=joining).raise_for_status()
    with closing(stack.signed_in(email, PASSWORD)) as client:
        yield client


def box(top: int, left: int, side: int) -> dict[str, object]:
    pixels = np.zeros((480, 640), dtype=bool)
    pixels[top : top + side, left : left + side] = True
    rle = encode(pixels)
    return {"size": [480, 640], "counts": rle.counts.decode("ascii")}


def test_late_work_is_looked_at_taken_over_and_undone(
    page: Page, labeling: Labeling, earlier: httpx.Client
) -> None:
    lost = earlier.post(f"/projects/{labeling.id}/queue/next", json={}).json()["lease"]
    labeling.api.post(f"/leases/{lost['id']}/revoke").raise_for_status()
    labeling.api.post(f"/projects/{labeling.id}/queue/next", json={}).raise_for_status()
    car = {"key": str(uuid4()), "class_id": labeling.class_ids["Car"]}
    late = earlier.post(
        f"/leases/{lost['id']}/submit",
        json={"fence": lost["fence"], "objects": [{**car, "mask": box(100, 100, 80)}]},
        headers={"Idempotency-Key": "late"},
    )
    assert late.json()["kept"] is True
    sign_in(page)
    hands = EditorHands(page, labeling).open()

    expect(page.get_by_text("Early Bird drew on this image before")).to_be_visible()
    page.get_by_role("button", name="Look", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("6,400 px")).to_be_visible()
    dialog.get_by_role("button", name="Take it over").click()

    expect(dialog).to_have_count(0)
    hands.expect_objects(1)
    expect(page.get_by_text("Taken over")).to_be_visible()
    page.get_by_role("button", name="Dismiss").click()
    page.keyboard.press("Control+z")
    hands.expect_objects(0)
    page.reload()
    hands.wait_for_task()
    expect(page.get_by_text("Early Bird drew on this image before")).to_have_count(0)


def test_who_hands_in_too_late_is_told_where_nothing_is_left_to_do(
    page: Page, labeling: Labeling, earlier: httpx.Client
) -> None:
    leases: list[dict[str, str]] = []
    page.on(
        "response",
        lambda answer: (
            leases.append(answer.json()["lease"])
            if answer.url.endswith("/queue/next") and answer.status == httpx.codes.OK
            else None
        ),
    )
    sign_in(page)
    hands = EditorHands(page, labeling).open()
    hands.paint("1", (100, 100), (200, 120))
    hands.expect_save_state("saved")
    labeling.api.post(f"/leases/{leases[0]['id']}/revoke").raise_for_status()
    taken = earlier.post(f"/projects/{labeling.id}/queue/next", json={}).json()["lease"]
    car = {"key": str(uuid4()), "class_id": labeling.class_ids["Car"]}
    earlier.post(
        f"/leases/{taken['id']}/submit",
        json={"fence": taken["fence"], "objects": [{**car, "mask": box(100, 100, 80)}]},
        headers={"Idempotency-Key": "first"},
    ).raise_for_status()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="All done")).to_be_visible()
    expect(page.get_by_text("0.png was not accepted")).to_be_visible()
    expect(page.get_by_text("kept as a version of its own")).to_be_visible()
    page.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_text("0.png was not accepted")).to_have_count(0)
