"""The job that makes several people's labels one. Imports scipy: for workers only."""

import json
from uuid import UUID

from maskwright.annotations.masks import mask_row
from maskwright.kernel.ids import new_id
from maskwright.masks.codec import pack, unpack
from maskwright.ontologies.domain import ClassKind, classes_by_id
from maskwright.ontologies.service import read_ontology
from maskwright.queue import flow
from maskwright.queue.domain import TaskState
from maskwright.queue.watching import look_at_work
from maskwright.reviews import consensus_queries, queries
from maskwright.reviews.consensus_queries import AgreedRow, OpinionRow, Place
from maskwright.reviews.differences import Drawn
from maskwright.reviews.domain import Overlap
from maskwright.reviews.opinions import Agreed, Opinion, agree, reliability_of
from maskwright.reviews.service.workflow import advance, workflow_of
from maskwright.work import Work


def make_consensus(work: Work, asset_id: UUID) -> Agreed | None:
    """Make the labels of an image one, or ask one more person where it is disputed.

    None where there is nothing to do: somebody has not handed in, or it was done before. The
    tasks of the image stay locked meanwhile, so that a second worker finds it done.
    """
    states = consensus_queries.lock_slots(work.session, asset_id)
    place = consensus_queries.place_of(work.session, asset_id)
    if place is None or not states or any(state != TaskState.SUBMITTED for state in states):
        return None
    overlap = workflow_of(work, place.project_id).overlap
    rows = consensus_queries.opinions_of(work.session, asset_id)
    if overlap is None or len(rows) < len(states):
        return None
    agreed = _agree(work, place, overlap, rows)
    if agreed.disputed_share > overlap.disputed_share and len(rows) < overlap.most:
        flow.add_label_slot(work, asset_id, len(states) + 1)
        return agreed
    _keep(work, place, overlap, rows, agreed)
    return agreed


def _agree(work: Work, place: Place, overlap: Overlap, rows: list[OpinionRow]) -> Agreed:
    drawn = queries.objects_of_versions(
        work.session, place.organization_id, [row.version_id for row in rows]
    )
    size = (place.height, place.width)
    newest = max(row.ontology_version for row in rows)
    classes = classes_by_id(read_ontology(work, place.project_id, newest).nodes)
    opinions = [
        Opinion(
            person_id=row.person_id,
            objects=[
                Drawn(
                    each.key, each.class_id, each.layer, each.attributes, unpack(each.counts, size)
                )
                for each in drawn
                if each.version_id == row.version_id
            ],
            reliability=reliability_of(row.items, row.distance),
        )
        for row in rows
    ]
    countable = frozenset(
        class_id for class_id, node in classes.items() if node.kind is ClassKind.THING
    )
    return agree(
        opinions,
        countable=countable,
        size=size,
        method=overlap.method,
        certainty=overlap.certainty,
    )


def _keep(
    work: Work, place: Place, overlap: Overlap, rows: list[OpinionRow], agreed: Agreed
) -> None:
    """Write the consensus as a label of nobody's and let it go on; the opinions are done."""
    first = rows[0]
    version_id = consensus_queries.write_consensus_label(
        work.session,
        place,
        task_id=first.task_id,
        ontology_version=max(row.ontology_version for row in rows),
        objects=_rows_of(place, agreed),
    )
    by_person = {row.person_id: row.version_id for row in rows}
    consensus_queries.write_result(
        work.session,
        place,
        values={
            "version": version_id,
            "people": len(rows),
            "method": overlap.method.value,
            "agreement": agreed.agreement,
            "kappa": agreed.kappa,
            "disputed_share": agreed.disputed_share,
            "disputed": pack(agreed.disputed),
            "tied_px": agreed.tied_px,
        },
        opinions=[
            {"person_id": str(person), "version_id": str(by_person[person]), "iou": iou}
            for person, iou in agreed.own_iou.items()
        ],
        pairs=[
            {"one": str(one), "other": str(other), "iou": iou}
            for (one, other), iou in agreed.pair_iou.items()
        ],
        classes=[
            {
                "class_id": str(class_id),
                "things": found.things,
                "iou": found.iou,
                "kappa": found.kappa,
            }
            for class_id, found in agreed.classes.items()
        ],
    )
    for row in rows:
        look_at_work(work, place.project_id, row.task_id, row.person_id)
    for row in rows[1:]:
        flow.finish_task(work, row.task_id)
    advance(work, place.project_id, first.task_id, version_id, after=0)


def _rows_of(place: Place, agreed: Agreed) -> list[AgreedRow]:
    """People who began with the same suggestion may have taken one key to two things: the second
    of them gets a key of its own."""
    used: set[UUID] = set()
    rows = []
    for each in agreed.objects:
        key = new_id() if each.key in used else each.key
        used.add(key)
        rows.append(
            AgreedRow(
                key=key,
                class_id=each.class_id,
                layer=each.layer,
                mask=mask_row(place.asset_id, each.mask),
                attributes=json.dumps(each.attributes),
                provenance=json.dumps({"tool": "consensus", "support": round(each.support, 4)}),
            )
        )
    return rows
