"""Images that lie on the web, added by their addresses."""

from playwright.sync_api import Page, expect

from tests.e2e.labeling import RED, labeling_project, sign_in
from tests.support.stack import Stack

TABLE = "url,site\nhttp://127.0.0.1:9/street.jpg,north\nfile:///etc/hosts,south"


def test_a_table_of_addresses_is_checked_sent_and_told_of(page: Page, stack: Stack) -> None:
    with labeling_project(stack, images=(RED,)) as labeling:
        sign_in(page)
        page.goto(f"/projects/{labeling.id}/data")
        page.get_by_role("button", name="Add by address").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Addresses", exact=True).fill(TABLE)
        expect(dialog.get_by_text("1 address · metadata: site")).to_be_visible()
        expect(dialog.get_by_text("file:///etc/hosts", exact=True)).to_be_visible()

        dialog.get_by_role("button", name="Fetch 1 image").click()

        # No address of this machine's own is fetched from, which the panel says.
        panel = page.get_by_role("region", name="Images by address")
        expect(panel).to_contain_text("1 could not be added", timeout=60_000)
        expect(panel).to_contain_text("http://127.0.0.1:9/street.jpg")
        expect(panel.get_by_role("button", name="Try these again")).to_be_visible()
