"""`/assets/{asset}/comments`, `/projects/{project}/comments` and `/comments/{thread}`."""

from uuid import UUID

from maskwright.comments import service
from maskwright.comments.domain import ThreadRow, ThreadState
from maskwright.comments.errors import NotYoursToResolve, PlaceInvalid, ThreadNotFound
from maskwright.comments.schemas import ReplyIn, ThreadIn, ThreadOut, ThreadPatch
from maskwright.http.dependencies import CurrentWork, Cursor, Limit
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router
from maskwright.kernel.paging import Page, decode_cursor
from maskwright.work import Work

router = work_router(tags=["comments"])

PROBLEMS: dict[ErrorType, Problem] = {
    ThreadNotFound: Problem(404, "comment-thread-not-found"),
    NotYoursToResolve: Problem(403, "not-yours-to-resolve"),
    PlaceInvalid: Problem(422, "comment-place-invalid"),
}


@router.get("/assets/{asset_id}/comments")
def list_comments(work: CurrentWork, asset_id: UUID) -> Page[ThreadOut]:
    """The conversations about an image, newest first; at most 500."""
    rows = service.list_of_asset(work, asset_id)
    return Page(items=[_shape(work, row) for row in rows])


@router.post("/assets/{asset_id}/comments", status_code=201)
def begin_comment(work: CurrentWork, asset_id: UUID, body: ThreadIn) -> ThreadOut:
    """Pin a comment to an image, or to an object on it."""
    [row] = service.begin_threads(work, asset_id, [body])
    return _shape(work, row)


@router.get("/projects/{project_id}/comments")
def list_project_comments(
    work: CurrentWork,
    project_id: UUID,
    state: ThreadState | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[ThreadOut]:
    """The conversations of a project, newest first."""
    rows = service.list_of_project(
        work, project_id, state=state, after=decode_cursor(cursor), limit=limit
    )
    return Page[ThreadOut].of(
        rows, limit, shape=lambda row: _shape(work, row), id_of=lambda row: row.id
    )


@router.post("/comments/{thread_id}/replies", status_code=201)
def reply_to_comment(work: CurrentWork, thread_id: UUID, body: ReplyIn) -> ThreadOut:
    """Say something in a conversation. A resolved one is open again then."""
    return _shape(work, service.reply(work, thread_id, body.text))


@router.patch("/comments/{thread_id}")
def change_comment(work: CurrentWork, thread_id: UUID, body: ThreadPatch) -> ThreadOut:
    """Resolve a conversation or open it again: for its author and for reviewers."""
    return _shape(work, service.set_state(work, thread_id, body.state))


def _shape(work: Work, row: ThreadRow) -> ThreadOut:
    return ThreadOut.of(row, can_resolve=service.can_resolve(work, row.author_id))
