"""Random secrets of sessions, invitations and API tokens. Only their hashes are kept.

They hold 256 random bits, so a plain SHA-256 can't be turned back; a slow hash is for passwords.
"""

import secrets
from hashlib import sha256

TOKEN_MARK = "mw_"  # noqa: S105 - the mark by which leak scanners know our tokens
PREFIX_LENGTH = len(TOKEN_MARK) + 6


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def new_api_token() -> str:
    return TOKEN_MARK + new_secret()


def prefix_of(token: str) -> str:
    """What is shown of a token, so that its owner knows which one it is."""
    return token[:PREFIX_LENGTH]


def hash_of(secret: str) -> bytes:
    # A client may send anything: what is not text in UTF-8 is hashed all the same, and not found.
    return sha256(secret.encode(errors="surrogatepass")).digest()
