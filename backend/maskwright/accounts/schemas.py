"""Accounts on the wire."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

import sqlalchemy as sa
from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from maskwright.accounts.domain import PERMISSIONS, LineStatus, Permission, Role, Scope
from maskwright.accounts.models import (
    ApiToken,
    AuditEvent,
    CustomRole,
    Invitation,
    Membership,
    Organization,
    User,
)
from maskwright.accounts.project_role_queries import ProjectPerson
from maskwright.mail.domain import MailState

#: One line of text: no control characters, no spaces around it.
Line = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$"
    ),
]
#: Only the shape is checked: `ann@lab.local` is an address on many a local network.
Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        to_lower=True,
        max_length=254,
        pattern=r"^[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+$",
    ),
    Field(examples=["ann@example.com"]),
]
Password = Annotated[str, StringConstraints(min_length=1, max_length=1000)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SignIn(_Body):
    email: Email
    password: Password


class PasswordChange(_Body):
    current: Password
    new: Password = Field(description="at least 10 characters")


class MePatch(_Body):
    name: Line | None = None
    password: PasswordChange | None = None


#: A command's name as the editor has it, and keys as it writes them: `Mod+Shift+Z`.
_CommandId = Annotated[str, StringConstraints(max_length=64, pattern=r"^[a-z][a-z0-9.-]*$")]
_Chord = Annotated[
    str, StringConstraints(min_length=1, max_length=32, pattern=r"^[^\x00-\x1f\x7f]+$")
]


class Shortcuts(_Body):
    """The keys of the editor: a preset, and what this person changed of it."""

    preset: Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z][a-z0-9-]*$")]
    changes: Annotated[
        dict[_CommandId, Annotated[list[_Chord], Field(max_length=8)]], Field(max_length=400)
    ] = Field(default_factory=dict)


#: `de`, `pt-BR`. Which ones the pages have, the pages know: a new one needs no new server.
_LanguageTag = Annotated[
    str, StringConstraints(max_length=16, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
]


class Preferences(_Body):
    """How one likes to work. In a change, what is left out stays as it was."""

    shortcuts: Shortcuts | None = None
    language: _LanguageTag | None = Field(
        default=None, description="what the pages are read in (BCP 47); null: what the browser asks"
    )


class OrganizationSwitch(_Body):
    organization_id: UUID


class OrganizationPatch(_Body):
    name: Line


class _RoleChoice(_Body):
    """A built-in role, or (with `role` left out or `custom`) one of the organisation's own."""

    role: Role = Role.CUSTOM
    custom_role_id: UUID | None = None

    @model_validator(mode="after")
    def _is_one_role(self) -> Self:
        if (self.role is Role.CUSTOM) != (self.custom_role_id is not None):
            raise ValueError("Name either a built-in role, or one of your own by its id.")
        return self


class RolePatch(_RoleChoice):
    pass


class RoleCreate(_Body):
    name: Line
    description: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    permissions: set[Permission]


class RoleChange(_Body):
    """What is left out stays as it is."""

    name: Line | None = None
    description: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] | None = (
        None
    )
    permissions: set[Permission] | None = None


class InvitationCreate(_RoleChoice):
    email: Email | None = None
    team_id: UUID | None = None
    expires_in_days: int = Field(default=7, ge=1, le=90)


class BulkInvitationsIn(_RoleChoice):
    """`text` has a person on each line: `e-mail`, `e-mail, role` or `e-mail, role, team`. Role and
    team of this body hold for lines that name none. With `only_check` nobody is invited."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=200_000)]
    team_id: UUID | None = None
    expires_in_days: int = Field(default=7, ge=1, le=90)
    only_check: bool = False


class ResendIn(_Body):
    expires_in_days: int = Field(default=7, ge=1, le=90)


class ResetAskIn(_Body):
    email: Email


class ResetIn(_Body):
    password: Password = Field(description="at least 10 characters")


class InvitationAccept(_Body):
    """`name` and, for an open invitation, `email` are needed for a new account; somebody who has
    one gives its password."""

    name: Line | None = None
    email: Email | None = None
    password: Password


class TokenCreate(_Body):
    name: Line
    scopes: set[Scope] = Field(min_length=1)
    expires_at: AwareDatetime | None = None


class PersonOut(BaseModel):
    id: UUID
    name: str


class AccountOut(PersonOut):
    email: str


class NamedOrganizationOut(BaseModel):
    id: UUID
    name: str


class LedTeamOut(BaseModel):
    """A team that somebody leads: he may read of its people, and pause them."""

    id: UUID
    name: str


class OwnOrganizationOut(NamedOrganizationOut):
    """`role_name` is that of a role of its own."""

    role: Role
    role_name: str | None


class BuiltInRoleOut(BaseModel):
    role: Role
    permissions: list[Permission]


class RoleOut(BaseModel):
    """A role of the organisation's own, and how many members have it."""

    id: UUID
    name: str
    description: str
    permissions: list[Permission]
    members: int

    @classmethod
    def of(cls, role: CustomRole, members: int) -> "RoleOut":
        return cls(
            id=role.id,
            name=role.name,
            description=role.description,
            permissions=[Permission(one) for one in role.permissions],
            members=members,
        )


class RolesOut(BaseModel):
    built_in: list[BuiltInRoleOut]
    items: list[RoleOut]

    @classmethod
    def of(cls, rows: Iterable[sa.Row[CustomRole, int]]) -> "RolesOut":
        built_in = [
            BuiltInRoleOut(role=role, permissions=sorted(granted))
            for role, granted in PERMISSIONS.items()
            if role is not Role.CUSTOM
        ]
        return cls(built_in=built_in, items=[RoleOut.of(*row) for row in rows])


class MeOut(BaseModel):
    """Who is signed in. `csrf_token` goes into the header X-CSRF-Token of every changing request
    of a browser; API tokens need none."""

    user: AccountOut
    organization: NamedOrganizationOut
    role: Role
    role_name: str | None
    permissions: list[Permission]
    csrf_token: str | None
    organizations: list[OwnOrganizationOut]
    leads: list[LedTeamOut]


class OrganizationOut(NamedOrganizationOut):
    created_at: datetime

    @classmethod
    def of(cls, organization: Organization) -> "OrganizationOut":
        return cls(id=organization.id, name=organization.name, created_at=organization.created_at)


class MemberOut(BaseModel):
    user_id: UUID
    email: str
    name: str
    role: Role
    custom_role_id: UUID | None
    joined_at: datetime
    last_seen_at: datetime | None
    disabled: bool

    @classmethod
    def of(cls, member: sa.Row[Membership, User]) -> "MemberOut":
        membership, user = member
        return cls(
            user_id=user.id,
            email=user.email,
            name=user.name,
            role=membership.role,
            custom_role_id=membership.custom_role_id,
            joined_at=membership.created_at,
            last_seen_at=membership.last_seen_at,
            disabled=user.disabled_at is not None,
        )


class InvitationOut(BaseModel):
    id: UUID
    email: str | None
    role: Role
    custom_role_id: UUID | None
    team_id: UUID | None
    created_at: datetime
    expires_at: datetime
    invited_by: PersonOut
    mail: MailState | None = Field(description="what became of the newest letter with its link")

    @classmethod
    def of(
        cls, invitation: Invitation, inviter_name: str, mail: MailState | None = None
    ) -> "InvitationOut":
        return cls(
            id=invitation.id,
            email=invitation.email,
            role=invitation.role,
            custom_role_id=invitation.custom_role_id,
            team_id=invitation.team_id,
            mail=mail,
            created_at=invitation.created_at,
            expires_at=invitation.expires_at,
            invited_by=PersonOut(id=invitation.invited_by, name=inviter_name),
        )


class NewInvitationOut(InvitationOut):
    url: str = Field(description="the link to hand over; shown this once")
    is_mailed: bool = Field(description="whether the link was sent to the e-mail besides")


class BulkLineOut(BaseModel):
    """What became of one person of the list; `said` is his line, `url` the link to hand over."""

    line: int
    said: str
    email: str | None
    status: LineStatus
    role: Role | None
    custom_role_id: UUID | None
    team_id: UUID | None
    invitation_id: UUID | None
    url: str | None
    is_mailed: bool


class BulkInvitationsOut(BaseModel):
    """`invited` counts those who can be, where it was only checked."""

    invited: int
    items: list[BulkLineOut]


class ResetPreviewOut(BaseModel):
    email: str


class OrganizationNameOut(BaseModel):
    name: str


class InvitationPreviewOut(BaseModel):
    organization: OrganizationNameOut
    email: str | None
    role: Role
    role_name: str | None
    expires_at: datetime
    account_exists: bool


class TokenOut(BaseModel):
    id: UUID
    name: str
    scopes: list[Scope]
    prefix: str
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None

    @classmethod
    def of(cls, token: ApiToken) -> "TokenOut":
        return cls(
            id=token.id,
            name=token.name,
            scopes=[Scope(scope) for scope in token.scopes],
            prefix=token.prefix,
            created_at=token.created_at,
            expires_at=token.expires_at,
            last_used_at=token.last_used_at,
        )


class NewTokenOut(TokenOut):
    token: str = Field(description="the token itself; shown this once")


class AuditActionsOut(BaseModel):
    items: list[str]


class AuditEventOut(BaseModel):
    id: UUID
    at: datetime
    actor: PersonOut | None
    action: str
    object_type: str
    object_id: UUID | None
    details: dict[str, Any]

    @classmethod
    def of(cls, row: sa.Row[AuditEvent, str]) -> "AuditEventOut":
        event, actor_name = row
        actor = PersonOut(id=event.actor_id, name=actor_name) if event.actor_id else None
        return cls(
            id=event.id,
            at=event.at,
            actor=actor,
            action=event.action,
            object_type=event.object_type,
            object_id=event.object_id,
            details=event.details,
        )


class ProjectRoleIn(_Body):
    """What somebody is to be in a project: a built-in role, one of the organisation's own by its
    id, or null to keep him out."""

    role: Role | None
    custom_role_id: UUID | None = None

    @model_validator(mode="after")
    def _is_one_role(self) -> Self:
        if (self.role is Role.CUSTOM) != (self.custom_role_id is not None):
            raise ValueError("Name either a built-in role, or one of your own by its id.")
        if self.role is Role.OWNER:
            raise ValueError("Nobody is owner of a single project.")
        return self


class ProjectPersonOut(BaseModel):
    """Somebody of the organisation, and what he is in a project.

    role          in the organisation
    has_own_role  whether another one holds in this project
    own_role      that one; null where he is kept out
    """

    user_id: UUID
    name: str
    email: str
    role: Role
    custom_role_name: str | None
    has_own_role: bool
    own_role: Role | None
    own_custom_role_id: UUID | None
    own_custom_role_name: str | None
    team_name: str | None

    @classmethod
    def of(cls, person: ProjectPerson) -> "ProjectPersonOut":
        return cls.model_validate(person, from_attributes=True)


class ProjectPeopleOut(BaseModel):
    items: list[ProjectPersonOut]
