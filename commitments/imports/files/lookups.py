"""What rows of a file refer to, looked up for all of them in few queries."""

from collections.abc import Iterable
from itertools import batched

from commitments import source_urls
from commitments.codelists import Publication, Status
from commitments.models import Commitment, Document, Party, SDGTarget, Sector, StatusWord, Summit

BATCH = 500


class Lookups:
    """Records by the names that files give them."""

    def __init__(self) -> None:
        self.parties: dict[str, Party] = {}
        self.sectors: dict[str, int] = {}
        self.targets: dict[str, int] = {}
        self.summits: dict[str, Summit] = {}
        self.commitments: dict[str, Commitment] = {}
        self.documents: dict[tuple[str, str], Document] = {}
        self.words: dict[str, Status] = {}

    def find_parties(self) -> None:
        """All parties, by slug, and countries by their alpha-2 code too."""
        for party in Party.objects.select_related("country", "successor"):
            self.parties[party.slug] = party
            if party.alpha2:
                self.parties[party.alpha2] = party

    def find_lists(self) -> None:
        """Sectors, targets and summits, by code."""
        self.sectors = dict(Sector.objects.values_list("code", "pk"))
        self.targets = dict(SDGTarget.objects.values_list("code", "pk"))
        self.summits = {summit.code: summit for summit in Summit.objects.all()}

    def find_words(self) -> None:
        """What foreign words for a status mean here."""
        self.words = {word: Status(status) for word, status in StatusWord.objects.values_list("word", "status")}

    def find_commitments(self, codes: Iterable[str]) -> None:
        """The commitments with these codes."""
        for batch in batched(dict.fromkeys(codes), BATCH):
            self.commitments |= {found.code: found for found in Commitment.objects.filter(code__in=batch)}

    def find_documents(self, urls: Iterable[str]) -> None:
        """The documents at these addresses; `www.`, http or https and a final slash make no difference."""
        wanted = {source_urls.identity(url): url for url in urls}
        for batch in batched(wanted.values(), BATCH):
            for document in Document.objects.filter(url__in=batch):
                self.documents[source_urls.identity(document.url or "")] = document
        unfound = wanted.keys() - self.documents.keys()
        if not unfound:
            return
        # Written otherwise, or not known: only all of them can tell.
        known = Document.objects.exclude(url=None).order_by("-pk").values_list("pk", "url")
        others = {source_urls.identity(url or ""): pk for pk, url in known}
        for keys in batched([others[identity] for identity in unfound if identity in others], BATCH):
            for document in Document.objects.filter(pk__in=keys):
                self.documents[source_urls.identity(document.url or "")] = document

    def know_documents(self, documents: Iterable[Document]) -> None:
        """Add documents that came with another record."""
        for document in documents:
            self.documents.setdefault(source_urls.identity(document.url or ""), document)

    def forget_documents(self, documents: Iterable[Document]) -> None:
        """Take away documents that came with a record which was refused."""
        for document in documents:
            self.documents.pop(source_urls.identity(document.url or ""), None)

    def document(self, url: str) -> Document | None:
        return self.documents.get(source_urls.identity(url))


def is_merged(commitment: Commitment) -> bool:
    return commitment.publication == Publication.MERGED


def is_retracted(commitment: Commitment) -> bool:
    return commitment.publication == Publication.RETRACTED
