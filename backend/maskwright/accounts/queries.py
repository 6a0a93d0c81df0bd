"""Every statement about organisations, people and how they come in.

Those that answer "who is this?" run before every request, so they are prepared and take a lane.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from maskwright.accounts.domain import FailedAttempts, Role, Throttle
from maskwright.accounts.models import (
    ApiToken,
    BrowserSession,
    CustomRole,
    Invitation,
    Membership,
    Organization,
    SignInAttempt,
    User,
    UserPreferences,
)
from maskwright.db.lane import Lane
from maskwright.db.statements import Statement

# Who is this?


class SessionHolder(NamedTuple):
    """Who signed in. `seen_long_ago`: it is time to write down that he was seen again. That time
    lags by a minute, so that reading costs no write."""

    token_hash: bytes
    id: UUID
    csrf_token: str
    organization_id: UUID
    user_id: UUID
    role: str
    permissions: list[str] | None
    in_projects: dict[str, list[str] | str] | None
    seen_long_ago: bool


class TokenHolder(NamedTuple):
    """Whose API token it is."""

    token_hash: bytes
    id: UUID
    scopes: list[str]
    organization_id: UUID
    user_id: UUID
    role: str
    permissions: list[str] | None
    in_projects: dict[str, list[str] | str] | None
    seen_long_ago: bool


_BY_COOKIE = Statement(
    "session_holders",
    "bytea[]",
    """
    SELECT s.token_hash, s.id, s.csrf_token, s.organization_id, s.user_id, m.role, m.permissions,
           m.in_projects,
           s.last_seen_at < now() - interval '1 minute'
    FROM browser_session s
    JOIN membership m ON m.organization_id = s.organization_id AND m.user_id = s.user_id
    JOIN user_account u ON u.id = s.user_id
    WHERE s.token_hash = ANY ($1) AND s.revoked_at IS NULL AND s.expires_at > now()
      AND u.disabled_at IS NULL
    """,
)

_BY_BEARER = Statement(
    "token_holders",
    "bytea[]",
    """
    SELECT t.token_hash, t.id, t.scopes, t.organization_id, t.user_id, m.role, m.permissions,
           m.in_projects,
           t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute'
    FROM api_token t
    JOIN membership m ON m.organization_id = t.organization_id AND m.user_id = t.user_id
    JOIN user_account u ON u.id = t.user_id
    WHERE t.token_hash = ANY ($1) AND t.revoked_at IS NULL
      AND (t.expires_at IS NULL OR t.expires_at > now()) AND u.disabled_at IS NULL
    """,
)


def session_holders(lane: Lane, token_hashes: Collection[bytes]) -> dict[bytes, SessionHolder]:
    """Who signed in with these secrets, while the session, the person and the membership last."""
    rows = lane.all(_BY_COOKIE, list(token_hashes)) if token_hashes else []
    return {row[0]: SessionHolder(*row) for row in rows}


def session_holder(lane: Lane, token_hash: bytes) -> SessionHolder | None:
    """The same of one secret."""
    return session_holders(lane, [token_hash]).get(token_hash)


def token_holders(lane: Lane, token_hashes: Collection[bytes]) -> dict[bytes, TokenHolder]:
    """Whose API tokens these are, while the token, the person and the membership last."""
    rows = lane.all(_BY_BEARER, list(token_hashes)) if token_hashes else []
    return {row[0]: TokenHolder(*row) for row in rows}


def token_holder(lane: Lane, token_hash: bytes) -> TokenHolder | None:
    """The same of one token."""
    return token_holders(lane, [token_hash]).get(token_hash)


# A row that another request holds is passed over: that one is writing the same.
_TOUCH_SESSION = Statement(
    "touch_session",
    "uuid int4",
    """
    UPDATE browser_session
    SET last_seen_at = now(), expires_at = now() + make_interval(days => $2)
    WHERE id IN (SELECT id FROM browser_session WHERE id = $1 FOR UPDATE SKIP LOCKED)
    """,
)
_TOUCH_TOKEN = Statement(
    "touch_token",
    "uuid",
    """
    UPDATE api_token SET last_used_at = now()
    WHERE id IN (SELECT id FROM api_token WHERE id = $1 FOR UPDATE SKIP LOCKED)
    """,
)
_TOUCH_MEMBERSHIP = Statement(
    "touch_membership",
    "uuid uuid",
    """
    UPDATE membership SET last_seen_at = now()
    WHERE organization_id = $1 AND user_id IN (
        SELECT user_id FROM membership WHERE organization_id = $1 AND user_id = $2
        FOR NO KEY UPDATE SKIP LOCKED)
    """,
)


def touch_session(lane: Lane, session_id: UUID, days: int) -> None:
    """The session and its holder were seen now: it ends after so many days without use."""
    lane.run(_TOUCH_SESSION, session_id, days)


def touch_token(lane: Lane, token_id: UUID) -> None:
    lane.run(_TOUCH_TOKEN, token_id)


def touch_membership(lane: Lane, organization_id: UUID, user_id: UUID) -> None:
    lane.run(_TOUCH_MEMBERSHIP, organization_id, user_id)


# Signing in


def find_user_by_email(session: Session, email: str) -> User | None:
    return session.scalar(sa.select(User).where(User.email == email))


def insert_user(session: Session, user: User) -> bool:
    """Whether the person was added: not where the e-mail was taken, perhaps a moment ago."""
    try:
        with session.begin_nested():
            session.add(user)
    except sa.exc.IntegrityError:
        return False
    return True


def find_user(session: Session, user_id: UUID) -> User | None:
    return session.get(User, user_id)


def preferences_of(session: Session, user_id: UUID) -> dict[str, Any]:
    document = session.scalar(
        sa.select(UserPreferences.document).where(UserPreferences.user_id == user_id)
    )
    return document or {}


def merge_preferences(session: Session, user_id: UUID, changes: dict[str, Any]) -> dict[str, Any]:
    """Lays the changes over what is kept, in one statement, and returns the whole."""
    insert = postgresql.insert(UserPreferences).values(user_id=user_id, document=changes)
    merged = UserPreferences.document.concat(insert.excluded.document)
    statement = insert.on_conflict_do_update(
        index_elements=[UserPreferences.user_id],
        set_={"document": merged, "updated_at": sa.func.now()},
    ).returning(UserPreferences.document)
    document: dict[str, Any] = session.execute(statement).scalar_one()
    return document


def failed_attempts(session: Session, email: str, address: str | None) -> FailedAttempts:
    """What failed within the throttle's window, newest first."""
    rows = session.execute(
        sa.select(SignInAttempt.email, sa.func.host(SignInAttempt.address), SignInAttempt.at)
        .where(
            SignInAttempt.at > sa.func.clock_timestamp() - Throttle.window,
            sa.or_(SignInAttempt.email == email, SignInAttempt.address == address),
        )
        .order_by(SignInAttempt.at.desc())
        .limit(4 * max(Throttle.email, Throttle.address))
    ).all()
    return FailedAttempts(
        from_both=[at for email_, address_, at in rows if (email_, address_) == (email, address)],
        for_email=[at for email_, _, at in rows if email_ == email],
        from_address=[
            at for _, address_, at in rows if address is not None and address_ == address
        ],
    )


def forget_attempts(session: Session, email: str, address: str | None) -> None:
    """A person who got in at last starts afresh."""
    session.execute(
        sa.delete(SignInAttempt).where(
            SignInAttempt.email == email, SignInAttempt.address.is_not_distinct_from(address)
        )
    )


def purge_attempts(session: Session) -> None:
    """Drop some that no window reaches any more. Ids are in order of time, so the oldest rows
    are found by the primary key."""
    old = (
        sa.select(SignInAttempt.id)
        .where(SignInAttempt.at < sa.func.clock_timestamp() - 2 * Throttle.window)
        .order_by(SignInAttempt.id)
        .limit(100)
        .with_for_update(skip_locked=True)
    )
    session.execute(sa.delete(SignInAttempt).where(SignInAttempt.id.in_(old)))


def end_session(session: Session, session_id: UUID) -> None:
    session.execute(
        sa.update(BrowserSession)
        .where(BrowserSession.id == session_id, BrowserSession.revoked_at.is_(None))
        .values(revoked_at=sa.func.now())
    )


def end_sessions_of(session: Session, user_id: UUID) -> int:
    """End all of a person's sessions, in every organisation; returns how many there were."""
    ended = session.execute(
        sa.update(BrowserSession)
        .where(BrowserSession.user_id == user_id, BrowserSession.revoked_at.is_(None))
        .values(revoked_at=sa.func.now())
        .returning(BrowserSession.id)
    )
    return len(ended.all())


def purge_sessions(session: Session, user_id: UUID) -> None:
    """Drop a person's sessions that ended a good while ago."""
    cutoff = sa.func.now() - timedelta(days=30)
    session.execute(
        sa.delete(BrowserSession).where(
            BrowserSession.user_id == user_id,
            sa.or_(BrowserSession.revoked_at < cutoff, BrowserSession.expires_at < cutoff),
        )
    )


def csrf_token_of(session: Session, session_id: UUID) -> str | None:
    return session.scalar(
        sa.select(BrowserSession.csrf_token).where(BrowserSession.id == session_id)
    )


# Organisations and members


def any_organization_exists(session: Session) -> bool:
    return bool(session.scalar(sa.select(sa.exists().where(Organization.id.is_not(None)))))


def lock_first_start(session: Session) -> None:
    """One process at a time asks whether there is an administrator."""
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(0x6D61736C)))


def find_organization(session: Session, organization_id: UUID) -> Organization | None:
    return session.get(Organization, organization_id)


def organizations_of(
    session: Session, user_id: UUID
) -> Sequence[sa.Row[UUID, str, Role, str | None]]:
    """(id, name, role, name of a role of its own) of every organisation of a person, the oldest
    membership first."""
    return session.execute(
        sa.select(Organization.id, Organization.name, Membership.role, CustomRole.name)
        .join(Membership, Membership.organization_id == Organization.id)
        .outerjoin(CustomRole, CustomRole.id == Membership.custom_role_id)
        .where(Membership.user_id == user_id)
        .order_by(Membership.created_at, Organization.id)
    ).all()


def last_membership(session: Session, user_id: UUID) -> Membership | None:
    """The one that the person looked at last."""
    return session.scalar(
        sa.select(Membership)
        .where(Membership.user_id == user_id)
        .order_by(Membership.last_seen_at.desc().nulls_last(), Membership.created_at)
        .limit(1)
    )


def find_membership(session: Session, organization_id: UUID, user_id: UUID) -> Membership | None:
    return session.get(Membership, (organization_id, user_id))


def lock_owners(session: Session, organization_id: UUID) -> set[UUID]:
    """Who owns the organisation and can sign in; nobody else changes that until this work ends."""
    session.execute(
        sa.select(Organization.id)
        .where(Organization.id == organization_id)
        .with_for_update(key_share=True)
    )
    owners = session.scalars(
        sa.select(Membership.user_id)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.organization_id == organization_id,
            Membership.role == Role.OWNER,
            User.disabled_at.is_(None),
        )
    )
    return set(owners)


def page_of_members(
    session: Session, organization_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[sa.Row[Membership, User]]:
    """Up to `limit + 1` (Membership, User), the people who joined Maskwright first at the top."""
    statement = (
        sa.select(Membership, User)
        .join(User, User.id == Membership.user_id)
        .where(Membership.organization_id == organization_id)
        .order_by(Membership.user_id)
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(Membership.user_id > after)
    return session.execute(statement).all()


def find_member(
    session: Session, organization_id: UUID, user_id: UUID, *, lock: bool = False
) -> sa.Row[Membership, User] | None:
    """Locked: nobody else changes what he is until this work ends."""
    statement = (
        sa.select(Membership, User)
        .join(User, User.id == Membership.user_id)
        .where(Membership.organization_id == organization_id, Membership.user_id == user_id)
    )
    if lock:
        statement = statement.with_for_update(key_share=True, of=Membership)
    return session.execute(statement).one_or_none()


# Invitations

_open_invitation = sa.and_(
    Invitation.accepted_at.is_(None),
    Invitation.revoked_at.is_(None),
    Invitation.expires_at > sa.func.now(),
)


def page_of_open_invitations(
    session: Session, organization_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[sa.Row[Invitation, str]]:
    """Up to `limit + 1` (Invitation, name of who invited) that can still be accepted."""
    statement = (
        sa.select(Invitation, User.name)
        .join(User, User.id == Invitation.invited_by)
        .where(Invitation.organization_id == organization_id, _open_invitation)
        .order_by(Invitation.id.desc())
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(Invitation.id < after)
    return session.execute(statement).all()


def members_among(session: Session, organization_id: UUID, emails: Collection[str]) -> set[str]:
    """Those of these e-mails whose people belong to the organisation."""
    return set(
        session.scalars(
            sa.select(User.email)
            .join(Membership, Membership.user_id == User.id)
            .where(Membership.organization_id == organization_id, User.email.in_(emails))
        )
    )


def invited_among(session: Session, organization_id: UUID, emails: Collection[str]) -> set[str]:
    """Those of these e-mails that were invited and can still accept."""
    found = session.scalars(
        sa.select(Invitation.email).where(
            Invitation.organization_id == organization_id,
            Invitation.email.in_(emails),
            _open_invitation,
        )
    )
    return {email for email in found if email is not None}


def lock_open_invitation(
    session: Session, organization_id: UUID, invitation_id: UUID
) -> Invitation | None:
    return session.scalar(
        sa.select(Invitation)
        .where(
            Invitation.organization_id == organization_id,
            Invitation.id == invitation_id,
            _open_invitation,
        )
        .with_for_update()
    )


def find_invitation_by_token(
    session: Session, token_hash: bytes, *, lock: bool = False
) -> Invitation | None:
    """One that can still be accepted; locked, so that of two who use it at once one is refused."""
    statement = sa.select(Invitation).where(Invitation.token_hash == token_hash, _open_invitation)
    return session.scalar(statement.with_for_update() if lock else statement)


# API tokens


def page_of_tokens(
    session: Session, organization_id: UUID, user_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[ApiToken]:
    """Up to `limit + 1` of a person's tokens that were not revoked, newest first."""
    statement = (
        sa.select(ApiToken)
        .where(
            ApiToken.organization_id == organization_id,
            ApiToken.user_id == user_id,
            ApiToken.revoked_at.is_(None),
        )
        .order_by(ApiToken.id.desc())
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(ApiToken.id < after)
    return session.scalars(statement).all()


def find_token(
    session: Session, organization_id: UUID, user_id: UUID, token_id: UUID
) -> ApiToken | None:
    return session.scalar(
        sa.select(ApiToken).where(
            ApiToken.organization_id == organization_id,
            ApiToken.user_id == user_id,
            ApiToken.id == token_id,
            ApiToken.revoked_at.is_(None),
        )
    )
