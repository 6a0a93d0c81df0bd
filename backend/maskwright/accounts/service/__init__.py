"""What people do with accounts, by subject; here is what other slices and the launcher call."""

from maskwright.accounts.service.authentication import authenticate

__all__ = ["authenticate"]
