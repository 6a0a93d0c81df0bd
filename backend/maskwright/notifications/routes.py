"""`/me/notifications`, and the link at the foot of letters."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent

from maskwright.accounts.domain import Permission
from maskwright.events.service import people_hub
from maskwright.http.dependencies import CurrentWork, PublicWork
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router
from maskwright.kernel.errors import MaskwrightError
from maskwright.mail.service import is_on
from maskwright.notifications import queries, service
from maskwright.notifications.schemas import (
    ChoiceIn,
    ChoicesOut,
    NotificationsOut,
    ReadIn,
    StandingOut,
    UnsubscribedOut,
)
from maskwright.work import Work

PROBLEMS: dict[ErrorType, Problem] = {}

_own = work_router(prefix="/me/notifications", tags=["notifications"])
_streams = APIRouter(prefix="/me/notifications", tags=["notifications"])

#: So often it is looked whether something is new where Redis told of nothing, and whether the
#: session still holds.
_LOOK_SECONDS = 60.0


@_own.get("")
def list_notifications(work: CurrentWork) -> NotificationsOut:
    """What concerns the caller: work that was sent back, answers, replies, exports, …"""
    return NotificationsOut.of(service.list_notifications(work))


@_own.post("/read", status_code=204)
def mark_notifications_read(work: CurrentWork, body: ReadIn) -> None:
    """This one and all before it."""
    service.mark_read(work, body.up_to)


@_own.get("/choices")
def list_notification_choices(work: CurrentWork) -> ChoicesOut:
    """How the caller is told of each kind."""
    return ChoicesOut.of(service.choices_of(work), mail_is_sent=is_on(work.settings))


@_own.patch("/choices")
def change_notification_choice(work: CurrentWork, body: ChoiceIn) -> ChoicesOut:
    """Of one kind: on the page or not; by e-mail at once, once a day, or not."""
    service.choose(work, body.kind, on_page=body.on_page, by_mail=body.mail)
    return ChoicesOut.of(service.choices_of(work), mail_is_sent=is_on(work.settings))


def _look(work: Work) -> StandingOut:
    """How the caller stands; raises what is to be answered to nobody."""
    with work:
        actor = work.require_somewhere(Permission.VIEW_PROJECT)
        unread, newest = queries.standing(work.session, actor.organization_id, actor.person_id)
    return StandingOut(unread=unread, newest=newest)


async def _listener(work: CurrentWork) -> tuple[Work, StandingOut]:
    """A refusal must come before the stream begins."""
    return work, await anyio.to_thread.run_sync(_look, work)


@_streams.get(
    "/events",
    response_class=EventSourceResponse,
    responses={200: {"description": "Events `notifications`, with the data of a StandingOut."}},
)
async def follow_notifications(
    listener: Annotated[tuple[Work, StandingOut], Depends(_listener)],
) -> AsyncIterator[ServerSentEvent]:
    """An event `notifications` at once, and whenever something is new or was read elsewhere.

    Ends when the caller's session does.
    """
    work, standing = listener
    hub = people_hub(work.resources)
    async with hub.listening(work.actor.person_id) as told:
        yield ServerSentEvent(raw_data=standing.model_dump_json(), event="notifications")
        while True:
            try:
                async with asyncio.timeout(_LOOK_SECONDS):
                    await told.wait()
            except TimeoutError:
                pass
            told.clear()
            try:
                current = await anyio.to_thread.run_sync(_look, work)
            except MaskwrightError:
                return
            if current != standing:
                standing = current
                yield ServerSentEvent(raw_data=standing.model_dump_json(), event="notifications")


_public = work_router(tags=["notifications"])


@_public.post("/unsubscribe/{unsubscribe_token}")
def unsubscribe(work: PublicWork, unsubscribe_token: str) -> UnsubscribedOut:
    """End e-mail of one kind; needs nothing but the link in such a letter."""
    return UnsubscribedOut(kind=service.unsubscribe(work, unsubscribe_token))


router = APIRouter()
router.include_router(_own)
router.include_router(_streams)
router.include_router(_public)
