"""The statement that grants several people's claims at once, and what it leaves out.

`claim_candidates` is a function in the database (migrations/versions/…_claims_granted_together).
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from maskwright.db.lane import Lane
from maskwright.db.statements import Statement
from maskwright.queue.queries import ClaimRequest, GrantRow

_CLAIM_CANDIDATES = Statement(
    "claim_candidates",
    "uuid[] uuid[] uuid[] uuid[] uuid[] int4[]",
    """
    SELECT c.asker, 'candidate', c.lease_id, c.fence, c.expires_at, c.lease_seconds, c.task_id,
           c.asset_id, c.ontology_version, c.round, c.subject_version_id, a.name, a.width, a.height,
           a.tiles
    FROM claim_candidates($1, $2, $3, $4, $5, $6) c
    JOIN asset a ON a.id = c.asset_id
    """,
)


def claim_candidates(lane: Lane, asked: Sequence[ClaimRequest]) -> list[GrantRow | None]:
    """Give each of these people the candidate that was proposed for him, where that is what
    `claim_task` would give him; None, and nothing done, for the others.

    No person may be in it twice for one project.
    """
    columns = zip(
        *(
            (
                one.project_id,
                one.organization_id,
                one.labeler_id,
                one.lease_id,
                one.candidate,
                one.depth if one.prefetch else min(one.depth, 1),
            )
            for one in asked
        ),
        strict=True,
    )
    granted: list[GrantRow | None] = [None] * len(asked)
    for asker, *row in lane.all(_CLAIM_CANDIDATES, *columns):
        granted[asker - 1] = GrantRow(*row)
    return granted


_PLAIN = Statement(
    "plain_projects",
    "uuid[]",
    """
    SELECT id FROM project
    WHERE id = ANY ($1) AND state = 'active' AND paused_at IS NULL AND deleted_at IS NULL
      AND NOT has_routes AND NOT has_caps AND labeler_cap IS NULL AND labeler_daily_cap IS NULL
    """,
)


def plain_projects(lane: Lane, project_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these projects in which `claim_candidates` grants anything."""
    return {id_ for (id_,) in lane.all(_PLAIN, list(project_ids))}
