"""Blobs: images, renditions, exports."""

from maskwright.storage.blobs import BlobNotFound, BlobStore

__all__ = ["BlobNotFound", "BlobStore"]
