"""The atlas's settings, with the benchmark's own views beside the atlas's and under the same middleware."""

from atlas.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.served"
