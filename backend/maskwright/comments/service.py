"""What is done with comments."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.accounts.domain import Permission
from maskwright.assets.models import Asset
from maskwright.assets.service import require_asset
from maskwright.comments import queries
from maskwright.comments.domain import CommentTally, ThreadRow, ThreadState
from maskwright.comments.errors import NotYoursToResolve, PlaceInvalid, ThreadNotFound
from maskwright.comments.models import Comment, CommentThread
from maskwright.comments.schemas import ThreadIn
from maskwright.events.service import project_changed
from maskwright.kernel.clock import utc_now
from maskwright.kernel.errors import Forbidden
from maskwright.kernel.ids import new_id
from maskwright.notifications.domain import NotificationKind
from maskwright.notifications.service import notify
from maskwright.projects.service import is_seen
from maskwright.work import Work
from maskwright.workforce.service.sight import Sight, sight_of

THREADS_OF_ASSET = 500


def list_of_asset(work: Work, asset_id: UUID) -> list[ThreadRow]:
    """The conversations about an image that the caller may see; the newest 500."""
    asset = require_asset(work, asset_id)
    reader = _reader(work)
    found = queries.threads(work.session, reader, asset_id=asset.id, limit=THREADS_OF_ASSET)
    return _as_seen(sight_of(work, asset.project_id), found)


def list_of_project(
    work: Work, project_id: UUID, *, state: ThreadState | None, after: UUID | None, limit: int
) -> list[ThreadRow]:
    """Up to `limit + 1` conversations of a project, newest first."""
    sight = sight_of(work, project_id)
    found = queries.threads(
        work.session,
        _reader(work),
        project_id=project_id,
        state=state,
        after=after,
        limit=limit + 1,
    )
    return _as_seen(sight, found)


def begin_threads(work: Work, asset_id: UUID, wanted: Sequence[ThreadIn]) -> list[ThreadRow]:
    """Pin comments to an image; a verdict of a review brings several at once."""
    asset = require_asset(work, asset_id)
    _require_voice(work)
    made = [_begin(work, asset, one) for one in wanted]
    work.session.flush()
    project_changed(work, asset.project_id)
    return [_read(work, thread_id) for thread_id in made]


def _begin(work: Work, asset: Asset, wanted: ThreadIn) -> UUID:
    _check_place(asset, wanted)
    task_id = wanted.task_id
    if task_id is not None:
        # What is said in a review is meant for whoever works on the image.
        task_id = queries.labeling_task(work.session, asset.id, task_id)
    thread = CommentThread(
        id=new_id(),
        organization_id=asset.organization_id,
        project_id=asset.project_id,
        asset_id=asset.id,
        task_id=task_id,
        x=wanted.x,
        y=wanted.y,
        object_key=wanted.object_key,
        state=ThreadState.OPEN,
        author_id=work.actor.person_id,
    )
    work.session.add(thread)
    work.session.flush()
    _say(work, thread, wanted.text)
    return thread.id


def reply(work: Work, thread_id: UUID, text: str) -> ThreadRow:
    """Say something in a conversation; one that was resolved is open again then."""
    thread = _require_thread(work, thread_id)
    _say(work, thread, text)
    thread.state = ThreadState.OPEN
    thread.resolved_by = thread.resolved_at = None
    thread.changed_at = utc_now()
    row = _changed(work, thread)
    for person_id in queries.speakers(work.session, thread.id):
        notify(
            work,
            person_id,
            NotificationKind.REPLIED,
            project_id=thread.project_id,
            asset_id=thread.asset_id,
            text=text,
        )
    return row


def set_state(work: Work, thread_id: UUID, state: ThreadState) -> ThreadRow:
    """Resolve a conversation, or open it again."""
    thread = _require_thread(work, thread_id)
    if not can_resolve(work, thread.author_id):
        raise NotYoursToResolve
    if thread.state is not state:
        is_resolved = state is ThreadState.RESOLVED
        thread.state = state
        thread.resolved_by = work.actor.person_id if is_resolved else None
        thread.resolved_at = utc_now() if is_resolved else None
        thread.changed_at = utc_now()
    return _changed(work, thread)


def can_resolve(work: Work, author_id: UUID) -> bool:
    """Whoever began it, and whoever judges the work of others."""
    return work.actor.user_id == author_id or work.actor.may(Permission.REVIEW)


def tally(session: Session, project_id: UUID) -> CommentTally:
    """How a project's conversations stand; it is not asked who wants to know."""
    return queries.tally(session, project_id)


def _check_place(asset: Asset, wanted: ThreadIn) -> None:
    if (wanted.x is None) != (wanted.y is None):
        raise PlaceInvalid(f"{PlaceInvalid.message} A pin has both x and y.", reason="half")
    if wanted.x is None or wanted.y is None:
        return
    if wanted.x > asset.width or wanted.y > asset.height:
        reason = f"The image is {asset.width} × {asset.height} pixels."  # noqa: RUF001
        raise PlaceInvalid(f"{PlaceInvalid.message} {reason}", reason="outside")


def _say(work: Work, thread: CommentThread, text: str) -> None:
    work.session.add(
        Comment(
            id=new_id(),
            organization_id=thread.organization_id,
            thread_id=thread.id,
            author_id=work.actor.person_id,
            text=text,
        )
    )


def _require_voice(work: Work) -> None:
    """Who only looks on, or only exports, has no say."""
    if not work.actor.may(Permission.REVIEW):
        work.require(Permission.LABEL)
    if work.actor.user_id is None:
        raise Forbidden


def _require_thread(work: Work, thread_id: UUID) -> CommentThread:
    actor = work.require_somewhere(Permission.VIEW_PROJECT)
    project_id = queries.project_of_thread(work.session, actor.organization_id, thread_id)
    if project_id is None or not is_seen(work.enter(project_id)):
        raise ThreadNotFound
    thread = queries.find_thread(work.session, _reader(work), thread_id)
    if thread is None:
        raise ThreadNotFound
    _require_voice(work)
    return thread


def _changed(work: Work, thread: CommentThread) -> ThreadRow:
    work.session.flush()
    project_changed(work, thread.project_id)
    return _read(work, thread.id)


def _read(work: Work, thread_id: UUID) -> ThreadRow:
    [row] = queries.threads(work.session, _reader(work), thread_id=thread_id, limit=1)
    [seen] = _as_seen(sight_of(work, row.project_id), [row])
    return seen


def _as_seen(sight: Sight, rows: Sequence[ThreadRow]) -> list[ThreadRow]:
    """With the names of those covered whom the reader does not see."""
    covered = [
        replace(row, comments=tuple(sight.cover_all(row.comments, ("author_id", "author_name"))))
        for row in rows
    ]
    return sight.cover_all(covered, ("author_id", ""))


def _reader(work: Work) -> queries.Reader:
    actor = work.actor
    sees_all = not actor.may(Permission.LABEL) or actor.may(Permission.REVIEW)
    return queries.Reader(actor.organization_id, actor.user_id, sees_all)
