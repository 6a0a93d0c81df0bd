"""Secrets of links that are made from the site's key, not kept.

A letter is written by a worker, minutes after what it tells of, and again where its delivery
failed. A random secret would have to lie in the database until then; one that is derived lies
nowhere.
"""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

_BYTES = 24


def derived_secret(site_key: str, purpose: str, *parts: str) -> str:
    """The same for the same purpose and parts, and not to be guessed without the site's key."""
    message = "\n".join(("maskwright derived secret 1", purpose, *parts)).encode()
    told = hmac.digest(site_key.encode(), message, sha256)
    return urlsafe_b64encode(told[:_BYTES]).decode()


def is_derived_secret(secret: str, site_key: str, purpose: str, *parts: str) -> bool:
    expected = derived_secret(site_key, purpose, *parts)
    return hmac.compare_digest(expected.encode(), secret.encode("utf-8", "replace"))
