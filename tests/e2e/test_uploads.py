"""Images that are chosen in the browser's file dialog."""

import re
from contextlib import closing

from playwright.sync_api import FilePayload, Page, Route, expect

from tests.e2e.labeling import BLUE, plain_png, sign_in
from tests.support.stack import Stack


def test_files_chosen_while_the_page_changes_arrive(page: Page, stack: Stack) -> None:
    """The buttons over a list of images go as soon as it turns out that there is none."""
    with closing(stack.signed_in()) as api:
        project = api.post("/projects", json={"name": "Slow list"}).json()
    sign_in(page)
    held: list[Route] = []
    listing = re.compile(rf"/projects/{project['id']}/assets\?")

    def hold(route: Route) -> None:
        held.append(route)

    page.route(listing, hold)
    page.goto(f"/projects/{project['id']}/data")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload images").click()

    for route in held:
        route.continue_()
    page.unroute(listing)
    expect(page.get_by_role("heading", name="No images yet")).to_be_visible()
    mine = FilePayload(name="mine.png", mimeType="image/png", buffer=plain_png(BLUE, (64, 48)))
    chooser.value.set_files(mine)

    images = page.get_by_role("list", name="Images")
    expect(images.get_by_role("button", name="mine.png")).to_be_visible()
