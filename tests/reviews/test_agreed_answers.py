"""Several people's answers made one: by majority, with what is told of ties."""

from typing import Any
from uuid import UUID

from fastapi.testclient import TestClient

from maskwright.annotations import service as annotations
from maskwright.ontologies import service as ontologies
from maskwright.ontologies.domain import Attribute, AttributeKind, Option
from maskwright.ontologies.schemas import OntologyPut
from maskwright.reviews.answers import Given, Tie, agree_on
from tests.queue.desk import an_object, box_mask
from tests.reviews.test_consensus import newcomers, open_for_several, run
from tests.reviews.test_verdicts import Office
from tests.support.world import World

DEPTH = Attribute(name="Depth", kind=AttributeKind.NUMBER)
WET = Option(name="wet", attributes=(DEPTH,))
DRY = Option(name="dry")
ROAD = Attribute(name="Road", kind=AttributeKind.RADIO, options=(WET, DRY))
FOG, RAIN, SNOW = (Option(name=name) for name in ("fog", "rain", "snow"))
WEATHER = Attribute(name="Weather", kind=AttributeKind.CHECKLIST, options=(FOG, RAIN, SNOW))


def road(option: Option, **more: Any) -> dict[str, Any]:
    return {str(ROAD.id): str(option.id), **more}


def weather(*options: Option) -> dict[str, Any]:
    return {str(WEATHER.id): [str(option.id) for option in options]}


def given(*answers: dict[str, Any]) -> list[Given]:
    """The later, the nearer to the consensus."""
    return [Given(each, float(place)) for place, each in enumerate(answers)]


def test_the_answer_of_most_counts_and_silence_says_nothing() -> None:
    assert agree_on([ROAD], given(road(WET), road(DRY), road(WET), {})) == (road(WET), ())
    assert agree_on([ROAD], given({}, {})) == ({}, ())


def test_of_a_tie_the_nearest_persons_answer_counts_and_it_is_told() -> None:
    agreed, ties = agree_on([ROAD], given(road(WET), road(DRY)))

    assert agreed == road(DRY)
    assert ties == (Tie("Road", (("wet", 1), ("dry", 1)), "dry"),)


def test_what_is_asked_under_an_option_goes_with_it() -> None:
    depth = {str(DEPTH.id): 3}

    assert agree_on([ROAD], given(road(DRY), road(DRY), road(WET, **depth)))[0] == road(DRY)
    assert agree_on([ROAD], given(road(WET, **depth), road(WET)))[0] == road(WET, **depth)


def test_each_option_of_a_checklist_counts_by_itself() -> None:
    three = given(weather(FOG, RAIN), weather(RAIN, FOG), weather(RAIN))
    assert agree_on([WEATHER], three) == (weather(FOG, RAIN), ())

    agreed, ties = agree_on([WEATHER], given(weather(FOG, RAIN), weather(FOG, SNOW)))
    assert agreed == weather(FOG)
    assert ties == (Tie("Weather", (("rain", 1), ("snow", 1)), "fog"),)


def test_a_consensus_has_the_answers_about_its_image(client: TestClient, world: World) -> None:
    office = Office(client, world)
    desk = office.desk
    with world.work_of(desk.manager) as work:
        kept = ontologies.read_ontology(work, desk.project_id).nodes
        wanted = OntologyPut(classes=kept, image_attributes=(ROAD,))
        ontologies.save_ontology(work, desk.project_id, wanted, annotations)
    open_for_several(office, people=2, most=2)
    car = an_object(desk.classes["car"], box_mask(0, 0))
    for person, option in ((office.ann, WET), (newcomers(office, 1)[0], DRY)):
        claimed = person.claim()
        answer = person.on_submit(claimed, [car], image_attributes=road(option))
        assert answer.status_code == 200, answer.text

    run(office, claimed["asset"]["id"])

    found = office.manager.get(f"/assets/{claimed['asset']['id']}/consensus").json()
    version = office.manager.get(f"/label-versions/{found['version_id']}").json()
    [tie] = found["ties"]
    assert (tie["object_key"], tie["question"]) == (None, "Road")
    assert tie["votes"] == [{"answer": "wet", "people": 1}, {"answer": "dry", "people": 1}]
    [answer] = version["image_attributes"].values()
    assert {str(WET.id): "wet", str(DRY.id): "dry"}[answer] == tie["chosen"]
    assert UUID(answer)
