# SPDX-License-Identifier: MIT
"""
How many examples tests draw, and which tests take long.

Hypothesis profiles are chosen by the environment variable HYPOTHESIS_PROFILE:

quick  ten examples, the same on every run
dev    fifty, and new ones on every run; the default
ci     fifty, the same on every run
deep   for the laws, before a release

Tests marked `slow`, the laws among them, draw many examples or start processes of their own; `nox -s quick`
leaves them out. Coverage is not measured while they run, which would take as long again: each branch is to be
reached by a test that says what it is for. Tests that start processes are the exception.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Generated dumps are large and slow to draw by nature. That too few examples pass a filter stays an error.
LARGE = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("dev", max_examples=50, deadline=None, print_blob=True, suppress_health_check=LARGE)
settings.register_profile("quick", settings.get_profile("dev"), max_examples=10, derandomize=True)
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True)
settings.register_profile("deep", settings.get_profile("dev"), max_examples=10_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

LAWS = Path(__file__).parent / "properties"


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session):
    """
    Stop the first of the two measurements of coverage that pytest-cov starts in each process of xdist.

    It starts one before it knows what the process is, and another that it saves. To pause only the latter
    resumes the first: tests that are not to be measured would take twice as long all the same.
    """
    plugin = session.config.pluginmanager.getplugin("_cov")
    if plugin is not None and plugin.cov_controller is not None and hasattr(session.config, "workerinput"):
        plugin.cov_controller.cov.stop()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(LAWS):
            item.add_marker("slow")
        if item.get_closest_marker("slow") and not item.get_closest_marker("processes"):
            item.add_marker("no_cover")
