"""An owner makes a role, invites a list of people, reads who did what; people choose how to be
told."""

from contextlib import closing
from uuid import uuid4

import httpx
from playwright.sync_api import Browser, Page, expect

from tests.e2e.labeling import sign_in
from tests.support.stack import Stack


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


def test_one_person_is_invited_with_a_role_of_ones_own_into_a_team(
    page: Page, stack: Stack
) -> None:
    mark = uuid4().hex[:6]
    with closing(stack.signed_in()) as api:
        role = {"name": f"Looker {mark}", "description": "", "permissions": ["view_quality"]}
        api.post("/roles", json=role).raise_for_status()
        api.post("/teams", json={"name": f"Farm {mark}", "kind": "vendor"}).raise_for_status()
    sign_in(page)
    page.goto("/team")
    page.get_by_role("button", name="Invite", exact=True).click()
    page.get_by_role("radio", name=f"Looker {mark}").check(force=True)
    page.get_by_role("button", name="No team Team").click()
    page.get_by_role("option", name=f"Farm {mark}").click()
    page.get_by_label("E-mail (optional)").fill(f"lou-{mark}@example.com")
    page.get_by_role("button", name="Create invitation link").click()
    link = page.locator(".copy-field__value").inner_text()
    page.get_by_role("button", name="Done").click()
    row = page.get_by_role("region", name="Open invitations").get_by_role("row")
    expect(row.filter(has_text=f"lou-{mark}")).to_contain_text(f"Looker {mark}")

    token = link.strip().rsplit("/", 1)[-1]
    joining = {"name": f"Lou {mark}", "password": "a long enough secret"}
    accept = f"{stack.address}/api/v1/invitations/by-token/{token}/accept"
    httpx.post(accept, json=joining).raise_for_status()
    page.reload()
    member = page.get_by_role("region", name="Members").get_by_role("row")
    expect(member.filter(has_text=f"Lou {mark}")).to_contain_text(f"Looker {mark}")
    team = page.get_by_role("row").filter(has_text=f"Farm {mark}")
    expect(team).to_contain_text("1")


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


def test_somebody_reviews_in_one_project_and_does_not_see_another(
    page: Page, browser: Browser, stack: Stack
) -> None:
    mark = uuid4().hex[:6]
    with closing(stack.signed_in()) as api:
        seen, unseen = (
            api.post("/projects", json={"name": f"{name} {mark}"}).json()["id"]
            for name in ("Fields", "Cellar")
        )
        link = api.post("/invitations", json={"role": "labeler"}).json()["url"]
    email, password = f"kim-{mark}@example.com", "a long enough password"
    httpx.post(
        f"{stack.address}/api/v1/invitations/by-token/{link.rsplit('/', 1)[-1]}/accept",
        json={"name": f"Kim {mark}", "email": email, "password": password},
    ).raise_for_status()
    sign_in(page)
    for project, role in ((seen, "Reviewer"), (unseen, "No access")):
        page.goto(f"/projects/{project}/people")
        row = page.get_by_role("row", name=email)
        row.get_by_role("button").click()
        page.get_by_role("option", name=role).click()
        expect(row.get_by_role("button")).to_contain_text(role)
        expect(page.get_by_text(f"Changed what Kim {mark} may do here").first).to_be_visible()

    with closing(browser.new_context(base_url=stack.address, locale="en-GB")) as context:
        kim = context.new_page()
        sign_in(kim, email, password)
        kim.goto("/")
        expect(kim.get_by_text(f"Fields {mark}").first).to_be_visible()
        expect(kim.get_by_text(f"Cellar {mark}")).to_have_count(0)
        kim.goto(f"/projects/{seen}")
        expect(kim.get_by_role("link", name="Review", exact=True)).to_be_visible()
        expect(kim.get_by_role("link", name="Settings")).to_have_count(0)


def accepted(stack: Stack, api: httpx.Client, name: str, mark: str) -> tuple[str, str]:
    """A new labeler's e-mail and id."""
    link = api.post("/invitations", json={"role": "labeler"}).json()["url"]
    email = f"{name.lower()}-{mark}@example.com"
    joined = httpx.post(
        f"{stack.address}/api/v1/invitations/by-token/{link.rsplit('/', 1)[-1]}/accept",
        json={"name": f"{name} {mark}", "email": email, "password": "a long enough password"},
    )
    joined.raise_for_status()
    return email, str(joined.json()["user"]["id"])


def test_a_team_lead_looks_after_his_own_people_and_nobody_else(page: Page, stack: Stack) -> None:
    mark = uuid4().hex[:6]
    with closing(stack.signed_in()) as api:
        project = api.post("/projects", json={"name": f"Orchard {mark}"}).json()["id"]
        team = api.post("/teams", json={"name": f"Farm {mark}", "kind": "vendor"}).json()["id"]
        lead, lead_id = accepted(stack, api, "Lea", mark)
        _, own_id = accepted(stack, api, "Own", mark)
        accepted(stack, api, "Other", mark)
        for person, is_lead in ((lead_id, True), (own_id, False)):
            path = f"/teams/{team}/members/{person}"
            api.put(path, json={"is_lead": is_lead}).raise_for_status()

    sign_in(page, lead, "a long enough password")
    page.goto(f"/projects/{project}")
    for hidden in ("Queue", "Quality", "Settings", "Workflow"):
        expect(page.get_by_role("link", name=hidden, exact=True)).to_have_count(0)
    page.get_by_role("link", name="People", exact=True).click()
    expect(page.get_by_text(f"Your team Farm {mark}.")).to_be_visible()
    row = page.get_by_role("row", name=f"Own {mark}")
    row.get_by_role("button", name="Pause").click()
    dialog = page.get_by_role("dialog", name=f"Pause Own {mark}")
    dialog.get_by_role("textbox", name="Why").fill("Call me first.")
    dialog.get_by_role("button", name="Pause", exact=True).click()
    expect(row).to_contain_text("Paused: Call me first.")
    expect(page.get_by_text(f"Other {mark}")).to_have_count(0)
    himself = page.get_by_role("row", name=f"Lea {mark}")
    expect(himself).to_contain_text("Gets images")
    expect(himself.get_by_role("button")).to_have_count(0)
    row.get_by_role("button", name="Resume").click()
    expect(row).to_contain_text("Gets images")

    page.get_by_role("link", name="Insights", exact=True).click()
    expect(page.get_by_role("heading", name=f"Insights: Farm {mark}")).to_be_visible()
    expect(page.get_by_role("heading", name="Time and cost")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
