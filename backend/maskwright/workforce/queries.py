"""Every statement about teams."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from maskwright.accounts.models import Membership, User
from maskwright.workforce.models import Team, TeamMembership, TeamRate


def page_of_teams(
    session: Session,
    organization_id: UUID,
    *,
    only_team: UUID | None,
    after: UUID | None,
    limit: int,
) -> Sequence[Team]:
    """Up to `limit + 1` teams, newest first, archived ones included."""
    statement = (
        sa.select(Team)
        .where(Team.organization_id == organization_id)
        .order_by(Team.id.desc())
        .limit(limit + 1)
    )
    if only_team is not None:
        statement = statement.where(Team.id == only_team)
    if after is not None:
        statement = statement.where(Team.id < after)
    return session.scalars(statement).all()


def find_team(session: Session, organization_id: UUID, team_id: UUID) -> Team | None:
    return session.scalar(
        sa.select(Team).where(Team.organization_id == organization_id, Team.id == team_id)
    )


def name_is_taken(session: Session, organization_id: UUID, name: str, but: UUID) -> bool:
    """Whether another team that is not archived has this name, in whatever case."""
    found = session.scalar(
        sa.select(sa.literal(1)).where(
            Team.organization_id == organization_id,
            sa.func.lower(Team.name) == sa.func.lower(name),
            Team.archived_at.is_(None),
            Team.id != but,
        )
    )
    return found is not None


def member_counts(session: Session, team_ids: Sequence[UUID]) -> dict[UUID, int]:
    counted = session.execute(
        sa.select(TeamMembership.team_id, sa.func.count().label("members"))
        .where(TeamMembership.team_id.in_(team_ids))
        .group_by(TeamMembership.team_id)
    )
    return {row.team_id: row.members for row in counted}


def members_of(session: Session, team_id: UUID) -> Sequence[sa.Row[TeamMembership, User]]:
    """Everybody of a team, leads first."""
    return session.execute(
        sa.select(TeamMembership, User)
        .join(User, User.id == TeamMembership.user_id)
        .where(TeamMembership.team_id == team_id)
        .order_by(TeamMembership.is_lead.desc(), User.name, User.id)
    ).all()


def membership_of(
    session: Session, organization_id: UUID, user_id: UUID
) -> sa.Row[TeamMembership, Team] | None:
    """The team that somebody belongs to, if he does."""
    return session.execute(
        sa.select(TeamMembership, Team)
        .join(Team, Team.id == TeamMembership.team_id)
        .where(TeamMembership.organization_id == organization_id, TeamMembership.user_id == user_id)
    ).one_or_none()


def belongs_to_organization(session: Session, organization_id: UUID, user_id: UUID) -> bool:
    found = session.scalar(
        sa.select(sa.literal(1)).where(
            Membership.organization_id == organization_id, Membership.user_id == user_id
        )
    )
    return found is not None


def put_member(
    session: Session, organization_id: UUID, team_id: UUID, user_id: UUID, *, is_lead: bool
) -> None:
    """Make somebody a member; from another team he moves."""
    insert = postgresql.insert(TeamMembership).values(
        organization_id=organization_id, team_id=team_id, user_id=user_id, is_lead=is_lead
    )
    moved = insert.excluded.team_id != TeamMembership.team_id
    session.execute(
        insert.on_conflict_do_update(
            index_elements=["organization_id", "user_id"],
            set_={
                "team_id": insert.excluded.team_id,
                "is_lead": insert.excluded.is_lead,
                "joined_at": sa.case(
                    (moved, sa.func.clock_timestamp()), else_=TeamMembership.joined_at
                ),
            },
        )
    )


def delete_member(session: Session, team_id: UUID, user_id: UUID) -> bool:
    """False where he was none."""
    removed = session.scalar(
        sa.delete(TeamMembership)
        .where(TeamMembership.team_id == team_id, TeamMembership.user_id == user_id)
        .returning(TeamMembership.user_id)
    )
    return removed is not None


def rates_of(session: Session, team_id: UUID) -> Sequence[TeamRate]:
    """All rates, the newest first."""
    return session.scalars(
        sa.select(TeamRate).where(TeamRate.team_id == team_id).order_by(TeamRate.starts_at.desc())
    ).all()


def put_rate(session: Session, rate: TeamRate) -> None:
    """Add a rate; one that begins at the same moment is replaced."""
    insert = postgresql.insert(TeamRate).values(
        organization_id=rate.organization_id,
        team_id=rate.team_id,
        starts_at=rate.starts_at,
        hourly=rate.hourly,
        currency=rate.currency,
    )
    session.execute(
        insert.on_conflict_do_update(
            index_elements=["team_id", "starts_at"],
            set_={"hourly": insert.excluded.hourly, "currency": insert.excluded.currency},
        )
    )
