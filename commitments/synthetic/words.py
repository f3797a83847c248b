"""The words of synthetic texts: some common, most rare, as in real ones."""

from itertools import accumulate
from random import Random

VERBS = """increase reduce phase-out double establish adopt ratify publish fund protect restore expand reform strengthen
monitor deliver halve implement harmonise disclose""".split()
ADJECTIVES = """national regional annual binding voluntary public renewable rural urban coastal digital inclusive
accountable transparent domestic joint independent verified interim sustainable""".split()
NOUNS = """emissions capacity budget framework programme law targets coverage access subsidies standards data register
workforce grid schools hospitals rivers coasts forests ports railways farms cities loans grants patents vaccines
classrooms households teachers nurses fishers miners exporters importers courts ministries audits""".split()
FILLING = """the of and to in for with by from on under through across within before after against between during
government parties ministers delegates partners agencies citizens communities stakeholders implementation progress
report review baseline indicator milestone evidence source annex paragraph agreement declaration communique
finance support cooperation transition resilience adaptation mitigation participation oversight compliance
quarterly annually jointly fully partly urgently credibly measurable comparable additional adequate timely""".split()
# Where no word is known, one is made: so most are rare.
_BEGINNINGS = "ar bel cor dal er fin gal hes il jor kal lor mar nor os pel quin ros sal tor ul ver wes yar zan".split()
_ENDINGS = ("ic", "ment")
SHARE_OF_FILLING = 0.85


def weights(count: int, exponent: float) -> list[float]:
    """Zipf's law: how often the first, second … of so many things is met, added up for `Random.choices`."""
    return list(accumulate(1 / (place + 1) ** exponent for place in range(count)))


TERMS = NOUNS + [one + two + end for one in _BEGINNINGS for two in _BEGINNINGS[:10] for end in _ENDINGS]
_TERM_WEIGHTS = weights(len(TERMS), 0.9)


def sentence(random: Random, length: int) -> str:
    """So many words, the first a capital, without a full stop."""
    words = [random.choice(VERBS), random.choice(ADJECTIVES), _term(random)]
    while len(words) < length:
        words.append(random.choice(FILLING) if random.random() < SHARE_OF_FILLING else _term(random))
    return " ".join(words).capitalize()


def text(random: Random, sentences: int) -> str:
    """So many sentences."""
    return ". ".join(sentence(random, random.randint(9, 18)) for _ in range(sentences)) + "."


def _term(random: Random) -> str:
    return random.choices(TERMS, cum_weights=_TERM_WEIGHTS)[0]
