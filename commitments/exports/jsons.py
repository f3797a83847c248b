"""A list as JSON: one object with everything that is known of the list, or one line a row."""

from collections.abc import Iterator

from commitments.exports.about import About
from commitments.exports.cells import dumped
from commitments.exports.shape import Listing


def stream(listing: Listing) -> Iterator[bytes]:
    """`{"results": […], "count": n, "about": {…}}`, with the number of rows that were written."""
    yield b'{"results":['
    count = 0
    for chunk in listing.chunks():
        lines = ",\n".join(map(dumped, chunk.objects))
        yield (",\n" if count and lines else "").encode() + lines.encode()
        count += len(chunk)
    yield f'],"count":{count},"about":{dumped(About.of(listing).said(count))}}}\n'.encode()


def stream_lines(listing: Listing) -> Iterator[bytes]:
    """One row a line, and nothing else."""
    for chunk in listing.chunks():
        yield "".join([f"{dumped(row)}\n" for row in chunk.objects]).encode()
