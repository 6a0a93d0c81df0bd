"""Cutting a request's body into lines, with no more than a few of them in memory."""

from collections.abc import AsyncIterator

from maskwright.predictions.errors import PredictionsMalformed

#: One image's predictions, with thousands of objects.
MAX_LINE_BYTES = 16 * 1024**2
#: So much is handed on at once: a transaction is worth more than one small line.
_BATCH_BYTES = 2 * 1024**2
_BATCH_LINES = 50


class Line:
    """One line and its number, from 1; `text` is None where it was too long to be kept."""

    __slots__ = ("number", "text")

    def __init__(self, number: int, text: bytes | None) -> None:
        self.number = number
        self.text = text


async def batches_of_lines(
    chunks: AsyncIterator[bytes], *, max_bytes: int
) -> AsyncIterator[list[Line]]:
    """The body's lines that are not empty, some at a time.

    Raises  PredictionsMalformed where all of it is more than `max_bytes`, behind what came before
    """
    rest = bytearray()
    number, total, is_skipping = 1, 0, False
    batch: list[Line] = []
    batched = 0
    async for chunk in chunks:
        total += len(chunk)
        if total > max_bytes:
            raise PredictionsMalformed(
                f"The body is larger than {max_bytes} bytes: send it in parts.", max_bytes=max_bytes
            )
        *ended, open_end = (bytes(rest) + chunk).split(b"\n")
        for text in ended:
            if is_skipping or len(text) > MAX_LINE_BYTES:
                batch.append(Line(number, None))
                is_skipping = False
            elif text.strip():
                batch.append(Line(number, text))
                batched += len(text)
            number += 1
            if batched >= _BATCH_BYTES or len(batch) >= _BATCH_LINES:
                yield batch
                batch, batched = [], 0
        rest = bytearray(open_end)
        if len(rest) > MAX_LINE_BYTES:
            is_skipping = True
            rest.clear()
    if is_skipping:
        batch.append(Line(number, None))
    elif rest.strip():
        batch.append(Line(number, bytes(rest)))
    if batch:
        yield batch
