"""How English words acts: what is reaffirmed, asked for and undertaken. The order of the rules counts."""

from django.utils.translation import gettext_lazy as _

from commitments.codelists import Classification, Strength
from commitments.coverage.cues import Rule
from commitments.coverage.english_words import NOT_A_NOUN, NOT_BY, OWN, rule

C, S = Classification, Strength

# fmt: off
REAFFIRMATIONS: tuple[Rule, ...] = (
    rule(
        "en-reaffirms", C.REAFFIRMATION, S.REAFFIRMED,
        r"\bre-?(?:af|con)firm(?:s|ed)?\b|\breiterat(?:e|es|ed)\b|\bre-?commit(?:s|ted)?\b|\brestate[sd]?\b",
        _("“%(words)s” restates what was undertaken before."),
    ),
    rule(
        "en-remains-committed", C.REAFFIRMATION, S.REAFFIRMED,
        r"\b(?:remain|remains|remained|stay|continue to be|continues to be)~\s+(?:\w+ly\s+)?(?:committed|dedicated|"
        r"devoted|united|steadfast)\b|\b(?:our|their|its)\s+(?:\w+\s+)?commitments?\b[^.]{0,60}\b(?:remains?|(?:is|are)\s+(?:unwavering|firm|steadfast|unshakeable|"
        r"ironclad|enduring))\b",
        _("“%(words)s” restates a commitment without a new act."),
    ),
    rule(
        "en-confirms", C.REAFFIRMATION, S.REAFFIRMED,
        rf"\b(?:confirm|affirm|renew|express|emphasi[sz]e|underscore|underline|stress|highlight)(?:e?s|e?d|ed)?\s+"
        rf"(?:again\s+)?(?:{OWN}\s+)?(?:[\w-]+\s+){{0,3}}?(?:commitments?|adherence|pledges?|obligations?|dedication|"
        r"allegiance|determination)\s+(?:to|in|on|towards?)\b|"
        rf"\bconfirm(?:s|ed)?\s+{OWN}\s+(?:\w+\s+)?(?:support|determination|readiness|intention)\b|"
        rf"\b(?:stand|stands|stood)\s+by\s+{OWN}\b|\bhonou?rs?\s+{OWN}\s+(?:\w+\s+)?commitments?\b",
        _("“%(words)s” confirms an earlier undertaking."),
    ),
)

REQUESTS: tuple[Rule, ...] = (
    rule(
        "en-asks", C.REQUEST, S.REQUESTED,
        rf"{NOT_A_NOUN}\b(?:request(?:s|ed)?|ask(?:s|ed)?)\b(?!\s+(?:about|whether|why|by))",
        _("“%(words)s” asks another party to act."),
    ),
    rule(
        "en-invites", C.REQUEST, S.REQUESTED,
        rf"{NOT_A_NOUN}\binvite[sd]?\b(?=[^.;]{{3,160}}?\bto\b)",
        _("“%(words)s … to” asks another party to act."),
    ),
    rule(
        "en-calls-on", C.REQUEST, S.REQUESTED,
        r"\bcall(?:s|ed|ing)?~\s+(?:on|upon)\b|\bappeal(?:s|ed)?~\s+to\b",
        _("“%(words)s” asks another party to act."),
    ),
    rule(
        "en-tasks", C.REQUEST, S.REQUESTED,
        rf"{NOT_A_NOUN}\b(?:task(?:s|ed)?|instruct(?:s|ed)?|mandate[sd]?|entrust(?:s|ed)?|charge[sd]?|"
        r"direct(?:s|ed)?)\b(?=[^.;]{0,120}?\b(?:to|with)\b)",
        _("“%(words)s” gives another body a task."),
    ),
    rule(
        "en-wants", C.REQUEST, S.REQUESTED, r"\bwant(?:s|ed)\s+(?:[\w'-]+\s+){1,4}?to\b",
        _("“%(words)s” asks another party to act."),
    ),
    rule(
        "en-seeks-support", C.REQUEST, S.REQUESTED,
        r"\b(?:seek|seeks|sought|is seeking|are seeking)\s+(?:[\w.'-]+\s+){0,4}?(?:support|assistance|help|backing|aid|"
        r"funding|approval|cooperation)\b|\bencourage[sd]?\s+(?:our|the|its|their)\s+(?:[\w-]+\s+){0,3}(?:ministers|"
        r"officials|experts|secretariat|working groups?)\s+to\b",
        _("“%(words)s” asks another party for help or action."),
    ),
)

COMMITMENTS: tuple[Rule, ...] = (
    rule(
        "en-ready", C.COMMITMENT, S.INTENDED,
        r"\b(?:express(?:ed|es)?|declare[sd]?|voiced|signal+ed|announced?)\s+(?:\w+\s+){0,3}(?:readiness|willingness|"
        r"intention|intent|plans?)\s+(?:to|for)\b|\b(?:is|are|stand|stands|was|were)\s+(?:\w+\s+)?(?:ready|prepared|"
        r"willing)\s+to\b",
        _("“%(words)s” states a readiness to act."),
    ),
    rule(
        "en-undertakes", C.COMMITMENT, S.COMMITTED,
        r"\bundert(?:ake|akes|ook|aken)~\s+(?:not\s+)?to\b|\bassume[sd]?\s+(?:the\s+)?(?:obligation|responsibility)\b",
        _("“%(words)s” undertakes an act."),
    ),
    rule(
        "en-commits", C.COMMITMENT, S.COMMITTED,
        r"\b(?:commit|commits|committed|committing)\b~(?:\s+(?:our|their|it|him|her)sel(?:f|ves))?~"
        r"(?=\s+(?:not\s+)?to\b|\s+(?:a|an|up|over|more|another)\b|\s+(?:US|EUR|USD|[€$£\d]))",
        _("“%(words)s” is the verb of a commitment."),
    ),
    rule(
        "en-determined", C.COMMITMENT, S.COMMITTED,
        r"\b(?:determined|resolved)\s+to\b|(?<!\bto\x20)\bresolves?\s+to\b",
        _("“%(words)s” states a firm resolve."),
    ),
    rule(
        "en-continues", C.COMMITMENT, S.COMMITTED,
        r"\b(?:will|shall)~\s+(?:continue|keep|remain|maintain)\b~",
        _("“%(words)s” promises to go on, which counts as a commitment."),
        needs_actor=True,
    ),
    rule(
        "en-pledges", C.COMMITMENT, S.PLEDGED,
        rf"{NOT_A_NOUN}\b(?:pledge[sd]?|pledging|vow(?:s|ed)?|promise[sd]?)\b{NOT_BY}",
        _("“%(words)s” promises in public."),
        is_past=True,
    ),
    rule(
        "en-announces", C.COMMITMENT, S.ANNOUNCED,
        rf"\b(?:announce[sd]?|announcing|unveil(?:s|ed)?)\b{NOT_BY}|{NOT_A_NOUN}\b(?:launch(?:es|ed)?)\b{NOT_BY}|"
        r"(?:\b(?:are|is)|'re)\s+(?:launching|establishing|creating|providing|allocating|contributing|investing|opening|"
        r"joining|setting\s+up|stepping\s+up|scaling\s+up)\b|\b(?:allocate[sd]?|earmark(?:s|ed)?)\b" + NOT_BY + r"|"
        r"\bhereby\s+(?:establish|create|launch|adopt)\w*|"
        r"\b(?:declare[sd]?|vow(?:s|ed)?)\s+to\b",
        _("“%(words)s” makes known what will be done."),
        is_past=True,
    ),
    rule(
        "en-reports-that-it-will", C.COMMITMENT, S.ANNOUNCED,
        r"\b(?:said|says|stated|added|adds|told|declared|declares|informed|confirmed|promised|noted|assured|stressed|emphasi[sz]ed)\b"
        r"[^.;]{0,100}?\b(?:will|would|(?:is|are|was|were)\s+(?:ready|prepared|going)\s+to|intends?\s+to|plans\s+to)\b(?!\s+(?:help|depend|require|be\s+(?:a|an|the)\b))",
        _("“%(words)s” reports what its speaker will do."),
    ),
    rule(
        "en-agrees", C.COMMITMENT, S.AGREED,
        r"\b(?:agree[sd]?|agreeing|decide[sd]?)\b~(?:\s+in\s+principle)?(?=\s+(?:not\s+)?(?:to|that|on|upon|a|an)\b)(?!\s+with)|"
        r"\breach(?:ed)?\s+(?:an?\s+|the\s+)?(?:agreement|understanding|deal)\b|\bapprove[sd]?\b",
        _("“%(words)s” settles something between parties."),
        is_past=True,
    ),
    rule(
        "en-signs", C.COMMITMENT, S.AGREED,
        r"\b(?:sign(?:s|ed)?|conclude[sd]?|initial+ed|adopt(?:s|ed)?)\b\s+(?:[\w'.-]+\s+){0,6}?(?:memorand\w+|"
        r"agreements?|treat(?:y|ies)|contracts?|deals?|protocols?|(?:action\s+)?plans?|road\s?maps?|programmes?|"
        r"programs?|strateg(?:y|ies)|frameworks?|guidelines|letters?|arrangements?|conventions?|MoUs?)\b|\bsigning\s+of\s+(?:an?|the|several)\b|"
        r"\b(?:agreements?|memorand\w+|deals?|contracts?|documents?|protocols?|treat(?:y|ies))\b[^.;]{0,60}\b(?:was|were|"
        r"has\s+been|have\s+been)\s+(?:signed|concluded|adopted)\b",
        _("“%(words)s” puts an agreement on paper."),
        is_past=True,
    ),
    rule(
        "en-proposes", C.COMMITMENT, S.PROPOSED,
        rf"\bpropos(?:e|es|ed|ing)\b{NOT_BY}|\bsuggest(?:s|ed)?\b(?!\s+by)|\bput(?:s)?\s+forward\b|\btabled\b|"
        rf"{NOT_A_NOUN}\boffer(?:s|ed)?\b|\b(?:took|presented|advanced|made)\s+(?:an?|the)\s+(?:initiative|proposal)\b",
        _("“%(words)s” puts an act forward for others to take up."),
        is_past=True,
    ),
    rule(
        "en-intends", C.COMMITMENT, S.INTENDED,
        rf"\bintend(?:s|ed|ing)?\s+to\b|{NOT_A_NOUN}\b(?:plan|plans|planned|planning|aim|aims|aiming|strive|strives|"
        r"seek|seeks|aspire|aspires|endeavou?r|endeavou?rs|work|works|working|expect|expects)~\s+(?:to|towards?|for)\b"
        r"(?!\s+be\b)|\bset(?:s)?\s+(?:\w+\s+){0,2}(?:goal|target|objective)s?\b",
        _("“%(words)s” states an intention or aim."),
        needs_actor=True,
    ),
    rule(
        "en-goal-is-to", C.COMMITMENT, S.INTENDED,
        r"\b(?:goals?|aims?|objectives?|targets?|ambitions?|intentions?|plans?)\s+(?:is|are|remains?)\s+to\b",
        _("“%(words)s” states an aim."),
    ),
    rule(
        "en-is-to", C.COMMITMENT, S.ANNOUNCED, r"\b(?:is|are)~\s+to\s+(?!be\s+(?:a|an|the)\b)(?=\w)",
        _("“%(words)s” says what is settled for the future."), needs_actor=True,
    ),
    rule(
        "en-is-planned", C.COMMITMENT, S.INTENDED,
        r"\b(?:is|are|was|were)~\s+(?:planned|scheduled)\b|\bset(?:s)?\s+(?:the\s+)?(?:task|goal)\b",
        _("“%(words)s” tells of a plan."),
    ),
    rule(
        "en-will-be-done", C.COMMITMENT, S.ANNOUNCED,
        r"\b(?:will|shall)~\s+be~\s+(?:created|established|held|launched|set\s+up|built|opened|provided|convened|"
        r"developed|prepared|signed|published|allocated|organi[sz]ed|implemented|adopted|hosted|invested|delivered|"
        r"trained|expanded|extended|increased|reduced|introduced|abolished|presented|submitted)\b|"
        r"\bwill~\s+take\s+place\b",
        _("“%(words)s” says what will be done; look who is to do it."),
    ),
    rule(
        "en-expected-effect", C.POSITION, None,
        r"\b(?:this|these|that|it|which|such\s+\w+|there)\s+(?:will|shall|would)\b|"
        r"\b(?:will|would)~\s+(?:help|depend|require|contribute|allow|enable|benefit|mean|lead\s+to|affect|bring|become|"
        r"serve\s+as|remain\s+(?:a|an|the)|be\s+(?:a|an|the|of|crucial|key|important|essential|critical|necessary))\b",
        _("“%(words)s” tells what is expected to follow, not what somebody will do."),
        yields_to_actor=True,
    ),
    rule(
        "en-will", C.COMMITMENT, S.COMMITTED,
        rf"{NOT_A_NOUN}\b(?:will|shall)\b|\b(?:we|they|he|she)'ll\b",
        _("“%(words)s” follows somebody who can act."),
        needs_actor=True,
    ),
)
# fmt: on
