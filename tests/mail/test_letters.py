"""What is sent to people, what becomes of it, and how it is tried again."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from maskwright.accounts.domain import Role
from maskwright.mail import service
from maskwright.mail.domain import MailState
from maskwright.mail.transport import deliver
from maskwright.notifications.letters import DIGEST_AGE, post_due_digests
from maskwright.settings import MailSettings, PasswordSettings, Settings
from maskwright.work import Resources, Work
from maskwright_workers.mail import COMPOSERS
from tests.accounts.conftest import API, PASSWORD
from tests.mail.post_office import PostOffice, post_office
from tests.queue.desk import Caller, Desk
from tests.reviews.test_verdicts import Office
from tests.support.world import World


@pytest.fixture
def settings(settings: Settings) -> Settings:
    cheap = PasswordSettings(memory_kib=8, passes=1, lanes=1)
    return settings.model_copy(update={"passwords": cheap})


def sql(resources: Resources, statement: str, *values: object) -> list[tuple[Any, ...]]:
    with resources.database.open_session() as session:
        connection: Any = session.connection().connection.driver_connection
        cursor = connection.execute(statement, values)
        rows = cursor.fetchall() if cursor.description else []
        session.commit()
    return rows


def send_all(resources: Resources) -> list[MailState | None]:
    """As the worker would: everything that is due."""
    due = sql(resources, "SELECT id FROM outgoing_mail WHERE state = 'queued' ORDER BY id")
    states = []
    for (mail_id,) in due:
        with Work(resources, authenticate=lambda lane: None) as work:
            states.append(service.send(work, mail_id, COMPOSERS))
    return states


def letters(resources: Resources) -> list[EmailMessage]:
    """What lies in the folder of development, the first one first."""
    files = sorted((resources.settings.home / "mail").glob("*.eml"))
    return [
        cast(EmailMessage, message_from_bytes(file.read_bytes(), policy=policy.default))
        for file in files
    ]


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(letter: EmailMessage, page: str) -> str:
    """The last part of a link to a page."""
    found = re.search(rf"/{page}/(\S+)", text_of(letter))
    assert found is not None, text_of(letter)
    return found[1]


def test_an_invitation_is_sent_and_its_link_works(
    client: TestClient, world: World, resources: Resources
) -> None:
    owner = world.person(Role.OWNER)
    body = {"email": "bo@example.com", "role": "labeler"}
    made = client.post(f"{API}/invitations", json=body, headers=owner.headers).json()
    assert made["is_mailed"]

    assert send_all(resources) == [MailState.SENT]

    [letter] = letters(resources)
    assert letter["To"] == "bo@example.com"
    assert "Orchard" in letter["Subject"]
    html = letter.get_body(("html",))
    assert html is not None
    secret = link_in(letter, "invitations")
    assert made["url"].endswith(secret)
    assert secret in html.get_content()
    [listed] = client.get(f"{API}/invitations", headers=owner.headers).json()["items"]
    assert listed["mail"] == "sent"
    address = f"{API}/invitations/by-token/{secret}/accept"
    joined = client.post(address, json={"name": "Bo", "password": PASSWORD})
    assert joined.status_code == 200, joined.text
    told = client.get(f"{API}/me/notifications", headers=owner.headers).json()["items"]
    assert [one["kind"] for one in told] == ["invitation_accepted"]


def test_what_was_withdrawn_is_not_sent_any_more(
    client: TestClient, world: World, resources: Resources
) -> None:
    owner = world.person(Role.OWNER)
    body = {"email": "bo@example.com", "role": "labeler"}
    made = client.post(f"{API}/invitations", json=body, headers=owner.headers).json()
    client.delete(f"{API}/invitations/{made['id']}", headers=owner.headers)

    assert send_all(resources) == [MailState.DROPPED]
    assert letters(resources) == []


def test_a_link_that_was_lost_is_sent_again(
    client: TestClient, world: World, resources: Resources
) -> None:
    owner = world.person(Role.OWNER)
    body = {"email": "bo@example.com", "role": "labeler", "expires_in_days": 1}
    made = client.post(f"{API}/invitations", json=body, headers=owner.headers).json()
    send_all(resources)

    address = f"{API}/invitations/{made['id']}/resend"
    again = client.post(address, json={"expires_in_days": 30}, headers=owner.headers).json()

    assert again["url"] == made["url"]
    assert again["expires_at"] > made["expires_at"]
    assert send_all(resources) == [MailState.SENT]
    assert len(letters(resources)) == 2


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as opened:
        yield opened


@pytest.fixture
def by_smtp(resources: Resources, office: PostOffice) -> Resources:
    mail = MailSettings(smtp_url=SecretStr(office.url), mail_from="Maskwright <mw@lab.example>")
    settings = resources.settings.model_copy(update={"mail": mail})
    return Resources(
        settings=settings,
        database=resources.database,
        redis=resources.redis,
        blobs=resources.blobs,
        jobs=resources.jobs,
    )


def test_what_a_server_does_not_take_is_tried_again_and_given_up_at_last(
    client: TestClient, world: World, by_smtp: Resources, office: PostOffice
) -> None:
    owner = world.person(Role.OWNER)
    body = {"email": "bo@example.com", "role": "labeler"}
    client.post(f"{API}/invitations", json=body, headers=owner.headers)
    office.is_closed = True

    assert send_all(by_smtp) == [MailState.QUEUED]
    assert send_all(by_smtp) == [None]  # not due yet
    [(attempts, problem)] = sql(by_smtp, "SELECT attempts, problem FROM outgoing_mail")
    assert attempts == 1
    assert "try again later" in problem

    sql(by_smtp, "UPDATE outgoing_mail SET due_at = now() - interval '2 minutes'")
    with Work(by_smtp, authenticate=lambda lane: None) as work:
        assert service.resend_waiting_mail(work) == 1
    office.is_closed = False
    assert send_all(by_smtp) == [MailState.SENT]
    [message] = office.messages
    assert (message["From"], message["To"]) == ("Maskwright <mw@lab.example>", "bo@example.com")

    sql(by_smtp, "UPDATE outgoing_mail SET state = 'queued', attempts = 6")
    office.is_closed = True
    assert send_all(by_smtp) == [MailState.FAILED]


def test_letters_do_not_leave_this_machine_in_the_clear(
    by_smtp: Resources, office: PostOffice
) -> None:
    """Without TLS a server is spoken to on this machine only; 0.0.0.0 is not said to be it."""
    message = EmailMessage()
    for url, problem in (
        (office.url.replace("127.0.0.1", "0.0.0.0"), "offers no TLS"),
        ("http://mail.example", "smtp://"),
    ):
        mail = MailSettings(smtp_url=SecretStr(url))
        with pytest.raises(ValueError, match=problem):
            deliver(by_smtp.settings.model_copy(update={"mail": mail}), message)
    assert office.messages == []


# Being told


def test_how_one_is_told_is_ones_own_choice(
    client: TestClient, world: World, resources: Resources
) -> None:
    office = Office(client, world)
    office.set_steps({"name": "Check"})
    path = "/api/v1/me/notifications/choices"
    headers = office.ann.person.headers
    listed = client.get(path, headers=headers).json()
    assert listed["mail_is_sent"] is True
    usual = {one["kind"]: (one["on_page"], one["mail"]) for one in listed["items"]}
    assert usual["sent_back"] == (True, "digest")
    assert usual["export_ready"] == (True, "each")
    chosen = {"kind": "sent_back", "mail": "each", "on_page": False}
    assert client.patch(path, json=chosen, headers=headers).status_code == 200

    office.hand_in()
    office.decide(office.rita.claim(stage="review"), decision="rejected", comment="The mirror")

    assert client.get("/api/v1/me/notifications", headers=headers).json()["items"] == []
    assert send_all(resources) == [MailState.SENT]
    [letter] = letters(resources)
    assert "The mirror" in text_of(letter)
    # The link at its foot ends its kind, and needs no signing in.
    token = link_in(letter, "unsubscribe")
    assert f"/unsubscribe/{token}" in letter["List-Unsubscribe"]
    ended = client.post(f"{API}/unsubscribe/{token}")
    assert ended.json() == {"kind": "sent_back"}
    chosen = client.get(path, headers=headers).json()["items"]
    assert [one["mail"] for one in chosen if one["kind"] == "sent_back"] == ["off"]
    forged = token.replace("sent_back", "export_ready")
    assert client.post(f"{API}/unsubscribe/{forged}").status_code == 404


def test_a_days_letter_tells_all_that_was_not_read(
    client: TestClient, world: World, resources: Resources
) -> None:
    office = Office(client, world)
    office.set_steps({"name": "Check"})
    for comment in ("The mirror", "The wheel"):
        office.hand_in()
        office.decide(office.rita.claim(stage="review"), decision="rejected", comment=comment)

    def digests() -> int:
        with Work(resources, authenticate=lambda lane: None) as work:
            return post_due_digests(work)

    assert digests() == 0  # nothing has waited for a day
    age = DIGEST_AGE + timedelta(minutes=1)
    sql(resources, "UPDATE notification SET created_at = created_at - %s", age)
    assert digests() == 1
    assert digests() == 0

    assert send_all(resources) == [MailState.SENT]
    [letter] = letters(resources)
    assert letter["Subject"] == "2 things in Maskwright"
    assert all(said in text_of(letter) for said in ("The mirror", "The wheel"))


def test_a_letter_names_nobody_whom_its_reader_does_not_see(
    client: TestClient, world: World, resources: Resources
) -> None:
    office = Office(client, world)
    office.set_steps({"name": "Check"})
    project = f"{API}/projects/{office.desk.project_id}"
    client.patch(project, json={"is_anonymous": True}, headers=office.desk.manager.headers)
    path = f"{API}/me/notifications/choices"
    chosen = {"kind": "sent_back", "mail": "each"}
    client.patch(path, json=chosen, headers=office.ann.person.headers)
    office.hand_in()
    office.decide(office.rita.claim(stage="review"), decision="rejected", comment="The mirror")
    send_all(resources)
    [letter] = letters(resources)
    [(name,)] = sql(resources, "SELECT name FROM user_account WHERE id = %s", office.rita.person.id)
    assert name not in letter.as_string()
    assert "Person " in letter["Subject"]


def test_managers_are_told_of_questions_and_holders_of_a_pause(
    client: TestClient, world: World
) -> None:
    desk = Desk.make(world)
    desk.add_images(3)
    ann, bo = (Caller(client, desk.labeler(), desk) for _ in range(2))
    manager = Caller(client, desk.manager, desk)
    assert ann.on(ann.claim(), "ask", text="Is a van a car?").status_code == 204
    bo.claim()
    client.patch(
        f"{API}/projects/{desk.project_id}/queue/settings",
        json={"is_paused": True},
        headers=desk.manager.headers,
    )

    [asked] = manager.get("/me/notifications").json()["items"]
    assert (asked["kind"], asked["text"]) == ("asked", "Is a van a car?")
    [paused] = bo.get("/me/notifications").json()["items"]
    assert (paused["kind"], paused["project_id"]) == ("paused", str(desk.project_id))
    assert ann.get("/me/notifications").json()["items"] == []


# A password that was forgotten


def join(client: TestClient, world: World, email: str) -> None:
    """Somebody with a password."""
    owner = world.person(Role.OWNER)
    body = {"email": email, "role": "labeler"}
    made = client.post(f"{API}/invitations", json=body, headers=owner.headers).json()
    secret = made["url"].rsplit("/", 1)[1]
    address = f"{API}/invitations/by-token/{secret}/accept"
    assert client.post(address, json={"name": "Bo", "password": PASSWORD}).status_code == 200


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(
    client: TestClient, world: World, resources: Resources
) -> None:
    join(client, world, "bo@example.com")
    cookie = {"Cookie": f"__Host-maskwright={client.cookies['__Host-maskwright']}"}
    sql(resources, "DELETE FROM outgoing_mail")
    asked = client.post(f"{API}/password-resets", json={"email": "Bo@Example.com"})
    assert (asked.status_code, asked.text) == (202, "null")
    send_all(resources)
    token = link_in(letters(resources)[-1], "reset-password")
    address = f"{API}/password-resets/by-token/{token}"
    assert client.get(address).json() == {"email": "bo@example.com"}

    weak = client.post(address, json={"password": "short"})
    assert (weak.status_code, weak.json()["code"]) == (422, "password-too-weak")
    assert client.post(address, json={"password": "a wholly new password"}).status_code == 204

    used = client.post(address, json={"password": "and yet another one"})
    assert (used.status_code, used.json()["code"]) == (404, "not-found")
    client.cookies.clear()
    assert client.get(f"{API}/me", headers=cookie).status_code == 401
    session = {"email": "bo@example.com", "password": PASSWORD}
    assert client.post(f"{API}/session", json=session).status_code == 401
    session["password"] = "a wholly new password"
    assert client.post(f"{API}/session", json=session).status_code == 200


def test_who_asks_for_a_link_learns_nothing_about_accounts(
    client: TestClient, world: World, resources: Resources
) -> None:
    join(client, world, "bo@example.com")
    sql(resources, "DELETE FROM outgoing_mail")
    answers = [
        client.post(f"{API}/password-resets", json={"email": email})
        for email in ("bo@example.com", "nobody@example.com")
    ]
    assert len({(answer.status_code, answer.text) for answer in answers}) == 1
    assert send_all(resources) == [MailState.SENT, MailState.DROPPED]


def test_a_link_that_is_over_or_made_up_opens_nothing(
    client: TestClient, world: World, resources: Resources
) -> None:
    join(client, world, "bo@example.com")
    sql(resources, "DELETE FROM outgoing_mail")
    client.post(f"{API}/password-resets", json={"email": "bo@example.com"})
    send_all(resources)
    token = link_in(letters(resources)[-1], "reset-password")
    sql(resources, "UPDATE password_reset SET expires_at = now() - interval '1 second'")
    for tried in (token, token[:-1] + ("A" if token[-1] != "A" else "B"), "nonsense", "\udc80"):
        address = f"{API}/password-resets/by-token/{tried.encode('utf-8', 'replace').decode()}"
        assert client.get(address).status_code == 404


def test_nobody_is_flooded_with_links(
    client: TestClient, world: World, resources: Resources
) -> None:
    join(client, world, "bo@example.com")
    sql(resources, "DELETE FROM outgoing_mail")
    for _ in range(8):
        answer = client.post(f"{API}/password-resets", json={"email": "bo@example.com"})
        assert answer.status_code == 202
    assert len(send_all(resources)) == 5


def test_a_letter_is_in_the_language_that_its_reader_chose(
    client: TestClient, world: World, resources: Resources
) -> None:
    owner = world.person(Role.OWNER)
    client.patch(f"{API}/me/preferences", json={"language": "de"}, headers=owner.headers)
    body = {"email": "bo@example.com", "role": "labeler"}
    client.post(f"{API}/invitations", json=body, headers=owner.headers)
    client.post(f"{API}/password-resets", json={"email": owner.email})

    assert send_all(resources) == [MailState.SENT] * 2

    invitation, reset = letters(resources)
    # Who has no account yet reads what the one who invites reads.
    assert "lädt Sie zu Orchard ein" in invitation["Subject"]
    assert reset["Subject"] == "Neues Passwort setzen"
    assert "Mit dem Link unten" in text_of(reset)
    html = reset.get_body(("html",))
    assert html is not None
    assert '<html lang="de">' in html.get_content()
