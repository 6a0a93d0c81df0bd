"""What is drawn comes out of every format pixel for pixel, read by the tools that people use."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from pycocotools.coco import COCO

from maskwright.annotations.domain import VersionKind
from maskwright.exports import service
from maskwright.exports.domain import ExportFilter, ExportFormat, ExportState
from maskwright.exports.run import run_export
from maskwright.exports.schemas import ExportCreate
from maskwright.ontologies.domain import (
    Attribute,
    AttributeKind,
    ClassKind,
    Group,
    Option,
)
from tests.exports.labelled import BoolMask, Drawn, LabelledProject, stuff, thing
from tests.masks.test_mask_polygons import even_odd_fill
from tests.support.world import World

# pycocotools 2 is written against the array protocol of numpy 1.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

SIZE = (60, 80)
Exporting = Callable[..., ZipFile]


@pytest.fixture
def project(world: World) -> LabelledProject:
    return LabelledProject(
        world,
        world.person(),
        [
            Group(type="group", name="vehicle", children=(thing("car"), thing("bus"))),
            thing("person"),
            stuff("road"),
            thing("shadow", layer=1),
        ],
    )


@pytest.fixture
def export(world: World, project: LabelledProject) -> Exporting:
    """Makes an export as a worker does, and opens its zip."""

    def make(format_: ExportFormat, *, images: bool = False, **wanted: Any) -> ZipFile:
        body = ExportCreate(format=format_, include_images=images, filter=ExportFilter(**wanted))
        with world.work_of(project.manager) as work:
            export_id = service.create_export(work, project.id, body).id
        assert run_export(world.resources, export_id) is ExportState.DONE
        with world.work_of(project.manager) as work:
            _, blob_key = service.require_file(work, export_id)
        opened = ZipFile(io.BytesIO(world.resources.blobs.read(blob_key)))
        assert opened.testzip() is None
        return opened

    return make


def noise(seed: int, density: float = 0.4) -> BoolMask:
    mask: BoolMask = np.random.default_rng(seed).random(SIZE) < density
    return mask


def disjoint(*masks: BoolMask) -> list[BoolMask]:
    taken = np.zeros(SIZE, dtype=bool)
    cut = []
    for mask in masks:
        cut.append(mask & ~taken)
        taken |= mask
    return cut


def json_of(archive: ZipFile, name: str) -> Any:
    return json.loads(archive.read(name))


def image_of(archive: ZipFile, name: str) -> npt.NDArray[Any]:
    return np.asarray(Image.open(io.BytesIO(archive.read(name))))


def coco_of(archive: ZipFile, folder: Path) -> COCO:
    """Loaded by pycocotools from a file, as anybody does."""
    path = folder / "instances.json"
    path.write_bytes(archive.read("annotations/instances.json"))
    with contextlib.redirect_stdout(io.StringIO()):
        return COCO(str(path))


def test_coco_instances_are_what_was_drawn(
    project: LabelledProject, export: Exporting, tmp_path: Path
) -> None:
    drawn = {
        f"{image}.png": [
            Drawn(name, mask)
            for name, mask in zip(
                ("car", "person", "road"), disjoint(*(noise(image * 9 + i) for i in range(3))),
                strict=True,
            )
        ]
        for image in range(3)
    }  # fmt: skip
    for name, objects in drawn.items():
        project.image(SIZE, *objects, name=name)

    coco = coco_of(export(ExportFormat.COCO_INSTANCES), tmp_path)

    images = coco.loadImgs(coco.getImgIds())
    assert [image["file_name"] for image in images] == list(drawn)
    for image in images:
        assert (image["height"], image["width"]) == SIZE
        annotations = coco.loadAnns(coco.getAnnIds(imgIds=[image["id"]]))
        for annotation, expected in zip(annotations, drawn[image["file_name"]], strict=True):
            assert isinstance(expected.mask, np.ndarray)
            assert np.array_equal(coco.annToMask(annotation).astype(bool), expected.mask)
            assert annotation["area"] == expected.mask.sum()
            rows, columns = np.nonzero(expected.mask)
            assert annotation["bbox"] == [
                columns.min(), rows.min(), np.ptp(columns) + 1, np.ptp(rows) + 1,
            ]  # fmt: skip
            category = coco.loadCats([annotation["category_id"]])[0]
            assert category["name"] == expected.class_name
            assert category["id"] == project.class_indices[expected.class_name]
            assert annotation["object_key"] == str(expected.key)


def test_coco_categories_carry_hierarchy_and_kind(
    project: LabelledProject, export: Exporting
) -> None:
    document = json_of(export(ExportFormat.COCO_INSTANCES), "annotations/instances.json")

    assert [
        (c["id"], c["name"], c["supercategory"], c["isthing"]) for c in document["categories"]
    ] == [
        (project.class_indices["car"], "car", "vehicle", 1),
        (project.class_indices["bus"], "bus", "vehicle", 1),
        (project.class_indices["person"], "person", "", 1),
        (project.class_indices["road"], "road", "", 0),
        (project.class_indices["shadow"], "shadow", "", 1),
    ]


def test_coco_panoptic_segments_are_what_was_drawn(
    project: LabelledProject, export: Exporting
) -> None:
    car, person, left, right = disjoint(*(noise(i, 0.3) for i in range(4)))
    project.image(
        SIZE,
        Drawn("car", car),
        Drawn("road", left),
        Drawn("person", person),
        Drawn("road", right),
        name="street.jpg",
        media_type="image/jpeg",
    )

    archive = export(ExportFormat.COCO_PANOPTIC)

    document = json_of(archive, "annotations/panoptic.json")
    (annotation,) = document["annotations"]
    assert annotation["file_name"] == "street.png"
    colours = image_of(archive, "panoptic/street.png").astype(int)
    ids = colours[..., 0] + 256 * colours[..., 1] + 65_536 * colours[..., 2]
    segments = {s["category_id"]: s for s in annotation["segments_info"]}
    assert len(segments) == len(annotation["segments_info"]) == 3
    for name, mask in (("car", car), ("person", person), ("road", left | right)):
        segment = segments[project.class_indices[name]]
        assert np.array_equal(ids == segment["id"], mask)
        assert segment["area"] == mask.sum()
        assert segment["iscrowd"] == 0
    assert np.array_equal(ids == 0, ~(car | person | left | right))


def test_panoptic_pixels_belong_to_the_higher_layer(
    project: LabelledProject, export: Exporting
) -> None:
    below, above = np.zeros(SIZE, dtype=bool), np.zeros(SIZE, dtype=bool)
    below[10:40, 10:40] = True
    above[10:40, 30:60] = True
    hidden = np.zeros(SIZE, dtype=bool)
    hidden[20:30, 45:50] = True
    project.image(SIZE, Drawn("shadow", above, layer=1), Drawn("car", below), Drawn("bus", hidden))

    archive = export(ExportFormat.COCO_PANOPTIC)

    (annotation,) = json_of(archive, "annotations/panoptic.json")["annotations"]
    shown = {s["category_id"]: (s["area"], s["bbox"]) for s in annotation["segments_info"]}
    assert shown == {
        project.class_indices["car"]: (600, [10, 10, 20, 30]),
        project.class_indices["shadow"]: (900, [30, 10, 30, 30]),
    }


def test_semantic_pngs_hold_class_indices(project: LabelledProject, export: Exporting) -> None:
    car, road = disjoint(noise(1), noise(2))
    project.image(SIZE, Drawn("car", car), Drawn("road", road), name="a.png")

    archive = export(ExportFormat.SEMANTIC_PNG)

    pixels = image_of(archive, "masks/a.png")
    expected = np.zeros(SIZE, dtype=np.uint8)
    expected[car] = project.class_indices["car"]
    expected[road] = project.class_indices["road"]
    assert pixels.dtype == np.uint8
    assert np.array_equal(pixels, expected)
    classes = {entry["value"]: entry for entry in json_of(archive, "classes.json")["classes"]}
    assert classes[project.class_indices["road"]]["name"] == "road"
    (image,) = json_of(archive, "images.json")
    assert image["mask"] == "masks/a.png"
    colour = Image.open(io.BytesIO(archive.read("masks/a.png"))).convert("RGB")
    row, column = np.argwhere(road)[0]
    assert colour.getpixel((int(column), int(row))) == (0x00, 0x72, 0xB2)


def test_semantic_pngs_have_16_bits_where_there_are_more_than_255_classes(world: World) -> None:
    project = LabelledProject(
        world, world.person(), [thing(f"class {number}") for number in range(300)]
    )
    mask = noise(1)
    project.image(SIZE, Drawn("class 299", mask), name="a.png")
    with world.work_of(project.manager) as work:
        body = ExportCreate(format=ExportFormat.SEMANTIC_PNG)
        export_id = service.create_export(work, project.id, body).id
    run_export(world.resources, export_id)
    with world.work_of(project.manager) as work:
        _, blob_key = service.require_file(work, export_id)
    archive = ZipFile(io.BytesIO(world.resources.blobs.read(blob_key)))

    pixels = image_of(archive, "masks/a.png")

    assert pixels.dtype == np.uint16
    assert np.array_equal(pixels == project.class_indices["class 299"], mask)


def test_instance_pngs_number_the_objects(project: LabelledProject, export: Exporting) -> None:
    masks = disjoint(*(noise(i, 0.2) for i in range(3)))
    project.image(SIZE, *(Drawn("car", mask) for mask in masks), name="a.png")

    archive = export(ExportFormat.INSTANCE_PNG)

    pixels = image_of(archive, "masks/a.png")
    assert pixels.dtype == np.uint16
    (image,) = json_of(archive, "instances.json")
    for instance, mask in zip(image["instances"], masks, strict=True):
        assert instance["class_name"] == "car"
        assert np.array_equal(pixels == instance["id"], mask)


def test_an_instance_png_takes_more_objects_than_a_byte_can_number(
    project: LabelledProject, export: Exporting
) -> None:
    owner = np.random.default_rng(3).integers(0, 400, SIZE)
    project.image(SIZE, *(Drawn("car", owner == number) for number in range(400)), name="a.png")

    pixels = image_of(export(ExportFormat.INSTANCE_PNG), "masks/a.png")

    assert np.array_equal(pixels, owner + 1)


def test_ndjson_tells_all_about_every_object(project: LabelledProject, export: Exporting) -> None:
    drawn = Drawn("car", noise(4))
    asset_id = project.image(SIZE, drawn, name="a.png")

    archive = export(ExportFormat.NDJSON)

    (line,) = archive.read("objects.ndjson").decode().splitlines()
    entry = json.loads(line)
    assert entry["mask"] == drawn.rle.to_wire()
    assert entry["class"] == {
        "id": str(project.class_ids["car"]),
        "index": project.class_indices["car"],
        "name": "car",
    }
    assert entry["asset"]["id"] == str(asset_id)
    assert entry["provenance"] == {"tool": "brush"}
    (asset_line,) = archive.read("assets.ndjson").decode().splitlines()
    version = json.loads(asset_line)["label_version"]
    assert (version["number"], version["kind"], version["active_ms"]) == (1, "submitted", 1500)


def test_yolo_outlines_fill_to_what_was_drawn_holes_and_parts_included(
    project: LabelledProject, export: Exporting
) -> None:
    ring = np.zeros(SIZE, dtype=bool)
    ring[5:30, 5:40] = True
    ring[10:20, 10:20] = ring[12:25, 25:35] = False
    ring[40:50, 60:70] = True
    project.image(SIZE, Drawn("person", ring), Drawn("car", noise(5) & ~ring), name="a.png")

    archive = export(ExportFormat.YOLO_SEG)

    lines = archive.read("labels/a.txt").decode().splitlines()
    names = _yolo_names(archive.read("data.yaml").decode())
    assert [names[int(line.split()[0])] for line in lines] == ["person", "car"]
    for line, mask in zip(lines, (ring, noise(5) & ~ring), strict=True):
        parts = np.array(line.split()[1:], dtype=float).reshape(-1, 2)
        corners = parts * np.array([SIZE[1], SIZE[0]])
        assert np.abs(corners - np.round(corners)).max() < 1e-3
        assert np.array_equal(even_odd_fill([np.round(corners).astype(np.int64)], SIZE), mask)


def _yolo_names(yaml: str) -> list[str]:
    lines = yaml.split("names:\n")[1].splitlines()
    return [json.loads(line.split(": ", 1)[1]) for line in lines]


@pytest.mark.parametrize("format_", list(ExportFormat))
def test_an_empty_project_exports_a_valid_empty_file(
    world: World, export: Exporting, format_: ExportFormat
) -> None:
    archive = export(format_)

    manifest = json_of(archive, "manifest.json")
    assert manifest["format"] == format_.value
    assert manifest["counts"] == {"images": 0, "objects": 0, "classes": 5}
    expected = {
        ExportFormat.COCO_INSTANCES: {"annotations/instances.json"},
        ExportFormat.COCO_PANOPTIC: {"annotations/panoptic.json"},
        ExportFormat.SEMANTIC_PNG: {"classes.json", "images.json"},
        ExportFormat.INSTANCE_PNG: {"classes.json", "instances.json"},
        ExportFormat.NDJSON: {"assets.ndjson", "objects.ndjson"},
        ExportFormat.YOLO_SEG: {"data.yaml", "images.json"},
    }[format_]
    assert set(manifest["files"]) == expected == set(archive.namelist()) - {"manifest.json"}


def test_a_submitted_image_without_objects_is_there_and_an_unlabelled_one_is_not(
    project: LabelledProject, export: Exporting
) -> None:
    project.image(SIZE, name="nothing on it.png")
    project.image(SIZE, name="not labelled.png", kind=None)
    project.image(SIZE, name="late.png", kind=VersionKind.ORPHAN)

    document = json_of(export(ExportFormat.COCO_INSTANCES), "annotations/instances.json")
    everything = json_of(
        export(ExportFormat.COCO_INSTANCES, include_unlabelled=True), "annotations/instances.json"
    )

    assert [image["file_name"] for image in document["images"]] == ["nothing on it.png"]
    assert document["annotations"] == []
    assert len(everything["images"]) == 3


def test_the_newest_version_in_the_wanted_states_is_exported(
    project: LabelledProject, export: Exporting
) -> None:
    first, second = noise(1), noise(2)
    asset_id = project.image(SIZE, Drawn("car", first))
    project.relabel(asset_id, Drawn("bus", second), kind=VersionKind.REVIEWED)
    project.image(SIZE, Drawn("person", first), kind=VersionKind.IMPORTED)

    def classes(**wanted: Any) -> list[str]:
        archive = export(ExportFormat.NDJSON, **wanted)
        lines = archive.read("objects.ndjson").decode().splitlines()
        return [json.loads(line)["class"]["name"] for line in lines]

    assert classes() == ["bus"]
    assert classes(states=["imported"]) == ["person"]
    assert classes(states=["reviewed", "imported"]) == ["bus", "person"]


def test_the_filter_keeps_classes_and_kinds(project: LabelledProject, export: Exporting) -> None:
    project.image(SIZE, *(Drawn(name, noise(1)) for name in ("car", "person", "road")))

    def names(**wanted: Any) -> list[str]:
        archive = export(ExportFormat.NDJSON, **wanted)
        lines = archive.read("objects.ndjson").decode().splitlines()
        return sorted(json.loads(line)["class"]["name"] for line in lines)

    assert names(kinds=[ClassKind.THING]) == ["car", "person"]
    assert names(kinds=[ClassKind.STUFF]) == ["road"]
    assert names(classes=[project.class_ids["car"], project.class_ids["road"]]) == ["car", "road"]
    assert names(classes=[project.class_ids["car"]], kinds=[ClassKind.STUFF]) == []


def test_a_retired_class_is_listed_where_objects_of_it_remain(
    project: LabelledProject, export: Exporting
) -> None:
    project.image(SIZE, Drawn("bus", noise(1)))
    bus_index = project.class_indices["bus"]
    person = thing("person", id=project.class_ids["person"])
    project.save_ontology([person])

    document = json_of(export(ExportFormat.COCO_INSTANCES), "annotations/instances.json")

    assert [(c["id"], c["name"]) for c in document["categories"]] == [
        (bus_index, "bus"),
        (project.class_indices["person"], "person"),
    ]
    assert document["categories"][0]["supercategory"] == "vehicle"
    assert document["annotations"][0]["category_id"] == bus_index


def test_attributes_are_exported_by_their_names(world: World) -> None:
    colour = Attribute(
        name="colour",
        kind=AttributeKind.RADIO,
        options=(Option(name="red"), Option(name="blue")),
    )
    marks = Attribute(
        name="marks",
        kind=AttributeKind.CHECKLIST,
        options=(Option(name="dirt"), Option(name="dent")),
    )
    plate = Attribute(name="plate", kind=AttributeKind.TEXT)
    project = LabelledProject(
        world, world.person(), [thing("car", attributes=[colour, marks, plate])]
    )
    answers = {
        str(colour.id): str(colour.options[1].id),
        str(marks.id): [str(option.id) for option in marks.options],
        str(plate.id): "M-W 1",
    }
    project.image(SIZE, Drawn("car", noise(1), attributes=answers))
    with world.work_of(project.manager) as work:
        body = ExportCreate(format=ExportFormat.COCO_INSTANCES)
        export_id = service.create_export(work, project.id, body).id
    run_export(world.resources, export_id)
    with world.work_of(project.manager) as work:
        _, blob_key = service.require_file(work, export_id)
    archive = ZipFile(io.BytesIO(world.resources.blobs.read(blob_key)))

    (annotation,) = json_of(archive, "annotations/instances.json")["annotations"]

    assert annotation["attributes"] == {
        "colour": "blue",
        "marks": ["dirt", "dent"],
        "plate": "M-W 1",
    }


def picture(orientation: int | None, format_: str) -> tuple[bytes, npt.NDArray[np.uint8]]:
    """An encoded image of 40x30 and its pixels."""
    pixels = np.random.default_rng(8).integers(0, 256, (30, 40, 3)).astype(np.uint8)
    exif = Image.Exif()
    if orientation is not None:
        exif[0x0112] = orientation
    written = io.BytesIO()
    Image.fromarray(pixels).save(written, format_, exif=exif, lossless=True)
    return written.getvalue(), pixels


def test_images_go_along_byte_for_byte(project: LabelledProject, export: Exporting) -> None:
    content, another = picture(None, "PNG")[0], picture(1, "PNG")[0]
    project.image((30, 40), name="a.png", content=content)
    project.image((30, 40), name="a.png", content=another)

    archive = export(ExportFormat.COCO_INSTANCES, images=True)

    names = [i["file_name"] for i in json_of(archive, "annotations/instances.json")["images"]]
    assert names[0] == "a.png"
    assert len(set(names)) == 2
    assert archive.read(f"images/{names[0]}") == content
    assert archive.read(f"images/{names[1]}") == another


@pytest.mark.parametrize(
    ("format_", "media_type"),
    [("PNG", "image/png"), ("WEBP", "image/webp"), ("TIFF", "image/tiff")],
)
def test_an_image_that_is_stored_lying_is_exported_as_it_was_labelled(
    project: LabelledProject, export: Exporting, format_: str, media_type: str
) -> None:
    content, pixels = picture(6, format_)
    project.image((40, 30), name="turned", content=content, media_type=media_type)

    archive = export(ExportFormat.SEMANTIC_PNG, images=True)

    exported = Image.open(io.BytesIO(archive.read("images/turned.png")))
    assert exported.size == (30, 40)
    assert exported.getexif().get(0x0112, 1) == 1
    assert np.array_equal(np.asarray(exported), np.rot90(pixels, -1))
    assert image_of(archive, "masks/turned.png").shape == (40, 30)


def test_every_image_is_exported_once_however_the_pages_fall(
    world: World, project: LabelledProject, export: Exporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maskwright.exports.run.ASSETS_PER_PAGE", 3)
    monkeypatch.setattr("maskwright.exports.run.OBJECTS_PER_READ", 4)
    counts: Sequence[int] = [0, 9, 1, 3, 0, 4, 2]
    for number, count in enumerate(counts):
        project.image(SIZE, *(Drawn("car", noise(i)) for i in range(count)), name=f"{number}.png")

    document = json_of(export(ExportFormat.COCO_INSTANCES), "annotations/instances.json")

    names = {image["id"]: image["file_name"] for image in document["images"]}
    assert list(names.values()) == [f"{number}.png" for number in range(len(counts))]
    found = [names[annotation["image_id"]] for annotation in document["annotations"]]
    assert found == [f"{n}.png" for n, count in enumerate(counts) for _ in range(count)]
    assert [a["id"] for a in document["annotations"]] == list(range(1, sum(counts) + 1))
