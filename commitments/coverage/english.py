"""What English says at summits. The order of the rules counts: of those that match the same words, the first.

What is undertaken, asked for or reaffirmed is in `english_acts`.
"""

import re

from django.utils.translation import gettext_lazy as _

from commitments.codelists import Classification, Strength
from commitments.coverage import english_acts
from commitments.coverage.english_words import NOT_A_NOUN, rule
from commitments.coverage.grammar import Grammar, words

C, S = Classification, Strength

# fmt: off
# Words that would be mistaken for others.
_FIRST = (
    rule(
        "en-history", C.CONTEXT, None,
        r"\b(?:was|were|been)~\s+(?:launched|established|founded|created|set up|signed|adopted|introduced|opened|"
        r"announced|agreed|pledged)\s+(?:\w+\s+){0,3}?(?:in|on|at|last|during)\s+(?:\w+\s+)?(?:(?:19|20)\d\d|year)\b",
        _("It tells what was set up or settled before."),
    ),
    rule(
        "en-not-done", C.CONTEXT, None,
        r"\b(?:did not|didn't|has not|have not|had not|failed to|declined to|refused to|no agreement (?:was|has been))"
        r"~(?:\s+(?:been\s+)?(?:agree|commit|pledge|announce|sign|decide|propose|promise|reach|reached)\w*)?",
        _("It says what was not agreed or not done."),
    ),
    rule(
        "en-is-expected", C.POSITION, None, r"\b(?:is|are|was|were)~\s+expected\s+to\b",
        _("“%(words)s” tells what is expected, not what somebody will do."),
    ),
    rule(
        "en-not-excluded", C.POSITION, None,
        r"\b(?:(?:must|should|shall|will)\s+not\s+be\s+(?:used|seen|allowed|"
        r"tolerated)|cannot|can not)\b",
        _("It says what must not or cannot be: a view."),
    ),
)

_ADVOCACY = (
    rule(
        "en-urges", C.ADVOCACY, S.ADVOCATED,
        rf"{NOT_A_NOUN}\b(?:urge[sd]?|urging|encourage[sd]?|advocate[sd]?|advocating|exhort(?:s|ed)?)\b",
        _("“%(words)s” urges an act without undertaking it."),
    ),
    rule(
        "en-calls-for", C.ADVOCACY, S.ADVOCATED,
        r"\bcall(?:s|ed|ing)?~\s+for\b|\b(?:spoke|speak|speaks|spoken|argued)\s+(?:\w+\s+)?(?:in\s+favou?r\s+of|for)\b|"
        r"\bpush(?:es|ed)?\s+for\b",
        _("“%(words)s” urges an act without undertaking it."),
    ),
    rule(
        "en-should", C.ADVOCACY, S.ADVOCATED,
        r"\b(?:should|must|ought\s+to|needs?\s+to|have\s+to|has\s+to)\b",
        _("“%(words)s” says what ought to be done, and nobody undertakes it."),
    ),
)

_TOPICS = (
    rule(
        "en-explored", C.TOPIC, S.EXPLORED,
        r"\bexplor(?:e|es|ed|ing)\b|\b(?:consider|examin|review|study|studi|discuss|look|weigh)(?:e?d|e?s|e|ing)?\s+"
        r"(?:at\s+|into\s+)?(?:\w+\s+){0,2}?(?:ways|options|possibilit\w+|opportunit\w+|avenues|potential|feasibility)\b",
        _("“%(words)s”: possibilities were looked at, nothing was undertaken."),
    ),
    rule(
        "en-discussed", C.TOPIC, S.DISCUSSED,
        r"\bdiscuss(?:es|ed)?\b|(?:\b(?:are|is|were|was)|'re)~\s+discussing\b|\bexchang(?:e|ed|es)\s+(?:\w+\s+)?(?:views|opinions)\b|\bviews\s+were\s+exchanged\b|"
        r"\bdebated\b|\bdeliberated\b|\btouch(?:es|ed)?\s+(?:up)?on\b|\btook\s+stock\b|\bdwelt\s+on\b|\breviewed\b|"
        r"\bheld\s+(?:\w+\s+){0,2}(?:talks|consultations|discussions)\b|\b(?:was|were)\s+(?:considered|examined|raised)\b",
        _("“%(words)s”: a subject of the talks, with no undertaking."),
    ),
    rule(
        "en-talks-covered", C.TOPIC, S.DISCUSSED,
        r"\b(?:addressed|considered|covered|raised|examined)\b|\b(?:cent(?:re|er)(?:e?d|s)|focus(?:s?ed|es)?)\s+on\b|"
        r"\battention\s+(?:was|is)\s+(?:\w+\s+)?(?:paid|given|devoted)\b|\bpaid\s+(?:\w+\s+)?attention\b|"
        r"\bon\s+the\s+agenda\b|\b(?:areas|topics|subjects)\s+of\s+(?:the\s+)?(?:discussion|talks)\b|"
        r"\b(?:discussions|talks)\s+(?:\w+\s+)?included\b",
        _("“%(words)s”: a subject of the talks, with no undertaking."),
    ),
)

_POSITIONS = (
    rule(
        "en-hopes", C.POSITION, None,
        r"\blook(?:s|ed|ing)?\s+forward\b|\bhop(?:e|es|ed)\b|\bwish(?:es|ed)?\b|\b(?:express(?:es|ed)?|voice[sd]?)\s+(?:\w+\s+)?"
        r"(?:hope|confidence|optimism)\b|\bdreams?\b",
        _("“%(words)s” voices a hope or wish: no act and nobody who answers for it."),
    ),
    rule(
        "en-thanks", C.POSITION, None,
        r"\bthank(?:s|ed)?\b|\b(?:express(?:es|ed)?|voice[sd]?)\s+(?:\w+\s+){0,3}(?:gratitude|appreciation|thanks|condolences|"
        r"sympathy|satisfaction|interest|concern|solidarity|support|alarm|regret)\b|\bcongratulat\w+|\bpraise[sd]?\b|"
        r"\bcommend(?:s|ed)?\b|\bappreciate[sd]?\b|\bpa(?:y|id)\s+tribute\b",
        _("“%(words)s” gives thanks, praise or feeling only."),
    ),
    rule(
        "en-welcomes", C.POSITION, None,
        rf"{NOT_A_NOUN}\b(?:welcome[sd]?|support(?:s|ed)?|endorse[sd]?|value[sd]?)\b|\btake(?:s)?\s+note\b|"
        r"\b(?:oppose|reject|condemn|deplore|regret|denounce)(?:s|d|ed|ted)?\b",
        _("“%(words)s” judges what others do, and undertakes nothing."),
    ),
    rule(
        "en-stresses", C.POSITION, None,
        r"\b(?:stress|emphasi[sz]e|underlin|underscor|highlight|recogni[sz]e|acknowledg|affirm|believ|note|observ|"
        r"maintain|agree\s+with|embrac|think)(?:e|es|ed|s|d|sed)?\b|\bshares?\s+(?:the|a|an|our|this|that)\b|\battach(?:es|ed)?\s+(?:\w+\s+)?importance\b|"
        r"\b(?:are|is|remain)\s+(?:\w+ly\s+)?(?:concerned|convinced|alarmed|mindful|conscious|aware|confident|united)\b|"
        r"\bstand(?:s)?\s+(?:with|in\s+solidarity|together|united)\b",
        _("“%(words)s” states a view."),
    ),
    rule(
        "en-judges", C.POSITION, None,
        r"\b(?:is|are|remains?)\s+(?:\w+\s+)?(?:vital|essential|crucial|important|indispensable|key|critical|necessary|"
        r"unacceptable|imperative|central|a\s+priority)\b|\brequires?\b|\bno\s+(?:country|state|nation|one)\b[^.;]{0,40}\b(?:can|may)\b|"
        r"\bwe\s+(?:can|may)\b",
        _("“%(words)s” is a judgement, not an act."),
    ),
)

_CONTEXT = (
    rule(
        "en-event", C.CONTEXT, None,
        r"\b(?:was|were)\s+(?:\w+\s+)?(?:held|attended|chaired|hosted|opened|joined)\b|\btook\s+(?:place|part)\b|"
        r"\bparticipated\b|\bgathered\b|\bconvened\b(?=\s+(?:in|on|at)\b)|\barrived\b|\b(?:have|having)\s+met\b|\bmet\b|"
        r"\battended\b|\bmarks?\s+the\b",
        _("“%(words)s” tells who met, where or when."),
    ),
    rule(
        "en-trend", C.CONTEXT, None,
        r"\b(?:grew|rose|fell|increased|decreased|declined|reached|amounted|doubled|stood\s+at)\b|"
        r"\baccording\s+to\b|\breported\b",
        _("“%(words)s” reports facts."),
    ),
)
# fmt: on

GRAMMAR = Grammar(
    # Requests before commitments, so that “asked … to commit” is a request.
    rules=(
        *_FIRST,
        *english_acts.REAFFIRMATIONS,
        *english_acts.REQUESTS,
        *english_acts.COMMITMENTS,
        *_ADVOCACY,
        *_TOPICS,
        *_POSITIONS,
        *_CONTEXT,
    ),
    actors=words(
        r"\b(?:we|I|he|she|they|us|both|all\s+(?:five|six|seven)|leaders?|presidents?|prime\s+ministers?|premier|chancellor|"
        r"ministers?|ministr(?:y|ies)|heads?\s+of|sides?|part(?:y|ies)|participants?|members?|states?|countr(?:y|ies)|"
        r"governments?|nations?|partners?|commission|council|bank|union|fund|agenc(?:y|ies)|secretariat|"
        r"secretary(?:-general)?|department|organi[sz]ation|delegations?|authorit(?:y|ies)|experts?|officials?|"
        r"working\s+groups?|compan(?:y|ies)|committee|parliaments?|presidency|chair|G\d+|C5(?:\+1)?|BRICS|ASEAN|SCO|EU|UN|"
        r"OECD|WTO|IMF|NATO|U\.S\.|US|UK)\b(?!')",
    ),
    named_subject=re.compile(
        r"(?:^|[,;]\s+|\band\s+)(?!(?:The|This|That|These|It|There|Such|Success|Growth|Trade)\b)"
        r"(?:[A-Z][\w'-]+\s+){1,4}(?:(?:\w+ly|also|further|jointly)\s+)?$"
    ),
    earlier=words(
        r"\b(?:last\s+(?:year|month|week|summer|autumn|winter|spring|decade)|previous(?:ly)?|earlier\s+(?:this|in|that)|"
        r"in\s+the\s+past|years\s+ago|a\s+year\s+ago|formerly|at\s+(?:the|their)\s+(?:last|previous)|in\s+recent\s+years|"
        r"since\s+(?:then|(?:19|20)\d\d))\b",
    ),
    hedges=words(
        r"\b(?:where|as|if|when)\s+(?:appropriate|possible|necessary|applicable|relevant|needed)\b|\bendeavou?rs?\b|"
        r"\bsubject\s+to\b|\bprovided\s+that\b|\bstriv(?:e|es|ing)\b|\bconsider(?:ing)?\b|\bvoluntar(?:y|ily)\b|\bexplor\w+|"
        r"\bin\s+principle\b|\bpossib(?:le|ly|ility)\b|\bas\s+soon\s+as\b|\bdepending\s+on\b|\bmay\b|\bconditional\b|"
        r"\bwithin\s+available\s+resources\b|\b(?:make|making)\s+(?:every\s+|all\s+)?efforts?\b",
    ),
    preamble=words(
        r"^\s*(?:having|recalling|recogni[sz]ing|noting|bearing\s+in\s+mind|considering|guided|welcoming|acknowledging|"
        r"reaffirming|mindful|convinced|conscious|taking\s+(?:note|into)|aware|desiring|emphasi[sz]ing|stressing|alarmed|"
        r"deeply|expressing|building\s+on|inspired|proceeding)\b[^.]*[,;]\s*$",
    ),
)
