"""The people of the demo."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from maskwright.accounts import service as accounts
from maskwright.accounts.domain import Actor, Role
from maskwright.accounts.errors import AccountNotFound
from maskwright.settings import Settings


@dataclass(frozen=True)
class DemoPerson:
    email: str
    name: str
    role: Role


OWNER_EMAIL = "owner@example.com"
MANAGER = DemoPerson("manager@example.com", "Mara Manager", Role.MANAGER)
PEOPLE = (
    MANAGER,
    DemoPerson("reviewer@example.com", "Rune Reviewer", Role.REVIEWER),
    DemoPerson("labeler@example.com", "Lena Labeler", Role.LABELER),
    DemoPerson("labeler2@example.com", "Luis Labeler", Role.LABELER),
    DemoPerson("ml@example.com", "Mika from ML", Role.ML),
)


def ensure_people(session: Session, settings: Settings, owner: Actor, password: str) -> Actor:
    """Make those who are missing, in the owner's organisation; returns the manager."""
    for person in PEOPLE:
        try:
            accounts.actor_of_email(session, person.email)
        except AccountNotFound:
            accounts.create_account(
                session,
                settings,
                organization_id=owner.organization_id,
                email=person.email,
                name=person.name,
                role=person.role,
                password=password,
            )
    return accounts.actor_of_email(session, MANAGER.email)
