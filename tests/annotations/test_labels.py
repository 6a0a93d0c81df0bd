"""Finished labels: what is taken, what is refused, what is read back."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from maskwright.accounts.domain import Role
from maskwright.annotations import service as annotations
from maskwright.ontologies.domain import Attribute, AttributeKind, OntologyClass, Option
from tests.queue.desk import Caller, Desk, an_object, box_mask
from tests.support.world import World


def problem_of(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 422, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_what_was_submitted_is_read_back(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    sent = [
        an_object(desk.classes["car"], box_mask(0, 0), order=1, layer=0, attributes={},
                  provenance={"tool": "pen"}, relationships=[]),
        an_object(desk.classes["road"], box_mask(30, 30), order=2, layer=0, attributes={},
                  provenance={}, relationships=[]),
    ]  # fmt: skip
    ann.submit(ann.claim(), sent)

    [listed] = ann.get(f"/assets/{desk.assets[0]}/labels").json()["items"]
    version = ann.get(f"/label-versions/{listed['id']}").json()

    assert (listed["number"], listed["kind"], listed["objects"]) == (1, "submitted", 2)
    assert (listed["active_ms"], listed["is_current"]) == (1200, True)
    assert listed["author"]["id"] == str(ann.person.id)
    assert version["objects"] == sent
    assert version["ontology_version"] == 1


def test_objects_of_a_layer_must_not_overlap(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    first = an_object(desk.classes["car"], box_mask(0, 0))
    second = an_object(desk.classes["road"], box_mask(5, 5))

    problem = problem_of(ann.submit(ann.claim(), [first, second]))

    assert (problem["code"], problem["layer"]) == ("objects-overlap", 0)
    assert problem["pairs"] == [[first["key"], second["key"], 25]]


def test_objects_of_different_layers_may_overlap(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    shadow = desk.add_class(OntologyClass(name="shadow", color="#333333", layer=1))
    objects = [an_object(class_id, box_mask(0, 0)) for class_id in (desk.classes["car"], shadow)]

    assert ann.submit(ann.claim(), objects).status_code == 200


def test_an_unknown_class_is_named(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    sent = an_object(uuid4(), box_mask(0, 0))

    problem = problem_of(ann.submit(ann.claim(), [sent]))

    assert (problem["code"], problem["object_key"]) == ("class-unknown", sent["key"])
    assert problem["class_id"] == sent["class_id"]


def test_the_same_key_twice_is_named(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    sent = an_object(desk.classes["car"], box_mask(0, 0))

    problem = problem_of(ann.submit(ann.claim(), [sent, sent]))

    assert (problem["code"], problem["object_key"]) == ("object-key-repeated", sent["key"])


@pytest.mark.parametrize(
    ("mask", "reason"),
    [
        ({"size": [80, 60], "counts": "0"}, "size"),
        ({"size": [60, 80], "counts": "PPPP"}, "truncated"),
        ({"size": [60, 80], "counts": "ä"}, "alphabet"),
        ({"size": [60, 80]}, "structure"),
        ("0", "structure"),
        ({"size": [10**9, 10**9], "counts": "0"}, "size"),
    ],
)
def test_a_bad_mask_is_named(ann: Caller, desk: Desk, mask: Any, reason: str) -> None:
    desk.add_images(1)
    sent = an_object(desk.classes["car"], mask)

    problem = problem_of(ann.submit(ann.claim(), [sent]))

    assert (problem["code"], problem["object_key"]) == ("mask-invalid", sent["key"])
    assert problem["reason"] == reason


def test_a_refused_submission_leaves_the_lease_alive(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    problem_of(ann.submit(claimed, [an_object(uuid4(), box_mask(0, 0))], key="k"))

    good = ann.submit(claimed, [an_object(desk.classes["car"], box_mask(0, 0))], key="k")

    assert good.status_code == 200


def test_masks_left_out_are_those_of_the_draft(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    sent = an_object(desk.classes["car"], box_mask(3, 4))
    ann.save(claimed, upserts=[sent])
    bare = {name: value for name, value in sent.items() if name != "mask"}

    version_id = ann.submit(claimed, [bare]).json()["label_version"]["id"]

    [stored] = ann.get(f"/label-versions/{version_id}").json()["objects"]
    assert stored["mask"] == sent["mask"]


def with_weather(desk: Desk) -> tuple[UUID, Attribute]:
    """A class that asks, and must be told, the weather; only rain is asked how much."""
    amount = Attribute(name="amount", kind=AttributeKind.NUMBER, required=True, min=0, max=10)
    weather = Attribute(
        name="weather",
        kind=AttributeKind.RADIO,
        required=True,
        options=(Option(name="dry"), Option(name="rain", attributes=(amount,))),
    )
    asking = OntologyClass(name="sky", color="#336699", attributes=(weather,))
    return desk.add_class(asking), weather


@pytest.mark.parametrize(
    ("chosen", "amount", "attribute"),
    [(None, None, "weather"), (1, None, "amount"), (1, 11, "amount"), (0, 3, None)],
)
def test_answers_must_fit_the_ontology(
    ann: Caller, desk: Desk, chosen: int | None, amount: float | None, attribute: str | None
) -> None:
    desk.add_images(1)
    class_id, weather = with_weather(desk)
    inner = weather.options[1].attributes[0]
    answers: dict[str, object] = {}
    if chosen is not None:
        answers[str(weather.id)] = str(weather.options[chosen].id)
    if amount is not None:
        answers[str(inner.id)] = amount
    sent = an_object(class_id, box_mask(0, 0), attributes=answers)

    problem = problem_of(ann.submit(ann.claim(), [sent]))

    assert (problem["code"], problem["object_key"]) == ("attribute-invalid", sent["key"])
    assert problem["attribute"] == (attribute or str(inner.id))


def test_full_answers_are_taken(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    class_id, weather = with_weather(desk)
    rain = weather.options[1]
    answers = {str(weather.id): str(rain.id), str(rain.attributes[0].id): 2.5}

    sent = an_object(class_id, box_mask(0, 0), attributes=answers)

    assert ann.submit(ann.claim(), [sent]).status_code == 200


def test_strangers_find_no_labels(ann: Caller, desk: Desk, world: World) -> None:
    desk.add_images(1)
    version_id = ann.submit(ann.claim(), []).json()["label_version"]["id"]
    stranger = Caller(ann.client, world.person(Role.OWNER), desk)

    assert stranger.get(f"/label-versions/{version_id}").status_code == 404
    assert stranger.get(f"/assets/{desk.assets[0]}/labels").status_code == 404


class TestClassesThatLeave:
    """Reassigning and deleting make new versions; the old ones stay as they were."""

    @pytest.fixture
    def versions(self, ann: Caller, desk: Desk) -> list[str]:
        """Two labels with a car and a road each, and a draft with a car."""
        desk.add_images(3)
        made = []
        for _ in range(2):
            objects = [
                an_object(desk.classes["car"], box_mask(0, 0)),
                an_object(desk.classes["road"], box_mask(30, 30)),
            ]
            submitted = ann.submit(ann.claim(), objects).json()
            made.append(submitted["label_version"]["id"])
        ann.save(ann.claim(), upserts=[an_object(desk.classes["car"], box_mask(0, 0))])
        return made

    def current(self, desk: Desk) -> list[tuple[int, str, int]]:
        return desk.sql(
            "SELECT v.number, v.kind, v.object_count FROM label l"
            " JOIN label_version v ON v.id = l.current_version_id ORDER BY v.id"
        )  # type: ignore[return-value]  # rows are tuples of anything

    def test_objects_are_counted_in_labels_and_drafts(
        self, desk: Desk, versions: list[str]
    ) -> None:
        with desk.world.work_of(desk.manager) as work:
            counted = annotations.count_objects_by_class(
                work.session, desk.project_id, list(desk.classes.values())
            )

        assert counted == {desk.classes["car"]: 3, desk.classes["road"]: 2}

    def test_reassigned_objects_have_the_other_class(
        self, ann: Caller, desk: Desk, versions: list[str]
    ) -> None:
        car, road = desk.classes["car"], desk.classes["road"]
        with desk.world.work_of(desk.manager) as work:
            assert annotations.reassign_class(work, desk.project_id, car, road) == 2
            counted = annotations.count_objects_by_class(work.session, desk.project_id, [car, road])

        assert counted == {road: 5}
        assert self.current(desk) == [(2, "submitted", 2)] * 2
        old = ann.get(f"/label-versions/{versions[0]}").json()
        assert {kept["class_id"] for kept in old["objects"]} == {str(car), str(road)}

    def test_deleted_objects_are_in_no_current_version(
        self, desk: Desk, versions: list[str]
    ) -> None:
        car, road = desk.classes["car"], desk.classes["road"]
        with desk.world.work_of(desk.manager) as work:
            assert annotations.delete_objects_of_class(work, desk.project_id, car) == 2
            counted = annotations.count_objects_by_class(work.session, desk.project_id, [car, road])

        assert counted == {road: 2}
        assert self.current(desk) == [(2, "submitted", 1)] * 2
