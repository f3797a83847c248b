"""The public record as sets of numbers in memory: who is in which list is found without asking the database.

Each process holds, for every value that a filter knows, the ids of the commitments that have it, as compressed bitmaps.
A list is then a few intersections, a facet is the sizes of some more. `marks.py` says what to read anew, before each
use: what is served is never older than the database. Only public commitments are held.
"""

from commitments.bitmaps.keeping import current, forget, reading, warm_up
from commitments.bitmaps.lists import BitmapCounts
from commitments.bitmaps.pieces import Shelf, Variant

__all__ = ["BitmapCounts", "Shelf", "Variant", "current", "forget", "reading", "warm_up"]
