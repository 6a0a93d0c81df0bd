"""Properties of the codec, and that nothing from outside gets past it."""

from __future__ import annotations

import time
import tracemalloc
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycocotools import mask as coco

from maskwright.masks import codec
from maskwright.masks.codec import Rle
from maskwright.masks.errors import InvalidMask, MaskFault, MaskShapeError
from tests.masks.golden.generate import write_runs
from tests.masks.strategies import BoolMask, dense_masks, sizes

# pycocotools 2 is written against the array protocol of numpy 1.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

ALPHABET = "".join(chr(code) for code in range(48, 112))


@given(dense_masks())
def test_decoding_undoes_encoding(mask: BoolMask) -> None:
    before = mask.copy()

    decoded = codec.decode(codec.encode(mask))

    assert decoded.dtype == np.bool_
    assert np.array_equal(decoded, mask)
    assert np.array_equal(mask, before)


@given(dense_masks())
def test_pycocotools_writes_and_reads_the_same_string(mask: BoolMask) -> None:
    rle = codec.encode(mask)

    theirs = coco.encode(np.asfortranarray(mask, dtype=np.uint8))

    assert theirs == {"size": list(rle.size), "counts": rle.counts}
    assert np.array_equal(coco.decode(theirs).astype(bool), codec.decode(rle))
    assert codec.area(rle) == coco.area(theirs) == mask.sum()
    assert list(codec.bbox(rle)) == coco.toBbox(theirs).tolist()


@given(dense_masks())
def test_what_we_write_we_accept_unchanged(mask: BoolMask) -> None:
    rle = codec.encode(mask)

    assert codec.parse_wire(rle.to_wire(), mask.shape) == rle
    assert codec.unpack(codec.pack(rle), rle.size) == rle


@given(sizes(6), st.lists(st.integers(0, 12), max_size=12))
def test_runs_are_accepted_exactly_where_they_sum_to_the_pixels(
    size: tuple[int, int], runs: list[int]
) -> None:
    counts = write_runs(runs).encode()
    if sum(runs) == size[0] * size[1]:
        rle = codec.parse_counts(counts, size)
        pixels = np.repeat(np.arange(len(runs)) % 2 == 1, runs)
        assert np.array_equal(codec.decode(rle), pixels.reshape(size, order="F"))
        assert rle == codec.encode(codec.decode(rle)), "not canonical"
    else:
        with pytest.raises(InvalidMask) as refused:
            codec.parse_counts(counts, size)
        assert refused.value.fault is MaskFault.SUM


@given(sizes(6), st.lists(st.integers(-(2**70), 2**70), min_size=1, max_size=8))
def test_runs_beyond_every_image_are_refused_and_not_taken_modulo(
    size: tuple[int, int], runs: list[int]
) -> None:
    if sum(runs) == size[0] * size[1] and min(runs) >= 0:
        return
    with pytest.raises(InvalidMask):
        codec.parse_counts(write_runs(runs).encode(), size)


@given(
    st.dictionaries(st.sampled_from(["size", "counts", "x"]), st.from_type(object))
    | st.builds(
        lambda size, counts: {"size": size, "counts": counts},
        st.lists(st.integers() | st.floats() | st.booleans(), max_size=3),
        st.text() | st.text(ALPHABET) | st.none(),
    )
    | st.from_type(object)
)
def test_any_json_is_either_a_mask_or_refused(wire: object) -> None:
    try:
        rle = codec.parse_wire(wire, (3, 4))
    except InvalidMask:
        return
    assert codec.decode(rle).shape == (3, 4)


@given(st.text(ALPHABET, max_size=40))
def test_any_string_of_the_alphabet_is_either_a_mask_or_refused(counts: str) -> None:
    try:
        rle = codec.parse_counts(counts.encode(), (3, 4))
    except InvalidMask:
        return
    assert np.array_equal(codec.decode(rle), coco.decode({"size": [3, 4], "counts": rle.counts}))


@pytest.mark.parametrize(
    "wire",
    [
        {"size": [20_000, 20_000], "counts": "9"},
        {"size": [10**15, 10**15], "counts": "o" * 10_000 + "1"},
        {"size": [20_000, 20_000], "counts": write_runs([536_870_911] * 50)},
        {"size": [20_000, 20_000], "counts": "0" * 100_000},
    ],
    ids=["short", "endless number", "half a billion each", "empty runs"],
)
def test_a_refused_mask_costs_its_string_and_not_the_pixels_it_claims(wire: object) -> None:
    tracemalloc.start()
    started = time.perf_counter()
    with pytest.raises(InvalidMask):
        codec.parse_wire(wire, (20_000, 20_000))
    seconds = time.perf_counter() - started
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak_bytes < 20_000_000
    assert seconds < 0.5


@pytest.mark.parametrize("shape", [(), (4,), (0, 4), (2, 2, 2)])
def test_encoding_refuses_what_is_no_mask(shape: tuple[int, ...]) -> None:
    with pytest.raises(MaskShapeError):
        codec.encode(np.zeros(shape, dtype=bool))


def test_the_digest_depends_on_the_pixels_alone() -> None:
    mask = np.zeros((5, 7), dtype=bool)
    mask[1:3, 2:6] = True

    canonical = codec.encode(mask)
    runs = codec.run_mask(canonical).counts.tolist()
    detour = codec.parse_counts(write_runs([*runs[:-1], 0, 0, *runs[-1:]]).encode(), (5, 7))

    assert codec.digest(detour) == codec.digest(canonical)
    assert codec.digest(canonical) != codec.digest(Rle((5, 7), codec.encode(~mask).counts))


def _disk(scale: int) -> Rle:
    y, x = np.mgrid[: 480 * scale, : 640 * scale]
    return codec.encode((y - 200 * scale) ** 2 + (x - 300 * scale) ** 2 < (100 * scale) ** 2)


def test_short_counts_are_stored_in_three_quarters_of_their_length() -> None:
    rle = _disk(1)

    assert len(codec.pack(rle)) <= len(rle.counts) * 3 / 4 + 3
    assert codec.unpack(codec.pack(rle), rle.size) == rle


def test_long_counts_are_stored_in_less_than_half_of_their_length() -> None:
    rle = _disk(8)

    assert len(codec.pack(rle)) < len(rle.counts) / 2
    assert codec.unpack(codec.pack(rle), rle.size) == rle


def test_short_counts_that_were_deflated_before_are_read_as_well() -> None:
    rle = _disk(1)

    assert codec.unpack(zlib.compress(rle.counts, level=6), rle.size) == rle
