"""Feeds: what became of the commitments of a list, the last said first, page by page back to the beginning."""

from commitments.feeds.feed import Feed, Page
from commitments.feeds.sources import Asked, Cursor
from commitments.feeds.writing import ATOM, JSON, write_atom, write_json

__all__ = ["ATOM", "JSON", "Asked", "Cursor", "Feed", "Page", "write_atom", "write_json"]
