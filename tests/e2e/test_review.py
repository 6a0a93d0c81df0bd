"""Two people at one label: handed in, sent back, mended, approved; corrected; approved in bulk."""

import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import uuid4

import httpx
import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from maskwright.masks.codec import encode
from tests.e2e.labeling import BLUE, GREEN, RED, EditorHands, Labeling, labeling_project, sign_in
from tests.support.stack import Stack
from tests.support.waiting import wait_until

PASSWORD = "a labeler's own password"
IMAGES = (RED, BLUE, GREEN, (90, 90, 90))
PANEL = "Classes and objects"


@pytest.fixture
def labeling(stack: Stack) -> Iterator[Labeling]:
    with labeling_project(stack, images=IMAGES) as made:
        yield made


@pytest.fixture
def ann(stack: Stack, labeling: Labeling) -> Iterator[httpx.Client]:
    """A labeler of the same organisation, signed in."""
    email = f"ann-{uuid4().hex[:8]}@example.com"
    invited = labeling.api.post("/invitations", json={"email": email, "role": "labeler"})
    token = invited.raise_for_status().json()["url"].rsplit("/", 1)[1]
    joining = {"name": "Ann Labels", "email": email, "password": PASSWORD}
    with httpx.Client(base_url=f"{stack.address}/api/v1", timeout=60) as guest:
        guest.post(f"/invitations/by-token/{token}/accept", json=joining).raise_for_status()
    with closing(stack.signed_in(email, PASSWORD)) as client:
        client.headers["X-Email"] = email
        yield client


@pytest.fixture
def ann_page(browser: Browser, stack: Stack, ann: httpx.Client) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(
        base_url=stack.address, viewport={"width": 1440, "height": 900}, locale="en-GB"
    )
    page = context.new_page()
    sign_in(page, ann.headers["X-Email"], PASSWORD)
    yield page
    context.close()


def set_steps(labeling: Labeling, *steps: dict[str, Any], version: int = 0) -> None:
    body = {"version": version, "steps": list(steps)}
    labeling.api.put(f"/projects/{labeling.id}/workflow", json=body).raise_for_status()


def box_counts(left: int, top: int, width: int, height: int) -> dict[str, Any]:
    """A box on an image of 640 by 480, as run lengths."""
    mask = np.zeros((480, 640), dtype=bool)
    mask[top : top + height, left : left + width] = True
    rle = encode(mask)
    return {"size": [480, 640], "counts": rle.counts.decode("ascii")}


def hand_in(labeling: Labeling, who: httpx.Client) -> dict[str, Any]:
    """The next image with two cars on it."""
    claimed: dict[str, Any] = who.post(f"/projects/{labeling.id}/queue/next", json={}).json()
    objects = [
        {
            "key": str(uuid4()),
            "class_id": labeling.class_ids["Car"],
            "layer": 0,
            "mask": box_counts(left, 100, 80, 60),
            "attributes": {},
        }
        for left in (100, 400)
    ]
    answer = who.post(
        f"/leases/{claimed['lease']['id']}/submit",
        json={"fence": claimed["lease"]["fence"], "objects": objects},
        headers={"Idempotency-Key": uuid4().hex},
    )
    answer.raise_for_status()
    return claimed


def verdicts(labeling: Labeling, asset: dict[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = labeling.api.get(f"/assets/{asset['id']}/verdicts").json()[
        "items"
    ]
    return items


def open_review(page: Page, labeling: Labeling) -> EditorHands:
    page.goto(f"/projects/{labeling.id}/review")
    hands = EditorHands(page, labeling)
    hands.wait_for_task()
    return hands


def approve(page: Page) -> None:
    page.keyboard.press("Control+Enter")


def look_closer(page: Page) -> str:
    """Brighter and larger; returns the zoom."""
    page.get_by_role("button", name="Image and masks").click()
    page.get_by_role("slider", name="Brightness").fill("15")
    page.locator(".stage__canvas").focus()
    page.keyboard.press("+")
    return page.locator(".status-bar__zoom").inner_text()


def expect_to_look_as_close(page: Page, zoom: str) -> None:
    expect(page.locator(".status-bar__zoom")).to_have_text(zoom)
    expect(page.get_by_role("slider", name="Brightness")).to_have_value("15")
    expect(page.get_by_role("button", name="Image adjusted · Reset")).to_be_visible()


def take_over_and_undo(page: Page) -> None:
    """The version that is compared with becomes the label, and is undone."""
    page.get_by_role("button", name="Take this version").click()
    expect(page.get_by_role("button", name=re.compile("^Hand in correction"))).to_be_visible()
    expect(page.locator(".stage__canvas")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.get_by_role("button", name=re.compile("^Approve"))).to_be_visible()


def test_a_label_is_sent_back_mended_and_approved(
    page: Page, ann_page: Page, labeling: Labeling, ann: httpx.Client
) -> None:
    set_steps(labeling, {"name": "First look"})
    first = hand_in(labeling, ann)
    second = hand_in(labeling, ann)
    sign_in(page)
    hands = open_review(page, labeling)
    panel = page.get_by_role("complementary", name=PANEL)
    expect(panel.get_by_role("region", name="Label")).to_contain_text("Ann Labels")
    expect(panel.get_by_role("region", name="Label")).to_contain_text("First look")
    zoom = look_closer(page)

    page.keyboard.press("Control+Backspace")
    reason = page.get_by_role("textbox", name="What is to be mended?")
    expect(reason).to_be_focused()
    expect(page.get_by_role("button", name="Send back and next")).to_be_disabled()
    page.keyboard.type("The mirror is missing")
    page.keyboard.press("Control+Enter")

    expect(page.locator(".editor-header__asset")).to_have_text(second["asset"]["name"])
    expect_to_look_as_close(page, zoom)
    sent_back = [(row["decision"], row["comment"]) for row in verdicts(labeling, first["asset"])]
    assert sent_back == [("rejected", "The mirror is missing")]
    approve(page)
    expect(page.get_by_role("heading", name="All reviewed")).to_be_visible()
    assert [row["decision"] for row in verdicts(labeling, second["asset"])] == ["approved"]

    rework = EditorHands(ann_page, labeling).open()
    notice = ann_page.get_by_role("status").filter(has_text="sent this back · round 2")
    expect(notice).to_contain_text("The mirror is missing")
    rework.paint("1", (300, 300), (360, 300))
    rework.expect_objects(3)
    with ann_page.expect_response("**/submit"):
        ann_page.keyboard.press("Control+Enter")
    expect(ann_page.locator(".editor-header__asset")).not_to_have_text(first["asset"]["name"])

    page.get_by_role("button", name="Look again").click()
    hands.wait_for_task()
    legend = page.get_by_role("list", name="What changed")
    expect(legend).to_contain_text(re.compile(r"Added[\s\d,]+px"))
    expect(legend).to_contain_text(re.compile(r"Removed\s*0 px"))
    changed = page.get_by_role("list", name="Changed objects").get_by_role("button")
    expect(changed).to_have_count(1)
    page.locator(".stage__canvas").focus()
    page.keyboard.press("n")
    expect(page.locator(".annotations__ring")).to_be_attached()
    page.get_by_role("radio", name="Slide").check(force=True)
    curtain = page.get_by_role("slider", name=re.compile("left of here"))
    expect(curtain).to_have_attribute("aria-valuenow", "50")
    curtain.press("ArrowLeft")
    expect(curtain).to_have_attribute("aria-valuenow", "48")
    take_over_and_undo(page)
    approve(page)
    expect(page.get_by_role("heading", name="All reviewed")).to_be_visible()
    history = verdicts(labeling, first["asset"])
    assert [(row["decision"], row["round"]) for row in history] == [
        ("approved", 2),
        ("rejected", 1),
    ]


def test_a_label_that_was_chosen_is_commented_on_and_stays_until_it_is_judged(
    page: Page, labeling: Labeling, ann: httpx.Client
) -> None:
    """Ctrl+Enter, which approves, sends what is being written; and nothing unsent goes lost."""
    set_steps(labeling, {"name": "First look"})
    first, second = hand_in(labeling, ann), hand_in(labeling, ann)
    sign_in(page)
    page.goto(f"/projects/{labeling.id}/reviews")
    page.get_by_role("link", name=second["asset"]["name"], exact=True).click()
    EditorHands(page, labeling).wait_for_task()
    expect(page.locator(".editor-header__asset")).to_have_text(second["asset"]["name"])
    expect(page).to_have_url(re.compile(r"/review$"))

    page.keyboard.press("k")
    page.get_by_role("button", name=re.compile("Click the place")).press("Enter")
    comment = page.get_by_role("textbox", name="Comment on the image")
    expect(comment).to_be_focused()
    expect(comment).to_have_value("")
    page.keyboard.type("Is this a van")
    page.get_by_role("button", name=re.compile("^Approve")).click()
    expect(page.get_by_text("This comment is not sent yet.")).to_be_visible()
    expect(comment).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name=re.compile("Is this a van"))).to_be_visible()
    assert verdicts(labeling, second["asset"]) == []

    page.locator(".stage__canvas").focus()
    approve(page)
    expect(page.locator(".editor-header__asset")).to_have_text(first["asset"]["name"])
    [verdict] = verdicts(labeling, second["asset"])
    assert verdict["decision"] == "approved"


def test_an_address_that_names_no_label_is_told_in_words_and_the_next_one_opens(
    page: Page, labeling: Labeling, ann: httpx.Client
) -> None:
    set_steps(labeling, {"name": "First look"})
    label = hand_in(labeling, ann)
    sign_in(page)
    page.goto(f"{labeling.path.removesuffix('label')}review?task=half-an-addr")
    expect(page.get_by_text("No label has this address.")).to_be_visible()
    expect(page.locator(".editor-header__asset")).to_have_text(label["asset"]["name"])


def test_a_reviewer_hands_in_a_correction(
    page: Page, labeling: Labeling, ann: httpx.Client
) -> None:
    set_steps(labeling, {"name": "First look"})
    label = hand_in(labeling, ann)
    sign_in(page)
    hands = open_review(page, labeling)
    button = page.get_by_role("button", name=re.compile("^Approve"))
    expect(button).to_be_visible()

    hands.paint("2", (300, 300), (360, 300))

    expect(page.get_by_role("button", name=re.compile("^Hand in correction"))).to_be_visible()
    approve(page)
    expect(page.get_by_role("heading", name="All reviewed")).to_be_visible()
    [verdict] = verdicts(labeling, label["asset"])
    version = labeling.api.get(f"/label-versions/{verdict['result_version_id']}").json()
    assert (verdict["decision"], version["kind"]) == ("corrected", "reviewed")
    classes = sorted(each["class_id"] for each in version["objects"])
    car, person = labeling.class_ids["Car"], labeling.class_ids["Person"]
    assert classes == sorted([car, car, person])
    made_by = {each["class_id"]: each["provenance"] for each in version["objects"]}
    assert made_by == {car: {}, person: {"source": "review", "tool": "brush"}}


def test_a_manager_sets_the_workflow_and_approves_many(
    page: Page, labeling: Labeling, ann: httpx.Client
) -> None:
    sign_in(page)
    page.goto(f"/projects/{labeling.id}/workflow")
    expect(page.get_by_text("What is handed in is done.")).to_be_visible()
    page.get_by_role("button", name="Add review step").click()
    page.get_by_role("textbox", name="Name").fill("Cars")
    page.get_by_role("slider", name="Share that is looked at").fill("100")
    page.get_by_text("Car", exact=True).click()
    words = page.get_by_role("list", name="What will happen")
    expect(words).to_contain_text("All labels with Car are looked at.")
    page.get_by_role("button", name="Save workflow").click()
    expect(page.get_by_text("Workflow saved")).to_be_visible()
    saved = labeling.api.get(f"/projects/{labeling.id}/workflow").json()
    assert (saved["version"], saved["steps"][0]["name"]) == (1, "Cars")

    set_steps(labeling, {"name": "Theirs"}, version=1)
    page.get_by_role("textbox", name="Name").fill("Mine")
    page.get_by_role("button", name="Save workflow").click()
    conflict = page.get_by_role("alert")
    expect(conflict).to_contain_text("Somebody else changed the workflow")
    conflict.get_by_role("button", name="Save mine instead").click()

    def names() -> list[str]:
        steps = labeling.api.get(f"/projects/{labeling.id}/workflow").json()["steps"]
        return [step["name"] for step in steps]

    wait_until(lambda: names() == ["Mine"], "the workflow was saved over theirs")

    labels = [hand_in(labeling, ann) for _ in range(3)]
    page.get_by_role("link", name="Review", exact=True).click()
    table = page.get_by_role("region", name="Labels that wait for review")
    expect(table.get_by_role("row")).to_have_count(4)
    table.get_by_text(f"Select {labels[0]['asset']['name']}").click(force=True)
    table.get_by_text(f"Select {labels[2]['asset']['name']}").click(force=True)
    page.get_by_role("button", name="Approve selected").click()
    dialog = page.get_by_role("alertdialog", name="Approve 2 labels unopened?")
    dialog.get_by_role("button", name="Approve 2 labels").click()
    expect(table.get_by_role("row")).to_have_count(2)
    expect(table).to_contain_text(labels[1]["asset"]["name"])


def mended(labeling: Labeling, ann: httpx.Client) -> dict[str, Any]:
    """A label that was sent back over the API, and handed in again with one car."""
    set_steps(labeling, {"name": "First look"})
    hand_in(labeling, ann)
    next_url = f"/projects/{labeling.id}/queue/next"
    review = labeling.api.post(next_url, json={"stage": "review"}).json()["lease"]
    ruling = {"fence": review["fence"], "decision": "rejected", "comment": "One car only"}
    labeling.api.post(f"/leases/{review['id']}/verdict", json=ruling).raise_for_status()
    rework: dict[str, Any] = ann.post(next_url, json={}).json()
    [kept, _] = rework["label"]["objects"]
    answer = ann.post(
        f"/leases/{rework['lease']['id']}/submit",
        json={"fence": rework["lease"]["fence"], "objects": [kept]},
        headers={"Idempotency-Key": uuid4().hex},
    )
    answer.raise_for_status()
    return rework


def test_the_history_of_an_image_shows_what_changed(
    page: Page, labeling: Labeling, ann: httpx.Client
) -> None:
    rework = mended(labeling, ann)
    sign_in(page)
    page.goto(f"/projects/{labeling.id}/data?asset={rework['asset']['id']}")
    page.get_by_role("tab", name="Label history").click()
    page.get_by_role("button", name=re.compile("Earlier")).click()
    page.get_by_role("option", name="Version 1").click()
    both = page.get_by_role("region", name="Version 1 and Version 2")
    expect(both.get_by_role("img", name="Differences")).to_be_visible()
    legend = both.get_by_role("list", name="What changed")
    expect(legend).to_contain_text(re.compile(r"Removed\s*4,800 px"))
    expect(legend).to_contain_text(re.compile(r"Added\s*0 px"))
    both.get_by_role("radio", name="Slide A/B").check(force=True)
    expect(both.get_by_role("img", name="Version 2")).to_be_visible()
