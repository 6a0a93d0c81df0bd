"""What can be wrong with a question about a project's past."""

from maskwright.kernel.errors import InvalidInput


class SpanTooLong(InvalidInput):
    message = "This span has too many steps to be shown. Choose a shorter span or longer steps."
