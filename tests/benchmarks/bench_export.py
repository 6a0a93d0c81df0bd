"""Exporting 10,000 masks of 2,000 images, in each format, and what memory it takes.

`.venv/bin/python -m tests.benchmarks.bench_export`. Each export runs in a process of its own, as
a worker would run it, on a real Postgres; memory is what that process grows by (peak resident
size over the size before the export).
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID

import numpy as np
from pydantic import SecretStr

from maskwright.db.migrations import upgrade_to_head
from maskwright.exports import service
from maskwright.exports.domain import ExportFormat, ExportState
from maskwright.exports.models import Export
from maskwright.exports.run import run_export
from maskwright.exports.schemas import ExportCreate
from maskwright.masks import codec
from maskwright.resources import open_resources
from maskwright.settings import DatabaseSettings, RedisSettings, SecuritySettings, Settings
from maskwright.work import Resources
from tests.benchmarks.report import Row, publish, row
from tests.exports.labelled import Drawn, LabelledProject, thing
from tests.support.servers import Servers, embedded_servers
from tests.support.world import World

IMAGES = 2_000
OBJECTS_PER_IMAGE = 5
SIZE = (720, 1280)
MEMORY_TARGET_MB = 100
MASKS_PER_SECOND_TARGETS: dict[ExportFormat, float | None] = {
    ExportFormat.COCO_INSTANCES: 5_000,
    ExportFormat.COCO_PANOPTIC: 1_000,
    ExportFormat.SEMANTIC_PNG: 1_000,
    ExportFormat.INSTANCE_PNG: 1_000,
    ExportFormat.NDJSON: 5_000,
    ExportFormat.YOLO_SEG: None,
}


@dataclass(frozen=True)
class Measured:
    seconds: float
    cpu_seconds: float
    """of all threads; what the same work would take where it does not wait for others"""
    grown_mb: float
    objects: int
    file_mb: float


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-export-") as folder:
        root = Path(folder)
        with embedded_servers(root / "servers") as servers:
            settings = settings_on(servers, root)
            upgrade_to_head(settings.database.sqlalchemy_url)
            resources = open_resources(settings)
            warm_up_id, export_ids = prepare(resources)
            resources.close()
            # Unmeasured, so that the first format does not pay for a cold database.
            measured_in_a_process(settings, warm_up_id)
            rows = [
                line
                for format_, export_id in export_ids.items()
                for line in rows_of(format_, measured_in_a_process(settings, export_id))
            ]
    publish("export", rows)


def settings_on(servers: Servers, root: Path) -> Settings:
    return Settings(
        home=root / "home",
        database=DatabaseSettings(url=servers.database_url),
        redis=RedisSettings(url=servers.redis_url),
        security=SecuritySettings(secret_key=SecretStr("x" * 32)),
    )


def prepare(resources: Resources) -> tuple[UUID, dict[ExportFormat, UUID]]:
    """Makes the labelled project; returns an export to warm up with, and one of each format."""
    world = World(resources)
    manager = world.person()
    project = LabelledProject(world, manager, [thing("car"), thing("tree"), thing("person")])
    rng = np.random.default_rng(11)
    variants = [objects_of_one_image(rng) for _ in range(50)]
    for number in range(IMAGES):
        objects = variants[number % len(variants)]
        fresh = [Drawn(drawn.class_name, drawn.mask) for drawn in objects]
        project.image(SIZE, *fresh, name=f"frame_{number:05}.jpg", media_type="image/jpeg")
    with world.work_of(manager) as work:
        first, *rest = [
            service.create_export(work, project.id, ExportCreate(format=format_)).id
            for format_ in (ExportFormat.NDJSON, *MASKS_PER_SECOND_TARGETS)
        ]
    return first, dict(zip(MASKS_PER_SECOND_TARGETS, rest, strict=True))


def objects_of_one_image(rng: np.random.Generator) -> list[Drawn]:
    """Disjoint blobs with wavy outlines, a fifth of the image's width across."""
    height, width = SIZE
    y, x = np.mgrid[:height, :width]
    objects = []
    for index in range(OBJECTS_PER_IMAGE):
        centre_x = (index + 0.5) * width / OBJECTS_PER_IMAGE
        centre_y = rng.uniform(0.3, 0.7) * height
        angle = np.arctan2(y - centre_y, x - centre_x)
        radius = (
            width
            / OBJECTS_PER_IMAGE
            * (0.35 + 0.06 * np.sin(5 * angle + rng.uniform(0, 6)) + 0.03 * np.sin(23 * angle))
        )
        inside = np.hypot(y - centre_y, x - centre_x) < radius
        name = ("car", "tree", "person")[index % 3]
        objects.append(Drawn(name, codec.encode(inside)))
    return objects


def measured_in_a_process(settings: Settings, export_id: UUID) -> Measured:
    """Run one export in a forked child, which a worker's process is too."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        measured = measure(settings, export_id)
        os.write(writer, json.dumps(asdict(measured)).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    if not answer:
        sys.exit(f"The export {export_id} failed in its process.")
    return Measured(**json.loads(answer))


def measure(settings: Settings, export_id: UUID) -> Measured:
    resources = open_resources(settings)
    with resources.database.open_session() as session:
        session.connection()
    before_mb = resident_mb()
    started, cpu_started = time.perf_counter(), time.process_time()
    state = run_export(resources, export_id)
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu_started
    if state is not ExportState.DONE:
        raise SystemExit(f"The export ended {state}.")
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with resources.database.open_session() as session:
        export = session.get_one(Export, export_id)
        return Measured(
            seconds=seconds,
            cpu_seconds=cpu_seconds,
            grown_mb=peak_mb - before_mb,
            objects=export.objects,
            file_mb=(export.byte_size or 0) / 1e6,
        )


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def rows_of(format_: ExportFormat, measured: Measured) -> list[Row]:
    height, width = SIZE
    return [
        row(
            f"{format_.value}: speed",
            measured.objects / measured.seconds,
            "masks/s",
            at_least=MASKS_PER_SECOND_TARGETS[format_],
            method=f"{measured.objects:,} masks, {IMAGES:,} images of {width}x{height}, in one "
            f"process; {measured.seconds:.2f} s ({measured.cpu_seconds:.2f} s of its own CPU) from "
            f"begin to stored file of {measured.file_mb:.1f} MB",
        ),
        row(
            f"{format_.value}: memory",
            measured.grown_mb,
            "MB",
            at_most=MEMORY_TARGET_MB,
            method="peak resident size of the process over that before the export",
        ),
    ]


if __name__ == "__main__":
    main()
