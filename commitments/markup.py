"""Reading HTML that anybody may have written, in time that grows with its length alone."""

from html.parser import HTMLParser

PIECE = 64 * 1024
LONGEST_REST = 2048


class PiecewiseParser(HTMLParser):
    """A parser that looks through a tag that is never closed once a piece, not once a letter."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def read(self, markup: str) -> bool:
        """Feed it all, and say whether it was read to its end.

        There the parser would look through what is left again and again, so a long rest is left alone.
        """
        for start in range(0, len(markup), PIECE):
            self.feed(markup[start : start + PIECE])
        is_whole = len(self.rawdata) <= LONGEST_REST
        if is_whole:
            self.close()
        return is_whole
