"""Passwords: argon2id, with parameters that can be raised later."""

from functools import lru_cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from maskwright.accounts.errors import PasswordTooWeak
from maskwright.settings import PasswordSettings

MIN_LENGTH = 10

#: Each hash takes its 64 MiB for a tenth of a second; a storm of sign-ins must not take them all
#: at once.
_AT_ONCE = BoundedSemaphore(4)


def check_new_password(password: str, email: str) -> None:
    """Length is what counts; rules about digits and signs only make people write it down."""
    if len(password) < MIN_LENGTH or password.strip().lower() == email:
        raise PasswordTooWeak(errors=[{"field": "password", "message": PasswordTooWeak.message}])


def hash_password(password: str, settings: PasswordSettings) -> str:
    with _AT_ONCE:
        return _hasher_of(settings).hash(password)


def verify_password(password: str, kept: str | None, settings: PasswordSettings) -> bool:
    """Whether the password is the kept one. Without a kept one, as long is spent to say no, so
    that the time does not tell which accounts exist."""
    hasher = _hasher_of(settings)
    with _AT_ONCE:
        try:
            hasher.verify(kept or _decoy_of(settings), password)
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def needs_rehash(kept: str, settings: PasswordSettings) -> bool:
    """Whether it was hashed with other parameters than today's."""
    return _hasher_of(settings).check_needs_rehash(kept)


def _hasher_of(settings: PasswordSettings) -> PasswordHasher:
    return _hasher(settings.memory_kib, settings.passes, settings.lanes)


def _decoy_of(settings: PasswordSettings) -> str:
    return _decoy(settings.memory_kib, settings.passes, settings.lanes)


@lru_cache
def _hasher(memory_kib: int, passes: int, lanes: int) -> PasswordHasher:
    return PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=lanes, type=Type.ID)


@lru_cache
def _decoy(memory_kib: int, passes: int, lanes: int) -> str:
    return _hasher(memory_kib, passes, lanes).hash("no account has this password")
