"""Making people and organisations outside of an invitation: at the first start, for the demo and
from the command line. Nobody acts here but whoever runs the machine."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.accounts import queries
from maskwright.accounts.bearer_secrets import hash_of, new_api_token, prefix_of
from maskwright.accounts.domain import Actor, Role, Scope
from maskwright.accounts.errors import AccountJustMade, AccountNotFound
from maskwright.accounts.models import ApiToken, Membership, Organization, User
from maskwright.accounts.passwords import hash_password
from maskwright.kernel.ids import new_id
from maskwright.settings import Settings


@dataclass(frozen=True)
class CreatedAccount:
    """An account that was just made. The password is shown once and kept nowhere."""

    actor: Actor
    email: str
    password: str = field(repr=False)


def create_first_administrator(
    session: Session,
    settings: Settings,
    *,
    email: str,
    password: str | None = None,
    organization_name: str = "My organisation",
) -> CreatedAccount | None:
    """An organisation and its owner where there is none at all; else None, and nothing changes.

    Without a password one is made. Processes that start at once may all call it. The caller
    commits.
    """
    queries.lock_first_start(session)
    if queries.any_organization_exists(session):
        return None
    organization = Organization(id=new_id(), name=organization_name)
    session.add(organization)
    session.flush()
    return create_account(
        session,
        settings,
        organization_id=organization.id,
        email=email,
        name="Administrator",
        role=Role.OWNER,
        password=password,
    )


def create_account(
    session: Session,
    settings: Settings,
    *,
    organization_id: UUID,
    email: str,
    name: str,
    role: Role,
    password: str | None = None,
) -> CreatedAccount:
    """A person with a role in an organisation. Raises AccountJustMade where the e-mail is taken.
    The caller commits."""
    password = password or secrets.token_urlsafe(12)
    user = create_person(
        session, settings, email=email.strip().lower(), name=name, password=password
    )
    session.add(Membership(organization_id=organization_id, user_id=user.id, role=role))
    session.flush()
    return CreatedAccount(Actor(organization_id, role, user.id), user.email, password)


def create_person(
    session: Session, settings: Settings, *, email: str, name: str, password: str
) -> User:
    user = User(
        id=new_id(),
        email=email,
        name=name,
        password_hash=hash_password(password, settings.passwords),
    )
    if not queries.insert_user(session, user):
        raise AccountJustMade
    return user


def actor_of_email(session: Session, email: str) -> Actor:
    """Who acts when a command line names a person; raises AccountNotFound."""
    user = queries.find_user_by_email(session, email.strip().lower())
    membership = queries.last_membership(session, user.id) if user else None
    if user is None or user.disabled_at is not None or membership is None:
        raise AccountNotFound
    return membership.actor


def actor_of_member(session: Session, organization_id: UUID, user_id: UUID) -> Actor | None:
    """Who somebody is in an organisation; None where he belongs to it no more."""
    membership = queries.find_membership(session, organization_id, user_id)
    return None if membership is None else membership.actor


def create_token_for_email(
    session: Session,
    *,
    email: str,
    name: str,
    scopes: Collection[Scope] = tuple(Scope),
    expires_at: datetime | None = None,
) -> str:
    """A fresh API token of this person, by default with every scope; raises AccountNotFound.
    The caller commits."""
    actor = actor_of_email(session, email)
    return create_token(session, actor, name=name, scopes=scopes, expires_at=expires_at)[1]


def create_token(
    session: Session,
    actor: Actor,
    *,
    name: str,
    scopes: Collection[Scope],
    expires_at: datetime | None,
) -> tuple[ApiToken, str]:
    """The row, and the token itself, which is kept nowhere."""
    secret = new_api_token()
    token = ApiToken(
        id=new_id(),
        organization_id=actor.organization_id,
        user_id=actor.person_id,
        name=name,
        prefix=prefix_of(secret),
        token_hash=hash_of(secret),
        scopes=sorted(scope.value for scope in scopes),
        expires_at=expires_at,
    )
    session.add(token)
    session.flush()
    return token, secret
