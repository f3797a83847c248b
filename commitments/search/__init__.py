"""Full-text search: one function, two engines, the same hits."""

from commitments.search.entries import index, rebuild
from commitments.search.highlighting import highlight
from commitments.search.matching import by_relevance, matching
from commitments.search.query import parse

__all__ = ["by_relevance", "highlight", "index", "matching", "parse", "rebuild"]
