"""Managers bring ground truth from their disks, in the forms that exports have and a few more."""

import io
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from PIL import Image

from maskwright.accounts.domain import Actor, Role
from maskwright.assets.service import ProcessingResult, process_asset
from maskwright.exports.run import run_export
from maskwright.kernel.ids import time_of
from maskwright.work import Work
from tests.gold.school import EXPECTED, School
from tests.queue.desk import HEIGHT, WIDTH, box_mask

RING = [10.0, 10.0, 30.0, 10.0, 30.0, 30.0, 10.0, 30.0]


def png(values: "np.ndarray[Any, Any]") -> bytes:
    out = io.BytesIO()
    Image.fromarray(values).save(out, "PNG")
    return out.getvalue()


def class_map(value: int = 1, size: tuple[int, int] = (HEIGHT, WIDTH)) -> bytes:
    pixels = np.zeros(size, dtype=np.uint8)
    pixels[10:30, 10:30] = value
    return png(pixels)


def names_of(school: School) -> list[str]:
    """Of the project's images, in the order in which they came."""
    rows = school.desk.sql(
        "SELECT name FROM asset WHERE project_id = %s ORDER BY id", school.desk.project_id
    )
    return [name for (name,) in rows]


def send(school: School, *files: tuple[str, bytes], query: str = "", **more: Any) -> Any:
    """The answer to these files; their names have a field before a colon, or are masks."""
    parts = [
        (field or "masks", (name, content))
        for (field, name), content in ((_split(name), content) for name, content in files)
    ]
    answer = school.ann.client.post(
        f"/api/v1/projects/{school.desk.project_id}/golds/files{query}",
        files=parts,
        data={key: json.dumps(value) for key, value in more.items()},
        headers=school.manager.person.headers,
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def _split(name: str) -> tuple[str, str]:
    field, _, rest = name.rpartition(":")
    return field, rest


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


def coco(file_name: str, segmentation: object, category: str = "car") -> bytes:
    return as_json(
        {
            "images": [{"id": 7, "file_name": file_name, "width": WIDTH, "height": HEIGHT}],
            "categories": [{"id": 3, "name": category}],
            "annotations": [
                {"id": 1, "image_id": 7, "category_id": 3, "segmentation": segmentation}
            ],
        }
    )


def process_images(school: School) -> None:
    """What workers do with images that were uploaded."""
    actor = Actor(organization_id=school.desk.manager.organization_id, role=Role.OWNER)
    for (asset_id,) in school.desk.sql("SELECT id FROM asset WHERE state = 'processing'"):
        with Work(school.desk.world.resources, authenticate=lambda session: actor) as work:
            assert process_asset(work, asset_id) is ProcessingResult.READY


def exported(school: School, form: str) -> bytes:
    """The zip that a worker made."""
    path = f"/projects/{school.desk.project_id}/exports"
    export_id = school.manager.post(path, {"format": form}).json()["id"]
    run_export(school.desk.world.resources, UUID(export_id))
    address = school.manager.get(f"/exports/{export_id}").json()["download_url"]
    return school.ann.client.get(address, headers=school.manager.person.headers).content


def only(report: Any) -> Any:
    [item] = report["items"]
    return item


def score_of_expected(school: School) -> float:
    """What somebody gets on the next task, a gold, for the very mask that these tests send."""
    school.set_golds(first_tasks=1)
    claimed = school.hand_in(school.ann, EXPECTED)
    assert school.is_gold(claimed)
    assert school.look(claimed) == 1
    [gold] = school.golds()
    return float(gold["mean_iou"])


@pytest.mark.parametrize("form", ["polygon", "runs", "compressed", "classes", "lines", "panoptic"])
def test_each_form_becomes_the_same_gold(school: School, form: str) -> None:
    school.desk.add_images(2)
    name = names_of(school)[0]
    stem = name.removesuffix(".jpg")
    runs = [10 * HEIGHT + 10, *([20, HEIGHT - 20] * 19), 20, HEIGHT * (WIDTH - 30) + HEIGHT - 30]
    files: dict[str, list[tuple[str, bytes]]] = {
        "polygon": [("truth.json", coco(f"train/{name}", [RING]))],
        "runs": [("truth.json", coco(name, {"size": [HEIGHT, WIDTH], "counts": runs}))],
        "compressed": [("truth.json", coco(name, EXPECTED))],
        "classes": [(f"{stem}.png", class_map()), ("c.json", as_json({"0": "void", "1": "Car"}))],
        "lines": [
            (
                "objects.ndjson",
                as_json({"asset": {"name": name}, "class": {"name": "car"}, "mask": EXPECTED}),
            )
        ],
        "panoptic": [
            (
                "panoptic.json",
                as_json(
                    {
                        "images": [{"id": 1, "file_name": name}],
                        "categories": [{"id": 1, "name": "car", "isthing": 1}],
                        "annotations": [
                            {
                                "image_id": 1,
                                "file_name": f"{stem}.png",
                                "segments_info": [{"id": 65793 * 2, "category_id": 1}],
                            }
                        ],
                    }
                ),
            ),
            (f"panoptic/{stem}.png", png(np.stack([np.array(Image.open(
                io.BytesIO(class_map(2))))] * 3, axis=-1))),
        ],
    }  # fmt: skip

    item = only(send(school, *files[form]))

    assert (item["status"], item["problem"], item["objects"]) == ("ready", None, 1), item
    assert score_of_expected(school) == 1


def test_a_check_changes_nothing_and_says_what_would_come(school: School) -> None:
    school.desk.add_images(1)
    [name] = names_of(school)

    report = send(school, ("truth.json", coco(name, [RING])), query="?check=true")

    assert only(report)["status"] == "ready"
    assert report["made"] == 0
    assert school.golds() == []
    assert school.desk.state_of(school.desk.tasks[0]) == "open"


def test_an_image_of_known_truth_is_nobodys_task(school: School) -> None:
    """The truth is its label: it is exported, and nobody is asked to draw it again."""
    school.desk.add_images(2)
    first, _ = names_of(school)

    assert send(school, ("truth.json", coco(first, [RING])))["made"] == 1

    assert school.desk.state_of(school.desk.tasks[0]) == "done"
    assert school.ann.claim()["asset"]["id"] == str(school.desk.assets[1])
    assert school.newcomer().ask().status_code == 204
    shown = school.teacher.get(f"/assets/{school.desk.assets[0]}/labels").json()["items"]
    assert [(each["origin"], each["author"]) for each in shown] == [("import", None)]
    assert school.ann.get(f"/assets/{school.desk.assets[0]}/labels").json()["items"] == []


def test_what_somebody_has_stays_his_and_is_measured_later(school: School) -> None:
    school.desk.add_images(2)
    held = school.teacher.claim()
    first, _ = names_of(school)

    item = only(send(school, ("truth.json", coco(first, [RING]))))

    assert item["status"] == "later"
    school.set_golds(first_tasks=1)
    assert not school.is_gold(school.ann.claim())  # not while it is somebody's own work
    school.teacher.submit(held, [])
    other = school.newcomer()
    school.desk.add_images(1)
    assert school.is_gold(other.claim())


def test_image_and_mask_come_together(school: School) -> None:
    """The image is never anybody's task, not even while it is being processed."""
    image = io.BytesIO()
    Image.new("RGB", (WIDTH, HEIGHT), "green").save(image, "JPEG")
    files = [
        ("images:street.jpg", image.getvalue()),
        ("street.png", class_map()),
        ("classes.json", as_json({"1": "car"})),
    ]

    assert only(send(school, *files, query="?check=true"))["status"] == "new"
    report = send(school, *files)

    assert (report["made"], only(report)["status"]) == (1, "new")
    rows = school.desk.sql("SELECT state FROM task WHERE stage = 'label'")
    assert rows == [("waiting",)]
    process_images(school)
    assert school.desk.sql("SELECT state FROM task WHERE stage = 'label'") == [("done",)]
    assert school.ann.ask().status_code == 204
    school.desk.add_images(1)
    assert score_of_expected(school) == 1


def test_a_gold_that_came_later_does_not_look_younger(school: School) -> None:
    """An image's id begins with the time at which it came, and a labeler is shown when that was."""
    school.desk.add_images(3)
    ages = {asset_id.hex[:12] for asset_id in school.desk.assets}
    image = io.BytesIO()
    Image.new("RGB", (WIDTH, HEIGHT), "green").save(image, "JPEG")

    send(
        school,
        ("images:street.jpg", image.getvalue()),
        ("street.png", class_map()),
        ("classes.json", as_json({"1": "car"})),
    )

    listed = school.ann.get(f"/projects/{school.desk.project_id}/assets").json()["items"]
    [gold] = [each for each in listed if each["name"] == "street.jpg"]
    assert gold["id"].replace("-", "")[:12] in ages
    shown = datetime.fromisoformat(gold["created_at"])
    assert abs(shown - time_of(UUID(gold["id"]))) < timedelta(seconds=1)


def test_every_fault_is_told_beside_the_file_that_has_it(school: School) -> None:
    school.desk.add_images(3)
    a, b, c = (name.removesuffix(".jpg") for name in names_of(school))
    school.desk.sql("UPDATE asset SET name = %s WHERE name = %s", f"{b}.jpg", f"{c}.jpg")

    report = send(
        school,
        ("classes.json", as_json({"1": "car", "2": "horse"})),
        (f"{a}.png", class_map(size=(8, 8))),
        (f"{a}.tif", class_map(2)),
        (f"{b}.png", class_map()),
        ("nowhere.png", class_map()),
        ("broken.png", b"\x89PNG\r\n\x1a\n broken"),
        ("broken.json", b"{"),
        ("notes.docx", b"?"),
        ("crooked.json", coco(f"{a}.jpg", [[1.0, 2.0]])),
        ("images:lonely.jpg", class_map()),
    )

    problems = {each["source"]: each["problem"] for each in report["items"]}
    assert problems == {
        f"{a}.png": "size-differs",
        f"{a}.tif": "unknown-class",
        f"{b}.png": "ambiguous-image",
        "nowhere.png": "unknown-image",
        "broken.png": "not-understood",
        "broken.json": "not-understood",
        "notes.docx": "not-understood",
        "crooked.json": "bad-mask",
        "lonely.jpg": "no-mask",
    }
    assert all(each["detail"] for each in report["items"])
    assert report["made"] == 0


def test_unknown_classes_are_mapped_or_left_out(school: School) -> None:
    school.desk.add_images(2)
    names = names_of(school)
    file = ("truth.json", coco(names[0], [RING], "automobile"))

    refused = send(school, file, query="?check=true")
    assert only(refused)["problem"] == "unknown-class"
    assert refused["classes"] == [
        {"name": "automobile", "objects": 1, "class_id": None, "is_known": False}
    ]
    left_out = send(school, file, query="?check=true", classes={"automobile": None})
    assert (only(left_out)["status"], only(left_out)["objects"]) == ("ready", 0)

    car = str(school.desk.classes["car"])
    assert only(send(school, file, classes={"automobile": car}))["objects"] == 1
    assert score_of_expected(school) == 1


def test_maps_of_objects_need_only_one_class(school: School) -> None:
    school.desk.add_images(1)
    [name] = names_of(school)
    pixels = np.zeros((HEIGHT, WIDTH), dtype=np.uint16)
    pixels[:5, :5], pixels[10:15, 10:15] = 300, 301
    file = (name.replace(".jpg", ".png"), png(pixels))

    report = send(
        school, file, query="?values=objects", classes={"objects": str(school.desk.classes["car"])}
    )

    assert only(report)["objects"] == 2


def test_values_that_no_list_names_are_the_numbers_that_exports_write(school: School) -> None:
    school.desk.add_images(1)
    [name] = names_of(school)

    report = send(school, (name.replace(".jpg", ".png"), class_map(2)), query="?check=true")

    assert report["classes"] == [
        {
            "name": "value 2",
            "objects": 1,
            "class_id": str(school.desk.classes["road"]),
            "is_known": True,
        }
    ]


def test_objects_that_overlap_are_trimmed_and_it_is_told(school: School) -> None:
    school.desk.add_images(1)
    [name] = names_of(school)
    lines = [
        {"asset": {"name": name}, "class": "car", "mask": box_mask(0, 0, 20, 20)},
        {"asset": {"name": name}, "class": "car", "mask": box_mask(10, 10, 20, 20)},
    ]

    item = only(send(school, ("objects.ndjson", b"\n".join(map(as_json, lines)))))

    assert (item["objects"], item["trimmed"]) == (2, 1)


def test_a_gold_is_not_made_twice(school: School) -> None:
    school.desk.add_images(1)
    [name] = names_of(school)
    file = ("truth.json", coco(name, [RING]))

    found = [each["problem"] for each in send(school, file, ("again.json", file[1]))["items"]]

    assert found == [None, "twice"]
    assert only(send(school, file))["problem"] == "is-gold"


@pytest.mark.parametrize("form", ["coco-instances", "coco-panoptic", "semantic-png",
                                  "instance-png", "ndjson"])  # fmt: skip
def test_our_own_exports_are_read_as_they_are(school: School, form: str) -> None:
    """A project's export, with its images, is another one's ground truth."""
    school.desk.add_images(2)
    for mask in (EXPECTED, box_mask(0, 0, 5, 5)):
        school.hand_in(school.teacher, mask)
    packed = exported(school, form)

    report = send(school, ("export.zip", packed))

    assert [each["status"] for each in report["items"]] == ["ready", "ready"], report
    assert [each["objects"] for each in report["items"]] == [1, 1]
    assert report["made"] == 2


def test_who_may_not_manage_the_project_uploads_nothing(school: School) -> None:
    answer = school.ann.client.post(
        f"/api/v1/projects/{school.desk.project_id}/golds/files",
        files=[("masks", ("a.json", b"{}"))],
        headers=school.teacher.person.headers,
    )
    assert answer.status_code == 403
