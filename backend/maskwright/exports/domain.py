"""The states of an export, and its formats. No I/O."""

from enum import StrEnum


class ExportFormat(StrEnum):
    COCO_INSTANCES = "coco-instances"
    COCO_PANOPTIC = "coco-panoptic"
    SEMANTIC_PNG = "semantic-png"
    INSTANCE_PNG = "instance-png"
    NDJSON = "ndjson"
    YOLO_SEG = "yolo-seg"


class ExportState(StrEnum):
    QUEUED = "queued"  # → RUNNING, CANCELLED
    RUNNING = "running"  # → DONE, FAILED, CANCELLED; → QUEUED when its worker died
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
