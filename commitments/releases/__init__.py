"""Releases: the dataset as this site said it at one moment, in files that are the same whenever they are made again."""
