"""Exports of what models said."""

from uuid import UUID

from maskwright.exports.run import run_export
from tests.predictions.sending import Sender, car, said
from tests.queue.desk import Desk


def exported(sender: Sender, **filters: object) -> int:
    """How many objects an export has."""
    body = {"format": "ndjson", "filter": filters}
    made = sender.post(f"{sender.path}/exports", body)
    assert made.status_code == 202, made.text
    export_id = made.json()["id"]
    run_export(sender.desk.world.resources, UUID(export_id))
    done = sender.get(f"/exports/{export_id}").json()
    assert done["state"] == "done"
    return int(done["objects"])


def test_a_models_predictions_are_exported_where_they_are_asked_for_and_nowhere_else(
    manager: Sender, desk: Desk
) -> None:
    desk.add_images(1)
    manager.report(said(desk.assets[0], car(0, 0), car(30, 30)))
    [model] = manager.models()

    assert exported(manager, model=model["id"]) == 2
    assert exported(manager) == 0
    assert exported(manager, states=["imported"]) == 0


def test_a_model_of_another_project_is_refused(manager: Sender, desk: Desk) -> None:
    body = {"format": "ndjson", "filter": {"model": str(desk.project_id)}}

    answer = manager.post(f"{manager.path}/exports", body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "filter.model"
