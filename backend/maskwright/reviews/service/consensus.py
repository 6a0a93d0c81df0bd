"""Making several people's labels one, and telling how far they agreed."""

from uuid import UUID

from maskwright.annotations.schemas import AuthorOut, MaskOut
from maskwright.assets.service.catalog import require_asset
from maskwright.masks.codec import unpack
from maskwright.masks.regions import boxes_of
from maskwright.queue.schemas import RegionBoxOut
from maskwright.reviews import consensus_queries as queries
from maskwright.reviews.domain import Method
from maskwright.reviews.errors import ConsensusNotFound
from maskwright.reviews.schemas import ConsensusOpinionOut, ConsensusOut, TieOut
from maskwright.reviews.service.workflow import CONSENSUS_JOB, consensus_arguments
from maskwright.work import Work
from maskwright.workforce.service.sight import Sight, sight_of

#: A message that is older was lost with Redis or with a worker.
_OVERDUE_SECONDS = 60.0


def read_consensus(work: Work, asset_id: UUID) -> ConsensusOut:
    """Raises ConsensusNotFound where there is none (yet)."""
    asset = require_asset(work, asset_id)
    row = queries.find_result(work.session, asset.id)
    if row is None or not _may_know(work, asset.id):
        raise ConsensusNotFound
    sight = sight_of(work, asset.project_id)
    disputed = unpack(row.disputed_counts, (asset.height or 1, asset.width or 1))
    return ConsensusOut(
        version_id=row.version_id,
        people=row.people,
        method=Method(row.method),
        agreement=row.agreement,
        kappa=row.kappa,
        disputed_share=row.disputed_share,
        disputed=MaskOut(size=disputed.size, counts=disputed.counts.decode("ascii")),
        tied_px=row.tied_px,
        ties=[TieOut.of(tie) for tie in row.ties],
        created_at=row.created_at,
        opinions=[
            ConsensusOpinionOut(
                person=_author(sight, each.person_id, each.name),
                version_id=each.version_id,
                iou=each.iou,
                region=[RegionBoxOut.of(box) for box in boxes_of(each.region)] or None,
            )
            for each in queries.opinions_of_result(work.session, asset.id)
        ],
    )


def _author(sight: Sight, person_id: UUID, name: str) -> AuthorOut:
    shown_id, shown_name = sight.person(person_id, name)
    return AuthorOut(id=shown_id, name=shown_name)


def _may_know(work: Work, asset_id: UUID) -> bool:
    """Who labels without seeing what others did knows of a consensus that he took part in."""
    actor = work.actor
    if not actor.labels_blindly:
        return True
    opinions = queries.opinions_of_result(work.session, asset_id)
    return any(each.person_id == actor.user_id for each in opinions)


def resend_waiting_consensus(work: Work) -> int:
    """Ask again for what no worker did; returns how many images that were."""
    waiting = queries.waiting_for_consensus(work.session, _OVERDUE_SECONDS)
    for asset_id, organization_id in waiting:
        work.enqueue(CONSENSUS_JOB, consensus_arguments(organization_id, asset_id))
    return len(waiting)
