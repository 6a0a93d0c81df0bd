"""What becomes of what a model says."""

import json
from collections.abc import Iterator

import numpy as np

from maskwright.masks.codec import Rle, area, decode
from tests.predictions.sending import Sender, car, said
from tests.queue.desk import HEIGHT, WIDTH, Desk, box_mask


def pixels(stored: dict[str, object]) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    mask = stored["mask"]
    assert isinstance(mask, dict)
    return decode(Rle((HEIGHT, WIDTH), mask["counts"].encode()))


def test_an_image_is_named_by_its_id_its_external_id_or_its_name(
    sender: Sender, desk: Desk
) -> None:
    desk.add_images(3)
    desk.sql("UPDATE asset SET external_id = 'x-7' WHERE id = %s", str(desk.assets[1]))
    [(name,)] = desk.sql("SELECT name FROM asset WHERE id = %s", str(desk.assets[2]))

    report = sender.report(
        said(desk.assets[0], car(0, 0)),
        said({"external_id": "x-7"}, car(0, 0)),
        said({"name": name}, car(0, 0)),
    )

    assert (report["lines"], report["added"], report["objects"]) == (3, 3, 3)
    assert [len(sender.objects_of(asset)) for asset in desk.assets] == [1, 1, 1]


def test_the_same_line_again_changes_nothing_and_another_one_replaces_it(
    sender: Sender, desk: Desk
) -> None:
    desk.add_images(1)
    first = said(desk.assets[0], car(0, 0, 0.5))

    assert sender.report(first)["added"] == 1
    assert sender.report(first)["unchanged"] == 1
    report = sender.report(said(desk.assets[0], car(0, 0, 0.7), car(30, 30, 0.9)))

    assert report["replaced"] == 1
    found = sender.objects_of(desk.assets[0])
    assert sorted(each["provenance"]["confidence"] for each in found) == [0.7, 0.9]
    kept = sender.get(f"/assets/{desk.assets[0]}/labels").json()["items"]
    assert [version["origin"] for version in kept] == ["model", "model"]


def test_versions_of_a_model_stand_beside_each_other(sender: Sender, desk: Desk) -> None:
    desk.add_images(1)
    asset = desk.assets[0]

    sender.report(said(asset, car(0, 0), model={"name": "net", "version": "1"}))
    sender.report(said(asset, car(9, 9), model={"name": "net", "version": "2"}))

    assert [(each["name"], each["version"]) for each in sender.models()] == [
        ("net", "2"),
        ("net", "1"),
    ]
    assert len(sender.objects_of(asset)) == 2


def test_each_refused_line_is_told_with_its_reason_and_stops_no_other(
    sender: Sender, desk: Desk
) -> None:
    desk.add_images(1)
    asset = desk.assets[0]
    short = {"size": [HEIGHT, WIDTH], "counts": "1"}

    report = sender.report(
        "{not json",
        said(asset, {"class": "car"}),
        said({"id": str(desk.project_id)}, car(0, 0)),
        said(asset, {"class": "bicycle", "mask": box_mask(0, 0)}),
        said(asset, car(0, 0), {"class": "car", "mask": short}),
        said(asset, {"class": "car", "box": [70, 10, 30, 10]}),
        said(asset, car(0, 0, 1.5)),
        said(asset, car(0, 0)),
    )

    assert (report["lines"], report["added"], report["refused"]) == (8, 1, 7)
    assert [each["line"] for each in report["problems"]] == [1, 2, 3, 4, 5, 6, 7]
    reasons = [each["problem"]["reason"] for each in report["problems"]]
    assert reasons[:4] == ["not-json", "malformed", "unknown-asset", "unknown-class"]
    assert reasons[4].startswith("mask-")
    assert report["problems"][4]["problem"]["object"] == 1
    assert reasons[5:] == ["outside", "malformed"]


def test_boxes_and_polygons_become_the_pixels_that_they_enclose(sender: Sender, desk: Desk) -> None:
    desk.add_images(1)
    triangles = [[0, 0, 10, 0, 0, 10], [40, 40, 50, 40, 50, 50, 40, 50]]

    sender.report(
        said(
            desk.assets[0],
            {"class": "car", "box": [20, 5, 3, 4]},
            {"class": "road", "polygon": triangles},
        )
    )

    box, polygon = sender.objects_of(desk.assets[0])
    wanted = np.zeros((HEIGHT, WIDTH), dtype=bool)
    wanted[5:9, 20:23] = True
    assert (pixels(box) == wanted).all()
    drawn = pixels(polygon)
    assert drawn[40:50, 40:50].all()
    assert drawn[1, 1]
    assert not drawn[9, 9]
    assert 40 <= drawn[:10, :10].sum() <= 60


def test_where_objects_overlap_the_more_certain_one_keeps_the_pixels(
    sender: Sender, desk: Desk
) -> None:
    desk.add_images(1)

    report = sender.report(said(desk.assets[0], car(0, 0, 0.4), car(5, 0, 0.9), car(2, 0, 0.3)))

    assert report["trimmed"] == 2
    first, second = sender.objects_of(desk.assets[0])
    assert pixels(first).sum() == 50
    assert pixels(second).sum() == 100
    assert not (pixels(first) & pixels(second)).any()


def test_json_says_the_same_as_lines(sender: Sender, desk: Desk) -> None:
    desk.add_images(2)
    body = {
        "model": {"name": "net", "version": "3"},
        "predictions": [said(asset, car(0, 0)) for asset in desk.assets],
    }

    answer = sender.post(f"{sender.path}/predictions", body)

    assert answer.json()["added"] == 2
    assert sender.models()[0]["images"] == 2
    assert sender.post(f"{sender.path}/predictions", {"images": []}).status_code == 422


def test_a_long_stream_is_taken_in_pieces_wherever_they_are_cut(sender: Sender, desk: Desk) -> None:
    desk.add_images(60)
    text = "\r\n".join(json.dumps(said(asset, car(0, 0))) for asset in desk.assets).encode()

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(text), 37):
            yield text[start : start + 37]

    answer = sender.raw(pieces())

    assert answer.json()["added"] == 60
    assert sender.models()[0]["images"] == 60


def test_what_is_predicted_counts_for_no_label(sender: Sender, desk: Desk) -> None:
    desk.add_images(1)
    sender.report(said(desk.assets[0], car(0, 0)))

    counts = sender.get(sender.path).json()["counts"]

    assert (counts["to_label"], counts["done"]) == (1, 0)
    assert area(Rle((HEIGHT, WIDTH), box_mask(0, 0)["counts"].encode())) == 100


def test_only_who_may_bring_data_may_send_predictions(sender: Sender, desk: Desk) -> None:
    labeler = Sender(sender.client, desk.labeler(), desk)

    assert labeler.lines(said(desk.project_id, car(0, 0))).status_code == 403


def test_predictions_are_found_by_how_certain_they_are(sender: Sender, desk: Desk) -> None:
    desk.add_images(2)
    sure, unsure = desk.assets
    sender.report(said(sure, car(0, 0, 0.9)), said(unsure, car(0, 0, 0.95), car(30, 30, 0.2)))

    found = sender.get(f"{sender.path}/predictions?max_confidence=0.5").json()["items"]

    assert [each["asset"]["id"] for each in found] == [str(unsure)]
