"""A manager's day with browsers: two teams, eight labelers of different speed, two reviewers,
200 images, a set of golds, some images for two people, review of 30 %.

    .venv/bin/python -m tests.trials.in_browsers [--images 200] [--pictures FOLDER]

The whole product as `make up` starts it; every labeler joins by an invitation and draws with the
mouse in a Chromium context of his own. In the middle Redis is killed, and later the API. At the end
the dashboards are read from their pages and their files, and held against what the browsers were
answered and what other SQL finds. Ends with 1 where they differ. With `--pictures` every page of
the manager's is photographed, in two sizes, light and dark.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import numpy as np
import psycopg
from playwright.async_api import Browser, async_playwright

from maskwright.masks.codec import encode
from tests.e2e.conftest import CHROMIUM_FLAGS, chromium_path
from tests.e2e.labeling import plain_png
from tests.support.crew import Crew, Hand
from tests.support.scratch import scratch_folder
from tests.support.stack import OWNER_EMAIL, OWNER_PASSWORD, Stack, running_stack
from tests.support.waiting import wait_until
from tests.trials.browser_hands import PASSWORD, Labeler, new_labeler, number_in
from tests.trials.browser_report import differences
from tests.trials.counted_in_sql import Counted
from tests.trials.pictures import take_pictures

SIZE = (320, 240)
GOLDS = 5
TEAMS = {"In house": ("in_house", "EUR", "30"), "Pixel Farm": ("vendor", "USD", "9.5")}
NAMES = ("Ann", "Bo", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hana")
SLOWEST_SECONDS = 4.0
REVIEW_PERCENT, OVERLAP_PERCENT = 30, 10
EVERY_NTH_IS_SENT_BACK = 5
PATIENCE_SECONDS = 1800


@dataclass
class Day:
    """What was set up, and who is at work."""

    stack: Stack
    manager: httpx.Client
    project_id: UUID
    classes: dict[str, str]
    links: dict[str, str]
    team_ids: dict[str, str]

    @property
    def path(self) -> str:
        return f"/projects/{self.project_id}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=200)
    parser.add_argument("--pictures", type=Path)
    wanted = parser.parse_args()
    if wanted.pictures is not None:
        wanted.pictures.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        folder = stack.enter_context(scratch_folder())
        running = stack.enter_context(running_stack(folder / "home"))
        manager = stack.enter_context(closing(running.signed_in()))
        day = furnish(running, manager, wanted.images)
        wrong = asyncio.run(spend(day, wanted.images, wanted.pictures))
    for line in wrong:
        print("WRONG:", line)
    sys.exit(bool(wrong))


def furnish(stack: Stack, manager: httpx.Client, images: int) -> Day:
    """Teams with rates, invitations, classes, golds, images, a workflow."""
    project = asked(manager.post("/projects", json={"name": "Street bars"}))
    path = f"/projects/{project['id']}"
    tree = [
        {"name": "Car", "color": "#e69f00", "hotkey": "1", "kind": "thing"},
        {"name": "Road", "color": "#009e73", "hotkey": "2", "kind": "stuff"},
    ]
    classes = asked(manager.put(f"{path}/ontology", json={"classes": tree}))["classes"]
    ids = {node["name"]: node["id"] for node in classes}
    day = Day(stack, manager, UUID(project["id"]), ids, {}, {})
    invite(day)
    upload(day, [f"gold-{number}.png" for number in range(1, GOLDS + 1)])
    assets = [hand_in_gold(day) for _ in range(GOLDS)]
    made = asked(manager.post(f"{path}/golds", json={"asset_ids": assets}))
    if made["made"] != GOLDS:
        raise SystemExit(f"Golds were refused: {made}")
    settings = {"first_tasks": 1, "percent": 5, "pass_iou": 0.5}
    asked(manager.put(f"{path}/gold/settings", json=settings))
    overlap = {"percent": OVERLAP_PERCENT, "people": 2, "most": 2, "method": "majority"}
    steps = [{"name": "Review", "percent": REVIEW_PERCENT}]
    workflow = {"version": 0, "steps": steps, "overlap": overlap}
    asked(manager.put(f"{path}/workflow", json=workflow))
    upload(day, [f"image-{number}.png" for number in range(1, images + 1)])
    return day


def invite(day: Day) -> None:
    """Everybody at once, each into his team; reviewers beside."""
    for name, (kind, currency, hourly) in TEAMS.items():
        team = asked(day.manager.post("/teams", json={"name": name, "kind": kind}))
        rate = {"currency": currency, "hourly": hourly}
        asked(day.manager.post(f"/teams/{team['id']}/rates", json=rate))
        day.team_ids[name] = team["id"]
    lines = [f"{n.lower()}@example.com, labeler, {team_of(n)}" for n in NAMES]
    lines += [f"reviewer{number}@example.com, reviewer" for number in (1, 2)]
    body = {"role": "labeler", "text": "\n".join(lines)}
    for line in asked(day.manager.post("/invitations/bulk", json=body))["items"]:
        day.links[line["email"]] = line["url"]


def team_of(name: str) -> str:
    return list(TEAMS)[NAMES.index(name) % 2]


def upload(day: Day, names: Sequence[str]) -> None:
    before = counts(day)["to_label"]
    for at in range(0, len(names), 50):
        files = [("files", (n, plain_png((120, 130, 120), SIZE))) for n in names[at : at + 50]]
        asked(day.manager.post(f"{day.path}/assets", files=files))
    wait_until(
        lambda: counts(day)["to_label"] == before + len(names), "all images were ready", seconds=240
    )


def hand_in_gold(day: Day) -> str:
    """What everybody should draw: the bar in the colour of the brush."""
    claimed = asked(day.manager.post(f"{day.path}/queue/next", json={}))
    bar, road = np.zeros(SIZE[::-1], dtype=bool), np.zeros(SIZE[::-1], dtype=bool)
    bar[50:70, 50:155] = True
    road[120:142, 50:190] = True
    drawn = {"Car": bar}
    if number_in(claimed["asset"]["name"]) % 2 == 0:
        drawn["Road"] = road
    objects = [
        {"key": str(uuid4()), "class_id": day.classes[name], "mask": encode(mask).to_wire()}
        for name, mask in drawn.items()
    ]
    asked(
        day.manager.post(
            f"/leases/{claimed['lease']['id']}/submit",
            json={"fence": claimed["lease"]["fence"], "objects": objects},
            headers={"Idempotency-Key": str(uuid4())},
        )
    )
    asset_id: str = claimed["asset"]["id"]
    return asset_id


async def spend(day: Day, images: int, pictures: Path | None) -> list[str]:
    """The day itself; returns what was wrong at its end."""
    async with AsyncExitStack() as stack:
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(
            executable_path=chromium_path(), args=[*CHROMIUM_FLAGS]
        )
        stack.push_async_callback(browser.close)
        labelers = await at_the_door(day, browser)
        crew = reviewers(day)
        leaving = asyncio.Event()
        work = [asyncio.create_task(one.work(leaving)) for one in labelers]
        with crew.at_work():
            try:
                await until_done(day, labelers, work, images)
            finally:
                leaving.set()
                ended = await asyncio.gather(*work, return_exceptions=True)
        lost = [f"{one.name}: {e}" for one, e in zip(labelers, ended, strict=True) if e is not None]
        for one in labelers:
            await one.page.context.close()
        tell(labelers, crew)
        context = await browser.new_context(
            base_url=day.stack.address, viewport={"width": 1440, "height": 900}, locale="en-GB"
        )
        page = await context.new_page()
        await page.goto("/sign-in")
        await page.get_by_label("E-mail").fill(OWNER_EMAIL)
        await page.get_by_label("Password").fill(OWNER_PASSWORD)
        await page.keyboard.press("Enter")
        await page.wait_for_url(f"{day.stack.address}/")
        with psycopg.connect(day.stack.database_url or "", autocommit=True) as connection:
            counted = Counted(connection, day.project_id)
            wrong = await differences(page, day.path, counted, labelers, crew.ledger, GOLDS)
        for line in wrong:
            print(line, flush=True)
        complaints = [words for one in labelers for words in one.complaints]
        if pictures is not None:
            await take_pictures(browser, page, day.path, pictures)
    return [*lost, *complaints, *crew.ledger.refusals, *wrong]


async def at_the_door(day: Day, browser: Browser) -> list[Labeler]:
    """All join by their invitations; the first is the slowest by far."""
    labelers = []
    for number, name in enumerate(NAMES):
        context = await browser.new_context(
            base_url=day.stack.address,
            viewport={"width": 1024, "height": 768},
            locale="en-GB",
            service_workers="block",
        )
        labeler = await new_labeler(context, name, SLOWEST_SECONDS / 2**number)
        labelers.append(labeler)
    await asyncio.gather(*(one.join(day.links[one.email]) for one in labelers))
    return labelers


def reviewers(day: Day) -> Crew:
    """Two scripts; they approve, and send every fifth label back."""
    hands, judged = [], iter(range(1, 10**9))

    def decide(claimed: dict[str, Any]) -> dict[str, Any]:
        if next(judged) % EVERY_NTH_IS_SENT_BACK == 0 and claimed["lease"]["kind"] == "review":
            return {"decision": "rejected", "comment": "A car is missing"}
        return {"decision": "approved"}

    for number in (1, 2):
        email = f"reviewer{number}@example.com"
        token = day.links[email].rsplit("/", 1)[-1]
        accepted = httpx.post(
            f"{day.stack.address}/api/v1/invitations/by-token/{token}/accept",
            json={"name": f"Rita {number}", "password": PASSWORD},
        )
        accepted.raise_for_status()
        with closing(day.stack.signed_in(email, PASSWORD)) as client:
            headers = {name: client.headers[name] for name in ("X-CSRF-Token", "Cookie")}
            me = asked(client.get("/me"))["user"]["id"]
        hands.append(Hand(UUID(me), headers, 0.5, decide))
    return Crew(day.stack.address, day.project_id, hands)


async def until_done(
    day: Day, labelers: Sequence[Labeler], work: Sequence["asyncio.Task[None]"], images: int
) -> None:
    """Kill Redis at a third and the API at two thirds; return when nothing is left to do."""
    deaths = {images // 3: "redis-server", 2 * images // 3: "maskwright.cli api"}
    deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while True:
        done = sum(len(one.handed_in) for one in labelers)
        for at, words in list(deaths.items()):
            if done >= at:
                del deaths[at]
                victim = day.stack.program(words)
                if victim is None:
                    raise RuntimeError(f"{words} does not run.")
                victim.kill()
                print(f"killed {words} at {done} labels", flush=True)
        if not deaths and await asyncio.to_thread(is_all_done, day):
            return
        if all(task.done() for task in work):
            raise RuntimeError("Every labeler went away before the work was done.")
        if asyncio.get_running_loop().time() > deadline:
            raise TimeoutError(
                f"The work was not done in time: {await asyncio.to_thread(left, day)}"
            )
        await asyncio.sleep(1)


_LEFT = (
    "SELECT stage, state, count(*) FROM task WHERE project_id = %s"
    " AND state NOT IN ('done', 'withdrawn') GROUP BY 1, 2"
)


def left(day: Day) -> list[tuple[Any, ...]]:
    with psycopg.connect(day.stack.database_url or "") as connection:
        return connection.execute(_LEFT, (day.project_id,)).fetchall()


def is_all_done(day: Day) -> bool:
    """Nothing to label or review, and every gold that was handed in has its score."""
    with psycopg.connect(day.stack.database_url or "") as connection:
        connection.read_only = True
        waiting = connection.execute(
            "SELECT count(*) FROM task t WHERE project_id = %s AND state = 'done'"
            " AND gold_id IS NOT NULL"
            " AND NOT EXISTS (SELECT FROM gold_attempt a WHERE a.task_id = t.id)",
            (day.project_id,),
        ).fetchone()
    return not left(day) and waiting == (0,)


def tell(labelers: Sequence[Labeler], crew: Crew) -> None:
    for one in labelers:
        print(
            f"{one.name:6} {team_of(one.name):10} looks {one.pauses_seconds:5.2f} s,"
            f" {len(one.handed_in)} handed in; troubles: {one.troubles or 'none'}"
        )
    print(f"{len(crew.ledger.verdicts)} verdicts, {crew.ledger.outages} sent again", flush=True)


def counts(day: Day) -> dict[str, int]:
    found: dict[str, int] = asked(day.manager.get(day.path))["counts"]
    return found


def asked(answer: httpx.Response) -> Any:
    if answer.is_error:
        raise SystemExit(f"{answer.request.url}: {answer.status_code} {answer.text}")
    return answer.json() if answer.content else None


if __name__ == "__main__":
    main()
