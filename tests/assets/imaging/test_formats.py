"""The type of a file comes from its bytes."""

import pytest

from maskwright.assets.errors import NotAnImage
from maskwright.assets.imaging.formats import ImageFormat, format_of
from tests.assets.imaging.samples import encoded, gradient


@pytest.mark.parametrize("image_format", list(ImageFormat))
def test_every_format_that_is_taken_is_recognised(image_format: ImageFormat) -> None:
    head = encoded(gradient(8, 8), image_format.value)
    assert format_of(head) is image_format


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "SVG drawing"),
        (b"<?xml version='1.0'?>\n<!-- a --><svg></svg>", "SVG drawing"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><html></html>", "HTML page"),
        (b"\xff\xfe<\0h\0t\0m\0l\0>\0", "HTML page"),
        (b"<script>alert(1)</script>", "HTML page"),
        (b"GIF89a" + bytes(20), "GIF"),
        (b"%PDF-1.7", "PDF document"),
        (b"PK\x03\x04" + bytes(30), "zip archive"),
        (b"\0\0\0\x20ftypheic", "HEIC image"),
        (b"\0\0\0\x20ftypavif", "AVIF image"),
        (bytes(128) + b"DICM", "DICOM file"),
        (b"#!/bin/sh\necho", "text"),
        (b"\x01\x02\0\x03", "unknown"),
    ],
)
def test_what_is_not_an_image_is_named(content: bytes, kind: str) -> None:
    with pytest.raises(NotAnImage) as refusal:
        format_of(content)
    assert refusal.value.extras["kind"] == kind
    if kind != "unknown":
        assert kind in str(refusal.value)
