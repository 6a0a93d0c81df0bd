"""A password that was forgotten is set anew by a link that is sent to the account's e-mail.

Whoever asks is answered the same, whether there is such an account or not: the request writes one
row and nothing else, and the worker that writes the letter looks the account up. The link works
once and for an hour. Its secret is derived from the site's key; it is kept nowhere.
"""

from datetime import timedelta
from uuid import UUID

from maskwright.accounts import queries, reset_queries
from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Origin
from maskwright.accounts.errors import ResetNotFound, TooManyAttempts
from maskwright.accounts.models import PasswordReset, User
from maskwright.accounts.passwords import check_new_password, hash_password
from maskwright.kernel.clock import utc_now
from maskwright.kernel.derived_secrets import derived_secret, is_derived_secret
from maskwright.kernel.ids import new_id
from maskwright.mail import service as mail
from maskwright.mail.domain import Template
from maskwright.settings import Settings
from maskwright.work import Work

RESET_LIFE = timedelta(hours=1)
_WINDOW = timedelta(hours=1)
_PER_EMAIL = 5
_PER_ORIGIN = 50
_KEPT = timedelta(days=30)
_PURPOSE = "password reset"


def ask_for_reset(work: Work, email: str, origin: Origin) -> None:
    """Have a link sent, if there is such an account. Raises TooManyAttempts for who asks for
    everybody; for one e-mail that was asked for too often nothing more is sent, without a word."""
    for_email, from_origin = reset_queries.asked_lately(
        work.session, email, origin.address, _WINDOW
    )
    if from_origin >= _PER_ORIGIN:
        raise TooManyAttempts(retry_after_seconds=round(_WINDOW.total_seconds()))
    if for_email >= _PER_EMAIL:
        return
    reset = PasswordReset(
        id=new_id(),
        email=email,
        origin=origin.address,
        created_at=utc_now(),
        expires_at=utc_now() + RESET_LIFE,
    )
    work.session.add(reset)
    work.session.flush()
    reset_queries.purge(work.session, _KEPT)
    mail.post(work, Template.PASSWORD_RESET, reset.id, email)


def token_of(settings: Settings, reset_id: UUID) -> str:
    """What stands in the link."""
    return f"{reset_id}.{derived_secret(_key(settings), _PURPOSE, str(reset_id))}"


def email_of(work: Work, token: str) -> str:
    """Whose password it is for; raises ResetNotFound where the link works no more."""
    return _require_reset(work, token)[1].email


def reset_password(work: Work, token: str, new: str) -> None:
    """Set it. All sessions of the person end, in case somebody else sits in one of them, and every
    other such link stops to work. Raises ResetNotFound, PasswordTooWeak."""
    reset, user = _require_reset(work, token, lock=True)
    check_new_password(new, user.email)
    user.password_hash = hash_password(new, work.settings.passwords)
    ended = queries.end_sessions_of(work.session, user.id)
    reset_queries.use_all(work.session, reset.email)
    membership = queries.last_membership(work.session, user.id)
    if membership is not None:
        details = {"sessions_ended": ended}
        record_audit(work, "password.reset", "user", user.id, details, actor=membership.actor)


def _require_reset(work: Work, token: str, *, lock: bool = False) -> tuple[PasswordReset, User]:
    reset_id, _, secret = token.partition(".")
    if not is_derived_secret(secret, _key(work.settings), _PURPOSE, reset_id):
        raise ResetNotFound
    reset = reset_queries.find_open(work.session, UUID(reset_id), lock=lock)
    user = queries.find_user_by_email(work.session, reset.email) if reset else None
    if reset is None or user is None or user.disabled_at is not None:
        raise ResetNotFound
    return reset, user


def _key(settings: Settings) -> str:
    return settings.security.secret_key.get_secret_value()
