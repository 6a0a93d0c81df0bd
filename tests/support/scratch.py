"""Folders for servers that run as another user than the tests."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A temporary folder, removed at the end.

    Not below pytest's own: where tests run as root, PostgreSQL runs as somebody else, and every
    pytest that starts on the machine closes the folder of all of them to others again.
    """
    with tempfile.TemporaryDirectory(prefix="maskwright-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
