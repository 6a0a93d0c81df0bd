"""Two people disagree about a part of an image; a third is asked about that part only."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any
from uuid import uuid4

import httpx
import numpy as np
import pytest
from playwright.sync_api import Page, expect

from maskwright.masks.codec import decode, encode, parse_wire
from tests.e2e.labeling import RED, BoolMask, EditorHands, Labeling, labeling_project, sign_in
from tests.support.stack import Stack
from tests.support.waiting import wait_until

PASSWORD = "a labeler's own password"
SIZE = (480, 640)
#: Both cars begin at column 100, and end at 180 and 220: so far people disagree.
SHORT, LONG = 180, 220
REGION = {"x": 167, "y": 87, "width": 66, "height": 86}


@pytest.fixture
def labeling(stack: Stack) -> Iterator[Labeling]:
    with labeling_project(stack, images=(RED,)) as made:
        yield made


@pytest.fixture
def labelers(stack: Stack, labeling: Labeling) -> Iterator[list[httpx.Client]]:
    """Two more of the organisation, signed in."""
    with ExitStack() as stays:
        yield [stays.enter_context(closing(joined(stack, labeling))) for _ in range(2)]


def joined(stack: Stack, labeling: Labeling) -> httpx.Client:
    email = f"labeler-{uuid4().hex[:8]}@example.com"
    invited = labeling.api.post("/invitations", json={"email": email, "role": "labeler"})
    token = invited.raise_for_status().json()["url"].rsplit("/", 1)[1]
    joining = {"name": "Lee Labels", "email": email, "password": PASSWORD}
    with httpx.Client(base_url=f"{stack.address}/api/v1", timeout=60) as guest:
        guest.post(f"/invitations/by-token/{token}/accept", json=joining).raise_for_status()
    return stack.signed_in(email, PASSWORD)


def want_parts(page: Page, labeling: Labeling) -> None:
    """As the manager sets it: two people for each image, a third about what they dispute."""
    page.goto(f"/projects/{labeling.id}/workflow")
    overlap = page.get_by_role("region", name="Several opinions")
    overlap.get_by_text("Several people label the same image").click()
    for name, value in (
        ("Images", "100"),
        ("People for each", "2"),
        ("At most, while it is disputed", "3"),
        ("Disputed from", "2"),
    ):
        field = overlap.get_by_role("textbox", name=name)
        field.fill(value)
        field.press("Tab")
    overlap.get_by_text("Ask one more person only about the disputed part").click()
    expect(overlap.get_by_role("textbox", name="Where it covers at most")).to_have_value("30")
    page.get_by_role("button", name="Save workflow").click()
    wait_until(lambda: overlap_of(labeling) is not None, "the workflow was saved")


def overlap_of(labeling: Labeling) -> Any:
    return labeling.api.get(f"/projects/{labeling.id}/workflow").json()["overlap"]


def car(left: int, right: int) -> BoolMask:
    mask = np.zeros(SIZE, dtype=bool)
    mask[100:160, left:right] = True
    return mask


def hand_in(labeling: Labeling, who: httpx.Client, right: int) -> str:
    """A car up to this column; returns the image's id."""
    claimed = who.post(f"/projects/{labeling.id}/queue/next", json={}).json()
    drawn = {
        "key": str(uuid4()),
        "class_id": labeling.class_ids["Car"],
        "mask": dict(encode(car(100, right)).to_wire()),
    }
    who.post(
        f"/leases/{claimed['lease']['id']}/submit",
        json={"fence": claimed["lease"]["fence"], "objects": [drawn]},
        headers={"Idempotency-Key": uuid4().hex},
    ).raise_for_status()
    return str(claimed["asset"]["id"])


def disagree(labeling: Labeling, labelers: list[httpx.Client]) -> str:
    """The image about which one more person is asked."""
    asset_id = hand_in(labeling, labelers[0], SHORT)
    assert hand_in(labeling, labelers[1], LONG) == asset_id
    wait_until(lambda: labeling.counts()["to_label"] == 1, "one more person was asked")
    return asset_id


def agreed(labeling: Labeling, asset_id: str) -> BoolMask:
    found = labeling.api.get(f"/assets/{asset_id}/consensus").raise_for_status().json()
    version = labeling.api.get(f"/label-versions/{found['version_id']}").json()
    [only] = version["objects"]
    return decode(parse_wire(only["mask"], SIZE))


def test_one_more_person_labels_the_disputed_part_and_nothing_else(
    page: Page, labeling: Labeling, labelers: list[httpx.Client]
) -> None:
    sign_in(page)
    want_parts(page, labeling)
    asset_id = disagree(labeling, labelers)

    hands = EditorHands(page, labeling).open()

    expect(page.get_by_text("People disagree about one part of this image.")).to_be_visible()
    header = page.get_by_role("banner")
    expect(header.get_by_role("button", name="Show the part that is asked about")).to_be_visible()
    header.get_by_role("button", name="Why?").click()
    expect(page.get_by_text("You are asked about that only")).to_be_visible()
    page.keyboard.press("Escape")
    hands.expect_objects(1)

    # Outside nothing is drawn, and one is told why.
    hands.paint("1", (300, 300), (360, 300))
    hint = page.locator(".status-bar__hint")
    expect(hint).to_have_text("Outside of the frame nothing changes.")
    hands.expect_objects(1)
    # Inside the car goes on, up to half of what is disputed.
    page.locator(".object-row").first.click()
    for row in range(104, 160, 8):
        hands.drag((150, row), (200, row))
    hands.expect_objects(1)
    hands.expect_save_state("saved")
    page.keyboard.press("Control+Enter")

    wait_until(
        lambda: labeling.api.get(f"/assets/{asset_id}/consensus").is_success,
        "the answers were made one",
    )
    mask = agreed(labeling, asset_id)
    region = np.zeros(SIZE, dtype=bool)
    region[87:173, 167:233] = True
    assert np.array_equal(mask & ~region, car(100, SHORT) & ~region)
    assert (mask & region & car(SHORT, 195)).sum() > 0.8 * 60 * 15
    assert not (mask & car(212, LONG)).any()
    [asked] = [
        each["region"]
        for each in labeling.api.get(f"/assets/{asset_id}/consensus").json()["opinions"]
        if each["region"]
    ]
    assert asked == [REGION]
