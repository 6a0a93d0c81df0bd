"""An owner makes a role, invites a list of people, reads who did what; people choose how to be
told."""

from playwright.sync_api import Page, expect

from tests.e2e.labeling import sign_in


def test_an_owner_makes_a_role_and_invites_a_list_with_it(page: Page) -> None:
    sign_in(page)
    page.goto("/team")
    page.get_by_role("button", name="New role").click()
    page.get_by_role("dialog").get_by_role("textbox", name="Name").fill("Auditor")
    page.get_by_text("Read the audit log").click()
    page.get_by_role("button", name="Create role").click()
    expect(page.get_by_role("button", name="Auditor", exact=True)).to_be_visible()

    page.get_by_role("button", name="Invite", exact=True).click()
    page.get_by_role("button", name="Invite many").click()
    page.get_by_label("People").fill("ann@example.com, auditor\nbo at example.com")
    page.get_by_role("button", name="Check the list").click()
    lines = page.get_by_role("region", name="What becomes of each line")
    expect(lines).to_contain_text("Can be invited")
    expect(lines).to_contain_text("No e-mail address in this line")
    page.get_by_role("button", name="Invite 1 person").click()
    expect(lines).to_contain_text("Invited")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("region", name="Open invitations")).to_contain_text("ann@example.com")

    page.get_by_role("link", name="Audit log").click()
    events = page.get_by_role("region", name="Audit log")
    expect(events).to_contain_text("Role: created")
    page.get_by_role("button", name="Anything Action").click()
    page.get_by_role("option", name="Invitation: created").click()
    expect(events).to_contain_text("ann@example.com")
    expect(events).not_to_contain_text("Role: created")


def test_everybody_chooses_how_to_be_told(page: Page) -> None:
    sign_in(page)
    page.goto("/account")
    name = "My label was sent back: by e-mail"
    page.get_by_role("button", name=f"Once a day {name}").click()
    page.get_by_role("option", name="Never").click()
    expect(page.get_by_role("button", name=f"Never {name}")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name=f"Never {name}")).to_be_visible()


def test_a_forgotten_password_is_asked_for_without_signing_in(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_role("link", name="Forgotten your password?").click()
    page.get_by_label("E-mail").fill("nobody@example.com")
    page.get_by_role("button", name="Send a link").click()
    expect(page.get_by_role("status")).to_contain_text("If there is an account")
    page.goto("/reset-password/nonsense")
    expect(page.get_by_role("alert")).to_contain_text("Ask for another one")
