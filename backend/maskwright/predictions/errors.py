"""What can be wrong with predictions.

MaskwrightError
├── NotFound      ModelNotFound
└── InvalidInput  PredictionsMalformed, PredictionRefused
"""

from maskwright.kernel.errors import InvalidInput, NotFound


class ModelNotFound(NotFound):
    message = "There is no such model in this project."


class PredictionsMalformed(InvalidInput):
    message = "Send one JSON object per line (application/x-ndjson), or a JSON list of them."


class PredictionRefused(InvalidInput):
    """One image's predictions can't be used; `reason` says why in a word."""

    message = "These predictions can't be used."

    def __init__(self, reason: str, message: str, **extras: object) -> None:
        super().__init__(message, reason=reason, **extras)
