"""What holds for every test: generated examples repeat, and the inner layers have no network."""

import os
from datetime import timedelta

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.support.no_sockets", "tests.bdd.evidence"]

# `repeatable` draws the same examples on every run and every machine; HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    max_examples=50,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("search", deadline=timedelta(seconds=10), max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))
