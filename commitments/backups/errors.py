class NotDone(Exception):
    """A backup was not made, or not put back; the message says why. Nothing was left half done."""
