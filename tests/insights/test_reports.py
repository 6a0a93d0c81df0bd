"""What a project's past looks like to its manager, against what was done."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from maskwright.accounts.domain import Role
from maskwright.insights.domain import Bucket, Report, forecast
from tests.queue.desk import Caller, Desk, an_object, box_mask
from tests.support.world import Person, World

API = "/api/v1"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def desk(world: World) -> Desk:
    desk = Desk.make(world)
    desk.add_images(6)
    return desk


def read(client: TestClient, desk: Desk, report: str, by: Person | None = None, **more: Any) -> Any:
    answer = client.get(
        f"{API}/projects/{desk.project_id}/insights/{report}",
        params=more,
        headers=(by or desk.manager).headers,
    )
    assert answer.status_code == 200, answer.text
    table = answer.json()
    keys = [column["key"] for column in table["columns"]]
    return [dict(zip(keys, row, strict=True)) for row in table["rows"]]


def hand_in(client: TestClient, desk: Desk, person: Person, *names: str) -> None:
    """One image with an object of each of these classes, side by side."""
    caller = Caller(client, person, desk)
    claimed = caller.claim()
    objects = [
        an_object(desk.classes[name], box_mask(10 * place, 5)) for place, name in enumerate(names)
    ]
    assert caller.submit(claimed, objects).status_code == 200


def test_throughput_counts_what_was_handed_in(client: TestClient, desk: Desk) -> None:
    ann, bo = desk.labeler(), desk.labeler()
    hand_in(client, desk, ann, "car", "road")
    hand_in(client, desk, bo, "car")

    rows = read(client, desk, "throughput", bucket="hour")

    assert sum(row["images"] for row in rows) == 2
    assert sum(row["objects"] for row in rows) == 3
    assert max(row["people"] for row in rows) == 2


@pytest.mark.parametrize("bucket", Bucket)
def test_steps_of_any_length_hold_all_that_was_handed_in(
    client: TestClient, desk: Desk, bucket: Bucket
) -> None:
    hand_in(client, desk, desk.labeler(), "car", "road")
    desk.sql("UPDATE project SET created_at = created_at - interval '20 hours'")

    rows = read(client, desk, "throughput", bucket=bucket)

    begins = [datetime.fromisoformat(row["at"]) for row in rows]
    assert all(later - earlier == bucket.length for earlier, later in pairwise(begins))
    assert begins[-1] <= datetime.now(UTC) < begins[-1] + 2 * bucket.length
    monday = datetime(2001, 1, 1, tzinfo=UTC)
    assert all((begin - monday) % bucket.length == timedelta(0) for begin in begins)
    assert sum(row["images"] for row in rows) == 1
    assert read(client, desk, "depth", bucket=bucket)[-1]["handed_in"] == 1


def test_reports_are_of_the_days_that_are_asked_for(client: TestClient, desk: Desk) -> None:
    hand_in(client, desk, desk.labeler(), "car")
    desk.sql("UPDATE project SET created_at = created_at - interval '9 days'")
    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    before = {"from": "2026-01-01T00:00:00Z", "to": yesterday}
    # Years that somebody is about to type in.
    typing = {"from": "0001-01-01T00:00:00Z", "to": "0002-01-01T00:00:00Z"}
    for span in (before, typing):
        for report in set(Report) - {Report.FORECAST}:
            rows = read(client, desk, report, **span)
            counted = {row.get(key) for row in rows for key in ("images", "handed_in", "objects")}
            assert counted <= {0, None}, report
        for path in (f"projects/{desk.project_id}/time", "audit"):
            answer = client.get(f"{API}/{path}", params=span, headers=desk.manager.headers)
            assert answer.json()["items"] == []
    [ann] = read(client, desk, "people", **{"from": yesterday})
    assert ann["images"] == 1


def test_depth_falls_as_work_is_handed_in(client: TestClient, desk: Desk) -> None:
    hand_in(client, desk, desk.labeler(), "car")

    last = read(client, desk, "depth")[-1]

    assert (last["waiting"], last["handed_in"]) == (5, 1)


def test_depth_of_a_team_is_what_it_handed_in_of_all_that_waits(
    client: TestClient, desk: Desk
) -> None:
    ann, bo = desk.labeler(), desk.labeler()
    manager = desk.manager.headers
    team = client.post(f"{API}/teams", json={"name": "Farm"}, headers=manager).json()["id"]
    address = f"{API}/teams/{team}/members/{ann.id}"
    client.put(address, json={"is_lead": True}, headers=manager)
    hand_in(client, desk, ann, "car")
    for _ in range(2):
        hand_in(client, desk, bo, "car")

    for rows in (read(client, desk, "depth", team_id=team), read(client, desk, "depth", ann)):
        assert (rows[-1]["waiting"], rows[-1]["handed_in"]) == (3, 1)
    whole = read(client, desk, "depth")[-1]
    assert (whole["waiting"], whole["handed_in"]) == (3, 3)


def test_people_are_listed_with_what_they_did(client: TestClient, desk: Desk) -> None:
    ann, bo = desk.labeler(), desk.labeler()
    hand_in(client, desk, ann, "car", "car")
    caller = Caller(client, bo, desk)
    claimed = caller.claim()
    fence = {"fence": claimed["lease"]["fence"], "reason": "Blurred"}
    client.post(f"{API}/leases/{claimed['lease']['id']}/skip", json=fence, headers=bo.headers)

    rows = {row["images"]: row for row in read(client, desk, "people")}

    assert rows[1]["objects"] == 2
    assert (rows[0]["skips"], rows[0]["per_image"]) == (1, None)
    assert read(client, desk, "skips") == [
        {"reason": "Blurred", "skips": 1, "images": 1, "people": 1}
    ]


def test_time_of_tasks_is_shown_by_stage(client: TestClient, desk: Desk) -> None:
    ann = desk.labeler()
    caller = Caller(client, ann, desk)
    claimed = caller.claim()
    desk.sql("UPDATE lease SET granted_at = granted_at - interval '5 minutes'")
    report = {
        "client_id": str(uuid4()),
        "seq": 1,
        "segments": [{"lease_id": claimed["lease"]["id"], "tool": "pen", "ms": 90_000}],
    }
    assert client.post(f"{API}/me/time", json=report, headers=ann.headers).status_code == 200

    [row] = read(client, desk, "durations")

    assert row == {
        "stage": "label", "tasks": 1, "p10": 90.0, "p50": 90.0, "p90": 90.0, "total": 90.0
    }  # fmt: skip


def test_class_balance_counts_the_labels_that_count(client: TestClient, desk: Desk) -> None:
    hand_in(client, desk, desk.labeler(), "car", "car", "road")

    rows = {row["class"]: row for row in read(client, desk, "classes")}

    assert (rows["car"]["objects"], rows["car"]["images"]) == (2, 1)
    assert rows["road"]["pixels"] * 2 == rows["car"]["pixels"]


def test_a_lead_reads_of_his_own_people_and_a_labeler_of_nobody(
    client: TestClient, desk: Desk
) -> None:
    ann, bo = desk.labeler(), desk.labeler()
    lead = desk.world.colleague(desk.manager, Role.LABELER)
    manager = desk.manager.headers
    team = client.post(f"{API}/teams", json={"name": "Farm"}, headers=manager).json()["id"]
    for person, is_lead in ((ann, False), (lead, True)):
        address = f"{API}/teams/{team}/members/{person.id}"
        client.put(address, json={"is_lead": is_lead}, headers=manager)
    hand_in(client, desk, ann, "car")
    hand_in(client, desk, bo, "car")

    assert len(read(client, desk, "people")) == 2
    assert [row["team"] for row in read(client, desk, "people", lead)] == ["Farm"]
    assert [row["team"] for row in read(client, desk, "people", team_id=team)] == ["Farm"]
    refused = client.get(f"{API}/projects/{desk.project_id}/insights/people", headers=bo.headers)
    assert refused.status_code == 403


def test_a_report_is_had_as_csv_without_formulas(client: TestClient, desk: Desk) -> None:
    bo = desk.labeler()
    caller = Caller(client, bo, desk)
    claimed = caller.claim()
    reason = {"fence": claimed["lease"]["fence"], "reason": "=HYPERLINK(1)"}
    client.post(f"{API}/leases/{claimed['lease']['id']}/skip", json=reason, headers=bo.headers)

    answer = client.get(
        f"{API}/projects/{desk.project_id}/insights/skips/csv", headers=desk.manager.headers
    )

    assert list(csv.reader(StringIO(answer.text))) == [
        ["Reason", "Times (skips)", "Images (images)", "People (people)"],
        ["'=HYPERLINK(1)", "1", "1", "1"],
    ]


def test_more_steps_than_anybody_can_look_at_are_refused(client: TestClient, desk: Desk) -> None:
    desk.sql("UPDATE project SET created_at = '2020-01-01'")

    answer = client.get(
        f"{API}/projects/{desk.project_id}/insights/throughput",
        params={"bucket": "hour"},
        headers=desk.manager.headers,
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "span-too-long")


def test_a_steady_past_makes_a_sure_forecast() -> None:
    assert [entry.at for entry in forecast(40, [10, 10, 10], Bucket.DAY, NOW)] == [
        NOW + timedelta(days=4)
    ] * 3


def test_an_uneven_past_makes_a_wide_forecast() -> None:
    early, middle, late = (
        entry.at for entry in forecast(100, [0, 0, 5, 20, 0, 30, 15], Bucket.DAY, NOW)
    )

    assert early < middle < late
    assert timedelta(days=8) <= middle - NOW <= timedelta(days=12)


def test_without_a_past_there_is_no_forecast() -> None:
    assert forecast(5, [0, 0], Bucket.DAY, NOW) == []
    assert {entry.at for entry in forecast(0, [], Bucket.DAY, NOW)} == {NOW}
