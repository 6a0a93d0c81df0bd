"""Teams: who belongs to which, and what their time costs.

A manager sees and changes all teams. A vendor's lead sees his own and nobody else's: he is a
member with `is_lead`, and needs no role for it.
"""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.accounts.models import User
from maskwright.kernel.clock import utc_now
from maskwright.kernel.errors import Forbidden
from maskwright.kernel.ids import new_id
from maskwright.work import Work
from maskwright.workforce import queries
from maskwright.workforce.domain import Rate
from maskwright.workforce.errors import NotAMember, TeamArchived, TeamNameTaken, TeamNotFound
from maskwright.workforce.models import Team, TeamMembership, TeamRate
from maskwright.workforce.schemas import TeamCreate, TeamPatch


def team_in_sight(work: Work, permission: Permission = Permission.VIEW_PEOPLE) -> UUID | None:
    """The one team whose people the actor may look at; None where he may look at all.

    Raises Forbidden for who has not the permission, nor leads a team.
    """
    actor = work.actor
    if actor.may(permission):
        return None
    found = queries.membership_of(work.session, actor.organization_id, actor.person_id)
    if found is None or not found[0].is_lead:
        raise Forbidden(permission=permission.value)
    return found[1].id


def team_of(work: Work, user_id: UUID) -> Team | None:
    """The team that a colleague belongs to."""
    found = queries.membership_of(work.session, work.actor.organization_id, user_id)
    return found[1] if found is not None else None


def list_teams(work: Work, *, after: UUID | None, limit: int) -> Sequence[Team]:
    """Up to `limit + 1` teams that the actor may see, newest first."""
    only_team = team_in_sight(work)
    return queries.page_of_teams(
        work.session, work.actor.organization_id, only_team=only_team, after=after, limit=limit
    )


def teams_by_name(work: Work) -> dict[str, UUID]:
    """The organisation's teams that are not archived, by their names in lower case."""
    actor = work.require(Permission.MANAGE_MEMBERS)
    found = queries.page_of_teams(
        work.session, actor.organization_id, only_team=None, after=None, limit=10_000
    )
    return {team.name.lower(): team.id for team in found if team.archived_at is None}


def require_joinable(work: Work, team_id: UUID) -> None:
    """Raises TeamNotFound or TeamArchived where nobody can be invited into this team."""
    if require_team(work, team_id, Permission.MANAGE_MEMBERS).archived_at is not None:
        raise TeamArchived


def join_team(session: Session, organization_id: UUID, team_id: UUID, user_id: UUID) -> None:
    """Somebody comes in by an invitation that named a team. Where that was archived meanwhile, he
    comes in without it."""
    team = queries.find_team(session, organization_id, team_id)
    if team is not None and team.archived_at is None:
        queries.put_member(session, organization_id, team_id, user_id, is_lead=False)


def member_counts(work: Work, listed: Sequence[Team]) -> dict[UUID, int]:
    """How many belong to each; a team without anybody has no entry."""
    return queries.member_counts(work.session, [team.id for team in listed])


def require_team(
    work: Work, team_id: UUID, permission: Permission = Permission.VIEW_PEOPLE
) -> Team:
    """A team that the actor may look at."""
    team = queries.find_team(work.session, work.actor.organization_id, team_id)
    if team is None:
        raise TeamNotFound
    if team_in_sight(work, permission) not in (None, team.id):
        raise TeamNotFound
    return team


def create_team(work: Work, wanted: TeamCreate) -> Team:
    actor = work.require(Permission.MANAGE_MEMBERS)
    team = Team(
        id=new_id(),
        organization_id=actor.organization_id,
        name=wanted.name,
        kind=wanted.kind,
        created_at=utc_now(),
        archived_at=None,
    )
    _keep_names_apart(work, team)
    work.session.add(team)
    work.session.flush()
    record_audit(work, "team.created", "team", team.id, {"name": team.name, "kind": team.kind})
    return team


def change_team(work: Work, team_id: UUID, wanted: TeamPatch) -> Team:
    """Set what the patch names, and nothing else."""
    team = _require_managed(work, team_id)
    changes = wanted.model_dump(exclude_unset=True, exclude_none=True)
    is_archived = changes.pop("is_archived", None)
    for field, value in changes.items():
        setattr(team, field, value)
    if is_archived is not None:
        team.archived_at = utc_now() if is_archived else None
    _keep_names_apart(work, team)
    record_audit(work, "team.changed", "team", team.id, wanted.model_dump(exclude_unset=True))
    return team


def list_team_members(work: Work, team_id: UUID) -> Sequence[sa.Row[TeamMembership, User]]:
    return queries.members_of(work.session, require_team(work, team_id).id)


def put_member(work: Work, team_id: UUID, user_id: UUID, *, is_lead: bool) -> None:
    """Make a colleague a member or lead of the team; from another team he moves. Time that he
    spent before stays on the account of the team that he was in."""
    team = _require_managed(work, team_id)
    if team.archived_at is not None:
        raise TeamArchived
    if not queries.belongs_to_organization(work.session, team.organization_id, user_id):
        raise NotAMember(user_id=str(user_id))
    queries.put_member(work.session, team.organization_id, team.id, user_id, is_lead=is_lead)
    record_audit(
        work, "team.member_put", "team", team.id, {"user_id": str(user_id), "is_lead": is_lead}
    )


def remove_member(work: Work, team_id: UUID, user_id: UUID) -> None:
    """He stays in the organisation. Removing somebody who is no member changes nothing."""
    team = _require_managed(work, team_id)
    if queries.delete_member(work.session, team.id, user_id):
        record_audit(work, "team.member_removed", "team", team.id, {"user_id": str(user_id)})


def list_rates(work: Work, team_id: UUID) -> Sequence[TeamRate]:
    """A team's lead sees what his own costs."""
    team = require_team(work, team_id, Permission.VIEW_MONEY)
    return queries.rates_of(work.session, team.id)


def set_rate(work: Work, team_id: UUID, rate: Rate) -> None:
    """What an hour of the team costs from a moment on; the past may be put right as well."""
    team = _require_managed(work, team_id)
    work.require(Permission.VIEW_MONEY)
    queries.put_rate(
        work.session,
        TeamRate(
            organization_id=team.organization_id,
            team_id=team.id,
            starts_at=rate.starts_at,
            hourly=rate.hourly,
            currency=rate.currency,
        ),
    )
    record_audit(
        work,
        "team.rate_set",
        "team",
        team.id,
        {
            "hourly": str(rate.hourly),
            "currency": rate.currency,
            "starts_at": rate.starts_at.isoformat(),
        },
    )


def _require_managed(work: Work, team_id: UUID) -> Team:
    team = queries.find_team(work.session, work.actor.organization_id, team_id)
    if team is None:
        raise TeamNotFound
    work.require(Permission.MANAGE_MEMBERS)
    return team


def _keep_names_apart(work: Work, team: Team) -> None:
    if team.archived_at is not None:
        return
    with work.session.no_autoflush:
        if queries.name_is_taken(work.session, team.organization_id, team.name, team.id):
            raise TeamNameTaken
