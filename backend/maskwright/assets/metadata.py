"""What people attach to an asset: an external id and any JSON, within bounds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from maskwright.assets.errors import MetadataInvalid

MAX_EXTERNAL_ID_LENGTH = 255
MAX_METADATA_BYTES = 64 * 1024
_MAX_DEPTH = 20


@dataclass(frozen=True, slots=True)
class AssetMetadata:
    external_id: str | None = None
    details: dict[str, Any] = field(default_factory=dict)


NO_METADATA = AssetMetadata()


def parse_upload_metadata(text: str) -> dict[str, AssetMetadata]:
    """The upload's `metadata` field: {file name: {external_id?, …}}; raises MetadataInvalid."""
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MetadataInvalid("metadata: this is not JSON.") from error
    if not isinstance(parsed, dict):
        raise MetadataInvalid("metadata: an object of file names is wanted.")
    found = {}
    for name, entry in parsed.items():
        if not isinstance(entry, dict):
            raise MetadataInvalid(f"metadata: the entry of {name!r} is not an object.")
        external_id = entry.pop("external_id", None)
        found[name] = AssetMetadata(checked_external_id(external_id), checked_details(entry))
    return found


def checked_external_id(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not 1 <= len(value.strip()) <= MAX_EXTERNAL_ID_LENGTH:
        raise MetadataInvalid(
            f"external_id: 1 to {MAX_EXTERNAL_ID_LENGTH} characters are wanted.",
            field="external_id",
        )
    _check_text(value)
    return value.strip()


def checked_details(value: Mapping[str, Any]) -> dict[str, Any]:
    """The same object, if Postgres can keep it and it is not used as a file store."""
    _check_tree(value, _MAX_DEPTH)
    if len(json.dumps(value)) > MAX_METADATA_BYTES:
        raise MetadataInvalid(f"metadata: at most {MAX_METADATA_BYTES} bytes are kept per image.")
    return dict(value)


def _check_tree(value: object, depth: int) -> None:
    if depth == 0:
        raise MetadataInvalid(f"metadata: nested more than {_MAX_DEPTH} levels deep.")
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            _check_text(key)
            _check_tree(item, depth - 1)
    elif isinstance(value, list):
        for item in value:
            _check_tree(item, depth - 1)
    elif isinstance(value, float) and not -1e308 < value < 1e308:
        raise MetadataInvalid("metadata: numbers must be finite.")


def _check_text(text: str) -> None:
    """Postgres keeps neither NUL nor halves of surrogate pairs."""
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise MetadataInvalid("metadata: a text holds characters that can't be kept.")
