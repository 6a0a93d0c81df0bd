"""Opens the store that the settings name."""

from maskwright.settings import Settings
from maskwright.storage.blobs import BlobStore
from maskwright.storage.local import LocalBlobStore
from maskwright.storage.s3 import S3BlobStore


class StorageMisconfigured(Exception):
    """The settings name a store that can't be opened; the message says what is missing."""


def open_blob_store(settings: Settings) -> BlobStore:
    """Contacts nothing and writes nothing yet."""
    if settings.storage.kind == "local":
        return LocalBlobStore(settings.blob_folder)
    if not settings.storage.s3_bucket:
        raise StorageMisconfigured(
            "MASKWRIGHT_STORAGE_KIND is s3: name the bucket in MASKWRIGHT_STORAGE_S3_BUCKET."
        )
    return S3BlobStore(settings.storage)
