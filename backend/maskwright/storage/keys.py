"""What a key may look like. Keys are ours, so one that breaks the rule is a fault of the code."""

import re

_KEY = re.compile(r"[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*)*")
_MAX_LENGTH = 500


def checked_key(key: str) -> str:
    """The key itself; raises ValueError where it could leave its folder or differ between file
    systems (capital letters, leading dots)."""
    if len(key) > _MAX_LENGTH or not _KEY.fullmatch(key):
        raise ValueError(f"Not a key of the blob store: {key!r}")
    return key
