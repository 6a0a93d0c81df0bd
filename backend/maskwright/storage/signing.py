"""Links that carry their own permission: an <img> can't send a bearer token.

A link holds its expiry and an HMAC of resource and expiry. The expiry is rounded up, so that the
same resource has the same link for a whole period and browsers find it in their cache. Each
resource's periods start at another time of day: a page of thumbnails does not expire at once.
"""

import hmac
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from urllib.parse import urlencode

from maskwright.kernel.clock import utc_now
from maskwright.settings import Settings

#: A link lives for one to two periods.
PERIOD_SECONDS = 24 * 3600
_PURPOSE = b"maskwright signed link 1"


class UrlSigner:
    """Signs resources (names such as `assets/<id>/display`), and checks what comes back."""

    def __init__(self, secret_key: str, now: Callable[[], datetime] = utc_now) -> None:
        if not secret_key:
            raise ValueError("MASKWRIGHT_SECRET_KEY is not set: links can't be signed without it.")
        self._key = hmac.digest(secret_key.encode(), _PURPOSE, sha256)
        self._now = now

    def query(self, resource: str) -> str:
        """`expires=…&signature=…`, the same one for a whole period."""
        expires = self._expiry(resource)
        return urlencode({"expires": expires, "signature": self._signature(resource, expires)})

    def is_valid(self, resource: str, expires: int, signature: str) -> bool:
        """Whether we signed exactly this, and it has not expired."""
        expected = self._signature(resource, expires)
        # Bytes: compare_digest refuses text that is not ASCII, and this text is a stranger's.
        genuine = hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace"))
        return genuine and self._now().timestamp() < expires

    def _expiry(self, resource: str) -> int:
        offset = int.from_bytes(sha256(resource.encode()).digest()[:4]) % PERIOD_SECONDS
        period = (int(self._now().timestamp()) + offset) // PERIOD_SECONDS
        return (period + 2) * PERIOD_SECONDS - offset

    def _signature(self, resource: str, expires: int) -> str:
        return hmac.digest(self._key, f"{resource}\n{expires}".encode(), sha256).hex()[:40]


def signer_of(settings: Settings) -> UrlSigner:
    return _signer(settings.security.secret_key.get_secret_value())


@lru_cache(maxsize=4)
def _signer(secret_key: str) -> UrlSigner:
    """Kept, for deriving the key costs as much as a signature."""
    return UrlSigner(secret_key)
