"""What can be wrong with an asset, or with a file that is to become one.

MaskwrightError
├── NotFound         AssetNotFound, RenditionNotFound, AttachmentNotFound
├── Forbidden        LinkInvalid
├── Conflict         ExternalIdTaken, AssetBusy, TooManyAttachments
└── InvalidInput
    ├── UploadMalformed, UploadTooLarge, MetadataInvalid      the request as a whole
    ├── AttachmentMalformed, AttachmentRefused, AttachmentTooLarge    a file beside an image
    └── FileRefused                                           one file of it; the others go on
        ├── NameUnsafe, FileEmpty, FileTooLarge
        ├── NotAnImage, ImageTooLarge, ImageTruncated, ImageBroken, ImageUnsupported
        ├── ProcessingGaveUp
        └── ArchiveBroken, ArchiveEmpty, ArchiveTooLarge, ArchiveBomb, ArchiveMemberRefused

`code` is part of the public interface. It stands here and not in the table of HTTP problems alone
because it is also kept with an asset whose processing failed.
"""

from typing import Any, ClassVar

from maskwright.kernel.errors import (
    Conflict,
    Forbidden,
    InvalidInput,
    NotFound,
)


class AssetNotFound(NotFound):
    message = "There is no such image, or you have no access to it."


class RenditionNotFound(NotFound):
    message = "This form of the image does not exist (yet). It is made once the image is ready."


class LinkInvalid(Forbidden):
    message = "This link to an image has expired or was changed. Reload the page for a new one."


class ExternalIdTaken(Conflict):
    message = "Another image of this project has this external id already."


class AssetBusy(Conflict):
    message = "This image is being processed already."


class UploadMalformed(InvalidInput):
    message = (
        "The upload could not be read: send multipart/form-data with the images as `files`. "
        "Files that arrived whole before the fault were kept."
    )


class UploadTooLarge(InvalidInput):
    message = (
        "This upload is larger than one request may be. Files that arrived whole were kept; "
        "send the others in further requests."
    )


class MetadataInvalid(InvalidInput):
    message = "The metadata can't be used."


class AttachmentNotFound(NotFound):
    message = "There is no such attachment, or you have no access to it."


class TooManyAttachments(Conflict):
    message = "Nothing more can be attached here. Delete what is no longer needed first."


class AttachmentMalformed(InvalidInput):
    message = "The attachment could not be read: send multipart/form-data with one file as `file`."


class AttachmentRefused(InvalidInput):
    message = (
        "Only texts (UTF-8), HTML pages, PNG, JPEG and WebP images, and MP4 or WebM videos can be "
        "attached. What a file is, its bytes decide and not its name."
    )


class AttachmentTooLarge(InvalidInput):
    message = "The attachment is larger than this server takes."


class FileRefused(InvalidInput):
    """One file of an upload can't become an asset."""

    code: ClassVar[str] = "file-refused"


class NameUnsafe(FileRefused):
    code = "name-unsafe"
    message = "The file's name leads out of its folder. Rename the file and upload it again."


class FileEmpty(FileRefused):
    code = "file-empty"
    message = "The file is empty."


class FileTooLarge(FileRefused):
    code = "file-too-large"
    message = "The file is larger than this server takes."


class NotAnImage(FileRefused):
    code = "not-an-image"
    message = "The file is not a JPEG, PNG, WebP, TIFF or BMP image."


class ImageTooLarge(FileRefused):
    code = "image-too-large"
    message = "The image has more pixels than this server takes. Cut it into parts."


class ImageTruncated(FileRefused):
    code = "image-truncated"
    message = "The image ends too early: a part of the file is missing. Copy it again."


class ImageBroken(FileRefused):
    code = "image-broken"
    message = "The image is damaged and can't be decoded."


class ImageUnsupported(FileRefused):
    code = "image-unsupported"
    message = "The image is of a kind that can't be shown. Convert it to PNG, JPEG or plain TIFF."


class UrlRefused(FileRefused):
    code = "url-refused"
    message = "This address is not fetched from."


class UrlUnreachable(FileRefused):
    code = "url-unreachable"
    message = "There was no image to be had at this address."


class ProcessingGaveUp(FileRefused):
    code = "processing-gave-up"
    message = (
        "Processing this image ended the worker several times, most likely for want of memory. "
        "Give the workers more, or use a smaller image, and try again."
    )


class ArchiveBroken(FileRefused):
    code = "archive-broken"
    message = "The zip file is damaged and can't be read."


class ArchiveEmpty(FileRefused):
    code = "archive-empty"
    message = "The zip file holds no files."


class ArchiveTooLarge(FileRefused):
    code = "archive-too-large"
    message = "The zip file holds more than this server takes at once. Split it."


class ArchiveBomb(FileRefused):
    code = "archive-bomb"
    message = "The zip file unpacks to implausibly much data. What came after this was not read."


class ArchiveMemberRefused(FileRefused):
    code = "archive-member-refused"
    message = "This entry of the zip file can't be read."


#: Every error of one file, for the table of problems.
FILE_ERRORS: tuple[type[FileRefused], ...] = (
    FileRefused,
    NameUnsafe,
    FileEmpty,
    FileTooLarge,
    NotAnImage,
    ImageTooLarge,
    ImageTruncated,
    ImageBroken,
    ImageUnsupported,
    UrlRefused,
    UrlUnreachable,
    ProcessingGaveUp,
    ArchiveBroken,
    ArchiveEmpty,
    ArchiveTooLarge,
    ArchiveBomb,
    ArchiveMemberRefused,
)


def kept_problem(error: FileRefused) -> dict[str, Any]:
    """What is kept in an asset's row when its processing failed."""
    return {"code": error.code, "title": str(error), **error.extras}
