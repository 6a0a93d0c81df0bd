"""What handlers ask for."""

from functools import partial
from typing import Annotated, cast

from fastapi import Depends, Query, Request

from maskwright.accounts.domain import Credentials
from maskwright.accounts.service import authenticate
from maskwright.http.authentication import credentials_from
from maskwright.kernel.paging import PageSize
from maskwright.work import Resources, Work


def resources_of(request: Request) -> Resources:
    return cast(Resources, request.app.state.resources)


def work_for(resources: Resources, credentials: Credentials, *, on_lane: bool = False) -> Work:
    """Unopened work that will authenticate with these credentials."""
    return Work(
        resources,
        authenticate=partial(authenticate, credentials=credentials, settings=resources.settings),
        on_lane=on_lane,
    )


async def collect_work(request: Request) -> Work:
    """Unopened work that will authenticate with what this request brought. No I/O: see
    `http.routing`."""
    return work_for(resources_of(request), credentials_from(request))


async def collect_lane_work(request: Request) -> Work:
    """The same for the hot paths, which need no session."""
    return work_for(resources_of(request), credentials_from(request), on_lane=True)


async def raw_body(request: Request) -> bytes:
    """The bytes that were sent; FastAPI has read them already."""
    return await request.body()


async def collect_public_work(request: Request) -> Work:
    """Unopened work on behalf of nobody: for signing in and accepting an invitation."""
    return Work(resources_of(request), authenticate=lambda lane: None)


CurrentWork = Annotated[Work, Depends(collect_work)]
LaneWork = Annotated[Work, Depends(collect_lane_work)]
RawBody = Annotated[bytes, Depends(raw_body)]
PublicWork = Annotated[Work, Depends(collect_public_work)]
Cursor = Annotated[str | None, Query(description="`next_cursor` of the page before")]
Limit = Annotated[PageSize, Query(description="items on a page")]
