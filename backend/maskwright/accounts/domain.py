"""Roles, permissions and who acts. No I/O."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    OWNER = "owner"
    MANAGER = "manager"
    REVIEWER = "reviewer"
    LABELER = "labeler"
    ML = "ml"


class Permission(StrEnum):
    MANAGE_ORGANIZATION = "manage_organization"
    MANAGE_MEMBERS = "manage_members"
    MANAGE_PROJECTS = "manage_projects"
    VIEW_PROJECT = "view_project"
    LABEL = "label"
    IMPORT_DATA = "import_data"
    EXPORT = "export"
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
    Role.REVIEWER: _EVERYONE | {Permission.LABEL},
    Role.LABELER: _EVERYONE | {Permission.LABEL},
    Role.ML: _EVERYONE | {Permission.IMPORT_DATA, Permission.EXPORT},
}

PERMISSIONS_OF_SCOPE: dict[Scope, frozenset[Permission]] = {
    Scope.READ: frozenset({Permission.VIEW_PROJECT}),
    Scope.LABEL: frozenset({Permission.VIEW_PROJECT, Permission.LABEL}),
    Scope.WRITE: frozenset(
        {Permission.VIEW_PROJECT, Permission.MANAGE_PROJECTS, Permission.IMPORT_DATA}
    ),
    Scope.EXPORT: frozenset({Permission.VIEW_PROJECT, Permission.EXPORT}),
    Scope.ADMIN: frozenset(Permission),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which organisation, and what he may do there.

    `scopes` is None for a browser session, which is bounded by the role alone.
    `session_id` and `token_id` name what he came with; a worker has neither, nor a user.
    """

    organization_id: UUID
    role: Role
    user_id: UUID | None = None
    scopes: frozenset[Scope] | None = None
    session_id: UUID | None = None
    token_id: UUID | None = None

    @property
    def permissions(self) -> frozenset[Permission]:
        granted = PERMISSIONS[self.role]
        if self.scopes is None:
            return granted
        within = frozenset[Permission]().union(*(PERMISSIONS_OF_SCOPE[s] for s in self.scopes))
        return granted & within

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    @property
    def person_id(self) -> UUID:
        """The acting person's id; a worker acting alone has none, and may not do what needs one."""
        if self.user_id is None:
            raise RuntimeError("A worker acts here where a person is needed.")
        return self.user_id
