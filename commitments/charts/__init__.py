"""Pictures as geometry: pure functions from numbers and dates to frozen dataclasses. Templates draw them as SVG.

Units are those of the picture's viewBox; x grows to the right and y downwards.
"""
