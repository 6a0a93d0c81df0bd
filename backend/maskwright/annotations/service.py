"""What is done with labels."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.accounts.domain import Actor, Permission
from maskwright.annotations import class_queries, queries, truths, version_queries
from maskwright.annotations.checking import (
    CheckedObjects,
    KnownMask,
    ObjectRow,
    check_draft_objects,
    check_finished_objects,
    storable_answers,
)
from maskwright.annotations.corrections import append_correction, late_correction
from maskwright.annotations.domain import (
    DraftSaved,
    DraftState,
    StoredObject,
    TruthPlace,
    VersionKind,
    VersionRef,
    WorkPlace,
)
from maskwright.annotations.errors import LabelVersionNotFound, TooManyObjects
from maskwright.annotations.masks import MaskRow
from maskwright.annotations.region_answers import Surrounding
from maskwright.annotations.schemas import DraftIn, ObjectIn, SubmitIn
from maskwright.db.lane import Lane
from maskwright.kernel.errors import NotFound
from maskwright.masks.codec import unpack
from maskwright.work import Work
from maskwright.workforce.service.sight import sight_of

_CLIENTS_REMEMBERED = 32

# Drafts


def resume_draft(session: Session, task_id: UUID, author_id: UUID) -> DraftState:
    """The author's unfinished work on a task, to go on with; empty where there is none."""
    row = queries.find_draft(session, task_id, author_id)
    if row is None or row.version is None:
        return DraftState()
    return DraftState(
        version=row.version,
        active_ms=row.active_ms,
        last_seq={client: seq for client, (seq, _) in row.last_seq.items()},
        objects=queries.objects_of_draft(session, row.label_id),
        image_attributes=row.image_attributes,
    )


def begin_with_version(session: Session, task_id: UUID, author_id: UUID, version_id: UUID) -> None:
    """Make a version the author's draft on a task, where he has none there yet."""
    queries.begin_draft_with_version(session, task_id, author_id, version_id)


def drop_draft(session: Session, task_id: UUID, author_id: UUID) -> None:
    """Forget the author's unfinished work on a task that is decided."""
    queries.delete_draft(session, task_id, author_id)


def replace_draft_with_version(
    session: Session, task_id: UUID, author_id: UUID, version_id: UUID
) -> None:
    """Make a version the author's draft on a task, in place of what he has there."""
    queries.delete_draft(session, task_id, author_id)
    queries.begin_draft_with_version(session, task_id, author_id, version_id)


def save_draft(work: Work, place: WorkPlace, patch: DraftIn) -> DraftSaved:
    """Take changes into the author's draft, or acknowledge them where they are in it already."""
    session = work.session
    row = queries.find_draft(session, place.task_id, place.author_id, lock=True)
    if row is None:
        queries.start_label(session, place)
        row = queries.find_draft(session, place.task_id, place.author_id, lock=True)
        if row is None:
            raise LookupError("A label was started and is not there.")
    taken_in = row.last_seq.get(patch.client_id, [-1, 0])[0]
    if row.version is not None and row.saved_at is not None and patch.seq <= taken_in:
        return DraftSaved(row.version, row.saved_at, taken_in)
    checked = check_draft_objects(
        work, place, patch.upserts, _known_masks(work.lane, place, patch.upserts)
    )
    answers = None if patch.image_attributes is None else storable_answers(patch.image_attributes)
    version = (row.version or 0) + 1
    saved_at = queries.save_draft(
        session,
        place,
        row.label_id,
        version=version,
        active_ms=patch.active_ms,
        last_seq=_remembered({**row.last_seq, patch.client_id: [patch.seq, version]}),
        image_attributes=answers,
    )
    queries.store_masks(session, place, checked.masks)
    queries.upsert_draft_objects(session, place, row.label_id, checked.objects)
    queries.delete_draft_objects(session, row.label_id, patch.deletes)
    limit = work.settings.limits.objects_per_label
    if patch.upserts and queries.count_draft_objects(session, row.label_id) > limit:
        raise TooManyObjects(limit=limit)
    return DraftSaved(version, saved_at, patch.seq)


def _remembered(last_seq: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """The clients that saved last: a browser that sends in parts names each part a client."""
    newest = sorted(last_seq.items(), key=lambda item: item[1][1], reverse=True)
    return dict(newest[:_CLIENTS_REMEMBERED])


def _known_masks(
    lane: Lane, place: WorkPlace, objects: Sequence[ObjectIn]
) -> dict[UUID, KnownMask]:
    """Masks of the draft for those objects that came without one."""
    keys = [sent.key for sent in objects if sent.mask is None]
    if not keys:
        return {}
    rows = queries.masks_of_draft(lane, place.task_id, place.author_id, keys)
    return {key: KnownMask(id_, unpack(counts, place.size)) for key, id_, counts in rows}


# Finished labels


def check_label(work: Work, place: WorkPlace, label: SubmitIn) -> CheckedObjects:
    """Everything that must hold of a finished label; raises what does not."""
    known = _known_masks(work.lane, place, label.objects)
    surroundings = _surroundings_of(work.lane, place) if place.region else {}
    return check_finished_objects(
        work, place, label.objects, label.image_attributes, known, surroundings
    )


def _surroundings_of(lane: Lane, place: WorkPlace) -> dict[UUID, Surrounding]:
    return {
        key: Surrounding(class_id, layer, unpack(counts, place.size))
        for key, class_id, layer, counts in queries.surroundings_of_task(lane, place.task_id)
    }


def write_correction(
    work: Work,
    place: WorkPlace,
    checked: CheckedObjects,
    *,
    label_id: UUID,
    parent_id: UUID,
    active_ms: int,
) -> VersionRef:
    """Append a reviewer's own version to somebody's label; it counts from now on."""
    return append_correction(
        work.session, place, checked, label_id=label_id, parent_id=parent_id, active_ms=active_ms
    )


def keep_late_correction(
    work: Work,
    place: WorkPlace,
    checked: CheckedObjects,
    *,
    label_id: UUID,
    parent_id: UUID,
    active_ms: int,
) -> UUID:
    """Keep a correction that came too late, once, as a version of the label that counts for
    nothing until somebody wants it."""
    kept = late_correction(work.session, place)
    if kept is not None:
        return kept
    made = append_correction(
        work.session,
        place,
        checked,
        label_id=label_id,
        parent_id=parent_id,
        active_ms=active_ms,
        kind=VersionKind.ORPHAN,
    )
    return made.id


def keep_orphan(
    work: Work, place: WorkPlace, checked: CheckedObjects, *, active_ms: int
) -> VersionRef:
    """Keep work that came too late as a version that counts for nothing until somebody wants it."""
    queries.start_label(work.session, place)  # so that there is a row to wait for
    queries.find_draft(work.session, place.task_id, place.author_id, lock=True)
    return queries.write_version(work.lane, place, VersionKind.ORPHAN, checked, active_ms=active_ms)


def keep_truth(
    work: Work,
    place: TruthPlace,
    objects: Sequence[ObjectRow],
    masks: Sequence[MaskRow],
    *,
    is_label: bool,
) -> UUID:
    """Keep ground truth from outside as a version of nobody's; `is_label`: it is what counts for
    the image. Returns the version."""
    return truths.write_truth(work.session, place, objects, masks, is_label=is_label)


# Reading

_AUTHOR = ("author_id", "author_name")


def list_versions(
    work: Work, asset_id: UUID, *, after: UUID | None, limit: int
) -> list[version_queries.VersionRow]:
    """Up to `limit + 1` versions of all labels of an asset, newest first."""
    actor = work.require_somewhere(Permission.VIEW_PROJECT)
    project_id = queries.project_of_asset(work.session, actor.organization_id, asset_id)
    if project_id is None:
        raise NotFound
    sight = sight_of(work, project_id)
    rows = version_queries.page_of_versions(
        work.session,
        actor.organization_id,
        asset_id,
        labeler_id=_who_must_not_copy(work.actor),
        team=sight.team,
        after=after,
        limit=limit,
    )
    return sight.cover_all(rows, _AUTHOR)


def _who_must_not_copy(actor: Actor) -> UUID | None:
    """A labeler, whose opinion of an image is to be his own; None for all who give none, or judge
    what others gave."""
    return actor.user_id if actor.labels_blindly else None


def read_version(
    work: Work, version_id: UUID
) -> tuple[version_queries.VersionRow, tuple[StoredObject, ...]]:
    """A version and its objects, in painting order."""
    seen = find_version(work, version_id)
    return seen, queries.objects_of_version(work.session, version_id)


def find_version(work: Work, version_id: UUID) -> version_queries.VersionRow:
    """A version that the caller may see. Raises LabelVersionNotFound."""
    actor = work.require_somewhere(Permission.VIEW_PROJECT)
    project_id = version_queries.project_of_version(work.session, actor.organization_id, version_id)
    if project_id is None:
        raise LabelVersionNotFound
    sight = sight_of(work, project_id)
    row = version_queries.find_version(
        work.session,
        actor.organization_id,
        version_id,
        labeler_id=_who_must_not_copy(work.actor),
        team=sight.team,
    )
    if row is None:
        raise LabelVersionNotFound
    return sight.cover(row, _AUTHOR)


def objects_of_version(session: Session, version_id: UUID) -> tuple[StoredObject, ...]:
    """The objects of a version that the caller may see, in painting order."""
    return queries.objects_of_version(session, version_id)


def state_of_version(session: Session, version_id: UUID) -> DraftState:
    """A version that the caller may see, as a draft of his would begin with it."""
    answers = queries.image_answers_of_version(session, version_id)
    return DraftState(
        objects=queries.objects_of_version(session, version_id), image_attributes=answers
    )


# Classes that leave an ontology


def count_objects_by_class(
    session: Session, project_id: UUID, class_ids: Sequence[UUID]
) -> dict[UUID, int]:
    """How many objects a project has of these classes, in current labels and in drafts."""
    return class_queries.count_objects_by_class(session, project_id, class_ids)


def reassign_class(work: Work, project_id: UUID, from_id: UUID, to_id: UUID) -> int:
    """Give all objects of a class another one, in new versions; history stays as it was."""
    return _migrate(work, project_id, from_id, to_id)


def delete_objects_of_class(work: Work, project_id: UUID, class_id: UUID) -> int:
    """Leave the objects of a class out of new versions; history stays as it was."""
    return _migrate(work, project_id, class_id, None)


def _migrate(work: Work, project_id: UUID, class_id: UUID, to_class_id: UUID | None) -> int:
    work.session.flush()
    return class_queries.migrate_class(
        work.session,
        project_id=project_id,
        class_id=class_id,
        to_class_id=to_class_id,
        actor_id=work.actor.user_id,
    )
