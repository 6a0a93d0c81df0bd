"""Names that came with files."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskwright.assets.errors import NameUnsafe
from maskwright.assets.names import MAX_NAME_LENGTH, FileName, file_name, printable


@pytest.mark.parametrize(
    "raw", ["../x.jpg", "a/../../x.jpg", "/x.jpg", "\\\\host\\x.jpg", "C:\\x.jpg", "c:x.jpg", ".."]
)
def test_a_name_that_leads_elsewhere_is_unsafe(raw: str) -> None:
    with pytest.raises(NameUnsafe):
        file_name(raw)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a.jpg", FileName("a.jpg")),
        ("tab\there\n.jpg", FileName("tabhere.jpg")),
        ("a\0b.jpg", FileName("ab.jpg")),
        ("x\\y\\z.png", FileName("z.png", "x/y")),
        ("x//y/./z.png", FileName("z.png", "x/y")),
        ("\u202egpj.exe", FileName("gpj.exe")),
        ("\x01\x02", FileName("unnamed")),
        ("", FileName("unnamed")),
        ("...", FileName("...")),
    ],
)
def test_a_name_is_shown_without_what_could_mislead(raw: str, shown: FileName) -> None:
    assert file_name(raw) == shown


@given(st.text(max_size=600))
def test_every_name_can_be_kept_and_shown(raw: str) -> None:
    with suppress(NameUnsafe):
        shown = file_name(raw)
        assert 1 <= len(shown.name) <= MAX_NAME_LENGTH
        assert len(shown.folder) <= MAX_NAME_LENGTH
        assert "/" not in shown.name
        assert "\0" not in shown.path
        shown.path.encode()
    assert len(printable(raw)) <= MAX_NAME_LENGTH
