"""Inviting many at once: each line of a list is checked by itself, and told what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from maskwright.accounts import queries, role_queries
from maskwright.accounts.domain import LineStatus, Permission, Role
from maskwright.accounts.errors import OwnersOnly, RoleTooPowerful
from maskwright.accounts.invitation_lists import ListedPerson, read_list
from maskwright.accounts.service.invitations import NewInvitation, invite
from maskwright.accounts.service.roles import grant_to_give
from maskwright.kernel.errors import InvalidInput
from maskwright.work import Work
from maskwright.workforce.service import teams

MOST = 500


@dataclass(frozen=True)
class Line:
    """What becomes of one person of the list."""

    person: ListedPerson
    status: LineStatus
    role: Role | None = None
    custom_role_id: UUID | None = None
    team_id: UUID | None = None
    made: NewInvitation | None = None


@dataclass(frozen=True)
class Wanted:
    """What holds for a line that says nothing else."""

    role: Role
    custom_role_id: UUID | None
    team_id: UUID | None
    days: int


def invite_many(work: Work, text: str, wanted: Wanted, *, only_check: bool) -> list[Line]:
    """Invite everybody of the list who can be; the others are told why not.

    Raises InvalidInput where there are more than `MOST`.
    """
    work.require(Permission.MANAGE_MEMBERS)
    people = list(read_list(text))
    if len(people) > MOST:
        raise InvalidInput(f"At most {MOST} people at once. This list has {len(people)}.")
    if wanted.team_id is not None:
        teams.require_joinable(work, wanted.team_id)
    checking = _Checking(work, wanted, people)
    lines = [checking.check(person) for person in people]
    return lines if only_check else [_invited(work, line, wanted) for line in lines]


def _invited(work: Work, line: Line, wanted: Wanted) -> Line:
    if line.status is not LineStatus.READY or line.role is None:
        return line
    made = invite(
        work,
        email=line.person.email,
        role=line.role,
        custom_role_id=line.custom_role_id,
        team_id=line.team_id,
        days=wanted.days,
    )
    return Line(line.person, LineStatus.INVITED, line.role, line.custom_role_id, line.team_id, made)


class _Checking:
    """What is asked of the database once, for all lines."""

    def __init__(self, work: Work, wanted: Wanted, people: list[ListedPerson]) -> None:
        self._work, self._wanted = work, wanted
        organization_id = work.actor.organization_id
        emails = {person.email for person in people if person.email}
        self._members = queries.members_among(work.session, organization_id, emails)
        self._waiting = queries.invited_among(work.session, organization_id, emails)
        rows = role_queries.roles_of(work.session, organization_id)
        self._own_roles: Mapping[str, UUID] = {role.name.lower(): role.id for role, _ in rows}
        self._teams = teams.teams_by_name(work)
        self._seen: set[str] = set()

    def check(self, person: ListedPerson) -> Line:
        status = self._status_of_address(person)
        if status is not None:
            return Line(person, status)
        role, custom_role_id = self._role_of(person)
        if role is None:
            return Line(person, LineStatus.UNKNOWN_ROLE)
        try:
            grant_to_give(self._work, role, custom_role_id)
        except (OwnersOnly, RoleTooPowerful):
            return Line(person, LineStatus.NOT_YOURS_TO_GIVE)
        team_id = self._wanted.team_id
        if person.team:
            team_id = self._teams.get(person.team.lower())
            if team_id is None:
                return Line(person, LineStatus.UNKNOWN_TEAM)
        return Line(person, LineStatus.READY, role, custom_role_id, team_id)

    def _status_of_address(self, person: ListedPerson) -> LineStatus | None:
        if person.email is None:
            return LineStatus.NO_ADDRESS
        if person.email in self._seen:
            return LineStatus.TWICE
        self._seen.add(person.email)
        if person.email in self._members:
            return LineStatus.MEMBER
        return LineStatus.WAITING if person.email in self._waiting else None

    def _role_of(self, person: ListedPerson) -> tuple[Role | None, UUID | None]:
        said = person.role.lower()
        if not said:
            return self._wanted.role, self._wanted.custom_role_id
        if said in self._own_roles:
            return Role.CUSTOM, self._own_roles[said]
        try:
            role = Role(said)
        except ValueError:
            return None, None
        return (None, None) if role is Role.CUSTOM else (role, None)
