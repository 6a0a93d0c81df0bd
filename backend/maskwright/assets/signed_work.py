"""Work for requests that may come with a signed link in place of a session."""

from typing import Annotated

from fastapi import Depends, Query, Request

from maskwright.assets.service.files import Signature
from maskwright.http.dependencies import collect_public_work, collect_work
from maskwright.work import Work


async def collect_file_work(
    request: Request,
    expires: Annotated[int | None, Query(description="of a signed link")] = None,
    signature: Annotated[str | None, Query(description="of a signed link")] = None,
) -> tuple[Work, Signature | None]:
    """Work for the bearer of a signed link, who may be nobody, else for who is signed in."""
    if expires is None or signature is None:
        return await collect_work(request), None
    return await collect_public_work(request), Signature(expires, signature)


FileWork = Annotated[tuple[Work, Signature | None], Depends(collect_file_work)]
