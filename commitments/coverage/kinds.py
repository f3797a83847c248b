"""What sort of act a sentence is most likely about. A first guess for the form, which an editor corrects."""

import re

from commitments.codelists import Classification, Kind
from commitments.coverage.signals import Signals

# The first that matches counts.
_KINDS: tuple[tuple[Kind, str], ...] = (
    (Kind.TREATY, r"\b(?:sign\w*|conclude\w*|ratif\w+|accede\w*|подпи\w+|заключ\w+|ратифи\w+|присоедин\w+)\b"
                  r".{0,80}\b(?:agreement|treaty|memorandum|convention|protocol|соглашени|договор|меморандум|конвенци)"),
    (Kind.PROCUREMENT, r"\b(?:purchas\w+|buy\w*|procure\w*|закуп\w+|приобрет\w+|купит)\b"),
    (Kind.LAW, r"\b(?:law|legislation|regulations?|tariffs?|standards?|закон\w*|законодательств\w+|тариф\w*|стандарт\w*)\b"),
    (Kind.INSTITUTION, r"\b(?:secretariat|dialogue|centre|center|academy|working group|task force|commission|council|"
                       r"platform|embassy|fund|секретариат\w*|диалог\w*|центр\w*|академи\w+|рабоч\w+ групп\w+|совет\w*|"
                       r"посольств\w+|платформ\w+|фонд\w*)\b"),
    (Kind.EVENT, r"\b(?:summit|forum|meeting|conference|ministerial|visit|host|convene|exhibition|саммит\w*|форум\w*|"
                 r"встреч\w+|конференци\w+|заседани\w+|визит\w*|выставк\w+)\b"),
    (Kind.INFORMATION, r"\b(?:share|exchange|publish|report|information|campaign|обмен\w*|информаци\w+|опублик\w+)\b"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE | re.DOTALL)) for kind, pattern in _KINDS)


def guess(text: str, classification: Classification, signals: Signals) -> Kind:
    """The likeliest kind; a programme where nothing says otherwise."""
    if classification == Classification.TOPIC:
        return Kind.EXPLORATORY
    if signals.amounts:
        return Kind.FINANCE
    found = next((kind for kind, pattern in _COMPILED if pattern.search(text)), None)
    if found is None and classification == Classification.REAFFIRMATION:
        return Kind.POSITION
    return found or Kind.PROGRAMME
