"""API tokens: a person makes and revokes his own."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from maskwright.accounts import queries
from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission, Scope
from maskwright.accounts.errors import ExpiryInPast, ExpiryTooFar, TokenNotFound
from maskwright.accounts.models import ApiToken
from maskwright.accounts.service.people import create_token
from maskwright.kernel.clock import utc_now
from maskwright.work import Work

_LONGEST_LIFE = timedelta(days=36525)


def list_tokens(work: Work, *, after: UUID | None, limit: int) -> Sequence[ApiToken]:
    """Up to `limit + 1` of the actor's own tokens in this organisation, newest first."""
    actor = work.require(Permission.MANAGE_TOKENS)
    return queries.page_of_tokens(
        work.session, actor.organization_id, actor.person_id, after=after, limit=limit
    )


def make_token(
    work: Work, *, name: str, scopes: Collection[Scope], expires_at: datetime | None
) -> tuple[ApiToken, str]:
    """The token and its secret, which is shown this once."""
    actor = work.require(Permission.MANAGE_TOKENS)
    if expires_at is not None:
        _check_expiry(expires_at)
    token, secret = create_token(
        work.session, actor, name=name, scopes=scopes, expires_at=expires_at
    )
    record_audit(work, "token.created", "token", token.id, {"name": name, "scopes": token.scopes})
    return token, secret


def _check_expiry(expires_at: datetime) -> None:
    """Postgres takes times that Python can't read back, those after the year 9999."""
    wrong: type[ExpiryInPast | ExpiryTooFar]
    now = utc_now()
    if expires_at <= now:
        wrong = ExpiryInPast
    elif expires_at > now + _LONGEST_LIFE:
        wrong = ExpiryTooFar
    else:
        return
    raise wrong(errors=[{"field": "expires_at", "message": wrong.message}])


def revoke_token(work: Work, token_id: UUID) -> None:
    actor = work.actor
    token = queries.find_token(work.session, actor.organization_id, actor.person_id, token_id)
    if token is None:
        raise TokenNotFound
    work.require(Permission.MANAGE_TOKENS)
    token.revoked_at = utc_now()
    record_audit(work, "token.revoked", "token", token.id, {"name": token.name})
