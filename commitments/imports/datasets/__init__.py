"""Importing other trackers' data by a mapping: docs/import-dataset.md."""
