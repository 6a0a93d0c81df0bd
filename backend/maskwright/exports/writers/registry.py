"""Which writer makes which format."""

from maskwright.exports.domain import ExportFormat
from maskwright.exports.writers.base import ExportWriter
from maskwright.exports.writers.coco_instances import CocoInstancesWriter
from maskwright.exports.writers.coco_panoptic import CocoPanopticWriter
from maskwright.exports.writers.instance_png import InstancePngWriter
from maskwright.exports.writers.ndjson import NdjsonWriter
from maskwright.exports.writers.semantic_png import SemanticPngWriter
from maskwright.exports.writers.yolo_seg import YoloSegWriter

WRITERS: dict[ExportFormat, type[ExportWriter]] = {
    ExportFormat.COCO_INSTANCES: CocoInstancesWriter,
    ExportFormat.COCO_PANOPTIC: CocoPanopticWriter,
    ExportFormat.SEMANTIC_PNG: SemanticPngWriter,
    ExportFormat.INSTANCE_PNG: InstancePngWriter,
    ExportFormat.NDJSON: NdjsonWriter,
    ExportFormat.YOLO_SEG: YoloSegWriter,
}
