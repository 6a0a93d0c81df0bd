"""Roles, permissions, who acts, and how guessing is slowed. No I/O."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import UUID


class Role(StrEnum):
    OWNER = "owner"
    MANAGER = "manager"
    REVIEWER = "reviewer"
    LABELER = "labeler"
    ML = "ml"
    CUSTOM = "custom"  # an organisation's own: what it may do is kept with the membership


class Permission(StrEnum):
    """What may be done. Every route asks for one of these, and none asks for a role."""

    VIEW_PROJECT = "view_project"
    LABEL = "label"
    REVIEW = "review"
    IMPORT_DATA = "import_data"
    EXPORT = "export"
    MANAGE_PROJECTS = "manage_projects"  # make, set up and delete them; their workflow
    EDIT_ONTOLOGY = "edit_ontology"
    MANAGE_QUEUE = "manage_queue"  # order, batches, pauses, leases of others
    VIEW_QUALITY = "view_quality"  # reports, and whose labels wait for review
    VIEW_PEOPLE = "view_people"  # members, teams, whose work is whose
    MANAGE_MEMBERS = "manage_members"
    VIEW_MONEY = "view_money"  # rates and costs
    VIEW_AUDIT = "view_audit"
    MANAGE_ORGANIZATION = "manage_organization"
    MANAGE_TOKENS = "manage_tokens"


class Scope(StrEnum):
    """What an API token may do, at most: never more than its owner's role allows."""

    READ = "read"
    LABEL = "label"
    WRITE = "write"
    EXPORT = "export"
    ADMIN = "admin"


_EVERYONE = frozenset({Permission.VIEW_PROJECT, Permission.MANAGE_TOKENS})

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    Role.MANAGER: frozenset(Permission) - {Permission.MANAGE_ORGANIZATION},
    Role.REVIEWER: _EVERYONE | {Permission.LABEL, Permission.REVIEW},
    Role.LABELER: _EVERYONE | {Permission.LABEL},
    Role.ML: _EVERYONE | {Permission.IMPORT_DATA, Permission.EXPORT},
    Role.CUSTOM: frozenset(),
}

#: Who manages people gives out work, whether or not he does any himself.
_WORK = _EVERYONE | {Permission.LABEL, Permission.REVIEW}

#: What makes no sense without something else brings it.
_BRINGS: dict[Permission, Permission] = {
    Permission.MANAGE_MEMBERS: Permission.VIEW_PEOPLE,
    Permission.MANAGE_ORGANIZATION: Permission.VIEW_PEOPLE,
}

#: What a role in one project decides there. All else follows from the role in the organisation.
OF_PROJECT = frozenset(
    {
        Permission.VIEW_PROJECT,
        Permission.LABEL,
        Permission.REVIEW,
        Permission.IMPORT_DATA,
        Permission.EXPORT,
        Permission.MANAGE_PROJECTS,
        Permission.EDIT_ONTOLOGY,
        Permission.MANAGE_QUEUE,
        Permission.VIEW_QUALITY,
        Permission.VIEW_PEOPLE,
        Permission.VIEW_MONEY,
    }
)

PERMISSIONS_OF_SCOPE: dict[Scope, frozenset[Permission]] = {
    Scope.READ: frozenset({Permission.VIEW_PROJECT}),
    Scope.LABEL: frozenset({Permission.VIEW_PROJECT, Permission.LABEL, Permission.REVIEW}),
    Scope.WRITE: frozenset(
        {
            Permission.VIEW_PROJECT,
            Permission.MANAGE_PROJECTS,
            Permission.EDIT_ONTOLOGY,
            Permission.MANAGE_QUEUE,
            Permission.IMPORT_DATA,
        }
    ),
    Scope.EXPORT: frozenset({Permission.VIEW_PROJECT, Permission.EXPORT}),
    Scope.ADMIN: frozenset(Permission),
}


class LineStatus(StrEnum):
    """What becomes of one line of a list of people to invite."""

    READY = "ready"  # would be invited
    INVITED = "invited"
    NO_ADDRESS = "no_address"
    TWICE = "twice"  # it stands further up already
    MEMBER = "member"
    WAITING = "waiting"  # invited before, and not over
    UNKNOWN_ROLE = "unknown_role"
    NOT_YOURS_TO_GIVE = "not_yours_to_give"
    UNKNOWN_TEAM = "unknown_team"


def permissions_of_custom_role(wanted: Iterable[Permission]) -> frozenset[Permission]:
    """What a role made of these may do: they, what they need, and what everybody may."""
    chosen = frozenset(wanted)
    return _EVERYONE | chosen | {_BRINGS[one] for one in chosen if one in _BRINGS}


@dataclass(frozen=True, slots=True)
class Grant:
    """What somebody may do in an organisation: a built-in role, or one of its own.

    custom_permissions  of its own role, as they are now; None for a built-in one
    """

    role: Role
    custom_role_id: UUID | None = None
    custom_permissions: frozenset[Permission] | None = None
    custom_name: str | None = None

    @property
    def permissions(self) -> frozenset[Permission]:
        if self.custom_permissions is not None:
            return self.custom_permissions
        return PERMISSIONS[self.role]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which organisation, and what he may do there.

    `scopes` is None for a browser session, which is bounded by the role alone.
    `session_id` and `token_id` name what he came with; a worker has neither, nor a user.
    `custom_permissions` is what a role of the organisation's own allows; None for the others.
    `in_projects` is what he may do in those projects in which he has another role; nothing where he
    is kept out. A worker's and an owner's role is the same everywhere.
    """

    organization_id: UUID
    role: Role
    user_id: UUID | None = None
    scopes: frozenset[Scope] | None = None
    session_id: UUID | None = None
    token_id: UUID | None = None
    custom_permissions: frozenset[Permission] | None = None
    in_projects: Mapping[UUID, frozenset[Permission]] = field(default_factory=dict, hash=False)

    def in_project(self, project_id: UUID) -> "Actor":
        """The same person with what he may do in this project."""
        if not self.in_projects or project_id not in self.in_projects:
            return self
        elsewhere = self.permissions_of_role - OF_PROJECT
        here = self.in_projects[project_id] & OF_PROJECT
        return replace(self, custom_permissions=elsewhere | here)

    def may_somewhere(self, permission: Permission) -> bool:
        """Whether he may in any project: asked before it is known which one it is about."""
        if not self.in_projects:
            return self.may(permission)
        within = _within(self.scopes)
        return permission in within and (
            permission in self.permissions_of_role
            or any(permission in allowed for allowed in self.in_projects.values())
        )

    @property
    def permissions_of_role(self) -> frozenset[Permission]:
        """What the person may do, whatever he came with."""
        if self.custom_permissions is not None:
            return self.custom_permissions
        return PERMISSIONS[self.role]

    @property
    def labels_blindly(self) -> bool:
        """Whether his label of an image is to be his own opinion: he gives labels, and judges
        nobody's. It follows from the role: a token that only reads shows no more."""
        may = self.permissions_of_role
        judges = Permission.REVIEW in may or Permission.VIEW_QUALITY in may
        return Permission.LABEL in may and not judges

    @property
    def permissions(self) -> frozenset[Permission]:
        granted = self.permissions_of_role
        return granted if self.scopes is None else granted & _within(self.scopes)

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    @property
    def person_id(self) -> UUID:
        """The acting person's id; a worker acting alone has none, and may not do what needs one."""
        if self.user_id is None:
            raise RuntimeError("A worker acts here where a person is needed.")
        return self.user_id


def _within(scopes: frozenset[Scope] | None) -> frozenset[Permission]:
    """What a token of these scopes may do at most."""
    if scopes is None:
        return frozenset(Permission)
    return frozenset[Permission]().union(*(PERMISSIONS_OF_SCOPE[scope] for scope in scopes))


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request brought to say who sends it. A bearer token is preferred to a cookie.

    changes_state   whether the method is one that a foreign page must not be able to send
    """

    session_secret: str | None = None
    bearer: str | None = None
    csrf_token: str | None = None
    changes_state: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a person signs in from."""

    address: str | None = None
    user_agent: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh browser session: the secret goes into the cookie and is kept nowhere else."""

    actor: Actor
    secret: str


@dataclass(frozen=True, slots=True)
class Throttle:
    """How many failed attempts to sign in are borne within a window.

    For one e-mail from one address a person's typing mistakes must fit. For one address (an
    office behind one router) and for one e-mail (guessed at from many addresses) the bounds are
    wider, so that a stranger can't easily lock somebody out.
    """

    window: ClassVar[timedelta] = timedelta(minutes=15)
    email_and_address: ClassVar[int] = 10
    email: ClassVar[int] = 100
    address: ClassVar[int] = 100

    @classmethod
    def free_at(cls, attempts: "FailedAttempts") -> datetime | None:
        """When the next attempt is borne; None where it is now."""
        bounded = (
            (attempts.from_both, cls.email_and_address),
            (attempts.for_email, cls.email),
            (attempts.from_address, cls.address),
        )
        waits = [times[bound - 1] + cls.window for times, bound in bounded if len(times) >= bound]
        return max(waits, default=None)


@dataclass(frozen=True, slots=True)
class FailedAttempts:
    """When attempts of the last window failed, newest first."""

    from_both: Sequence[datetime]
    for_email: Sequence[datetime]
    from_address: Sequence[datetime]


def may_assign(actor: Actor, grant: Grant) -> bool:
    """Whether somebody may give or take this: owners are made and unmade by owners only, and nobody
    gives more than he has, but for the work itself."""
    if grant.role is Role.OWNER:
        return actor.role is Role.OWNER
    return grant.permissions - _WORK <= actor.permissions_of_role
