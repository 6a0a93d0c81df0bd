"""Statements about passwords that are set anew."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from maskwright.accounts.models import PasswordReset


def asked_lately(
    session: Session, email: str, origin: str | None, within: timedelta
) -> tuple[int, int]:
    """How often was asked for this e-mail, and from this address."""
    since = sa.func.now() - within
    for_email = session.scalar(
        sa.select(sa.func.count()).where(
            PasswordReset.email == email, PasswordReset.created_at > since
        )
    )
    from_origin = session.scalar(
        sa.select(sa.func.count()).where(
            PasswordReset.origin == origin, PasswordReset.created_at > since
        )
    )
    return for_email or 0, from_origin or 0


def find_open(session: Session, reset_id: UUID, *, lock: bool = False) -> PasswordReset | None:
    """One that can still be used; locked, so that it is used once."""
    statement = sa.select(PasswordReset).where(
        PasswordReset.id == reset_id,
        PasswordReset.used_at.is_(None),
        PasswordReset.expires_at > sa.func.now(),
    )
    return session.scalar(statement.with_for_update() if lock else statement)


def use_all(session: Session, email: str) -> None:
    """No other link to the same account works any more."""
    session.execute(
        sa.update(PasswordReset)
        .where(PasswordReset.email == email, PasswordReset.used_at.is_(None))
        .values(used_at=sa.func.now())
    )


def purge(session: Session, older_than: timedelta) -> None:
    """Ids are in order of time, so the oldest rows are found by the primary key."""
    old = (
        sa.select(PasswordReset.id)
        .where(PasswordReset.created_at < sa.func.now() - older_than)
        .order_by(PasswordReset.id)
        .limit(100)
        .with_for_update(skip_locked=True)
    )
    session.execute(sa.delete(PasswordReset).where(PasswordReset.id.in_(old)))
