# SPDX-License-Identifier: MIT
"""
Hypothesis profiles, chosen by the environment variable HYPOTHESIS_PROFILE.

dev    quick, and new examples on every run; the default
ci     the same examples on every run
deep   for the laws, before a release
"""

import os

from hypothesis import HealthCheck, settings

# Generated dumps are large and slow to draw by nature. That too few examples pass a filter stays an error.
LARGE = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("dev", max_examples=50, deadline=None, print_blob=True, suppress_health_check=LARGE)
settings.register_profile("ci", settings.get_profile("dev"), max_examples=100, derandomize=True)
settings.register_profile("deep", settings.get_profile("dev"), max_examples=10_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
