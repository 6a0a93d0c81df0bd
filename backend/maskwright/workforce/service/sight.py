"""Whose work somebody sees by name.

Who manages people sees everybody. Of the others, a vendor's people see their own team and nobody
else, and in a project that hides who did what everybody sees himself alone. Who is not seen is
left out of lists of people; where he did something that others go on with (a label, a comment, a
verdict), he appears under a name that is his in this project and tells nothing: stable, so that two
things of one person are known to be of one, and another one in every project, so that they can't
be matched.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.accounts.domain import Actor, Permission
from maskwright.projects.models import Project
from maskwright.projects.service import require_project
from maskwright.settings import Settings
from maskwright.work import Work
from maskwright.workforce import sight_queries as queries

R = TypeVar("R", bound=Any)  # a frozen row

_PURPOSE = b"maskwright pseudonyms 1"
#: Without those that look alike.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class Sight:
    """visible  whom the viewer sees by name; None: everybody
    team     whose labels he is shown, of images that none of them reviews; None: everybody's
    """

    project_id: UUID
    visible: frozenset[UUID] | None
    team: frozenset[UUID] | None
    key: bytes

    def sees(self, person_id: UUID | None) -> bool:
        return person_id is None or self.visible is None or person_id in self.visible

    def person(self, person_id: UUID, name: str) -> tuple[UUID, str]:
        """(id, name) as the viewer is shown them."""
        if self.sees(person_id):
            return person_id, name
        return self._stand_in(person_id)

    def cover(self, row: R, *fields: tuple[str, str]) -> R:
        """The row with those people's ids and names covered whom the viewer does not see.

        fields  (name of the id's field, name of the name's field, or "" where there is none)
        """
        changes: dict[str, object] = {}
        for id_field, name_field in fields:
            person_id = getattr(row, id_field)
            if self.sees(person_id):
                continue
            stand_in, name = self._stand_in(person_id)
            changes[id_field] = stand_in
            if name_field:
                changes[name_field] = name
        return replace(row, **changes) if changes else row

    def cover_all(self, rows: Sequence[R], *fields: tuple[str, str]) -> list[R]:
        if self.visible is None:
            return list(rows)
        return [self.cover(row, *fields) for row in rows]

    def only_seen(self, rows: Sequence[R], id_field: str) -> list[R]:
        """Those rows that are about people whom the viewer sees."""
        return [row for row in rows if self.sees(getattr(row, id_field))]

    def _stand_in(self, person_id: UUID) -> tuple[UUID, str]:
        told = hmac.digest(self.key, self.project_id.bytes + person_id.bytes, sha256)
        mark = "".join(_LETTERS[byte % len(_LETTERS)] for byte in told[16:20])
        return UUID(bytes=told[:16], version=5), f"Person {mark}"


def sight_of(work: Work, project_id: UUID) -> Sight:
    """What the actor sees of a project's people. Raises what `require_project` raises."""
    return sight_in(work, require_project(work, project_id))


def sight_in(work: Work, project: Project) -> Sight:
    """The same, of a project that the actor may see."""
    return sight_for(work.session, work.settings, work.actor, project)


def sight_for(session: Session, settings: Settings, viewer: Actor, project: Project) -> Sight:
    """The same for somebody who does not act, but is told of something."""
    here = viewer.in_project(project.id)
    key = _key(settings.security.secret_key.get_secret_value())
    # By the role, not by what a token allows of it: a script sees no more, and no less.
    if here.user_id is None or Permission.VIEW_PEOPLE in here.permissions_of_role:
        return Sight(project.id, visible=None, team=None, key=key)
    team = _vendor_team(session, here.organization_id, here.user_id)
    visible = frozenset({here.user_id}) if project.is_anonymous else team
    return Sight(project.id, visible=visible, team=team, key=key)


def _vendor_team(
    session: Session, organization_id: UUID, person_id: UUID
) -> frozenset[UUID] | None:
    found = queries.vendor_team_of(session, organization_id, person_id)
    return None if found is None else frozenset({person_id, *found})


@lru_cache(maxsize=4)
def _key(secret_key: str) -> bytes:
    return hmac.digest(secret_key.encode(), _PURPOSE, sha256)
