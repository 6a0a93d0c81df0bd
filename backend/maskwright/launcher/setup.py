"""Brings an installation to where the API can start: the schema, an administrator, the demo.

    maskwright setup

Run by the supervisor before the API, each time: every step does nothing where it was done.
"""

import secrets
from pathlib import Path

from maskwright.accounts import service as accounts
from maskwright.accounts.domain import Actor
from maskwright.accounts.service import CreatedAccount
from maskwright.db.migrations import upgrade_to_head
from maskwright.demo.people import OWNER_EMAIL, PEOPLE
from maskwright.launcher.notes import leave_note
from maskwright.resources import open_resources
from maskwright.settings import Settings
from maskwright.work import Resources

_ADMINISTRATOR_EMAIL = "admin@example.com"


def run(settings: Settings) -> None:
    upgrade_to_head(settings.database.sqlalchemy_url)
    # Of its own: a password that was set for the administrator is not for everybody to read.
    demo_password = secrets.token_urlsafe(9) if settings.demo else None
    resources = open_resources(settings)
    try:
        created = _first_administrator(resources, demo_password)
        if created and demo_password:
            _seed(resources, created.actor, demo_password)
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


def _seed(resources: Resources, owner: Actor, password: str) -> None:
    # Imported here: a start without seeding is quicker without it.
    from maskwright.demo.seed import seed  # noqa: PLC0415

    seed(resources, owner, password)
    # Kept, for its owner's eyes only: whoever tries the demo needs it more than once.
    file = _demo_password_file(resources.settings.home)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(password)


def _leave_notes(settings: Settings, created: CreatedAccount | None) -> None:
    demo_password = _demo_password_file(settings.home)
    if settings.demo and demo_password.exists():
        password = demo_password.read_text()
        leave_note("Demo accounts, unless you changed them; the password of all is " + password)
        for person in PEOPLE:
            leave_note(f"  {person.email:<24} {person.role}")
    if created:
        set_by_setting = settings.admin_password.get_secret_value()
        shown = "the password you set" if set_by_setting else f"password {created.password}"
        leave_note(f"The administrator is {created.email}, {shown}; this is shown only once.")


def _demo_password_file(home: Path) -> Path:
    return home / "demo_password"
