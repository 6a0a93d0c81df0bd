"""`/projects/{project}/events`: what happens in a project, as server-sent events."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

import anyio.to_thread
from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent

from maskwright.events.hub import EventHub, Watch
from maskwright.http.dependencies import CurrentWork
from maskwright.http.problems import ErrorType, Problem
from maskwright.kernel.errors import MaskwrightError
from maskwright.projects.service import require_project
from maskwright.work import Work

router = APIRouter(tags=["events"])

PROBLEMS: dict[ErrorType, Problem] = {}

_RECHECK_SECONDS = 60.0


def _may_watch(work: Work, project_id: UUID) -> None:
    """Raises what is to be answered to somebody who may not."""
    with work:
        require_project(work, project_id)


async def _watcher(work: CurrentWork, project_id: UUID) -> Work:
    """Who asks, once it is known that he may: a refusal must come before the stream begins."""
    await anyio.to_thread.run_sync(_may_watch, work, project_id)
    return work


@router.get(
    "/projects/{project_id}/events",
    response_class=EventSourceResponse,
    responses={200: {"description": "Events `counts`, with the data of a CountsEvent."}},
)
async def follow_project(
    project_id: UUID, work: Annotated[Work, Depends(_watcher)]
) -> AsyncIterator[ServerSentEvent]:
    """An event `counts` at once and after every change, at most four a second.

    Ends when the caller's session does; a comment each 15 s keeps the connection open.
    """
    hub = work.resources.part(EventHub)
    async with hub.watching(project_id) as watch:
        seen = 0
        checked = asyncio.get_running_loop().time()
        while True:
            rest = checked + _RECHECK_SECONDS - asyncio.get_running_loop().time()
            if rest <= 0:
                if not await _still_may(work, project_id):
                    return
                checked = asyncio.get_running_loop().time()
                continue
            if await _wait_for_change(watch, seen, rest):
                seen = watch.number
                yield ServerSentEvent(raw_data=watch.data, event="counts")


async def _wait_for_change(watch: Watch, seen: int, seconds: float) -> bool:
    """Whether there is something newer than `seen` within so many seconds."""
    try:
        async with asyncio.timeout(seconds), watch.changed:
            await watch.changed.wait_for(lambda: watch.number > seen)
    except TimeoutError:
        return False
    return True


async def _still_may(work: Work, project_id: UUID) -> bool:
    """Whether the session holds, and the project is still there for its person."""
    try:
        await anyio.to_thread.run_sync(_may_watch, work, project_id)
    except MaskwrightError:
        return False
    return True
