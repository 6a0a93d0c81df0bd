"""Reads who calls from a request, and writes the session's cookie. No I/O."""

from ipaddress import ip_address
from typing import cast

from fastapi import Request, Response

from maskwright.accounts.domain import Credentials, Origin
from maskwright.settings import SecuritySettings, Settings

CSRF_HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

#: The browsers' own upper bound. The server's side of the session ends much earlier where it is
#: not used; a cookie that ends by itself would end it in the middle of somebody's work.
_COOKIE_SECONDS = 400 * 24 * 3600


def credentials_from(request: Request) -> Credentials:
    """What the request brought. A bearer token counts alone: no cookie is looked at."""
    changes_state = request.method not in SAFE_METHODS
    bearer = _bearer_of(request)
    if bearer is not None:
        return Credentials(bearer=bearer, changes_state=changes_state)
    return Credentials(
        session_secret=request.cookies.get(cookie_name(_security_of(request))),
        csrf_token=request.headers.get(CSRF_HEADER),
        changes_state=changes_state,
    )


def origin_of(request: Request) -> Origin:
    """Where the request comes from. Behind a proxy uvicorn puts the client's address in place."""
    return Origin(
        address=_address_of(request),
        user_agent=request.headers.get("User-Agent", "")[:300],
    )


def cookie_name(security: SecuritySettings) -> str:
    """`__Host-` makes browsers insist on Secure, on path / and on this host alone. A site that is
    declared to be plain http can't have that."""
    return "maskwright" if _is_plain_http(security) else "__Host-maskwright"


def set_session_cookie(response: Response, security: SecuritySettings, secret: str) -> None:
    response.set_cookie(
        cookie_name(security),
        secret,
        max_age=_COOKIE_SECONDS,
        path="/",
        secure=not _is_plain_http(security),
        httponly=True,
        samesite="lax",
    )


def clear_session_cookie(response: Response, security: SecuritySettings) -> None:
    response.delete_cookie(
        cookie_name(security),
        path="/",
        secure=not _is_plain_http(security),
        httponly=True,
        samesite="lax",
    )


def _is_plain_http(security: SecuritySettings) -> bool:
    return security.public_url.lower().startswith("http://")


def _address_of(request: Request) -> str | None:
    """The client's IP address; a client on a local socket has none."""
    if request.client is None:
        return None
    try:
        return str(ip_address(request.client.host))
    except ValueError:
        return None


def _bearer_of(request: Request) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _security_of(request: Request) -> SecuritySettings:
    settings = cast(Settings, request.app.state.resources.settings)
    return settings.security
