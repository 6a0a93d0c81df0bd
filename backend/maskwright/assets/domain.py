"""The states of an asset, its renditions, and where their bytes lie. No I/O."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

#: Part of the keys and links of renditions. Raise it when renditions are made differently: links
#: are cached for ever, and what lies under a key never changes.
RENDITION_VERSION = 1

#: Which renditions an image has: 1 none of those in 16 bits, 2 all that there are now. Raise it
#: when a further one is added, and let `service.renewal` make it for the images that are there.
RENDITION_SET = 2

PROCESS_JOB = "assets.process"
RENEW_JOB = "assets.renew"
PROCESS_QUEUE = "images"
FETCH_JOB = "assets.fetch"


class AssetState(StrEnum):
    PROCESSING = "processing"  # → READY, FAILED: renditions are being made
    READY = "ready"  # its task is in the queue
    FAILED = "failed"  # → PROCESSING, when it is tried again


class Rendition(StrEnum):
    """A form of the image that can be fetched whole."""

    ORIGINAL = "original"  # the bytes as they were uploaded
    DISPLAY = "display"  # upright and 8-bit, for browsers
    THUMBNAIL = "thumbnail"
    DEEP = "deep"  # grey of 16 bits, losslessly, for whoever sets window and level himself


class UploadStatus(StrEnum):
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"  # the project has the same bytes already
    REJECTED = "rejected"
    QUEUED = "queued"  # an address that a worker fetches


class FetchState(StrEnum):
    """What becomes of an address."""

    WAITING = "waiting"  # → RUNNING
    RUNNING = "running"  # → DONE, DUPLICATE, FAILED; again RUNNING where its worker died
    DONE = "done"  # an asset was made of it
    DUPLICATE = "duplicate"  # the project has the same bytes already
    FAILED = "failed"  # `problem` says why


class AttachmentKind(StrEnum):
    """What a file that goes with an image is, as its bytes say."""

    TEXT = "text"
    HTML = "html"  # shown without scripts, as of an origin of its own
    IMAGE = "image"
    VIDEO = "video"


class AttachmentRole(StrEnum):
    BESIDE = "beside"
    OVERLAY = "overlay"  # an image that is blended over the asset: another band, an older take


@dataclass(frozen=True, slots=True)
class AssetKeys:
    """The keys of one asset's blobs. Renditions are made again under the same key: a job that is
    repeated leaves nothing behind."""

    project_id: UUID
    asset_id: UUID

    @property
    def original(self) -> str:
        return f"{self._folder}/original"

    @property
    def display(self) -> str:
        return f"{self._folder}/r{RENDITION_VERSION}/display"

    @property
    def thumbnail(self) -> str:
        return f"{self._folder}/r{RENDITION_VERSION}/thumbnail"

    @property
    def deep(self) -> str:
        return f"{self._folder}/r{RENDITION_VERSION}/deep"

    @property
    def tiles(self) -> str:
        return f"{self._folder}/r{RENDITION_VERSION}/tiles"

    @property
    def deep_tiles(self) -> str:
        return f"{self._folder}/r{RENDITION_VERSION}/deep-tiles"

    @property
    def _folder(self) -> str:
        return f"projects/{self.project_id}/assets/{self.asset_id}"
