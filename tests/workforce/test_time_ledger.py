"""The ledger of screen time: nothing is counted twice, and no more than passed."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from maskwright.accounts.domain import Role
from maskwright.workforce.domain import Segment, TimeState, within
from tests.queue.desk import Caller, Desk, an_object, box_mask
from tests.support.world import World

API = "/api/v1"


class Clock:
    """A labeler at an image, whose tabs report time. `pass_time` moves everything that the server
    knows of the past back, as if so much time had gone by."""

    def __init__(self, client: TestClient, desk: Desk) -> None:
        self.client, self.desk = client, desk
        self.person = desk.labeler()
        self.caller = Caller(client, self.person, desk)
        self.claimed = self.caller.claim()
        self.lease_id: str = self.claimed["lease"]["id"]
        self._seq: dict[UUID, int] = {}

    def pass_time(self, seconds: float) -> None:
        by = timedelta(seconds=seconds)
        self.desk.sql("UPDATE lease SET granted_at = granted_at - %s", by)
        self.desk.sql("UPDATE time_client SET reported_at = reported_at - %s", by)
        self.desk.sql("UPDATE time_clock SET counted_until = counted_until - %s", by)

    def report(
        self,
        tab: UUID,
        *segments: tuple[str, float],
        seq: int | None = None,
        tool: str = "brush",
        ago: float = 0,
    ) -> dict[str, Any]:
        """Seconds by state, which ended `ago`; the next number of the tab unless one is given."""
        number = seq or self._seq.get(tab, 0) + 1
        self._seq[tab] = max(number, self._seq.get(tab, 0))
        body = {
            "client_id": str(tab),
            "seq": number,
            "ago_ms": round(ago * 1000),
            "segments": [
                {"lease_id": self.lease_id, "tool": tool, "state": state, "ms": round(s * 1000)}
                for state, s in segments
            ],
        }
        answer = self.client.post(f"{API}/me/time", json=body, headers=self.person.headers)
        assert answer.status_code == 200, answer.text
        taken: dict[str, Any] = answer.json()
        return taken

    def own(self, group_by: str = "day") -> dict[str, Any]:
        answer = self.client.get(
            f"{API}/me/time", params={"group_by": group_by}, headers=self.person.headers
        )
        assert answer.status_code == 200, answer.text
        sheet: dict[str, Any] = answer.json()
        return sheet


@pytest.fixture
def desk(world: World) -> Desk:
    desk = Desk.make(world)
    desk.add_images(3)
    return desk


@pytest.fixture
def clock(client: TestClient, desk: Desk) -> Clock:
    return Clock(client, desk)


def test_time_that_passed_is_counted_and_the_rest_kept_with_its_reason(clock: Clock) -> None:
    clock.pass_time(100)

    taken = clock.report(uuid4(), ("counted", 40), ("idle", 50), ("hidden", 10))

    assert taken == {"seq": 1, "counted_ms": 40_000, "refused_ms": 0}
    total = clock.own()["total"]
    assert total["counted_ms"] == 40_000
    assert total["uncounted_ms"] == {"idle": 50_000, "hidden": 10_000}


def test_a_report_that_is_sent_again_counts_once(clock: Clock) -> None:
    tab = uuid4()
    clock.pass_time(60)
    clock.report(tab, ("counted", 30))
    clock.pass_time(60)

    again = clock.report(tab, ("counted", 30), seq=1)

    assert again == {"seq": 1, "counted_ms": 0, "refused_ms": 0}
    assert clock.own()["total"]["counted_ms"] == 30_000


def test_a_clock_that_runs_ahead_counts_no_more_than_passed(clock: Clock) -> None:
    clock.pass_time(30)

    taken = clock.report(uuid4(), ("counted", 600))

    assert 30_000 <= taken["counted_ms"] < 40_000
    assert taken["counted_ms"] + taken["refused_ms"] == 600_000
    assert clock.own()["total"]["uncounted_ms"] == {"implausible": taken["refused_ms"]}


def test_of_two_tabs_that_count_at_once_one_does(clock: Clock) -> None:
    first, second = uuid4(), uuid4()
    clock.pass_time(60)
    clock.report(first, ("counted", 1))
    clock.report(second, ("idle", 1))
    clock.pass_time(60)

    clock.report(first, ("counted", 60))
    late = clock.report(second, ("counted", 60))

    assert late["counted_ms"] < 5_000
    total = clock.own()["total"]
    assert total["counted_ms"] < 1_000 + 60_000 + 5_000
    assert total["uncounted_ms"]["other_tab"] == late["refused_ms"]


def test_an_hour_without_network_is_reported_at_once(clock: Clock) -> None:
    tab = uuid4()
    clock.pass_time(10)
    clock.report(tab, ("counted", 10))
    clock.pass_time(3600)

    taken = clock.report(tab, ("counted", 3000), ("idle", 600))

    assert taken["counted_ms"] == 3_000_000


def test_reports_that_waited_for_the_network_count_each_where_it_belongs(clock: Clock) -> None:
    tab = uuid4()
    clock.pass_time(30)
    clock.report(tab, ("counted", 30))
    clock.pass_time(300)

    for waited in range(270, -1, -30):
        taken = clock.report(tab, ("counted", 20), ("idle", 10), ago=waited)
        assert taken["refused_ms"] == 0

    assert clock.own()["total"]["counted_ms"] == 30_000 + 10 * 20_000


def test_what_waited_counts_only_where_no_other_tab_counted_meanwhile(clock: Clock) -> None:
    offline, other = uuid4(), uuid4()
    clock.pass_time(10)
    clock.report(offline, ("counted", 10))
    clock.pass_time(60)
    clock.report(other, ("counted", 60))

    late = clock.report(offline, ("counted", 30), ago=20)

    assert (late["counted_ms"], late["refused_ms"]) == (0, 30_000)
    assert clock.own()["total"]["uncounted_ms"] == {"other_tab": 30_000}


def test_many_small_reports_count_no_more_than_passed(clock: Clock) -> None:
    tab = uuid4()
    clock.pass_time(30)

    for _ in range(20):
        clock.report(tab, ("counted", 15))

    assert clock.own()["total"]["counted_ms"] < 30_000 + 10_000


def test_time_under_somebody_elses_lease_is_refused(
    clock: Clock, client: TestClient, desk: Desk
) -> None:
    other = Clock(client, desk)
    body = {
        "client_id": str(uuid4()),
        "seq": 1,
        "segments": [{"lease_id": clock.lease_id, "ms": 5}],
    }

    answer = client.post(f"{API}/me/time", json=body, headers=other.person.headers)

    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-leases")
    assert answer.json()["leases"] == [clock.lease_id]


def _team(client: TestClient, desk: Desk, name: str, *people: Any) -> str:
    manager = desk.manager.headers
    team_id = client.post(f"{API}/teams", json={"name": name}, headers=manager).json()["id"]
    for index, person in enumerate(people):
        address = f"{API}/teams/{team_id}/members/{person.id}"
        assert client.put(address, json={"is_lead": index == 0}, headers=manager).status_code == 204
    return str(team_id)


def test_cost_follows_the_rate_of_the_team_at_the_time(
    clock: Clock, client: TestClient, desk: Desk
) -> None:
    team_id = _team(client, desk, "Farm", clock.person)
    rates = f"{API}/teams/{team_id}/rates"
    for hourly, moment in (("9", "2020-01-01T00:00:00Z"), ("90", "2999-01-01T00:00:00Z")):
        rate = {"hourly": hourly, "currency": "EUR", "starts_at": moment}
        client.post(rates, json=rate, headers=desk.manager.headers)
    clock.pass_time(1200)
    clock.report(uuid4(), ("counted", 1000), ("idle", 200))

    sheet = client.get(
        f"{API}/projects/{desk.project_id}/time",
        params={"group_by": "team"},
        headers=desk.manager.headers,
    ).json()

    [row] = sheet["items"]
    assert (row["name"], row["counted_ms"]) == ("Farm", 1_000_000)
    [cost] = row["costs"]
    assert (float(cost["amount"]), cost["currency"]) == (2.5, "EUR")


def test_each_currency_says_how_many_images_and_objects_it_paid_for(
    clock: Clock, client: TestClient, desk: Desk
) -> None:
    other = Clock(client, desk)
    for one, name, currency in ((clock, "Farm", "EUR"), (other, "Mill", "USD")):
        rates = f"{API}/teams/{_team(client, desk, name, one.person)}/rates"
        rate = {"hourly": "9", "currency": currency, "starts_at": "2020-01-01T00:00:00Z"}
        client.post(rates, json=rate, headers=desk.manager.headers)
        one.pass_time(60)
        one.report(uuid4(), ("counted", 40))
    unpaid = Clock(client, desk)
    unpaid.pass_time(60)
    unpaid.report(uuid4(), ("counted", 40))
    for one, objects in ((clock, 2), (other, 1), (unpaid, 3)):
        drawn = [an_object(desk.classes["car"], box_mask(20 * n, 5)) for n in range(objects)]
        assert one.caller.submit(one.claimed, drawn).status_code == 200

    path = f"{API}/projects/{desk.project_id}/time"
    sheet = client.get(path, headers=desk.manager.headers).json()
    lines = client.get(f"{path}.csv", headers=desk.manager.headers).text.splitlines()

    total = sheet["total"]
    assert (total["units"], sheet["objects"]) == (3, 6)
    paid = {each["currency"]: (each["units"], each["objects"]) for each in total["costs"]}
    assert paid == {"EUR": (1, 2), "USD": (1, 1)}
    assert lines[0].endswith("cost,paid_images")
    assert lines[-1].endswith("1 EUR 1 USD")


def test_time_is_told_by_image_by_stage_and_by_tool(
    clock: Clock, client: TestClient, desk: Desk
) -> None:
    steps = {"version": 0, "steps": [{"name": "Look"}]}
    project = f"{API}/projects/{desk.project_id}"
    client.put(f"{project}/workflow", json=steps, headers=desk.manager.headers)
    tab = uuid4()
    for tool, seconds in (("pen", 20), ("brush", 10)):
        clock.pass_time(60)
        clock.report(tab, ("counted", seconds), tool=tool)
    assert clock.caller.submit(clock.claimed, []).status_code == 200
    rita = Caller(client, desk.world.colleague(desk.manager, Role.REVIEWER), desk)
    review = rita.claim(stage="review")
    clock.pass_time(60)
    segment = {"lease_id": review["lease"]["id"], "tool": "pen", "state": "counted", "ms": 5_000}
    told = {"client_id": str(uuid4()), "seq": 1, "segments": [segment]}
    assert rita.post("/me/time", told).json()["counted_ms"] == 5_000

    def counted(grouping: str) -> dict[str, int]:
        sheet = client.get(
            f"{project}/time", params={"group_by": grouping}, headers=desk.manager.headers
        ).json()
        return {row["name"]: row["counted_ms"] for row in sheet["items"]}

    assert counted("stage") == {"label": 30_000, "review": 5_000}
    assert counted("tool") == {"pen": 25_000, "brush": 10_000}
    assert counted("asset") == {clock.claimed["asset"]["name"]: 35_000}


def test_a_lead_sees_the_time_of_his_own_people(
    clock: Clock, client: TestClient, desk: Desk
) -> None:
    stranger = Clock(client, desk)
    lead = desk.world.colleague(desk.manager, Role.LABELER)
    _team(client, desk, "Farm", lead, clock.person)
    for one in (clock, stranger):
        one.pass_time(60)
        one.report(uuid4(), ("counted", 30))

    def people(headers: dict[str, str]) -> set[str]:
        answer = client.get(f"{API}/projects/{desk.project_id}/time", headers=headers)
        return {row["key"] for row in answer.json()["items"]}

    assert people(desk.manager.headers) == {str(clock.person.id), str(stranger.person.id)}
    assert people(lead.headers) == {str(clock.person.id)}
    mine = client.get(f"{API}/projects/{desk.project_id}/time", headers=clock.person.headers)
    assert mine.status_code == 403


def test_time_of_an_image_is_shared_by_the_classes_of_its_objects(
    clock: Clock, client: TestClient, desk: Desk
) -> None:
    car, road = desk.classes["car"], desk.classes["road"]
    clock.pass_time(60)
    clock.report(uuid4(), ("counted", 40))
    objects = [
        an_object(car, box_mask(0, 5)),
        an_object(car, box_mask(20, 5)),
        an_object(car, box_mask(40, 5)),
        an_object(road, box_mask(60, 5)),
    ]
    assert clock.caller.submit(clock.claimed, objects).status_code == 200

    sheet = client.get(
        f"{API}/projects/{desk.project_id}/time",
        params={"group_by": "class"},
        headers=desk.manager.headers,
    ).json()

    assert {row["name"]: (row["counted_ms"], row["units"]) for row in sheet["items"]} == {
        "car": (30_000, 3),
        "road": (10_000, 1),
    }
    assert sheet["objects"] == 4


def test_the_sheet_is_had_as_csv(clock: Clock, client: TestClient, desk: Desk) -> None:
    clock.pass_time(60)
    clock.report(uuid4(), ("counted", 30), ("hidden", 5), tool="pen")

    answer = client.get(
        f"{API}/projects/{desk.project_id}/time.csv",
        params={"group_by": "tool"},
        headers=desk.manager.headers,
    )

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(StringIO(answer.text)))
    assert [(row["name"], row["counted_seconds"], row["hidden_seconds"]) for row in rows] == [
        ("pen", "30.0", "5.0"),
        ("Total", "30.0", "5.0"),
    ]


_SEGMENTS = st.lists(
    st.builds(
        Segment,
        lease_id=st.just(uuid4()),
        tool=st.just("pen"),
        state=st.sampled_from([TimeState.COUNTED, TimeState.IDLE, TimeState.HIDDEN]),
        ms=st.integers(1, 10_000),
    )
)


@given(_SEGMENTS, st.integers(-5, 60_000))
def test_no_time_is_lost_in_judging_it(segments: list[Segment], available_ms: int) -> None:
    judged = within(segments, available_ms)

    def total(of: list[Segment], *states: TimeState) -> int:
        return sum(segment.ms for segment in of if segment.state in states)

    asked = total(segments, TimeState.COUNTED)
    assert total(judged, TimeState.COUNTED) == min(asked, max(0, available_ms))
    assert sum(s.ms for s in judged) == sum(s.ms for s in segments)
    assert total(judged, TimeState.IDLE) == total(segments, TimeState.IDLE)
