"""What triggers and functions of the database see to, where foreign keys would be looked up for
each row of a label, and lists of words parsed for each statement (decision 24)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import product

import psycopg
import pytest
from psycopg.errors import CheckViolation, ForeignKeyViolation

from maskwright.annotations.domain import Origin, VersionKind
from maskwright.kernel.ids import new_id
from maskwright.queue.domain import LeaseKind, LeaseOutcome, Revocation, TaskStage, TaskState
from tests.queue.desk import Caller, Desk, an_object, box_mask
from tests.support.waiting import wait_until

Connection = psycopg.Connection[tuple[object, ...]]

_ADD_OBJECT = """
INSERT INTO label_object (organization_id, version_id, key, class_id, mask_id)
SELECT coalesce(%(organization_id)s, organization_id), coalesce(%(version_id)s, version_id),
       uuidv7(), coalesce(%(class_id)s, class_id), coalesce(%(mask_id)s, mask_id)
FROM label_object LIMIT 1
"""
_ADD_MASK = """
INSERT INTO mask (id, organization_id, asset_id, sha256, counts, area, bbox)
SELECT %(id)s, coalesce(%(organization_id)s, organization_id), coalesce(%(asset_id)s, asset_id),
       sha256, counts, area, bbox
FROM mask LIMIT 1
"""
_UNCHANGED = dict.fromkeys(("organization_id", "version_id", "class_id", "mask_id", "asset_id"))
_OF_AN_OBJECT = ["organization_id", "version_id", "class_id", "mask_id"]


@pytest.fixture
def connection(desk: Desk, ann: Caller, database_url: str) -> Iterator[Connection]:
    """To a database with a draft of one object, and a finished label of one more."""
    desk.add_images(2)
    for action in (ann.submit, ann.save):
        claimed = ann.claim()
        an_apple = an_object(desk.classes["car"], box_mask(0, 0))
        if action == ann.submit:
            assert ann.submit(claimed, [an_apple]).status_code == 200
        else:
            assert ann.save(claimed, upserts=[an_apple]).status_code == 200
    with psycopg.connect(database_url, autocommit=True) as opened:
        yield opened


def _add_object(connection: Connection, **changed: object) -> None:
    connection.execute(_ADD_OBJECT, {**_UNCHANGED, **changed})


def _add_mask(connection: Connection, **changed: object) -> object:
    id_ = new_id()
    connection.execute(_ADD_MASK, {**_UNCHANGED, "id": id_, **changed})
    return id_


def _change(connection: Connection, table: str, column: str) -> None:
    connection.execute(f"UPDATE {table} SET {column} = %s", (new_id(),))


def test_an_object_of_what_is_there_is_added(connection: Connection) -> None:
    _add_object(connection, mask_id=_add_mask(connection))


def test_an_object_of_what_is_not_there_is_refused(connection: Connection) -> None:
    """Of another organisation nothing is there."""
    for column in _OF_AN_OBJECT:
        with pytest.raises(ForeignKeyViolation):
            _add_object(connection, **{column: new_id()})
        with pytest.raises(ForeignKeyViolation):
            _change(connection, "label_object", column)


def test_an_object_of_a_draft_has_a_mask_that_is_there(connection: Connection) -> None:
    for column in ("organization_id", "mask_id"):
        with pytest.raises(ForeignKeyViolation):
            _change(connection, "draft_object", column)
    with pytest.raises(ForeignKeyViolation, match="refers to what is not there"):
        connection.execute(
            "INSERT INTO draft_object (organization_id, label_id, key, class_id, mask_id)"
            " SELECT organization_id, label_id, uuidv7(), class_id, uuidv7() FROM draft_object"
        )


def test_a_mask_is_one_of_an_asset_that_is_there(connection: Connection) -> None:
    for column in ("organization_id", "asset_id"):
        with pytest.raises(ForeignKeyViolation):
            _add_mask(connection, **{column: new_id()})
        with pytest.raises(ForeignKeyViolation):
            _change(connection, "mask", column)


def test_what_objects_refer_to_stays(connection: Connection) -> None:
    for table in ("asset", "mask", "ontology_class", "label_version"):
        for change in (f"DELETE FROM {table}", f"UPDATE {table} SET id = uuidv7()"):
            with pytest.raises(ForeignKeyViolation, match="is still referred to"):
                connection.execute(change)


_WORK = {
    "lease": ["organization_id", "project_id", "task_id", "holder_id"],
    "label": ["organization_id", "project_id", "asset_id", "task_id", "author_id", "model_id"],
    "label_version": ["organization_id", "label_id", "asset_id", "author_id"],
    "submission": ["organization_id", "lease_id"],
}
#: Of a copy, besides its id: what else has to be its own.
_ITS_OWN = {"lease": "fence", "label": "round", "label_version": "number"}


@contextmanager
def _copying(connection: Connection, table: str) -> Iterator[str]:
    """A copy of one of the table's rows that could be added; yields where it lies, until the block
    is left."""
    execute = connection.execute
    with connection.transaction(force_rollback=True):
        execute(f"CREATE TEMPORARY TABLE copied AS SELECT * FROM {table} LIMIT 1")
        if table == "submission":
            execute("UPDATE copied SET idempotency_key = 'another'")
        else:
            own = _ITS_OWN[table]
            execute(f"UPDATE copied SET id = uuidv7(), {own} = {own} + 100")
        if table == "label":
            execute("UPDATE copied SET current_version_id = NULL")
        yield f"INSERT INTO {table} SELECT * FROM copied"


def test_work_refers_to_what_is_there(connection: Connection) -> None:
    """Of another organisation, project or image nothing is there."""
    for table, columns in _WORK.items():
        with _copying(connection, table) as add:
            assert connection.execute(add).rowcount == 1
        for column in columns:
            with _copying(connection, table) as add:
                connection.execute(f"UPDATE copied SET {column} = uuidv7()")
                with pytest.raises(ForeignKeyViolation, match="refers to"):
                    connection.execute(add)


def test_work_never_comes_to_refer_to_something_else(connection: Connection) -> None:
    for table, columns in _WORK.items():
        for column in columns:
            with pytest.raises(ForeignKeyViolation, match="never changes"):
                _change(connection, table, column)


def test_what_work_refers_to_stays(connection: Connection) -> None:
    for table, columns in {
        "task": ["id", "organization_id", "project_id", "asset_id"],
        "lease": ["id"],
        "label": ["id"],
        "user_account": ["id"],
    }.items():
        with pytest.raises(ForeignKeyViolation, match="is still referred to"):
            connection.execute(
                f"DELETE FROM {table} WHERE EXISTS (SELECT FROM lease JOIN submission s"
                f" ON s.lease_id = lease.id JOIN label b USING (task_id) WHERE {table}.id IN"
                " (lease.id, task_id, b.id, holder_id))"
            )
        for column in columns:
            with pytest.raises(ForeignKeyViolation, match=r"is still referred to|never changes"):
                _change(connection, table, column)


def test_a_mask_of_no_object_can_be_deleted(connection: Connection) -> None:
    added = _add_mask(connection)
    assert connection.execute("DELETE FROM mask WHERE id = %s", (added,)).rowcount == 1


def test_who_deletes_waits_for_who_adds_an_object(
    connection: Connection, database_url: str
) -> None:
    """Else the object would be left without its mask: neither sees what the other does."""
    added = _add_mask(connection)
    with (
        ThreadPoolExecutor(1) as pool,
        psycopg.connect(database_url) as deleting,
        psycopg.connect(database_url) as adding,
    ):
        _add_object(adding, mask_id=added)
        deletion = pool.submit(deleting.execute, "DELETE FROM mask WHERE id = %s", (added,))
        pid = deleting.info.backend_pid
        wait_until(
            lambda: connection.execute("SELECT pg_blocking_pids(%s)", (pid,)).fetchone() != ([],),
            "the deletion waits",
        )
        adding.commit()
        with pytest.raises(ForeignKeyViolation):
            deletion.result(timeout=10)


def test_the_database_knows_the_words_of_the_enums_and_no_others(connection: Connection) -> None:
    def knows(function: str, *words: str | None) -> object:
        places = ", ".join(["%s"] * len(words))
        [known] = connection.execute(f"SELECT {function}({places})", words).fetchone() or ()
        return known

    for words in product([*TaskState, "other"], [*TaskStage, "other"]):
        assert knows("are_words_of_task", *words) is ("other" not in words), words
    for words in product([*VersionKind, "other"], [*Origin, "other"]):
        assert knows("are_words_of_version", *words) is ("other" not in words), words
    ways = product([*LeaseKind, "other"], [*LeaseOutcome, None, "other"])
    for kind, outcome in ways:
        is_known = "other" not in (kind, outcome)
        assert knows("are_words_of_lease", kind, outcome, None) is is_known, (kind, outcome)
    for reason in [*Revocation, "other"]:
        assert knows("are_words_of_lease", "label", None, reason) is (reason != "other"), reason


def test_no_other_word_is_written(connection: Connection) -> None:
    for table, columns in {
        "task": ("state", "stage"),
        "lease": ("kind", "outcome", "revoked_for"),
        "label_version": ("kind", "origin"),
    }.items():
        for column in columns:
            with pytest.raises(CheckViolation):
                connection.execute(f"UPDATE {table} SET {column} = 'other'")
