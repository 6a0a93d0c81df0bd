"""Children that import for long do so while what they need is still being made.

The supervisor holds the one end of a pipe, a child the other: it waits until that ends, which is
when the gate is opened, and also when the supervisor is no more. A child that is started again
finds it open.
"""

import os


class Gate:
    """Shut at first. `fd` goes to the children that are to wait, by `pass_fds`."""

    def __init__(self) -> None:
        self.fd, self._held = os.pipe()
        self._is_open = False

    def open(self) -> None:
        if not self._is_open:
            self._is_open = True
            os.close(self._held)

    def close(self) -> None:
        """Open it, and give its other end back: no child can be started with it any more."""
        self.open()
        os.close(self.fd)


def wait_at(fd: int) -> None:
    """Wait until the gate is open; in a child, once."""
    os.read(fd, 1)
    os.close(fd)
