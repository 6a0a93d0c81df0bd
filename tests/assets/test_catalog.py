"""Finding, changing and deleting assets."""

from datetime import timedelta

import sqlalchemy as sa

from maskwright.accounts.domain import Role
from maskwright.assets.models import Asset
from maskwright.assets.service import resend_waiting_assets
from maskwright.kernel.clock import utc_now
from tests.assets.conftest import SentJobs, Studio
from tests.assets.imaging.samples import encoded, gradient


def photo(seed: int = 0) -> bytes:
    return encoded(gradient(60 + seed, 40), "JPEG")


def upload_named(studio: Studio, *names: str) -> list[str]:
    items = studio.upload(*[(name, photo(number)) for number, name in enumerate(names)])
    return [item["asset"]["id"] for item in items]


def change(studio: Studio, asset_id: str, **body: object) -> tuple[int, dict[str, object]]:
    answer = studio.client.patch(
        f"/api/v1/assets/{asset_id}", json=body, headers=studio.manager.headers
    )
    return answer.status_code, answer.json()


def test_pages_follow_one_another_newest_first(studio: Studio) -> None:
    ids = upload_named(studio, *[f"{n}.jpg" for n in range(5)])
    seen: list[str] = []
    cursor = None
    while True:
        page = studio.client.get(
            studio.address,
            params={"limit": 2, "cursor": cursor},
            headers=studio.manager.headers,
        ).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == ids[::-1]


def test_a_list_is_narrowed_by_state_name_and_external_id(studio: Studio) -> None:
    street, _, tree = upload_named(studio, "Street_1.jpg", "Street%2.jpg", "tree.jpg")
    change(studio, tree, external_id="STREET-9")
    assert [asset["id"] for asset in studio.listed(q="street_1")] == [street]
    assert len(studio.listed(q="street")) == 3
    assert studio.listed(q="%") != studio.listed()
    assert studio.listed(q="\0") == []
    assert len(studio.listed(state="processing")) == 3
    assert studio.listed(state="ready") == []


def test_a_patch_changes_what_it_names(studio: Studio) -> None:
    (asset_id,) = upload_named(studio, "a.jpg")
    _, changed = change(studio, asset_id, external_id="x-1", metadata={"site": [1, {"row": 2}]})
    assert (changed["external_id"], changed["metadata"]) == ("x-1", {"site": [1, {"row": 2}]})
    _, renamed = change(studio, asset_id, name="  b.jpg ")
    assert (renamed["name"], renamed["external_id"]) == ("b.jpg", "x-1")
    _, cleared = change(studio, asset_id, external_id=None)
    assert cleared["external_id"] is None


def test_an_external_id_is_not_given_twice(studio: Studio) -> None:
    first, second = upload_named(studio, "a.jpg", "b.jpg")
    change(studio, first, external_id="same")
    status, problem = change(studio, second, external_id="same")
    assert (status, problem["code"]) == (409, "external-id-taken")
    assert change(studio, first, external_id="same")[0] == 200


def test_what_cannot_be_kept_is_a_422(studio: Studio) -> None:
    (asset_id,) = upload_named(studio, "a.jpg")
    for body in (
        {"name": ""},
        {"name": "../x"},
        {"metadata": {"a": "\0"}},
        {"metadata": {"a": "x" * 70_000}},
        {"unheard_of": 1},
    ):
        assert change(studio, asset_id, **body)[0] == 422, body


def test_a_deleted_asset_is_gone_from_list_and_queue_and_can_be_uploaded_anew(
    studio: Studio,
) -> None:
    asset = studio.ready("a.jpg", photo())
    address = f"/api/v1/assets/{asset['id']}"
    link = asset["image_url"]
    assert studio.client.delete(address, headers=studio.manager.headers).status_code == 204
    assert studio.get(address).status_code == 404
    assert studio.client.get(link).status_code == 404
    assert studio.listed() == []
    counts = studio.get(f"/api/v1/projects/{studio.project_id}").json()["counts"]
    assert counts["assets"] == counts["to_label"] == 0
    labeler = studio.world.colleague(studio.manager, Role.LABELER)
    claim = studio.client.post(
        f"/api/v1/projects/{studio.project_id}/queue/next", json={}, headers=labeler.headers
    )
    assert claim.status_code == 204
    (item,) = studio.upload(("a.jpg", photo()))
    assert item["status"] == "accepted"


def test_the_task_names_who_works_on_it(studio: Studio) -> None:
    asset = studio.ready("a.jpg", photo())
    labeler = studio.world.colleague(studio.manager, Role.LABELER)
    studio.world.classes(studio.manager, studio.project_id, "car")
    claim = studio.client.post(
        f"/api/v1/projects/{studio.project_id}/queue/next", json={}, headers=labeler.headers
    )
    assert claim.status_code == 200
    task = studio.asset(asset["id"])["task"]
    assert task["state"] == "in_progress"
    assert task["labeler"]["id"] == str(labeler.id)


def test_strangers_find_nothing_and_labelers_change_nothing(studio: Studio) -> None:
    (asset_id,) = upload_named(studio, "a.jpg")
    stranger = studio.world.person(Role.OWNER)
    labeler = studio.world.colleague(studio.manager, Role.LABELER)
    address = f"/api/v1/assets/{asset_id}"
    for method, path in (
        ("GET", address),
        ("PATCH", address),
        ("DELETE", address),
        ("POST", f"{address}/reprocess"),
        ("GET", studio.address),
    ):
        body = {"json": {}} if method == "PATCH" else {}
        seen = studio.client.request(method, path, headers=stranger.headers, **body)  # type: ignore[arg-type]
        assert seen.status_code == 404, (method, path)
        seen = studio.client.request(method, path, headers=labeler.headers, **body)  # type: ignore[arg-type]
        assert seen.status_code == (200 if method == "GET" else 403), (method, path)


def test_what_waits_for_a_lost_message_is_sent_again(studio: Studio, jobs: SentJobs) -> None:
    waiting, fresh = upload_named(studio, "waiting.jpg", "fresh.jpg")
    studio.ready("done.jpg", photo(50))
    session = studio.resources.database.open_session()
    with session, session.begin():
        session.execute(
            sa.update(Asset)
            .where(Asset.id == waiting)
            .values(created_at=utc_now() - timedelta(hours=1))
        )
    jobs.sent.clear()
    with studio.world.work_of(studio.manager) as work:
        assert resend_waiting_assets(work) == 1
    assert [arguments["asset_id"] for _, arguments, _ in jobs.sent] == [waiting]
    assert fresh != waiting

    studio.resources.redis.lpush("images", "a message that waits")
    with studio.world.work_of(studio.manager) as work:
        assert resend_waiting_assets(work) == 0
