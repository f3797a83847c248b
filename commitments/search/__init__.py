"""Full-text search: one function, two engines, the same hits."""

from commitments.search.engines import keys_holding, ways
from commitments.search.entries import index, rebuild
from commitments.search.highlighting import highlight
from commitments.search.matching import by_relevance, matching
from commitments.search.query import parse

__all__ = ["by_relevance", "highlight", "index", "keys_holding", "matching", "parse", "rebuild", "ways"]
