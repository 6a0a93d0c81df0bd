"""Labelers who begin with what a model said."""

from maskwright.queue import flow
from tests.predictions.sending import Sender, car, said
from tests.queue.desk import Caller, Desk


def model_id(manager: Sender) -> str:
    return str(manager.models()[0]["id"])


def test_a_labeler_begins_with_the_chosen_models_objects(
    sender: Sender, manager: Sender, ann: Caller, desk: Desk
) -> None:
    desk.add_images(1)
    sender.report(said(desk.assets[0], car(0, 0, 0.9), car(30, 30, 0.2)))
    assert manager.choose(model_id(manager), 0.5).json()["items"][0]["is_prelabel"]

    claimed = ann.claim()

    assert claimed["lease"]["kind"] == "label"
    [found] = claimed["label"]["objects"]
    assert found["provenance"] == {
        "source": "prediction",
        "model": "detector",
        "confidence": 0.9,
    }
    assert ann.submit(claimed, [{**found, "mask": found["mask"]}]).status_code == 200


def test_predictions_that_come_later_are_begun_with_too(
    sender: Sender, manager: Sender, ann: Caller, desk: Desk
) -> None:
    desk.add_images(2)
    sender.report(said(desk.assets[0], car(0, 0)))
    manager.choose(model_id(manager))
    sender.report(said(desk.assets[1], car(9, 9)))

    ann.submit(ann.claim(), [])

    assert len(ann.claim()["label"]["objects"]) == 1


def test_a_second_opinion_that_is_asked_for_later_begins_with_them_too(
    sender: Sender, manager: Sender, ann: Caller, bob: Caller, desk: Desk
) -> None:
    desk.add_images(1)
    sender.report(said(desk.assets[0], car(0, 0, 0.9), car(30, 30, 0.2)))
    manager.choose(model_id(manager), 0.5)
    ann.submit(ann.claim(), [])

    with desk.world.work_of(desk.manager) as work:
        flow.add_label_slot(work, desk.assets[0], 2)

    assert len(bob.claim()["label"]["objects"]) == 1


def test_without_a_choice_images_are_begun_empty(
    sender: Sender, manager: Sender, ann: Caller, desk: Desk
) -> None:
    desk.add_images(1)
    sender.report(said(desk.assets[0], car(0, 0)))
    manager.choose(model_id(manager))
    manager.choose(None)

    assert ann.claim()["label"]["objects"] == []


def test_a_deleted_model_is_begun_with_no_more_but_work_made_of_it_stays(
    sender: Sender, manager: Sender, ann: Caller, desk: Desk
) -> None:
    desk.add_images(2)
    sender.report(*(said(asset, car(0, 0)) for asset in desk.assets))
    manager.choose(model_id(manager))
    claimed = ann.claim()

    deleted = manager.client.delete(
        f"/api/v1/prediction-models/{model_id(manager)}", headers=manager.person.headers
    )

    assert deleted.status_code == 204
    assert manager.models() == []
    assert ann.submit(claimed, claimed["label"]["objects"]).status_code == 200
    assert ann.claim()["label"]["objects"] == []


def test_an_image_that_was_sent_back_begins_with_what_was_sent_back(
    sender: Sender, manager: Sender, ann: Caller, desk: Desk
) -> None:
    desk.add_images(1)
    workflow = {"version": 0, "steps": [{"name": "Check"}]}
    saved = manager.client.put(
        f"/api/v1{manager.path}/workflow", json=workflow, headers=manager.person.headers
    )
    assert saved.status_code == 200, saved.text
    ann.submit(ann.claim(), [])
    review = manager.claim(stage="review")
    manager.on(review, "verdict", decision="rejected", comment="The car is missing.")

    sender.report(said(desk.assets[0], car(0, 0)))
    manager.choose(model_id(manager))

    again = ann.claim()
    assert (again["lease"]["kind"], again["label"]["objects"]) == ("rework", [])
