"""Organisations, people, how they sign in, and the audit log."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, INET, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from maskwright.accounts.domain import Role
from maskwright.db.base import Base, Identified, Tenant, Timestamped, tenant_key, text_enum


class Organization(Identified, Timestamped, Base):
    __tablename__ = "organization"

    name: Mapped[str]


class User(Identified, Timestamped, Base):
    """A person; he may belong to several organisations. The e-mail is kept in lower case."""

    __tablename__ = "user_account"
    __table_args__ = (sa.CheckConstraint("email = lower(email)", name="email_lower"),)

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    disabled_at: Mapped[datetime | None]


class UserPreferences(Base):
    """How a person likes to work. Apart from the account, which every request reads."""

    __tablename__ = "user_preferences"

    user_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True
    )
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)
    updated_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class Membership(Timestamped, Base):
    __tablename__ = "membership"

    organization_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("organization.id"), primary_key=True
    )
    user_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("user_account.id"), primary_key=True, index=True
    )
    role: Mapped[Role] = mapped_column(text_enum(Role))
    last_seen_at: Mapped[datetime | None]


class Invitation(Identified, Timestamped, Tenant, Base):
    __tablename__ = "invitation"
    __table_args__ = (tenant_key(),)

    email: Mapped[str | None]
    role: Mapped[Role] = mapped_column(text_enum(Role))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    invited_by: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))
    revoked_at: Mapped[datetime | None]


class BrowserSession(Identified, Timestamped, Tenant, Base):
    """A signed-in browser. Only the hash of its secret is kept. `organization_id` is the one that
    the person is looking at."""

    __tablename__ = "browser_session"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["organization_id", "user_id"],
            ["membership.organization_id", "membership.user_id"],
            ondelete="CASCADE",
        ),
    )

    user_id: Mapped[UUID] = mapped_column(index=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    csrf_token: Mapped[str]
    last_seen_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    user_agent: Mapped[str] = mapped_column(server_default="")


class ApiToken(Identified, Timestamped, Tenant, Base):
    __tablename__ = "api_token"
    __table_args__ = (
        tenant_key(),
        sa.ForeignKeyConstraint(
            ["organization_id", "user_id"],
            ["membership.organization_id", "membership.user_id"],
            ondelete="CASCADE",
        ),
    )

    user_id: Mapped[UUID] = mapped_column(index=True)
    name: Mapped[str]
    prefix: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(sa.Text))
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SignInAttempt(Identified, Base):
    """Failed attempts, so that guessing is slowed across processes and restarts."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        sa.Index("ix_sign_in_attempt_email_at", "email", "at"),
        sa.Index("ix_sign_in_attempt_address_at", "address", "at"),
    )

    email: Mapped[str]
    address: Mapped[str | None] = mapped_column(INET)
    at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())


class AuditEvent(Identified, Tenant, Base):
    """Who did what. Append-only: a trigger refuses updates and deletes."""

    __tablename__ = "audit_event"
    __table_args__ = (sa.Index("ix_audit_event_organization_id_id", "organization_id", "id"),)

    actor_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))
    action: Mapped[str]
    object_type: Mapped[str]
    object_id: Mapped[UUID | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=sa.text("'{}'"))
    at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())
