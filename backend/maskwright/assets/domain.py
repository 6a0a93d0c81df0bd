"""The states of an asset. No I/O."""

from enum import StrEnum


class AssetState(StrEnum):
    PROCESSING = "processing"  # → READY, FAILED: renditions are being made
    READY = "ready"  # its task is in the queue
    FAILED = "failed"  # → PROCESSING, when it is tried again
