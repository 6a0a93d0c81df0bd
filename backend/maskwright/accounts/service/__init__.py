"""What people do with accounts, by subject; here is what other slices and the launcher call."""

from maskwright.accounts.service.authentication import authenticate, recognize
from maskwright.accounts.service.people import (
    CreatedAccount,
    actor_of_email,
    actor_of_member,
    create_account,
    create_first_administrator,
    create_token_for_email,
)
from maskwright.accounts.service.preferences import language_of

__all__ = [
    "CreatedAccount",
    "actor_of_email",
    "actor_of_member",
    "authenticate",
    "create_account",
    "create_first_administrator",
    "create_token_for_email",
    "language_of",
    "recognize",
]
