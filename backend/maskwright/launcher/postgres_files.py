"""The files of a PostgreSQL cluster: what keeps a server from them is said before one is started.

A server that starts without some of its files either ends with a line about one of them, or runs
and refuses everybody.
"""

import os
from pathlib import Path

from maskwright.launcher.errors import DataFolderError
from maskwright.launcher.program import SystemUser

MAJOR_VERSION = 18
_VERSION_FILE = "PG_VERSION"
#: What `initdb` makes and no server starts without. Folders that hold nothing are among it: copies
#: of a cluster often leave them out.
PARTS = (
    *("base", "base/1", "global", "global/pg_control"),
    *("pg_wal", "pg_xact", "pg_subtrans", "pg_multixact/members", "pg_multixact/offsets"),
    *("pg_commit_ts", "pg_dynshmem", "pg_logical/mappings", "pg_logical/snapshots"),
    *("pg_notify", "pg_replslot", "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_twophase"),
    *("postgresql.conf", "pg_hba.conf"),
)
_OTHERWISE = "or set MASKWRIGHT_HOME to another folder"


def is_cluster(folder: Path) -> bool:
    return (folder / _VERSION_FILE).exists()


def refuse_unusable(folder: Path, system_user: SystemUser | None) -> None:
    """Raises DataFolderError where `folder` can't be used, nor be made a cluster in.

    system_user  who the server runs as, where it is somebody else
    """
    if os.path.lexists(folder) and not folder.is_dir():
        raise DataFolderError(
            f"The database belongs in {folder}, but that is no folder: move it away, {_OTHERWISE}."
        )
    try:
        if not folder.exists() or not any(folder.iterdir()):
            return
        if not is_cluster(folder):
            raise DataFolderError(
                f"The folder {folder} holds files but no PostgreSQL cluster: empty it, "
                f"{_OTHERWISE}."
            )
        _refuse_other_version(folder)
        _refuse_incomplete(folder)
        if system_user:
            _refuse_foreign(folder, system_user)
    except OSError as error:
        raise DataFolderError(
            f"The database in {folder} can't be read ({error.strerror}: {error.filename}): mend "
            f"that, {_OTHERWISE}."
        ) from error


def _refuse_other_version(folder: Path) -> None:
    version = (folder / _VERSION_FILE).read_text(errors="replace").strip()
    if not version.isdigit():
        raise DataFolderError(
            f"The database in {folder} is damaged ({_VERSION_FILE} names no version): restore it "
            f"from a backup, {_OTHERWISE}."
        )
    if version != str(MAJOR_VERSION):
        raise DataFolderError(
            f"The database in {folder} was made by PostgreSQL {version}, but this is PostgreSQL "
            f"{MAJOR_VERSION}: dump it with the old version and load it with this one, "
            f"{_OTHERWISE}."
        )


def _refuse_incomplete(folder: Path) -> None:
    missing = [part for part in PARTS if not (folder / part).exists()]
    outermost = [part for part in missing if str(Path(part).parent) not in missing]
    if outermost:
        raise DataFolderError(
            f"The database in {folder} is incomplete, without {', '.join(outermost)}: restore it "
            f"from a backup, remove it where nothing was kept in it yet, {_OTHERWISE}."
        )


def _refuse_foreign(folder: Path, user: SystemUser) -> None:
    """Files that root copied back are root's."""
    if any((folder / part).stat().st_uid != user.uid for part in PARTS):
        raise DataFolderError(
            f"The database in {folder} does not belong to the user {user.name}, as whom PostgreSQL "
            f"runs: `chown -R {user.name} {folder}` mends that."
        )
