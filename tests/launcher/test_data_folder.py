"""The data folder, the port and the embedded servers: what is refused, and what is mended."""

import os
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr
from redis import Redis

from maskwright.launcher import postgres_files
from maskwright.launcher.errors import DataFolderError, LaunchError, PortInUse
from maskwright.launcher.home import DataHome
from maskwright.launcher.home_parts import refuse_wrong_kinds
from maskwright.launcher.listener import browser_address, listen
from maskwright.launcher.postgres_server import DISPOSABLE, PostgresServer
from maskwright.launcher.program import Child, SystemUser
from maskwright.launcher.redis_server import RedisServer
from maskwright.settings import (
    DatabaseSettings,
    RedisSettings,
    SecuritySettings,
    Settings,
    StorageSettings,
)
from tests.support.scratch import scratch_folder
from tests.support.waiting import wait_until


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the system user of PostgreSQL can reach."""
    with scratch_folder() as made:
        yield made


def test_a_data_folder_in_use_names_the_process_that_uses_it(tmp_path: Path) -> None:
    code = (
        "import pathlib, sys, time; from maskwright.launcher.home import DataHome;"
        "home = DataHome.open(pathlib.Path(sys.argv[1])); print('locked', flush=True);"
        "time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        with pytest.raises(DataFolderError, match=rf"in use by Maskwright \(process {other.pid}\)"):
            DataHome.open(tmp_path)
        other.kill()
        other.wait()
        DataHome.open(tmp_path).close()


def test_a_data_folder_below_a_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DataFolderError, match="can't be written to"):
        DataHome.open(tmp_path / "file" / "home")


def test_a_file_in_place_of_the_data_folder_is_told_as_that(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(
        DataFolderError, match=r"belong in the folder .*home, but that is no folder"
    ):
        DataHome.open(tmp_path / "home")


def test_a_folder_in_place_of_the_lock_is_told_as_that(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    with pytest.raises(DataFolderError, match=r"belongs in the file .*lock, but that is a folder"):
        DataHome.open(tmp_path)


def _settings(home: Path, **changes: object) -> Settings:
    """Those of `make up`, whatever this shell has set."""
    nothing = {"database": DatabaseSettings(url=""), "redis": RedisSettings(url="")}
    security = SecuritySettings(secret_key=SecretStr(""))
    storage = StorageSettings(kind="local", folder=None)
    plain = Settings(home=home, demo=True)
    return plain.model_copy(update={**nothing, "security": security, "storage": storage, **changes})


@pytest.mark.parametrize("part", ["redis", "run", "blobs", "incoming", "scratch"])
def test_what_is_no_folder_where_one_belongs_is_told_with_what_to_do(
    tmp_path: Path, part: str
) -> None:
    refuse_wrong_kinds(_settings(tmp_path), tmp_path)
    (tmp_path / part).write_text("a note, perhaps")
    with pytest.raises(DataFolderError) as refusal:
        refuse_wrong_kinds(_settings(tmp_path), tmp_path)
    words = f"in the folder {tmp_path / part}, but that is no folder: move it away, or set MASK"
    assert words in str(refusal.value)


@pytest.mark.parametrize("part", ["redis/redis.conf", "secret_key", "demo_password"])
def test_a_folder_where_a_file_belongs_is_told_with_what_to_do(tmp_path: Path, part: str) -> None:
    (tmp_path / part).mkdir(parents=True)
    with pytest.raises(DataFolderError) as refusal:
        refuse_wrong_kinds(_settings(tmp_path), tmp_path)
    words = f"in the file {tmp_path / part}, but that is a folder: move it away, or set MASKWRIGHT"
    assert words in str(refusal.value)


def test_what_another_setting_replaces_may_be_anything(tmp_path: Path) -> None:
    for part in ("redis", "run", "blobs"):
        (tmp_path / part).touch()
    (tmp_path / "secret_key").mkdir()
    replaced = _settings(
        tmp_path,
        database=DatabaseSettings(url="postgresql://elsewhere"),
        redis=RedisSettings(url="redis://elsewhere"),
        security=SecuritySettings(secret_key=SecretStr("x" * 48)),
        storage=StorageSettings(kind="local", folder=tmp_path / "pictures"),
    )
    refuse_wrong_kinds(replaced, tmp_path)


def test_up_ends_with_the_one_sentence_about_a_redis_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "redis").touch()
    outcome = subprocess.run(
        [sys.executable, "-m", "maskwright.cli", "up"],
        env={
            **os.environ,
            "MASKWRIGHT_HOME": str(tmp_path),
            "MASKWRIGHT_PORT": "0",
            "DATABASE_URL": "",
            "REDIS_URL": "",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 1
    assert outcome.stderr == (
        f"maskwright: The files of Redis belong in the folder {tmp_path / 'redis'}, but that is no "
        "folder: move it away, or set MASKWRIGHT_HOME to another folder.\n"
    )


def test_the_secret_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    home = DataHome.open(tmp_path)
    key = home.secret_key()
    home.close()
    assert len(key) >= 64
    assert DataHome(tmp_path, -1).secret_key() == key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_key_file_that_a_crash_left_empty_is_filled(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch(mode=0o644)
    key = DataHome(tmp_path, -1).secret_key()
    assert len(key) >= 64
    assert DataHome(tmp_path, -1).secret_key() == key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]


def test_a_database_of_another_version_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "PG_VERSION").write_text("15\n")
    with pytest.raises(DataFolderError, match="made by PostgreSQL 15, but this is PostgreSQL 18"):
        PostgresServer.prepare(tmp_path)


def test_files_that_are_no_database_are_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("irreplaceable")
    with pytest.raises(DataFolderError, match="holds files but no PostgreSQL cluster"):
        PostgresServer.prepare(tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "irreplaceable"


@pytest.fixture
def cluster(tmp_path: Path) -> Path:
    """All files of a cluster by name, without a server's work."""
    for part in postgres_files.PARTS:
        path = tmp_path / "postgres" / part
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch() if path.suffix or path.name == "pg_control" else path.mkdir(exist_ok=True)
    (tmp_path / "postgres" / "PG_VERSION").write_text(f"{postgres_files.MAJOR_VERSION}\n")
    return tmp_path / "postgres"


def _without(*parts: str) -> Callable[[Path], None]:
    def remove(cluster: Path) -> None:
        for part in parts:
            path = cluster / part
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    return remove


def _replaced_by_a_file(cluster: Path) -> None:
    shutil.rmtree(cluster)
    cluster.write_text("a disk image, perhaps")


def _replaced_by_a_link_to_nowhere(cluster: Path) -> None:
    shutil.rmtree(cluster)
    cluster.symlink_to(cluster / "elsewhere")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (_without("base", "pg_notify"), "is incomplete, without base, pg_notify: restore it from"),
        (_without("pg_wal"), "is incomplete, without pg_wal:"),
        (_without("global/pg_control"), "is incomplete, without global/pg_control:"),
        (_without("postgresql.conf"), "is incomplete, without postgresql.conf:"),
        (lambda cluster: (cluster / "PG_VERSION").write_bytes(b"\xff"), "PG_VERSION names no"),
        (lambda cluster: (cluster / "PG_VERSION").write_text(""), "PG_VERSION names no version"),
        (_replaced_by_a_file, "that is no folder: move it away"),
        (_replaced_by_a_link_to_nowhere, "that is no folder: move it away"),
    ],
)
def test_a_damaged_database_is_refused_by_what_is_wrong_before_a_server_starts(
    cluster: Path, damage: Callable[[Path], object], words: str
) -> None:
    postgres_files.refuse_unusable(cluster, None)
    damage(cluster)
    with pytest.raises(DataFolderError) as refusal:
        PostgresServer.prepare(cluster)
    assert words in str(refusal.value)


def test_a_database_that_somebody_else_copied_back_is_refused_with_the_command_that_mends_it(
    cluster: Path,
) -> None:
    another = SystemUser("postgres-of-ours", os.geteuid() + 1, os.getegid())
    with pytest.raises(DataFolderError, match=f"`chown -R postgres-of-ours {cluster}` mends"):
        postgres_files.refuse_unusable(cluster, another)


def test_a_server_that_runs_but_lets_nobody_in_is_given_up_at_once(folder: Path) -> None:
    server = PostgresServer.prepare(folder / "postgres", options=DISPOSABLE)
    (folder / "postgres" / "pg_hba.conf").write_text("local all all reject\n")
    child = Child(server.program(), log=lambda name, line: None)
    try:
        with pytest.raises(DataFolderError, match=r"can't be opened \(pg_hba.conf rejects"):
            child.wait_until_ready(20)
    finally:
        child.stop()


def test_a_server_that_ends_is_reported_by_its_reason(folder: Path) -> None:
    server = PostgresServer.prepare(folder / "postgres", options=DISPOSABLE)
    (folder / "postgres" / "global" / "pg_control").write_bytes(bytes(8192))
    child = Child(server.program(), log=lambda name, line: None)
    try:
        assert not child.wait_until_ready(20)
        assert child.last_words.startswith("FATAL:  database files are incompatible with server")
    finally:
        child.stop()


def test_a_port_in_use_is_refused_in_one_sentence() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortInUse, match=f"Port {port} of 127.0.0.1 is in use"):
            listen("127.0.0.1", port)


def test_a_host_that_is_none_is_refused_in_one_sentence() -> None:
    with pytest.raises(LaunchError, match="can't be listened on"):
        listen("no host of this name", 0)


def test_a_wildcard_address_is_opened_through_the_loopback() -> None:
    with socket.socket() as everywhere:
        everywhere.bind(("0.0.0.0", 0))
        assert browser_address(everywhere).startswith("http://127.0.0.1:")


@pytest.mark.parametrize("name", ["short", "long-" * 30, "my data", "masks, and more"])
def test_postgres_comes_back_after_a_crash_with_its_data(folder: Path, name: str) -> None:
    home = folder / name
    server = PostgresServer.prepare(home / "postgres")
    first = Child(server.program(), log=lambda name, line: None)
    try:
        assert first.wait_until_ready(20), list(first.last_lines)
        server.ensure_database()
        with psycopg.connect(server.url()) as connection:
            connection.execute("CREATE TABLE kept (n int)")
    finally:
        first.close()  # SIGKILL: the pid file stays
    assert (home / "postgres" / "postmaster.pid").exists()

    again = PostgresServer.prepare(home / "postgres")
    again.clear_leftovers()
    second = Child(again.program(), log=lambda name, line: None)
    try:
        assert second.wait_until_ready(20), list(second.last_lines)
        with psycopg.connect(again.url()) as connection:
            connection.execute("SELECT n FROM kept")
    finally:
        second.stop()


def test_redis_keeps_what_was_written_when_its_folder_has_a_space(tmp_path: Path) -> None:
    for visit in range(2):
        server = RedisServer.prepare(tmp_path / "my data")
        child = Child(server.program(), log=lambda name, line: None)
        try:
            assert child.wait_until_ready(20), list(child.last_lines)
            with Redis.from_url(server.url, decode_responses=True) as redis:
                assert redis.get("job") == ("waits" if visit else None)
                redis.set("job", "waits")
        finally:
            child.stop()


def test_a_pid_file_that_names_somebody_else_by_now_is_removed(folder: Path) -> None:
    server = PostgresServer.prepare(folder / "postgres", options=DISPOSABLE)
    pid_file = folder / "postgres" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n/elsewhere\n")
    server.clear_leftovers()
    assert not pid_file.exists()


def test_an_orphaned_postgres_is_ended_before_the_next_one_starts(folder: Path) -> None:
    server = PostgresServer.prepare(folder / "postgres", options=DISPOSABLE)
    orphan = Child(server.program(), log=lambda name, line: None)
    try:
        assert orphan.wait_until_ready(20), list(orphan.last_lines)
        server.clear_leftovers()
        wait_until(lambda: orphan.exit_code is not None, "the orphan has ended")
        assert orphan.exit_code == 0
    finally:
        orphan.close()
