"""Oneself: who am I, my name, my password, the organisation that I look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from maskwright.accounts import queries, team_queries
from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Actor, Origin, Role, SignedIn
from maskwright.accounts.errors import OrganizationNotFound, WrongCredentials, WrongCurrentPassword
from maskwright.accounts.models import User
from maskwright.accounts.passwords import check_new_password, hash_password
from maskwright.accounts.service.sessions import (
    open_session,
    require_browser_session,
    verify_person,
)
from maskwright.kernel.errors import Unauthenticated
from maskwright.work import Work


@dataclass(frozen=True)
class OrganizationOfPerson:
    id: UUID
    name: str
    role: Role
    role_name: str | None
    """of a role of the organisation's own"""


@dataclass(frozen=True)
class Profile:
    """A person, and what he may do where."""

    user: User
    actor: Actor
    csrf_token: str | None
    organizations: Sequence[OrganizationOfPerson]
    leads: Sequence[tuple[UUID, str]]
    """(id, name) of teams whose people he may look at and pause, whatever his role"""

    @property
    def organization(self) -> OrganizationOfPerson:
        return next(o for o in self.organizations if o.id == self.actor.organization_id)


def profile_of(work: Work, actor: Actor) -> Profile:
    user = _user_of(work, actor)
    csrf_token = queries.csrf_token_of(work.session, actor.session_id) if actor.session_id else None
    rows = queries.organizations_of(work.session, user.id)
    organizations = [OrganizationOfPerson(*row) for row in rows]
    leads = team_queries.teams_led_by(work.session, actor.organization_id, user.id)
    return Profile(user, actor, csrf_token, organizations, leads)


def change_name(work: Work, name: str) -> None:
    require_browser_session(work)
    _user_of(work, work.actor).name = name


def change_password(work: Work, current: str, new: str, origin: Origin) -> SignedIn:
    """Every session of this person ends, in case somebody else sits in one of them; this browser
    gets a fresh one."""
    require_browser_session(work)
    user = _user_of(work, work.actor)
    try:
        verify_person(work, user.email, current, origin)
    except WrongCredentials as error:
        raise WrongCurrentPassword(
            errors=[{"field": "password.current", "message": WrongCurrentPassword.message}]
        ) from error
    check_new_password(new, user.email)
    user.password_hash = hash_password(new, work.settings.passwords)
    ended = queries.end_sessions_of(work.session, user.id)
    record_audit(work, "password.changed", "user", user.id, {"sessions_ended": ended})
    return open_session(work, work.actor, origin)


def switch_organization(work: Work, organization_id: UUID, origin: Origin) -> SignedIn:
    """Look at another organisation of one's own. What one may do changes, so the secret does."""
    former = require_browser_session(work)
    person_id = work.actor.person_id
    membership = queries.find_membership(work.session, organization_id, person_id)
    if membership is None:
        raise OrganizationNotFound
    queries.end_session(work.session, former)
    return open_session(work, membership.actor, origin)


def _user_of(work: Work, actor: Actor) -> User:
    user = queries.find_user(work.session, actor.person_id)
    if user is None:
        raise Unauthenticated
    return user
