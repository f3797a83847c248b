"""Sums with their currency. English and Russian."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from commitments.codelists import AmountQualifier

# As many digits as a sum may have before the point.
LARGEST = Decimal(10) ** 15

Q = AmountQualifier


@dataclass(frozen=True, slots=True)
class Money:
    """A sum as a sentence gives it; `value_max` for a range."""

    words: str
    value: Decimal
    currency: str
    qualifier: AmountQualifier = Q.EXACT
    value_max: Decimal | None = None


# The longer signs first.
_SIGNS = (
    ("US$", "USD"), ("U.S.$", "USD"), ("A$", "AUD"), ("C$", "CAD"), ("NZ$", "NZD"), ("S$", "SGD"), ("R$", "BRL"),
    ("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("₸", "KZT"), ("₽", "RUB"), ("₹", "INR"), ("₺", "TRY"),
    ("USD", "USD"), ("EUR", "EUR"), ("GBP", "GBP"), ("JPY", "JPY"), ("CNY", "CNY"), ("RMB", "CNY"), ("KZT", "KZT"),
    ("RUB", "RUB"), ("UZS", "UZS"), ("KGS", "KGS"), ("TJS", "TJS"), ("TMT", "TMT"), ("INR", "INR"), ("CHF", "CHF"),
    ("SEK", "SEK"), ("NOK", "NOK"), ("DKK", "DKK"), ("CAD", "CAD"), ("AUD", "AUD"), ("KRW", "KRW"), ("TRY", "TRY"),
)  # fmt: skip
_NAMES = (
    (r"(?:us |u\.s\. |american )?dollars?|долл(?:аров|ара|ар)?(?: сша)?\.?", "USD"), (r"euros?|евро", "EUR"),
    (r"pounds?(?: sterling)?|фунт\w*(?: стерлингов)?", "GBP"), (r"(?:japanese )?yen|иен\w*", "JPY"),
    (r"(?:chinese )?yuan|renminbi|юан\w+", "CNY"), (r"tenge|тенге", "KZT"),
    (r"(?:russian )?rou?bles?|руб(?:лей|ля|ль)?\.?", "RUB"), (r"(?:uzbek )?soums?|сум(?:ов)?", "UZS"),
    (r"(?:kyrgyz )?soms?|сом(?:ов)?", "KGS"), (r"somoni|сомони", "TJS"), (r"manats?|манат\w*", "TMT"),
    (r"(?:indian )?rupees?|рупи\w+", "INR"), (r"(?:swiss )?francs?|франк\w*", "CHF"), (r"won|вон", "KRW"),
    (r"(?:turkish )?lira|лир\w*", "TRY"),
)  # fmt: skip
_SCALES = (
    (re.compile(r"(?:tn|trillion|трлн|триллион)", re.I), 12),
    (re.compile(r"(?:bn|billion|млрд|миллиард)", re.I), 9),
    (re.compile(r"(?:mn|mln|million|млн|миллион)", re.I), 6),
    (re.compile(r"(?:thousand|тыс)", re.I), 3),
)
_QUALIFIERS = (
    (re.compile(r"(?:up to|as much as|a maximum of|до|не более)\s+$", re.I), Q.UP_TO),
    (
        re.compile(r"(?:more than|over|at least|in excess of|above|exceeding|более|свыше|не менее|больше)\s+$", re.I),
        Q.OVER,
    ),
    (re.compile(r"(?:almost|nearly|close to|почти)\s+$", re.I), Q.ALMOST),
    (re.compile(r"(?:about|around|some|approximately|roughly|an estimated|около|примерно|порядка)\s+$", re.I), Q.ABOUT),
)
_NUMBER = r"\d{1,3}(?:[ ,]\d{3}){1,5}(?:[.,]\d{1,2})?|\d{1,15}(?:[.,]\d{1,3})?"
_SCALE = (
    r"(?:trillion|billion|million|thousand|tn|bn|mln|mn|m|трлн\.?|млрд\.?|млн\.?|тыс\.?|триллион\w*|миллиард\w*|"
    r"миллион\w*|тысяч\w?)(?!\w)"
)
_SIGN = "|".join(re.escape(sign) for sign, _code in _SIGNS)
_NAME = "|".join(f"(?P<name{index}>{names})" for index, (names, _code) in enumerate(_NAMES))
_TO = r"(?:\s?[-–—]\s?|\s+(?:to|and|до|и)\s+)"
_SUM = re.compile(
    rf"(?<!\w)(?:(?P<sign>{_SIGN})\s?)?(?<![\d.,])(?P<low>{_NUMBER})(?:\s?(?P<low_scale>{_SCALE}))?"
    rf"(?:{_TO}(?:(?:{_SIGN})\s?)?(?P<high>{_NUMBER}))?(?:\s?(?P<scale>{_SCALE}))?(?:\s?(?:{_NAME})(?!\w)|\s?(?P<after>[€₸₽£$]))?",
    re.IGNORECASE,
)


def find(text: str) -> list[Money]:
    """Every sum in a plain text, in its order."""
    return [money for match in _SUM.finditer(text) if (money := _money(text, match)) is not None]


def _money(text: str, match: re.Match[str]) -> Money | None:
    currency = _currency(match)
    if currency is None:
        return None
    scale = match["scale"] or match["low_scale"]
    low = _value(match["low"], match["low_scale"] or scale)
    high = _value(match["high"], scale) if match["high"] else None
    if low is None or not 0 < low < LARGEST or (high is not None and high >= LARGEST):
        return None
    words = " ".join(match.group().split())
    if high is not None and high > low:
        return Money(words, low, currency, Q.RANGE, high)
    before = text[max(0, match.start() - 30) : match.start()]
    qualifier = next((code for pattern, code in _QUALIFIERS if pattern.search(before)), Q.EXACT)
    return Money(words, low, currency, qualifier)


def _currency(match: re.Match[str]) -> str | None:
    written = match["sign"] or match["after"]
    if written:
        return next(code for sign, code in _SIGNS if sign.lower() == written.lower())
    return next((code for index, (_names, code) in enumerate(_NAMES) if match[f"name{index}"]), None)


def _value(number: str, scale: str | None) -> Decimal | None:
    digits = re.sub(r"\s", "", number)
    # A comma before exactly three digits parts thousands; any other is the decimal point of the continent.
    digits = re.sub(r",(?=\d{3}(?!\d))", "", digits) if not re.fullmatch(r"0,\d+", digits) else digits
    try:
        value = Decimal(digits.replace(",", "."))
    except InvalidOperation:
        return None
    power = 0
    if scale:
        power = next((power for pattern, power in _SCALES if pattern.match(scale)), 6)
    return value * Decimal(10) ** power
