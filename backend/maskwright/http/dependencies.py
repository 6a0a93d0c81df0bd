"""What handlers ask for."""

from functools import partial
from typing import Annotated, cast

from fastapi import Depends, Query, Request

from maskwright.accounts.service import authenticate
from maskwright.http.authentication import credentials_from
from maskwright.kernel.paging import PageSize
from maskwright.work import Resources, Work


def resources_of(request: Request) -> Resources:
    return cast(Resources, request.app.state.resources)


async def collect_work(request: Request) -> Work:
    """Unopened work that will authenticate with what this request brought. No I/O: see
    `http.routing`."""
    resources = resources_of(request)
    credentials = credentials_from(request)
    return Work(
        resources,
        authenticate=partial(authenticate, credentials=credentials, settings=resources.settings),
    )


async def collect_single_statement_work(request: Request) -> Work:
    """The same for use cases that write with one statement: it needs no transaction around it."""
    work = await collect_work(request)
    work.is_single_statement = True
    return work


async def collect_public_work(request: Request) -> Work:
    """Unopened work on behalf of nobody: for signing in and accepting an invitation."""
    return Work(resources_of(request), authenticate=lambda session: None)


CurrentWork = Annotated[Work, Depends(collect_work)]
SingleStatementWork = Annotated[Work, Depends(collect_single_statement_work)]
PublicWork = Annotated[Work, Depends(collect_public_work)]
Cursor = Annotated[str | None, Query(description="`next_cursor` of the page before")]
Limit = Annotated[PageSize, Query(description="items on a page")]
