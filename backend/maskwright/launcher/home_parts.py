"""What lies in the data folder: a file where a folder belongs, or a folder where a file does, is
told before anything is started, by what belongs there and what to do."""

import os
from pathlib import Path

from maskwright.launcher.errors import DataFolderError
from maskwright.launcher.postgres_server import socket_folder_of
from maskwright.settings import Settings

SECRET_KEY_FILE = "secret_key"  # noqa: S105 - the name of a file
DEMO_PASSWORD_FILE = "demo_password"  # noqa: S105 - the name of a file
_OTHERWISE = "or set MASKWRIGHT_HOME to another folder"


def refuse_wrong_kinds(settings: Settings, home: Path) -> None:
    """Raises DataFolderError by the first of what these settings use that can't be used."""
    for what, path in _folders(settings, home):
        refuse_all_but_folder(what, path)
    for what, path in _files(settings, home):
        refuse_all_but_file(what, path)


def refuse_all_but_folder(what: str, path: Path, otherwise: str = _OTHERWISE) -> None:
    """What is not there yet will be made; a link to nowhere is no folder.

    what  belongs there: the beginning of the sentence
    """
    if os.path.lexists(path) and not path.is_dir():
        raise DataFolderError(
            f"{what} in the folder {path}, but that is no folder: move it away, {otherwise}."
        )


def refuse_all_but_file(what: str, path: Path, otherwise: str = _OTHERWISE) -> None:
    if os.path.lexists(path) and not path.is_file():
        kind = "a folder" if path.is_dir() else "no file"
        raise DataFolderError(
            f"{what} in the file {path}, but that is {kind}: move it away, {otherwise}."
        )


def _folders(settings: Settings, home: Path) -> list[tuple[str, Path]]:
    found = []
    if not settings.database.url:
        found.append(("PostgreSQL's socket belongs", socket_folder_of(home / "postgres")))
    if not settings.redis.url:
        found.append(("The files of Redis belong", home / "redis"))
    if settings.storage.kind == "local" and settings.storage.folder is None:
        found.append(("Images and exports belong", home / "blobs"))
    found.append(("What is being uploaded belongs", home / "incoming"))
    found.append(("Exports that are being written belong", home / "scratch"))
    return found


def _files(settings: Settings, home: Path) -> list[tuple[str, Path]]:
    found = []
    if not settings.redis.url:
        found.append(("The configuration of Redis belongs", home / "redis" / "redis.conf"))
    if not settings.security.secret_key.get_secret_value():
        found.append(("The secret key belongs", home / SECRET_KEY_FILE))
    if settings.demo:
        found.append(("The password of the demo accounts belongs", home / DEMO_PASSWORD_FILE))
    return found
