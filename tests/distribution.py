"""Which tests go to one worker where several run."""

from xdist.scheduler import LoadScopeScheduling

#: Each shares something that takes long to make: a running Maskwright, and a browser. A test goes
#: with the first that its id begins with. Whatever holds the most tests comes first, so that no
#: worker is left alone with it at the end; browser tests are two, for together they take longer
#: than all others.
TOGETHER = (
    "tests/e2e/test_editor",
    "tests/e2e/",
    "tests/launcher/test_whole_stack.py",
    "tests/queue/test_deaths.py",
)


class ByWhatIsShared(LoadScopeScheduling):
    """One test after another to whoever is free, but for those that share something.

    xdist's own groups do not hold with this pytest: they are written into the tests' ids, which
    cannot be changed any more.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)
