"""Every page, as somebody meets it who reads German, has a small screen or large text, sees it in
the dark, has no mouse, or asked for less motion. Each is loaded once, and everything is looked at
on it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.catalogue import Catalogue, german_catalogue
from tests.e2e.labeling import EditorHands, sign_in
from tests.e2e.lived_in import LivedIn, lived_in_project
from tests.support.stack import Stack

FRONTEND = Path(__file__).parents[2] / "frontend"
AXE = FRONTEND / "node_modules/axe-core/axe.min.js"
AUDITS = Path(__file__).with_name("audits.js")
LARGE, SMALL = {"width": 1440, "height": 900}, {"width": 1024, "height": 768}
#: Of the editor, and dozens of presses of Tab after which a page is given up.
REGIONS, MOST_TABS = 5, 20


@dataclass(frozen=True)
class Visit:
    """path     of the router, filled in from the project
    content  is on the page once it has its content
    opens    in English: what is pressed to open a dialog, a menu or another tab
    """

    path: str
    content: str = "main h1"
    opens: tuple[str, ...] = ()
    search: str = ""


STRANGER = (
    Visit("/sign-in", "form"),
    Visit("/invitations/$token", "form"),
    Visit("/forgot-password", "form"),
    Visit("/reset-password/$token", "main"),
    Visit("/unsubscribe/$token", "main"),
)
OWNER = (
    Visit("/", "main h1", ("Create project",)),
    Visit("/account", "form", ("Create token",)),
    Visit("/team", "table", ("Invite", "New team", "New role")),
    Visit("/audit", "table"),
    Visit("/projects/$projectId"),
    Visit("/projects/$projectId/data", "main img", search="?asset=$asset"),
    Visit("/projects/$projectId/ontology"),
    Visit("/projects/$projectId/queue", "table", ("Limits", "New batch")),
    Visit("/projects/$projectId/reviews", "table"),
    Visit("/projects/$projectId/workflow", "main h1"),
    Visit("/projects/$projectId/insights", "main svg"),
    Visit("/projects/$projectId/quality", "main svg"),
    Visit("/projects/$projectId/results", "main h1, main h2"),
    Visit("/projects/$projectId/people", "table"),
    Visit("/projects/$projectId/models", "table"),
    Visit("/projects/$projectId/exports", "main button"),
    Visit("/projects/$projectId/settings", "main form"),
    Visit("/projects/$projectId/label", "canvas"),
    Visit("/projects/$projectId/review", "canvas"),
)


@pytest.fixture(scope="module")
def lived_in(stack: Stack) -> Iterator[LivedIn]:
    with lived_in_project(stack) as project:
        yield project


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return german_catalogue()


def german_page(browser: Browser, stack: Stack) -> Page:
    context = browser.new_context(
        base_url=stack.address,
        viewport={"width": 1440, "height": 900},
        locale="de-DE",
        reduced_motion="reduce",
        service_workers="block",
    )
    context.add_init_script(path=AUDITS)
    return context.new_page()


@pytest.fixture(scope="module")
def strangers_page(browser: Browser, stack: Stack) -> Iterator[Page]:
    page = german_page(browser, stack)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def owners_page(browser: Browser, stack: Stack) -> Iterator[Page]:
    page = german_page(browser, stack)
    sign_in(page)
    yield page
    page.context.close()


class Auditor:
    """Collects what is wrong with what a page shows."""

    def __init__(self, page: Page, catalogue: Catalogue, where: str) -> None:
        self.page = page
        self.catalogue = catalogue
        self.where = where
        self.is_editor = where.endswith(("/label", "/review"))
        self.findings: list[str] = []

    def look(self, *, within: str = "body") -> None:
        """All that can be told of what is on the screen, or of a part of it."""
        expect(self.page.locator("[role=progressbar]:not([aria-valuenow])")).to_have_count(0)
        self._words(within)
        self._axe(within)
        self._sizes()
        self._keyboard()
        self._note([f"moves: {each}" for each in self.page.evaluate("audits.moved()")])

    def _note(self, found: list[str]) -> None:
        self.findings += [f"{self.where}: {each}" for each in found if each not in self.findings]

    def _words(self, within: str) -> None:
        texts = self.page.evaluate(
            "(within) => audits.texts(document.querySelector(within))", within
        )
        english = (self.catalogue.english_in(text) for text in texts)
        self._note([each for each in english if each is not None])

    def _axe(self, within: str) -> None:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text())
        self._axe_once(within, {"resultTypes": ["violations"]})
        self.page.emulate_media(color_scheme="dark")
        self._axe_once(within, {"runOnly": ["color-contrast", "link-in-text-block"]})
        self.page.emulate_media(color_scheme="light")

    def _axe_once(self, within: str, options: dict[str, Any]) -> None:
        violations = self.page.evaluate(
            """async ([within, options]) => {
              await Promise.allSettled(
                document.getAnimations()
                  .filter((one) => one.playState === 'running')
                  .map((one) => one.finished)
              )
              return (await axe.run(within, options)).violations
            }""",
            [within, options],
        )
        self._note(
            [
                f"{each['help']}: {node['html'][:200]}"
                for each in violations
                if each["impact"] in ("serious", "critical")
                for node in each["nodes"]
            ]
        )

    def _sizes(self) -> None:
        for size, text in ((SMALL, "100%"), (LARGE, "200%")):
            self.page.set_viewport_size({"width": size["width"], "height": size["height"]})
            found = self.page.evaluate(
                """async (text) => {
                  document.documentElement.style.fontSize = text
                  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
                  return audits.overflowing()
                }""",
                text,
            )
            self._note([f"at {size['width']} px, text at {text}: {each}" for each in found])
        self.page.evaluate("document.documentElement.style.fontSize = ''")

    def _keyboard(self) -> None:
        self.page.evaluate("audits.watchFocus()")
        reached, idle = 0, 0
        # On the editor's canvas Tab goes from object to object; F6 leads out of it, from region to
        # region. Elsewhere it does nothing.
        for _ in range(MOST_TABS):
            for _ in range(12):
                self.page.keyboard.press("Tab")
            now = self.page.evaluate("audits.reached()")
            idle = 0 if now > reached else idle + 1
            reached = now
            if idle > (REGIONS if self.is_editor else 0):
                break
            if idle > 0:
                self.page.keyboard.press("F6")
        self._note(self.page.evaluate("audits.focusFindings()"))


def visited(
    page: Page, catalogue: Catalogue, visit: Visit, lived_in: LivedIn, token: str
) -> list[str]:
    names = {"projectId": lived_in.labeling.id, "token": token, "asset": lived_in.asset}
    page.goto(re.sub(r"\$(\w+)", lambda name: names[name[1]], visit.path + visit.search))
    expect(page.locator(visit.content).first).to_be_visible()
    auditor = Auditor(page, catalogue, visit.path)
    auditor.look()
    for english in visit.opens:
        opener = page.get_by_role("button", name=catalogue.words.get(english, english), exact=True)
        auditor.where = f"{visit.path}, {english}"
        opener.first.click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        auditor.look(within="[role=dialog]")
        dialog.press("Escape")
        expect(dialog).to_have_count(0)
    return auditor.findings


@pytest.mark.parametrize("visit", STRANGER, ids=lambda visit: visit.path)
def test_every_page_before_signing_in_can_be_read_and_used_by_everybody(
    strangers_page: Page, catalogue: Catalogue, lived_in: LivedIn, visit: Visit
) -> None:
    assert visited(strangers_page, catalogue, visit, lived_in, lived_in.invitation) == []


@pytest.mark.parametrize("visit", OWNER, ids=lambda visit: visit.path)
def test_every_page_can_be_read_and_used_by_everybody(
    owners_page: Page, catalogue: Catalogue, lived_in: LivedIn, visit: Visit
) -> None:
    assert visited(owners_page, catalogue, visit, lived_in, "") == []


#: What opens more of the editor, by key; and what is then on the screen.
PANELS = (
    ("Control+k", "[role=dialog]", "Escape"),
    ("?", "[role=dialog]", "Escape"),
    ("F1", "[role=dialog]", "Escape"),
    ("q", "[role=dialog]", "Escape"),
    ("Control+Shift+Enter", "[role=dialog]", "Escape"),
    ("Control+Shift+h", ".history__steps", "Control+Shift+h"),
    ("F2", ".beside", "F2"),
)


def test_all_of_the_editor_is_in_the_readers_language(
    owners_page: Page, catalogue: Catalogue, lived_in: LivedIn
) -> None:
    page = owners_page
    hands = EditorHands(page, lived_in.labeling)
    page.goto(lived_in.labeling.path)
    expect(page.locator(".tool-rail")).to_be_visible()
    auditor = Auditor(page, catalogue, "editor")

    def look(where: str) -> None:
        hands.settle()
        auditor.where = f"editor, {where}"
        auditor._words("body")

    page.keyboard.press("z")
    hands.wait_for_image()
    hands.drag((40, 40), (90, 60))
    for key, shown, closing in PANELS:
        page.keyboard.press(key)
        expect(page.locator(shown).first).to_be_visible()
        look(key)
        page.keyboard.press(closing)
        expect(page.locator(shown)).to_have_count(0)
    for tab in page.get_by_role("tablist").first.get_by_role("tab").all():
        tab.click()
        look(tab.inner_text())
    page.get_by_role("tablist").first.get_by_role("tab").first.click()
    page.locator(".display-settings__fold").click()
    for way in page.locator(".display-settings__all .tool-bar__mode").all():
        way.click()
    look("how image and masks are shown")
    page.keyboard.press("Shift+i")
    for tool in page.locator(".tool-rail button[aria-pressed=false]:enabled").all():
        tool.click()
        look(tool.get_attribute("aria-label") or "")
        # A click in the image, an undo: hints in between, notices, and the labels of steps.
        hands.click((60, 50))
        look(f"{tool.get_attribute('aria-label')}, at work")
        page.keyboard.press("Escape")
    page.keyboard.press("v")
    page.keyboard.press("Control+a")
    look("selected")
    assert auditor.findings == []


def test_no_route_is_left_out() -> None:
    router = (FRONTEND / "src/app/router.tsx").read_text()
    blocks = re.findall(r"createRoute\(\{(.*?)\n\}\)", router, re.DOTALL)
    parts = [
        (re.search(r"getParentRoute: \(\) => (\w+)", block), re.search(r"path: '(.*?)'", block))
        for block in blocks
    ]
    paths = set()
    for parent, path in parts:
        if parent is None or path is None:
            continue
        under = "/projects/$projectId" if parent[1] == "projectRoute" else ""
        paths.add((under + path[1]).rstrip("/") or "/")
    assert paths == {visit.path for visit in (*STRANGER, *OWNER)}
