"""Golds from end to end: a manager sets them up, a labeler meets one unseen, reads how it went, and
a rule pauses her."""

import io
import json
from collections.abc import Iterator
from contextlib import closing
from uuid import uuid4

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.e2e.labeling import BLUE, GREEN, RED, Labeling, labeling_project, sign_in
from tests.e2e.test_quality import PASSWORD, SIZE, label
from tests.support.stack import Stack
from tests.support.waiting import wait_until

#: A worker scores a gold within a second, but begins by loading what it scores with.
SCORED_MS = 30_000


@pytest.fixture
def labeling(stack: Stack) -> Iterator[Labeling]:
    with labeling_project(stack, images=(RED, GREEN, BLUE), size=SIZE) as opened:
        yield opened


def invited(stack: Stack, labeling: Labeling) -> str:
    """A new labeler's address."""
    link = labeling.api.post("/invitations", json={"role": "labeler"})
    link.raise_for_status()
    token = link.json()["url"].rsplit("/", 1)[-1]
    email = f"ann-{uuid4().hex[:8]}@example.com"
    httpx.post(
        f"{stack.address}/api/v1/invitations/by-token/{token}/accept",
        json={"name": "Ann", "email": email, "password": PASSWORD},
    ).raise_for_status()
    return email


def make_gold(labeling: Labeling) -> str:
    """The first image, labelled by the manager; returns its name."""
    name = label(labeling.api, labeling, 0)
    found = labeling.api.get(f"/projects/{labeling.id}/assets").json()["items"]
    [asset] = [each for each in found if each["name"] == name]
    made = labeling.api.post(f"/projects/{labeling.id}/golds", json={"asset_ids": [asset["id"]]})
    assert made.json()["made"] == 1, made.text
    return name


def set_up(page: Page, labeling: Labeling) -> None:
    """In the browser: golds are told of at once, and one that goes wrong pauses a person."""
    page.goto(f"/projects/{labeling.id}/quality")
    page.get_by_role("tab", name="Gold").click()
    page.get_by_role("textbox", name="First tasks of each person").fill("1")
    page.get_by_text("Show people how they did").click()
    page.get_by_role("button", name="Save settings").click()
    expect(page.get_by_text("Gold settings saved")).to_be_visible()
    page.get_by_role("tab", name="Rules").click()
    page.get_by_role("button", name="New rule").click()
    dialog = page.get_by_role("dialog", name="New rule")
    dialog.get_by_role("textbox", name="With at least").fill("1")
    dialog.get_by_role("textbox", name="What the person reads").fill("Read page 2 again.")
    dialog.get_by_role("button", name="Try it on the last 30 days").click()
    expect(dialog.get_by_text("It would have met nobody.")).to_be_visible()
    dialog.get_by_role("button", name="Save rule").click()
    expect(page.get_by_text("IoU on golds below 70 %")).to_be_visible()


def test_a_gold_is_met_unseen_told_of_and_pauses_who_missed_it(
    page: Page, browser: Browser, stack: Stack, labeling: Labeling
) -> None:
    gold = make_gold(labeling)
    sign_in(page)
    set_up(page, labeling)
    email = invited(stack, labeling)

    with closing(browser.new_context(base_url=stack.address, locale="en-GB")) as context:
        ann = context.new_page()
        sign_in(ann, email, PASSWORD)
        ann.goto(labeling.path)
        expect(ann.get_by_text(gold)).to_be_visible()
        expect(ann.get_by_text("gold", exact=False)).to_have_count(0)
        ann.get_by_role("button", name="Submit and next").click()
        notice = ann.get_by_text("The image before was a gold: not passed.")
        expect(notice).to_be_visible(timeout=SCORED_MS)
        ann.get_by_role("button", name="Show differences").click()
        compared = ann.get_by_role("dialog", name="Compared with the gold")
        expect(compared.get_by_role("row", name="Car")).to_contain_text("0 %")
        wait_until(
            lambda: labeling.api.get(f"/projects/{labeling.id}/pauses").json()["items"],
            "the rule paused her",
        )
        ann.goto(labeling.path)
        expect(ann.get_by_text("Read page 2 again.")).to_be_visible()

        page.reload()
        page.get_by_role("tab", name="Rules").click()
        paused = page.get_by_role("region", name="Paused now")
        expect(paused.get_by_role("row", name="Ann")).to_contain_text("Read page 2 again.")
        history = page.get_by_role("region", name="What rules did")
        expect(history.get_by_role("row", name="Ann")).to_contain_text("0 % over 1 gold")
        history.get_by_role("button", name="Undo").click()
        expect(history.get_by_text("Undone")).to_be_visible()

        ann.get_by_role("button", name="Look again").click()
        expect(ann.get_by_role("button", name="Submit and next")).to_be_visible()


def class_map(value: int) -> bytes:
    width, height = SIZE
    pixels = Image.new("L", (width, height), 0)
    pixels.paste(value, (0, 0, width // 2, height))
    out = io.BytesIO()
    pixels.save(out, "PNG")
    return out.getvalue()


def test_masks_on_disk_become_golds(page: Page, labeling: Labeling) -> None:
    """One class of theirs is not known, and one mask is of no image."""
    found = labeling.api.get(f"/projects/{labeling.id}/assets").json()["items"]
    stem = found[0]["name"].rsplit(".", 1)[0]
    classes = json.dumps({"0": "background", "1": "Automobile"}).encode()
    files = [
        {"name": f"{stem}.png", "mimeType": "image/png", "buffer": class_map(1)},
        {"name": "nowhere.png", "mimeType": "image/png", "buffer": class_map(1)},
        {"name": "classes.json", "mimeType": "application/json", "buffer": classes},
    ]
    sign_in(page)
    page.goto(f"/projects/{labeling.id}/quality")
    page.get_by_role("tab", name="Gold").click()
    page.get_by_role("button", name="Upload ground truth").click()
    dialog = page.get_by_role("dialog", name="Upload ground truth")
    with page.expect_file_chooser() as chooser:
        dialog.get_by_role("button", name="Choose files…").click()
    chooser.value.set_files(files)
    expect(dialog.get_by_text("1 class of the files is not in the ontology")).to_be_visible()
    expect(dialog.get_by_role("row", name="nowhere.png")).to_contain_text("no such image")
    expect(dialog.get_by_role("button", name="Make 0 golds")).to_be_disabled()
    expect(dialog.get_by_text("Say above what the unknown classes are.")).to_be_visible()

    dialog.get_by_role("button", name="Automobile").click()
    page.get_by_role("option", name="Car").click()
    expect(dialog.get_by_text("1 image becomes gold · 1 not used")).to_be_visible()
    dialog.get_by_role("button", name="Make 1 gold").click()

    expect(page.get_by_text("1 gold made")).to_be_visible()
    expect(page.get_by_role("row", name=found[0]["name"])).to_contain_text("In use")


def test_who_fails_the_exam_for_a_skill_is_told_what_waits_behind_it(
    page: Page, browser: Browser, stack: Stack, labeling: Labeling
) -> None:
    make_gold(labeling)
    api, project = labeling.api, f"/projects/{labeling.id}"
    email = invited(stack, labeling)
    sign_in(page)
    set_up_exam(page, labeling)
    wanted = {"pick": {"text": "."}, "set": {"skill": "x-ray"}}
    assert api.post(f"{project}/queue/arrange", json=wanted).json()["changed"] == 2

    with closing(browser.new_context(base_url=stack.address, locale="en-GB")) as context:
        ann = context.new_page()
        sign_in(ann, email, PASSWORD)
        ann.goto(labeling.path)
        expect(ann.get_by_text("2 images need the skill “x-ray”.")).to_be_visible()
        expect(ann.get_by_text("To get them, pass 1 of 1 image.")).to_be_visible()
        ann.get_by_role("button", name="Take the exam").click()
        expect(ann.get_by_role("button", name="Submit and next")).to_be_visible()
        ann.get_by_role("button", name="Submit and next").click()
        refusal = ann.get_by_text("You did not pass and have no tries left.")
        expect(refusal).to_be_visible(timeout=SCORED_MS)
        expect(ann.get_by_role("button", name="Take the exam")).to_have_count(0)

        page.reload()
        page.get_by_role("tab", name="Training and exam").click()
        tries = page.get_by_role("region", name="How people do in them")
        expect(tries.get_by_role("row", name="Ann")).to_contain_text("Exam for “x-ray”")
        tries.get_by_role("button", name="Let pass").click()
        expect(tries.get_by_text("passed by the word of")).to_be_visible()
        ann.get_by_role("button", name="Look again").click()
        expect(ann.get_by_role("button", name="Submit and next")).to_be_visible()


def set_up_exam(page: Page, labeling: Labeling) -> None:
    """In the browser: one try at one gold stands before the images of a skill."""
    page.goto(f"/projects/{labeling.id}/quality")
    page.get_by_role("tab", name="Training and exam").click()
    page.get_by_role("textbox", name="Skill", exact=True).fill("x-ray")
    page.get_by_role("button", name="Add course").click()
    expect(page.get_by_role("heading", name="Exam for “x-ray”")).to_be_visible()
    page.get_by_role("tab", name="Gold").click()
    page.get_by_role("button", name="What").click()
    page.get_by_role("option", name="Course for “x-ray”").click()
    expect(page.get_by_role("button", name="What").last).to_contain_text("x-ray")
    page.get_by_role("tab", name="Training and exam").click()
    exam = page.get_by_role("form", name="Exam for “x-ray”")
    expect(exam.get_by_text("1 gold is kept for this course.")).to_be_visible()
    exam.get_by_text("People may take it").click()
    exam.get_by_role("textbox", name="Images").fill("1")
    exam.get_by_role("textbox", name="Of them to be passed").fill("1")
    exam.get_by_role("textbox", name="Tries").fill("1")
    exam.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved")).to_be_visible()
