"""What the tests of labels share with those of the queue."""

from tests.queue.conftest import ann, bob, desk

__all__ = ["ann", "bob", "desk"]
