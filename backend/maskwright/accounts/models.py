"""Organisations, people, how they sign in, and the audit log."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, INET, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from maskwright.accounts.domain import PERMISSIONS, Actor, Grant, Permission, Role
from maskwright.db.base import (
    Base,
    Identified,
    Tenant,
    Timestamped,
    tenant_key,
    tenant_reference,
    text_enum,
)


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


class CustomRole(Identified, Timestamped, Tenant, Base):
    """A role that an organisation made of permissions."""

    __tablename__ = "custom_role"
    __table_args__ = (
        tenant_key(),
        sa.Index("uq_custom_role_name", "organization_id", sa.text("lower(name)"), unique=True),
    )

    name: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    permissions: Mapped[list[str]] = mapped_column(ARRAY(sa.Text))


class Membership(Timestamped, Base):
    """`permissions` are a copy of the custom role's, written whenever that changes: who somebody
    is and what he may do is asked before every request, and stays one join."""

    __tablename__ = "membership"
    __table_args__ = (
        tenant_reference("custom_role", "custom_role_id"),
        sa.CheckConstraint(
            "(role = 'custom') = (custom_role_id IS NOT NULL)"
            " AND (custom_role_id IS NULL) = (permissions IS NULL)",
            name="custom_role_whole",
        ),
    )

    organization_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("organization.id"), primary_key=True
    )
    user_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("user_account.id"), primary_key=True, index=True
    )
    role: Mapped[Role] = mapped_column(text_enum(Role))
    custom_role_id: Mapped[UUID | None] = mapped_column(index=True)
    permissions: Mapped[list[str] | None] = mapped_column(ARRAY(sa.Text))
    in_projects: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB, doc="project → a built-in role, or permissions: a copy of what `project_role` says"
    )
    last_seen_at: Mapped[datetime | None]

    @property
    def actor(self) -> Actor:
        """Its person, acting in its organisation."""
        return Actor(
            self.organization_id,
            self.role,
            self.user_id,
            custom_permissions=permissions_from(self.permissions),
            in_projects=roles_in_projects(self.in_projects),
        )

    @property
    def grant(self) -> Grant:
        return Grant(self.role, self.custom_role_id, permissions_from(self.permissions))

    def take(self, grant: Grant) -> None:
        """The person may do this from now on, instead of what he might before."""
        own = grant.custom_permissions
        self.role, self.custom_role_id = grant.role, grant.custom_role_id
        self.permissions = None if own is None else sorted(one.value for one in own)


def permissions_from(kept: Sequence[str] | None) -> frozenset[Permission] | None:
    """As a membership keeps them; None where it is of a built-in role."""
    return None if kept is None else frozenset(map(Permission, kept))


def roles_in_projects(
    kept: Mapping[str, Sequence[str] | str] | None,
) -> dict[UUID, frozenset[Permission]]:
    """As a membership keeps them: what its person may do in those projects."""
    if not kept:
        return {}
    return {
        UUID(project_id): PERMISSIONS[Role(said)]
        if isinstance(said, str)
        else frozenset(map(Permission, said))
        for project_id, said in kept.items()
    }


class ProjectRole(Timestamped, Base):
    """Somebody's role in one project, instead of the one that he has in the organisation; `role` is
    empty where he is kept out."""

    __tablename__ = "project_role"
    __table_args__ = (
        tenant_reference("project", "project_id"),
        tenant_reference("custom_role", "custom_role_id"),
        sa.ForeignKeyConstraint(
            ["organization_id", "user_id"],
            ["membership.organization_id", "membership.user_id"],
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "(role IS NOT DISTINCT FROM 'custom') = (custom_role_id IS NOT NULL)",
            name="custom_role_whole",
        ),
        sa.CheckConstraint("role IS DISTINCT FROM 'owner'", name="no_owner"),
        sa.Index("ix_project_role_organization_id_user_id", "organization_id", "user_id"),
    )

    organization_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organization.id"))
    project_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    role: Mapped[Role | None] = mapped_column(text_enum(Role))
    custom_role_id: Mapped[UUID | None] = mapped_column(index=True)
    given_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))


class Invitation(Identified, Timestamped, Tenant, Base):
    __tablename__ = "invitation"
    __table_args__ = (
        tenant_key(),
        tenant_reference("custom_role", "custom_role_id"),
        tenant_reference("team", "team_id"),
    )

    email: Mapped[str | None]
    role: Mapped[Role] = mapped_column(text_enum(Role))
    custom_role_id: Mapped[UUID | None]
    team_id: Mapped[UUID | None]
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


class PasswordReset(Identified, Timestamped, Base):
    """Somebody asked to set a password anew. Whether there is such an account is looked up by the
    worker that writes the letter: whoever asks learns nothing, not even from the time it takes."""

    __tablename__ = "password_reset"
    __table_args__ = (
        sa.Index("ix_password_reset_email", "email", "created_at"),
        sa.Index("ix_password_reset_origin", "origin", "created_at"),
    )

    email: Mapped[str]
    origin: Mapped[str | None] = mapped_column(INET)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


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
