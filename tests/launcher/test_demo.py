"""The demo project, made through the services."""

from fastapi.testclient import TestClient

from maskwright.accounts.domain import Role
from maskwright.assets import service as assets
from maskwright.demo.people import PEOPLE
from maskwright.demo.photographs import PHOTOGRAPHS
from maskwright.demo.seed import PROJECT_NAME, seed
from maskwright.ontologies.domain import AttributeKind, ClassKind, classes_of
from maskwright.ontologies.service import read_ontology
from maskwright.projects import service as projects
from maskwright.work import Resources
from tests.support.world import World


def test_seeding_twice_makes_one_project_with_every_photograph_once(
    resources: Resources, world: World
) -> None:
    owner = world.person(Role.OWNER)
    seed(resources, owner.actor, "a password for the demo")
    seed(resources, owner.actor, "another one")
    with world.work_of(owner) as work:
        (project,) = projects.list_projects(work, state=None, after=None, limit=10)
        assert project.name == PROJECT_NAME
        images = assets.list_assets(work, project.id, state=None, text=None, after=None, limit=100)
    assert sorted(image.name for image in images) == sorted(p.file_name for p in PHOTOGRAPHS)


def test_the_demo_ontology_shows_things_stuff_and_every_kind_of_attribute(
    resources: Resources, world: World
) -> None:
    owner = world.person(Role.OWNER)
    seed(resources, owner.actor, "a password for the demo")
    with world.work_of(owner) as work:
        (project,) = projects.list_projects(work, state=None, after=None, limit=10)
        classes = classes_of(read_ontology(work, project.id).nodes)
    assert {c.kind for c in classes} == set(ClassKind)
    asked = [a for c in classes for a in c.attributes]
    nested = [a for question in asked for o in question.options for a in o.attributes]
    assert {a.kind for a in asked + nested} == set(AttributeKind)
    assert len({c.hotkey for c in classes}) == len(classes)


def test_everybody_of_the_demo_can_sign_in(
    resources: Resources, world: World, client: TestClient
) -> None:
    seed(resources, world.person(Role.OWNER).actor, "a password for the demo")
    for person in PEOPLE:
        answer = client.post(
            "/api/v1/session",
            json={"email": person.email, "password": "a password for the demo"},
        )
        assert answer.status_code in (200, 201), answer.text
