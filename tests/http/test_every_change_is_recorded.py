"""Whatever changes something writes down who did it, or says here why it need not."""

import re
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.http.estate import API, Estate
from tests.http.expectations import EXPECTATIONS
from tests.http.test_every_route_authorises import call, operations
from tests.support.world import World

#: What is done at work stands in ledgers of its own that are only added to: leases, label versions,
#: verdicts, time entries, comments, questions, objections.
AT_WORK = {
    ("POST", f"{API}/projects/{{project_id}}/queue/next"),
    ("POST", f"{API}/leases/{{lease_id}}/heartbeat"),
    ("PATCH", f"{API}/leases/{{lease_id}}/draft"),
    ("POST", f"{API}/leases/{{lease_id}}/submit"),
    ("POST", f"{API}/leases/{{lease_id}}/skip"),
    ("POST", f"{API}/leases/{{lease_id}}/release"),
    ("POST", f"{API}/leases/{{lease_id}}/ask"),
    ("POST", f"{API}/tasks/{{task_id}}/resume"),
    ("POST", f"{API}/leases/{{lease_id}}/verdict"),
    ("POST", f"{API}/me/time"),
    ("POST", f"{API}/assets/{{asset_id}}/comments"),
    ("POST", f"{API}/comments/{{thread_id}}/replies"),
    ("PATCH", f"{API}/comments/{{thread_id}}"),
    ("POST", f"{API}/projects/{{project_id}}/late-work/{{version_id}}/adopt"),
    ("POST", f"{API}/gold-attempts/{{attempt_id}}/dispute"),
}
#: How somebody likes to be shown his own things.
ONES_OWN = {
    ("PATCH", f"{API}/me/preferences"),
    ("POST", f"{API}/me/notifications/read"),
    ("PATCH", f"{API}/me/notifications/choices"),
}
#: As the walk calls them there is nothing for them to do: the person is in no team, nothing was
#: skipped or failed, the file is no image, the list is only checked, the e-mail is nobody's, the
#: image's label is not finished, the person is not paused. A trial of a rule changes nothing.
NOTHING_TO_DO = {
    ("DELETE", f"{API}/projects/{{project_id}}/pauses/{{user_id}}"),
    ("POST", f"{API}/projects/{{project_id}}/quality-rules/try"),
    ("POST", f"{API}/projects/{{project_id}}/queue/count"),
    ("DELETE", f"{API}/teams/{{team_id}}/members/{{user_id}}"),
    ("POST", f"{API}/projects/{{project_id}}/queue/return-skipped"),
    ("POST", f"{API}/assets/{{asset_id}}/reprocess"),
    ("POST", f"{API}/projects/{{project_id}}/assets"),
    ("POST", f"{API}/invitations/bulk"),
    ("POST", f"{API}/projects/{{project_id}}/golds"),
    ("POST", f"{API}/projects/{{project_id}}/golds/files"),
    ("POST", f"{API}/password-resets"),
}


@pytest.fixture
def estate(world: World, client: TestClient) -> Estate:
    return Estate(world, client)


def recorded(estate: Estate) -> int:
    with estate.world.resources.database.open_session() as session:
        connection: Any = session.connection().connection.driver_connection
        return int(connection.execute("SELECT count(*) FROM audit_event").fetchone()[0])


def test_every_change_is_recorded(app: FastAPI, estate: Estate) -> None:
    unrecorded = set()
    for method, path in operations(app):
        expectation = EXPECTATIONS[method, path]
        for caller, status in (
            (estate.manager, expectation.manager),
            (estate.labeler, expectation.labeler),
        ):
            if method == "GET" or not 200 <= status < 300:
                continue
            things = estate.things_for(re.findall(r"{(\w+)}", path), caller)
            before = recorded(estate)
            answer = call(estate.client, method, path, things, caller.headers, expectation)
            assert answer.status_code == status, f"{method} {path}: {answer.text}"
            if recorded(estate) == before:
                unrecorded.add((method, path))
            break
    assert sorted(unrecorded - AT_WORK - ONES_OWN - NOTHING_TO_DO) == []
    assert sorted((AT_WORK | ONES_OWN | NOTHING_TO_DO) - EXPECTATIONS.keys()) == []
