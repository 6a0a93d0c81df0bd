"""`/projects/{project}/events`: what happens in a project, as server-sent events."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

import anyio.to_thread
from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent

from maskwright.events.counting import View
from maskwright.events.hub import EventHub, Watch
from maskwright.http.dependencies import CurrentWork
from maskwright.http.problems import ErrorType, Problem
from maskwright.kernel.errors import MaskwrightError
from maskwright.work import Work
from maskwright.workforce.service.sight import sight_of

router = APIRouter(tags=["events"])

PROBLEMS: dict[ErrorType, Problem] = {}

_RECHECK_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class _Watcher:
    """Who asks, and what he may see."""

    work: Work
    view: View


def _look(work: Work, project_id: UUID) -> View:
    """What he may see; raises what is to be answered to somebody who may not watch."""
    with work:
        return View(sight_of(work, project_id).visible, work.actor.labels_blindly)


async def _watcher(work: CurrentWork, project_id: UUID) -> _Watcher:
    """Once it is known that he may: a refusal must come before the stream begins."""
    return _Watcher(work, await anyio.to_thread.run_sync(_look, work, project_id))


@router.get(
    "/projects/{project_id}/events",
    response_class=EventSourceResponse,
    responses={200: {"description": "Events `counts`, with the data of a CountsEvent."}},
)
async def follow_project(
    project_id: UUID, watcher: Annotated[_Watcher, Depends(_watcher)]
) -> AsyncIterator[ServerSentEvent]:
    """An event `counts` at once and after every change, at most four a second.

    Ends when the caller's session does; a comment each 15 s keeps the connection open.
    """
    work, view = watcher.work, watcher.view
    hub = work.resources.part(EventHub)
    async with hub.watching(project_id) as watch:
        seen = 0
        checked = asyncio.get_running_loop().time()
        while True:
            rest = checked + _RECHECK_SECONDS - asyncio.get_running_loop().time()
            if rest <= 0:
                try:
                    view = await anyio.to_thread.run_sync(_look, work, project_id)
                except MaskwrightError:
                    return
                checked = asyncio.get_running_loop().time()
                continue
            if await _wait_for_change(watch, seen, rest):
                seen = watch.number
                yield ServerSentEvent(raw_data=watch.data_for(view), event="counts")


async def _wait_for_change(watch: Watch, seen: int, seconds: float) -> bool:
    """Whether there is something newer than `seen` within so many seconds."""
    try:
        async with asyncio.timeout(seconds), watch.changed:
            await watch.changed.wait_for(lambda: watch.number > seen)
    except TimeoutError:
        return False
    return True
