"""Brings an installation to where the API can start: the schema, an administrator, the demo.

    maskwright setup

Run by the supervisor before the API, each time: every step does nothing where it was done.
"""

import secrets

from maskwright.accounts import service as accounts
from maskwright.accounts.domain import Actor, Role
from maskwright.accounts.service import CreatedAccount
from maskwright.db.migrations import upgrade_to_head
from maskwright.demo.people import OWNER_EMAIL, PEOPLE
from maskwright.launcher.home_parts import DEMO_PASSWORD_FILE
from maskwright.launcher.notes import leave_note
from maskwright.resources import open_resources
from maskwright.settings import Settings
from maskwright.work import Resources

_ADMINISTRATOR_EMAIL = "admin@example.com"


def run(settings: Settings) -> None:
    upgrade_to_head(settings.database.sqlalchemy_url)
    demo_password = _demo_password(settings) if settings.demo else None
    resources = open_resources(settings)
    try:
        created = _first_administrator(resources, demo_password)
        if created and settings.demo:
            seed_demo(resources, created.actor)
    finally:
        resources.close()
    _leave_notes(settings, created)


def _first_administrator(resources: Resources, demo_password: str | None) -> CreatedAccount | None:
    """The account that was made now, or None where the installation has its people already."""
    settings = resources.settings
    with resources.database.open_session() as session, session.begin():
        return accounts.create_first_administrator(
            session,
            settings,
            email=settings.admin_email or (OWNER_EMAIL if settings.demo else _ADMINISTRATOR_EMAIL),
            password=settings.admin_password.get_secret_value() or demo_password,
            organization_name="Demo organisation" if settings.demo else "My organisation",
        )


def seed_demo(resources: Resources, owner: Actor) -> None:
    """The demo in this organisation; what of it is there stays as it is."""
    # Imported here: a start without seeding is quicker without it.
    from maskwright.demo.seed import seed  # noqa: PLC0415

    seed(resources, owner, _demo_password(resources.settings))


def _demo_password(settings: Settings) -> str:
    """What the demo's people sign in with, made once and kept for the eyes of whoever runs this:
    it is needed more than once. The administrator's own, where one was set, is not given away."""
    file = settings.home / DEMO_PASSWORD_FILE
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(9))
    return file.read_text()


def _leave_notes(settings: Settings, created: CreatedAccount | None) -> None:
    if settings.demo:
        leave_demo_notes(settings)
    if created and not _owner_is_of_the_demo(settings):
        was_set = settings.admin_password.get_secret_value()
        shown = "the password you set" if was_set else f"password {created.password}"
        leave_note(f"The administrator is {created.email}, {shown}; this is shown only once.")


def leave_demo_notes(settings: Settings) -> None:
    password = _demo_password(settings)
    leave_note(f"Demo accounts; unless you changed it, the password of all is {password}")
    people = [(person.email, person.role) for person in PEOPLE]
    if _owner_is_of_the_demo(settings):
        people.insert(0, (OWNER_EMAIL, Role.OWNER))
    for email, role in people:
        leave_note(f"  {email:<24} {role}")


def _owner_is_of_the_demo(settings: Settings) -> bool:
    return (
        settings.demo
        and not settings.admin_email
        and not settings.admin_password.get_secret_value()
    )
