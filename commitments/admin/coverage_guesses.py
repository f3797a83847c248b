"""From what the rules found in a sentence to our own records: which parties it names, and which code is free."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from babel import Locale

from commitments.codelists import Classification, Role
from commitments.coverage.actors import ALIASES, Lexicon, Mention
from commitments.coverage.proposals import Proposal
from commitments.models import Commitment, Participation, Party, Summit
from commitments.models.base import CODE_LENGTH

LANGUAGES = ("en", "ru")
# Keys under which some of our parties stand among the aliases.
_ALIAS_BY_SLUG = {"eu": "EU", "united-nations": "UN"}
_IN_BRACKETS = re.compile(r"\(([^)]+)\)")
_NUMBERED = re.compile(r"(?P<prefix>.+-)(?P<number>\d+)")
_NOT_IN_CODES = re.compile(r"[^A-Z0-9]+")


@dataclass(frozen=True)
class Known:
    """The parties that we hold, the names they are found by, and who was at the summit."""

    parties: dict[str, Party]
    lexicon: Lexicon
    at_the_table: list[Party] = field(default_factory=list)

    def roles(self, proposal: Proposal) -> list[tuple[Party, Role]]:
        """Who may be what to the sentence: before the verb its makers, after it those it is addressed to."""
        mentions = proposal.signals.mentions
        makers = self._named(mention for mention in mentions if mention.start < proposal.verb_at)
        if not makers and proposal.signals.collective:
            makers = list(self.at_the_table)
        roles = [(party, Role.MAKER) for party in makers]
        if proposal.classification == Classification.REQUEST:
            addressees = self._named(mention for mention in mentions if mention.start >= proposal.verb_at)
            roles += [(party, Role.ADDRESSEE) for party in addressees if party not in makers]
        return roles

    def _named(self, mentions: Iterator[Mention]) -> list[Party]:
        slugs = dict.fromkeys(mention.key for mention in mentions)
        return [self.parties[slug] for slug in slugs if slug in self.parties]


def known_at(summit: Summit) -> Known:
    """Every party by its names, and those at this summit by their representatives too. In two queries."""
    parties = {party.slug: party for party in Party.objects.all()}
    attending = list(Participation.objects.filter(summit=summit).select_related("party").order_by("party__name"))
    named = [(slug, name) for slug, party in parties.items() for name in _names(party)]
    for one in attending:
        if one.representative:
            named += [(one.party.slug, one.representative), (one.party.slug, one.representative.split()[-1])]
    return Known(parties, Lexicon.of(named), list(dict.fromkeys(one.party for one in attending)))


def _names(party: Party) -> Iterator[str]:
    for name in (party.name, party.name_ru):
        yield _IN_BRACKETS.sub(" ", name)
        yield from _IN_BRACKETS.findall(name)
    key = party.alpha2 or _ALIAS_BY_SLUG.get(party.slug, "")
    yield from ALIASES.get(key, ())
    if party.alpha2:
        for language in LANGUAGES:
            yield str(Locale(language).territories.get(party.alpha2, ""))


def free_codes(summit: Summit) -> Iterator[str]:
    """Codes that no commitment has, in the manner of the summit's other commitments."""
    taken = set(Commitment.objects.values_list("code", flat=True))
    own = Commitment.objects.filter(summit=summit).values_list("code", flat=True)
    prefixes = Counter(match["prefix"] for code in own if (match := _NUMBERED.fullmatch(code)))
    prefix = prefixes.most_common(1)[0][0] if prefixes else _prefix(summit)
    numbers = [
        int(match["number"]) for code in taken if (match := _NUMBERED.fullmatch(code)) and match["prefix"] == prefix
    ]
    number = max(numbers, default=0)
    while True:
        number += 1
        yield f"{prefix}{number:02d}"


def _prefix(summit: Summit) -> str:
    return _NOT_IN_CODES.sub("-", summit.code.upper()).strip("-")[: CODE_LENGTH - 6] + "-"
