"""Signed links: what they let through, for how long, and when they change."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest

from maskwright.storage.signing import PERIOD_SECONDS, UrlSigner

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
RESOURCE = "assets/1/display"


def signer_at(moment: datetime, secret: str = "secret") -> UrlSigner:
    return UrlSigner(secret, now=lambda: moment)


def parts_of(query: str) -> tuple[int, str]:
    fields = parse_qs(query)
    return int(fields["expires"][0]), fields["signature"][0]


def test_a_signed_link_is_valid_for_its_resource_only() -> None:
    signer = signer_at(NOON)
    expires, signature = parts_of(signer.query(RESOURCE))
    assert signer.is_valid(RESOURCE, expires, signature)
    assert not signer.is_valid("assets/1/original", expires, signature)


def test_a_link_cannot_be_prolonged() -> None:
    signer = signer_at(NOON)
    expires, signature = parts_of(signer.query(RESOURCE))
    assert not signer.is_valid(RESOURCE, expires + 1, signature)


def test_another_servers_link_is_not_ours() -> None:
    expires, signature = parts_of(signer_at(NOON, "theirs").query(RESOURCE))
    assert not signer_at(NOON).is_valid(RESOURCE, expires, signature)


def test_a_link_ends_with_its_expiry() -> None:
    expires, signature = parts_of(signer_at(NOON).query(RESOURCE))
    end = datetime.fromtimestamp(expires, UTC)
    assert signer_at(end - timedelta(seconds=1)).is_valid(RESOURCE, expires, signature)
    assert not signer_at(end).is_valid(RESOURCE, expires, signature)


def test_a_link_lives_for_one_to_two_periods_whenever_it_is_made() -> None:
    for hour in range(48):
        moment = NOON + timedelta(hours=hour)
        expires, _ = parts_of(signer_at(moment).query(RESOURCE))
        left = expires - moment.timestamp()
        assert PERIOD_SECONDS <= left <= 2 * PERIOD_SECONDS


def test_a_link_changes_once_a_period_so_that_browsers_find_it_in_their_cache() -> None:
    minutes = [NOON + timedelta(minutes=m) for m in range(0, PERIOD_SECONDS // 60, 10)]
    assert len({signer_at(moment).query(RESOURCE) for moment in minutes}) <= 2


def test_the_links_of_a_page_do_not_all_change_at_once() -> None:
    expiries = {parts_of(signer_at(NOON).query(f"assets/{n}/display"))[0] for n in range(50)}
    assert len(expiries) > 40


@pytest.mark.parametrize("signature", ["", "ü" * 40, "\ud800", "0" * 40])
def test_a_made_up_signature_is_refused(signature: str) -> None:
    expires, _ = parts_of(signer_at(NOON).query(RESOURCE))
    assert not signer_at(NOON).is_valid(RESOURCE, expires, signature)


def test_nothing_is_signed_without_a_secret() -> None:
    with pytest.raises(ValueError, match="MASKWRIGHT_SECRET_KEY"):
        UrlSigner("")
