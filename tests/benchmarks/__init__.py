"""Measurements, each run by hand: `python -m tests.benchmarks.NAME`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
