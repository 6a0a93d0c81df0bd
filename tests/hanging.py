"""A test that hangs is ended (`timeout` in pyproject.toml); here, also after it has failed."""

import pytest
from pytest_timeout import Settings


@pytest.hookimpl(trylast=True)
def pytest_exception_interact(node: pytest.Item | pytest.Collector) -> None:
    """What a test that failed leaves to be closed may hang as well.

    pytest-timeout stops its clock at a failure, so that nobody is thrown out of a debugger.
    """
    seconds = node.config.getoption("timeout") or float(node.config.getini("timeout") or 0)
    if isinstance(node, pytest.Item) and seconds and not node.config.getoption("usepdb"):
        again = Settings(seconds, "signal", func_only=False, disable_debugger_detection=False)
        node.config.hook.pytest_timeout_set_timer(item=node, settings=again)
