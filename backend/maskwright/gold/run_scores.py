"""The jobs that score what people handed in for golds. Imports scipy: for workers only."""

from collections.abc import Sequence
from uuid import UUID

from maskwright.annotations.service import objects_of_version
from maskwright.gold import queries
from maskwright.gold.queries import Submitted
from maskwright.gold.scoring import ClassScore, Score, score_label
from maskwright.masks.codec import Rle, parse_counts
from maskwright.ontologies.domain import ClassKind, classes_by_id
from maskwright.ontologies.service import read_ontology
from maskwright.work import Work


def score_tasks(work: Work, task_ids: Sequence[UUID]) -> int:
    """Score those of these tasks that are golds and were handed in; doing it again does no harm.
    Returns how many there were."""
    found = queries.submitted(work.session, task_ids)
    for each in found:
        _score(work, each)
    return len(found)


def rescore_gold(work: Work, gold_id: UUID) -> int:
    """Score anew all that was handed in for a gold whose answer changed."""
    return score_tasks(work, queries.scored_tasks(work.session, gold_id))


def _score(work: Work, found: Submitted) -> None:
    settings = queries.settings_of(work.session, found.project_id)
    nodes = read_ontology(work, found.project_id, found.ontology_version).nodes
    countable = frozenset(
        class_id for class_id, node in classes_by_id(nodes).items() if node.kind is ClassKind.THING
    )
    score = score_label(
        _masks_of(work, found.version_id),
        _masks_of(work, found.expected_version_id),
        countable=countable,
    )
    queries.write_attempt(
        work.session,
        found,
        {
            "iou": score.iou,
            "distance_px": score.distance_px,
            "panoptic_quality": score.panoptic_quality,
            "has_passed": score.passes(
                least_iou=settings.pass_iou, most_px=settings.pass_distance_px
            ),
            "parts": parts_of(score),
        },
    )


def _masks_of(work: Work, version_id: UUID) -> dict[UUID, list[Rle]]:
    masks: dict[UUID, list[Rle]] = {}
    for stored in objects_of_version(work.session, version_id):
        mask = parse_counts(stored.counts.encode("ascii"), stored.size)
        masks.setdefault(stored.class_id, []).append(mask)
    return masks


def parts_of(score: Score) -> list[dict[str, object]]:
    """Class by class, as JSON values."""
    return [_part(each) for each in score.classes]


def _part(each: ClassScore) -> dict[str, object]:
    return {
        "class_id": str(each.class_id),
        "iou": each.iou,
        "drawn_px": each.drawn_px,
        "expected_px": each.expected_px,
        "distance_px": each.distance_px,
        "distance_p95_px": each.distance_p95_px,
        "distance_max_px": each.distance_max_px,
        "panoptic_quality": each.instances.panoptic_quality,
        "matched": each.instances.true_positives,
        "made_up": each.instances.false_positives,
        "missed": each.instances.false_negatives,
    }
