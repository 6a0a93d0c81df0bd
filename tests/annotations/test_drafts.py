"""Unfinished work, saved as it goes."""

from uuid import uuid4

from maskwright.ontologies.domain import OntologyClass
from maskwright.settings import Settings
from tests.queue.desk import Caller, Desk, an_object, box_mask


def test_a_draft_is_resumed_as_it_was_saved(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    sent = an_object(
        desk.classes["road"],
        box_mask(5, 5),
        layer=2,
        order=7,
        attributes={"note": "wet"},
        provenance={"tool": "brush"},
    )

    saved = ann.save(claimed, seq=3, upserts=[sent], active_ms=4000)

    assert saved.status_code == 200, saved.text
    assert (saved.json()["version"], saved.json()["seq"]) == (1, 3)
    resumed = ann.claim()
    assert resumed["label"] == {
        "version": 1,
        "objects": [{**sent, "relationships": []}],
        "active_ms": 4000,
        "image_attributes": {},
    }
    assert resumed["last_seq"] == {"tab": 3}


def test_a_repeated_or_older_sequence_has_no_effect(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    first = an_object(desk.classes["car"], box_mask(0, 0))
    ann.save(claimed, seq=5, upserts=[first])

    for seq in (5, 4):
        again = ann.save(claimed, seq=seq, upserts=[], deletes=[first["key"]])
        assert (again.status_code, again.json()["seq"]) == (200, 5)
        assert again.json()["version"] == 1

    assert len(ann.claim()["label"]["objects"]) == 1


def test_a_known_objects_mask_need_not_be_sent_again(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    sent = an_object(desk.classes["car"], box_mask(0, 0))
    ann.save(claimed, seq=1, upserts=[sent])
    without_mask = {**sent, "class_id": str(desk.classes["road"])}
    del without_mask["mask"]

    assert ann.save(claimed, seq=2, upserts=[without_mask]).status_code == 200

    [resumed] = ann.claim()["label"]["objects"]
    assert resumed["class_id"] == str(desk.classes["road"])
    assert resumed["mask"] == sent["mask"]


def test_an_object_without_any_mask_is_named(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    sent = an_object(desk.classes["car"], None)

    answer = ann.save(ann.claim(), upserts=[sent])

    assert answer.status_code == 422
    assert (answer.json()["code"], answer.json()["object_key"]) == ("mask-missing", sent["key"])


def test_deleted_objects_are_gone(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    first, second = (an_object(desk.classes["car"], box_mask(20 * n, 0)) for n in (0, 1))
    ann.save(claimed, seq=1, upserts=[first, second])

    ann.save(claimed, seq=2, deletes=[first["key"], str(uuid4())])

    assert [kept["key"] for kept in ann.claim()["label"]["objects"]] == [second["key"]]


def test_equal_masks_are_stored_once(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    mask = box_mask(0, 0)
    person = desk.add_class(OntologyClass(name="person", color="#993344", overlapping=True))
    sent = [an_object(person, mask, layer=layer) for layer in (0, 1)]
    ann.save(claimed, seq=1, upserts=sent)
    ann.save(claimed, seq=2, upserts=sent)
    assert ann.submit(claimed, sent).status_code == 200

    assert desk.sql("SELECT count(*) FROM mask") == [(1,)]


def test_a_bad_mask_is_named_and_nothing_is_saved(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    good = an_object(desk.classes["car"], box_mask(0, 0))
    bad = an_object(desk.classes["car"], {"size": [60, 80], "counts": "0"})

    answer = ann.save(claimed, upserts=[good, bad])

    assert answer.status_code == 422
    problem = answer.json()
    assert (problem["code"], problem["object_key"]) == ("mask-invalid", bad["key"])
    assert problem["reason"] == "sum"
    assert ann.claim()["label"] == {
        "version": 0,
        "objects": [],
        "active_ms": 0,
        "image_attributes": {},
    }


def test_a_text_that_postgres_cannot_keep_is_named(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    sent = an_object(desk.classes["car"], box_mask(0, 0), attributes={"note": "a\x00b"})

    answer = ann.save(ann.claim(), upserts=[sent])

    assert answer.status_code == 422
    assert (answer.json()["code"], answer.json()["object_key"]) == (
        "attribute-invalid",
        sent["key"],
    )


def test_saving_under_a_lost_lease_is_refused(ann: Caller, bob: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    desk.expire(claimed["lease"]["id"])
    bob.claim()

    answer = ann.save(claimed, upserts=[an_object(desk.classes["car"], box_mask(0, 0))])

    assert (answer.status_code, answer.json()["code"]) == (409, "lease-lost")


def test_a_draft_remembers_the_last_clients_only(ann: Caller, desk: Desk) -> None:
    """A browser that sends a large change in parts names every part a client."""
    desk.add_images(1)
    claimed = ann.claim()
    for number in range(40):
        ann.save(claimed, client_id=f"tab-{number}", seq=1)

    remembered = ann.claim()["last_seq"]

    assert set(remembered) == {f"tab-{number}" for number in range(8, 40)}


def test_a_draft_is_gone_once_it_was_submitted(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    sent = an_object(desk.classes["car"], box_mask(0, 0))
    ann.save(claimed, upserts=[sent])

    assert ann.submit(claimed, [sent]).status_code == 200

    assert desk.sql("SELECT count(*) FROM draft") == [(0,)]
    assert desk.sql("SELECT count(*) FROM draft_object") == [(0,)]


def test_a_label_has_a_limit_of_objects(ann: Caller, desk: Desk, settings: Settings) -> None:
    desk.add_images(1)
    settings.limits.objects_per_label = 2
    claimed = ann.claim()
    for seq in (1, 2):
        sent = an_object(desk.classes["car"], box_mask(0, 10 * seq))
        assert ann.save(claimed, seq=seq, upserts=[sent]).status_code == 200

    third = ann.save(claimed, seq=3, upserts=[an_object(desk.classes["car"], box_mask(30, 0))])

    assert (third.status_code, third.json()["code"]) == (422, "too-many-objects")
    assert len(ann.claim()["label"]["objects"]) == 2


def test_what_is_noted_about_an_object_is_bounded(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    for field in ("attributes", "provenance"):
        sent = an_object(desk.classes["car"], box_mask(0, 0), **{field: {"note": "x" * 200_001}})
        refused = ann.save(claimed, seq=1, upserts=[sent])
        assert refused.status_code == 422
        assert refused.json()["code"] == "attribute-invalid"
        assert refused.json()["attribute"] == field
    assert ann.claim()["label"]["objects"] == []
