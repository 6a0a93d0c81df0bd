"""How a person likes to work: his own whatever the organisation, and on every computer."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.accounts import queries
from maskwright.work import Work


def preferences_of(work: Work) -> dict[str, Any]:
    return queries.preferences_of(work.session, work.actor.person_id)


def change_preferences(work: Work, changes: dict[str, Any]) -> dict[str, Any]:
    """Sets what is given and leaves the rest, so that two open pages don't undo each other."""
    return queries.merge_preferences(work.session, work.actor.person_id, changes)


def language_of(session: Session, user_id: UUID) -> str | None:
    """What somebody chose to read in (BCP 47); None where he left it to his browser."""
    chosen = queries.preferences_of(session, user_id).get("language")
    return chosen if isinstance(chosen, str) else None


def language_of_address(session: Session, address: str) -> str | None:
    """The same, of whoever has this e-mail; None where nobody has."""
    user = queries.find_user_by_email(session, address)
    return None if user is None else language_of(session, user.id)
