"""The data folder: one per installation, used by one supervisor at a time."""

import errno
import fcntl
import os
import secrets
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from maskwright.launcher.errors import DataFolderError
from maskwright.launcher.home_parts import (
    SECRET_KEY_FILE,
    refuse_all_but_file,
    refuse_all_but_folder,
)

_LINGERING_SECONDS = 25.0
_POLL_SECONDS = 0.1


@dataclass(frozen=True)
class DataHome:
    """An existing, writable data folder whose lock we hold.

    lock_fd  shared with the guardian, so that the lock is free only when the last child is gone
    """

    path: Path
    lock_fd: int

    @classmethod
    def open(cls, path: Path) -> "DataHome":
        """Make the folder where it is missing, and lock it; raises DataFolderError."""
        path = path.expanduser().absolute()
        refuse_all_but_folder("All data belong", path)
        refuse_all_but_file("The lock belongs", path / "lock")
        try:
            path.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=path):
                pass
            lock_fd = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise DataFolderError(
                f"The data folder {path} can't be written to ({error.strerror}): mend its "
                "permissions, or set MASKWRIGHT_HOME to another folder."
            ) from error
        try:
            _lock(lock_fd, path)
        except DataFolderError:
            os.close(lock_fd)
            raise
        return cls(path, lock_fd)

    def close(self) -> None:
        """Let go of our hold on the lock."""
        os.close(self.lock_fd)

    def secret_key(self) -> str:
        """The key of this installation; made on the first start, readable by its owner only."""
        file = self.path / SECRET_KEY_FILE
        key = file.read_text().strip() if file.exists() else ""
        if key:
            return key
        key = secrets.token_urlsafe(48)
        # Whole or not at all: a machine that stops here leaves no half of a key.
        with tempfile.NamedTemporaryFile("w", dir=self.path, delete=False) as fresh:
            fresh.write(f"{key}\n")
            fresh.flush()
            os.fsync(fresh.fileno())
        Path(fresh.name).replace(file)
        return key


def _lock(lock_fd: int, path: Path) -> None:
    """Take the lock, waiting only for what a killed supervisor left behind to end."""
    deadline = time.monotonic() + _LINGERING_SECONDS
    while not _try_lock(lock_fd):
        holder = _recorded_pid(lock_fd)
        if _is_alive(holder):
            raise DataFolderError(
                f"The data folder {path} is already in use by Maskwright (process {holder}): stop "
                "that one, or set MASKWRIGHT_HOME to another folder."
            )
        if time.monotonic() > deadline:
            raise DataFolderError(
                f"The data folder {path} is still held by programs of an earlier run: end them."
            )
        time.sleep(_POLL_SECONDS)
    os.ftruncate(lock_fd, 0)
    os.pwrite(lock_fd, str(os.getpid()).encode(), 0)


def _try_lock(lock_fd: int) -> bool:
    try:
        fcntl.flock(lock_fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES):
            return False
        raise
    return True


def _recorded_pid(lock_fd: int) -> int | None:
    text = os.pread(lock_fd, 20, 0).decode(errors="replace").strip()
    return int(text) if text.isdigit() else None


def _is_alive(pid: int | None) -> bool:
    if pid is None:  # locked, but not yet recorded: somebody else is just starting
        return True
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
