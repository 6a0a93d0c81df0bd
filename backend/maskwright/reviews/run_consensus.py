"""The job that makes several people's labels one. Imports scipy: for workers only."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from maskwright.annotations.domain import VersionKind
from maskwright.annotations.masks import mask_row
from maskwright.kernel.ids import new_id
from maskwright.masks.algebra import difference
from maskwright.masks.codec import Box, Rle, area, pack, unpack
from maskwright.masks.regions import boxes_around, boxes_of, mask_of_boxes
from maskwright.ontologies.domain import ClassKind, classes_by_id
from maskwright.ontologies.service import read_ontology
from maskwright.queue import flow
from maskwright.queue.domain import TaskState
from maskwright.queue.watching import look_at_work
from maskwright.reviews import consensus_queries, queries
from maskwright.reviews.answers import Questions
from maskwright.reviews.consensus_queries import AgreedRow, OpinionRow, Place
from maskwright.reviews.differences import Drawn
from maskwright.reviews.domain import Overlap
from maskwright.reviews.opinions import Agreed, AgreedObject, Opinion, agree, reliabilities_of
from maskwright.reviews.schemas import OverlapIn
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
    rows = consensus_queries.opinions_of(work.session, asset_id)
    overlap = _overlap_of(work, place, rows)
    if overlap is None or len(rows) < len(states):
        return None
    agreed = _agree(work, place, overlap, rows)
    if agreed.disputed_share > overlap.disputed_share and len(rows) < overlap.most:
        _ask_one_more(work, place, overlap, rows, agreed)
        return agreed
    _keep(work, place, overlap, rows, agreed)
    return agreed


def _overlap_of(work: Work, place: Place, rows: Sequence[OpinionRow]) -> Overlap | None:
    """As the workflow says. Where it wants no overlap any more, what was asked about a region is
    still no label by itself: the opinions that there are become one, and nobody else is asked."""
    overlap = workflow_of(work, place.project_id).overlap
    if overlap is None and any(row.region is not None for row in rows):
        return OverlapIn(people=len(rows), most=len(rows)).overlap()
    return overlap


def _ask_one_more(
    work: Work, place: Place, overlap: Overlap, rows: Sequence[OpinionRow], agreed: Agreed
) -> None:
    """About the disputed parts, where the project wants it so and there are few and small ones;
    else about the whole image."""
    slot = len(rows) + 1
    boxes: tuple[Box, ...] = ()
    if overlap.region_at_most is not None:
        boxes = boxes_around(agreed.disputed, most_of_image=overlap.region_at_most)
    if not boxes:
        flow.add_label_slot(work, place.asset_id, slot)
        return
    surroundings_id = new_id()
    task_id = flow.add_label_slot(
        work, place.asset_id, slot, region=flow.Region(boxes, surroundings_id)
    )
    if task_id is None:
        return
    consensus_queries.write_consensus_label(
        work.session,
        place,
        version_id=surroundings_id,
        kind=VersionKind.SURROUNDINGS,
        task_id=task_id,
        ontology_version=max(row.ontology_version for row in rows),
        objects=_rows_of(place, _around(agreed.objects, mask_of_boxes(boxes, place.size))),
    )


def _around(objects: Sequence[AgreedObject], region: Rle) -> list[AgreedObject]:
    """What of the objects lies outside of the region."""
    left = [replace(each, mask=difference(each.mask, region)) for each in objects]
    return [each for each in left if area(each.mask)]


def _agree(work: Work, place: Place, overlap: Overlap, rows: Sequence[OpinionRow]) -> Agreed:
    shown = [row.surroundings_id for row in rows if row.surroundings_id is not None]
    versions = [row.version_id for row in rows]
    drawn: dict[UUID, list[Drawn]] = {}
    for each in queries.objects_of_versions(
        work.session, place.organization_id, [*versions, *shown]
    ):
        mask = unpack(each.counts, place.size)
        drawn.setdefault(each.version_id, []).append(
            Drawn(each.key, each.class_id, each.layer, each.attributes, mask)
        )
    newest = max(row.ontology_version for row in rows)
    ontology = read_ontology(work, place.project_id, newest)
    classes = classes_by_id(ontology.nodes)
    countable = frozenset(
        class_id for class_id, node in classes.items() if node.kind is ClassKind.THING
    )
    reliabilities = reliabilities_of([(row.items, row.distance) for row in rows])
    return agree(
        [
            _opinion(place, row, drawn, reliability)
            for row, reliability in zip(rows, reliabilities, strict=True)
        ],
        countable=countable,
        size=place.size,
        method=overlap.method,
        certainty=overlap.certainty,
        questions=Questions(
            ontology.image_attributes,
            {class_id: node.attributes for class_id, node in classes.items()},
        ),
    )


def _opinion(
    place: Place,
    row: OpinionRow,
    drawn: Mapping[UUID, Sequence[Drawn]],
    reliability: float,
) -> Opinion:
    objects = drawn.get(row.version_id, ())
    if row.region is None:
        return Opinion(row.person_id, objects, reliability, answers=row.image_attributes)
    shown = drawn.get(row.surroundings_id, ()) if row.surroundings_id is not None else ()
    return Opinion(
        row.person_id,
        objects,
        reliability,
        region=mask_of_boxes(boxes_of(row.region), place.size),
        surroundings={each.key: each.mask for each in shown},
    )


def _keep(
    work: Work, place: Place, overlap: Overlap, rows: Sequence[OpinionRow], agreed: Agreed
) -> None:
    """Write the consensus as a label of nobody's and let it go on; the opinions are done."""
    first = rows[0]
    version_id = new_id()
    consensus_queries.write_consensus_label(
        work.session,
        place,
        version_id=version_id,
        kind=VersionKind.SUBMITTED,
        task_id=first.task_id,
        ontology_version=max(row.ontology_version for row in rows),
        objects=_rows_of(place, agreed.objects),
        image_attributes=agreed.answers,
    )
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
            "ties": Jsonb(_ties_of(agreed)),
        },
        **_agreement_rows(rows, agreed),
    )
    for row in rows:
        look_at_work(work, place.project_id, row.task_id, row.person_id)
    for row in rows[1:]:
        flow.finish_task(work, row.task_id)
    advance(work, place.project_id, first.task_id, version_id, after=0)


def _ties_of(agreed: Agreed) -> list[dict[str, Any]]:
    """Those about the image first, and those about objects with the object's key."""
    about = [(None, tie) for tie in agreed.ties]
    about_objects = [(str(each.key), tie) for each in agreed.objects for tie in each.ties]
    return [{"object_key": key, **asdict(tie)} for key, tie in [*about, *about_objects]]


def _agreement_rows(rows: Sequence[OpinionRow], agreed: Agreed) -> dict[str, list[dict[str, Any]]]:
    """How far people agreed, as the statements take it: each alone, in pairs, and by class."""
    by_person = {row.person_id: row.version_id for row in rows}
    regional = {row.person_id for row in rows if row.region is not None}
    opinions = [
        {
            "person_id": str(person),
            "version_id": str(by_person[person]),
            "iou": iou,
            "is_regional": person in regional,
        }
        for person, iou in agreed.own_iou.items()
    ]
    pairs = [
        {
            "one": str(one),
            "other": str(other),
            "iou": iou,
            "is_regional": not regional.isdisjoint((one, other)),
        }
        for (one, other), iou in agreed.pair_iou.items()
    ]
    classes = [
        {
            "class_id": str(class_id),
            "things": found.things,
            "iou": found.iou,
            "kappa": found.kappa,
        }
        for class_id, found in agreed.classes.items()
    ]
    return {"opinions": opinions, "pairs": pairs, "classes": classes}


def _rows_of(place: Place, objects: Sequence[AgreedObject]) -> list[AgreedRow]:
    """People who began with the same suggestion may have taken one key to two things: the second
    of them gets a key of its own."""
    used: set[UUID] = set()
    rows = []
    for each in objects:
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
