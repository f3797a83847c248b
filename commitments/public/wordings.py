"""In whose words a commitment is held: texts of an issuing body, or others' reports of it.

Which parties never mention it is not said, because the data cannot tell: a document names its publisher in words, not
as a party, and the record holds the texts that editors read, not everything that a party published.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from commitments.codelists import SourceKind
from commitments.models import Document, Wording

OWN = (SourceKind.PRIMARY, SourceKind.REPUBLISHED_PRIMARY)


@dataclass(frozen=True)
class Worded:
    """The documents that word a commitment: those of a body that issued the text itself, and all others."""

    own: list[Document]
    others: list[Document]


def worded(wordings: Iterable[Wording]) -> Worded:
    """The documents of these wordings, once each, in their order."""
    documents = list(dict.fromkeys(wording.document for wording in wordings))
    return Worded(
        own=[document for document in documents if document.source_kind in OWN],
        others=[document for document in documents if document.source_kind not in OWN],
    )
