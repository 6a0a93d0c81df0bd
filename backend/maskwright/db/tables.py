"""Imports every slice's tables, so that `Base.metadata` is complete."""

import maskwright.accounts.models
import maskwright.annotations.models
import maskwright.assets.models
import maskwright.exports.models
import maskwright.ontologies.models
import maskwright.projects.models
import maskwright.queue.models  # noqa: F401
from maskwright.db.base import Base

metadata = Base.metadata
