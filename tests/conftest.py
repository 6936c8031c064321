"""How the tests run: side by side, none skipped in CI (what a test needs is installed there), ended by a Ctrl-C."""

import os
import signal

import pytest

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in a shell's background job; its children would inherit that
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers(config):
    """One process more than there are cores: many tests wait, for a cap to be passed or for a browser."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items):
    """Begin with the tests that share a class graded by nbgrader: later, every process would wait for it at once."""
    items.sort(key=lambda item: "graded" not in getattr(item, "fixturenames", ()))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.skipped and os.environ.get("CI"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and in CI no test is: {report.longrepr}"
    return report
