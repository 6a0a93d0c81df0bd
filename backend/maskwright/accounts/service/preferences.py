"""How a person likes to work: his own whatever the organisation, and on every computer."""

from typing import Any

from maskwright.accounts import queries
from maskwright.work import Work


def preferences_of(work: Work) -> dict[str, Any]:
    return queries.preferences_of(work.session, work.actor.person_id)


def change_preferences(work: Work, changes: dict[str, Any]) -> dict[str, Any]:
    """Sets what is given and leaves the rest, so that two open pages don't undo each other."""
    return queries.merge_preferences(work.session, work.actor.person_id, changes)
