"""Organisations, people and what they own, made for a test in one line each."""

from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from secrets import token_urlsafe
from uuid import UUID

from maskwright.accounts.domain import Actor, Permission, Role, Scope
from maskwright.accounts.models import ApiToken, Membership, Organization, User
from maskwright.accounts.service import members, roles
from maskwright.annotations import service as annotations
from maskwright.kernel.ids import new_id
from maskwright.ontologies import service as ontologies
from maskwright.ontologies.domain import ClassKind, OntologyClass
from maskwright.ontologies.schemas import OntologyPut
from maskwright.projects import service as projects
from maskwright.projects.schemas import ProjectCreate
from maskwright.work import Resources, Work

_numbers = count(1)


@dataclass(frozen=True)
class Person:
    """Somebody with a role in one organisation.

    headers  what his scripts send: an API token with every scope
    """

    actor: Actor
    email: str
    headers: dict[str, str]

    @property
    def id(self) -> UUID:
        return self.actor.person_id

    @property
    def organization_id(self) -> UUID:
        return self.actor.organization_id


class World:
    """Makes things through the real services where there is one, and commits them."""

    def __init__(self, resources: Resources) -> None:
        self.resources = resources

    def work_of(self, person: Person) -> Work:
        """Work in this person's name: `with world.work_of(ann) as work: …`, committed at the
        end."""
        return Work(self.resources, authenticate=lambda session: person.actor)

    def organization(self, name: str = "Orchard") -> UUID:
        with self.resources.database.open_session() as session, session.begin():
            organization = Organization(id=new_id(), name=name)
            session.add(organization)
        return organization.id

    def person(self, role: Role = Role.MANAGER, organization_id: UUID | None = None) -> Person:
        """A new person, by default in an organisation of his own. He has no password: a test that
        signs in makes one through the accounts service."""
        organization_id = organization_id or self.organization()
        number = next(_numbers)
        user = User(
            id=new_id(),
            email=f"person{number}@example.com",
            name=f"{role.value.title()} {number}",
            password_hash="!",
        )
        secret = f"mw_{token_urlsafe(32)}"
        token = ApiToken(
            id=new_id(),
            organization_id=organization_id,
            user_id=user.id,
            name="tests",
            prefix=secret[:8],
            token_hash=sha256(secret.encode()).digest(),
            scopes=[scope.value for scope in Scope],
        )
        membership = Membership(organization_id=organization_id, user_id=user.id, role=role)
        with self.resources.database.open_session() as session, session.begin():
            session.add(user)
            session.flush()
            session.add(membership)
            session.flush()
            session.add(token)
        actor = Actor(organization_id=organization_id, role=role, user_id=user.id)
        return Person(actor, user.email, {"Authorization": f"Bearer {secret}"})

    def colleague(self, of: Person, role: Role) -> Person:
        return self.person(role, of.organization_id)

    def custom_role(self, owner: Person, *permissions: Permission) -> UUID:
        with self.work_of(owner) as work:
            name = f"Role {next(_numbers)}"
            return roles.create_role(work, name=name, description="", permissions=permissions).id

    def with_permissions(self, owner: Person, *permissions: Permission) -> Person:
        """A colleague with a role of the organisation's own that allows just these."""
        role_id = self.custom_role(owner, *permissions)
        made = self.person(Role.LABELER, owner.organization_id)
        with self.work_of(owner) as work:
            [membership, _] = members.change_role(work, made.id, Role.CUSTOM, role_id)
            actor = membership.actor
        return Person(actor, made.email, made.headers)

    def project(self, manager: Person, name: str = "Street scenes") -> UUID:
        with self.work_of(manager) as work:
            return projects.create_project(work, ProjectCreate(name=name)).id

    def classes(self, manager: Person, project_id: UUID, *names: str) -> dict[str, UUID]:
        """Saves an ontology of plain thing classes; returns their ids by name."""
        tree = tuple(
            OntologyClass(name=name, color=f"#{40 * (i + 1) % 256:02x}8844", kind=ClassKind.THING)
            for i, name in enumerate(names)
        )
        with self.work_of(manager) as work:
            saved = ontologies.save_ontology(
                work, project_id, OntologyPut(classes=tree), annotations
            )
        return {node.name: node.id for node in saved.nodes if node.id is not None}
