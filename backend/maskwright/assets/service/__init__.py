"""What people and other slices do with assets.

catalog    find, list, change, delete, try again
ingest     from a file to an asset
files      the bytes behind an asset's links
processing what a worker makes of an original
renewal    what images lack that an older version processed
originals  originals for people who take them elsewhere
forms      the files of a request, in a folder
maps       images whose pixels are numbers
"""

from maskwright.assets.receiving import incoming_folder
from maskwright.assets.service.catalog import (
    change_asset,
    cover_urls,
    delete_asset,
    list_assets,
    reprocess,
    require_asset,
    resend_waiting_assets,
    tasks_of_assets,
)
from maskwright.assets.service.files import (
    Signature,
    TileAddress,
    deep_tile_of,
    file_of,
    tile_of,
)
from maskwright.assets.service.forms import Form, FormFile, receive_form
from maskwright.assets.service.ingest import (
    Candidate,
    UploadOutcome,
    ingest_file,
    inspect_file,
    set_metadata,
    store_asset,
)
from maskwright.assets.service.maps import Values, read_map
from maskwright.assets.service.originals import turned_upright
from maskwright.assets.service.processing import ProcessingResult, process_asset
from maskwright.assets.service.renewal import renew_asset, send_images_that_lack_renditions

__all__ = [
    "Candidate",
    "Form",
    "FormFile",
    "ProcessingResult",
    "Signature",
    "TileAddress",
    "UploadOutcome",
    "Values",
    "change_asset",
    "cover_urls",
    "deep_tile_of",
    "delete_asset",
    "file_of",
    "incoming_folder",
    "ingest_file",
    "inspect_file",
    "list_assets",
    "process_asset",
    "read_map",
    "receive_form",
    "renew_asset",
    "reprocess",
    "require_asset",
    "resend_waiting_assets",
    "send_images_that_lack_renditions",
    "set_metadata",
    "store_asset",
    "tasks_of_assets",
    "tile_of",
    "turned_upright",
]
