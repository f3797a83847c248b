"""The card of a commitment: a picture that says what was promised, by whom, and where it stands as of a day."""

from commitments.cards.drawing import HEIGHT, WIDTH, Card, draw

__all__ = ["HEIGHT", "WIDTH", "Card", "draw"]
