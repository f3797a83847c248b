"""What Russian says at summits. The order of the rules counts: of those that match the same words, the first.

Texts are matched with е for every ё.
"""

import re

from django.utils.translation import gettext_lazy as _

from commitments.codelists import Classification, Strength
from commitments.coverage.grammar import Grammar, rule, words

C, S = Classification, Strength

_FUTURE = (
    # The future of acts is one word, and its endings are those of the present.
    "построит построят откроет откроют создаст создадут проведет проведут выделит выделят направит направят "
    "предоставит предоставят продолжит продолжат примет примут обеспечит обеспечат увеличит увеличат сократит сократят "
    "поставит поставят профинансирует профинансируют инвестирует инвестируют вложит вложат подпишет подпишут "
    "разработает разработают внедрит внедрят запустит запустят приложит приложат окажет окажут поддержит поддержат "
    "расширит расширят усилит усилят подготовит подготовят завершит завершат введет введут организует организуют "
    "учредит учредят передаст передадут реализует реализуют обучит обучат снизит снизят удвоит удвоят отменит отменят "
    "упростит упростят восстановит восстановят перечислит перечислят заключит заключат присоединится присоединятся "
    "поможет помогут посетит посетят сохранит сохранят ускорит ускорят"
)

# fmt: off
_FIRST = (
    rule(
        "ru-not-done", C.CONTEXT, None,
        r"\bне (?:договорил|согласовал|подписал|пообещал|объявил|решил|удалось)\w*",
        _("It says what was not agreed or not done."),
    ),
    rule(
        "ru-is-expected", C.POSITION, None, r"\bожида(?:ется|ем|ют)\b",
        _("“%(words)s” tells what is expected, not what somebody will do."),
    ),
    rule(
        "ru-cannot", C.POSITION, None,
        r"\b(?:недопустим\w*|неприемлем\w*|не (?:может|могут|должн\w+) быть)\b",
        _("It says what must not or cannot be: a view."),
    ),
)

_REAFFIRMATIONS = (
    rule(
        "ru-confirms", C.REAFFIRMATION, S.REAFFIRMED,
        r"\b(?:вновь )?подтверд(?:ил|ила|или)\b|\b(?:вновь )?подтвержда\w+|\bвновь заяв\w+",
        _("“%(words)s” restates what was undertaken before."),
    ),
    rule(
        "ru-remains-committed", C.REAFFIRMATION, S.REAFFIRMED,
        r"\b(?:по-прежнему|остаются|остаемся|остается|неизменно) (?:\w+ )?(?:привержен|верн|един)\w*|\bпривержен[аы]?\b|"
        r"\bсохраня\w+ (?:\w+ )?приверженность\b|\bвыра\w+ (?:\w+ )?приверженность\b",
        _("“%(words)s” restates a commitment without a new act."),
    ),
)

_REQUESTS = (
    rule(
        "ru-tasks", C.REQUEST, S.REQUESTED,
        r"\bпоруч(?:ил|ила|или|ает|аем|ают|ено|ить)\b|\b(?:дал|дала|дали|даны?) (?:\w+ )?поручени\w+",
        _("“%(words)s” gives another body a task."),
    ),
    rule(
        "ru-asks", C.REQUEST, S.REQUESTED,
        r"\b(?:попросил|просил|запросил|запрашива|пригласил|приглаша)\w*|\bпрос(?:ит|им|ят)\b|\bс просьбой\b|"
        r"\bобратил\w+ (?:к [^.;]{1,60}? )?за (?:помощью|поддержкой|содействием)\b",
        _("“%(words)s” asks another party to act."),
    ),
    rule(
        "ru-calls-on", C.REQUEST, S.REQUESTED,
        r"\bприз(?:вал|вала|вали|ывает|ываем|ывают)\b(?! к\b| ко\b)(?! (?:все|всех|международн\w+) "
        r"(?:стран|сторон|государств|сообществ)\w*)",
        _("“%(words)s” asks another party to act."),
    ),
)

_COMMITMENTS = (
    rule(
        "ru-reports-that-it-will", C.COMMITMENT, S.ANNOUNCED,
        r"\b(?:заявил|сказал|сообщил|отметил|подчеркнул|добавил|заверил)\w*,? что [^.;]{0,100}?\b(?:готов[аы]?|"
        rf"намерен[аы]?|планиру(?:ет|ют)|{_FUTURE.replace(' ', '|')})\b",
        _("“%(words)s” reports what its speaker will do."),
    ),
    rule(
        "ru-ready", C.COMMITMENT, S.INTENDED,
        r"\b(?:выразил|выража|заявил|заявля|сообщил)\w* (?:о )?(?:\w+ ){0,2}(?:готовност|намерени|решимост)\w+|"
        r"\bготов[аы]? (?=\w+(?:ть|ти|чь|ться)\b)",
        _("“%(words)s” states a readiness to act."),
    ),
    rule(
        "ru-undertakes", C.COMMITMENT, S.COMMITTED,
        r"\bобязу(?:ется|емся|ются|юсь)\b|\bобязал(?:ся|ась|ись)\b|"
        r"\b(?:взял|принял|берет|берем|берут|принима)\w* на себя (?:\w+ ){0,2}обязательств\w*|"
        r"\bпривержен\w+ (?=\w+(?:ть|ти|чь)\b)|\bполн[аы]? решимости\b",
        _("“%(words)s” undertakes an act."),
    ),
    rule(
        "ru-promises", C.COMMITMENT, S.PLEDGED,
        r"\b(?:пообеща|обеща|заверил|гарантиру)\w*",
        _("“%(words)s” promises in public."),
        is_past=True,
    ),
    rule(
        "ru-announces", C.COMMITMENT, S.ANNOUNCED,
        r"\b(?:объявил|объявля|анонсировал|анонсиру)\w*|\bвыдел(?:ил|ила|или|яет|яют|яем)\b|\bприсоединя(?:ется|ются|емся)\b|\bзапуска(?:ет|ем|ют)\b|\bучрежда(?:ет|ем|ют)\b|"
        r"\b(?:сообщил|рассказал|заявил)\w* (?:о|об|что) (?:\w+ ){0,3}?(?:выделен|намерен|решен|план|запуск|создан|открыт|"
        r"строительств|выдел|постро|откро|направ)\w*",
        _("“%(words)s” makes known what will be done."),
        is_past=True,
    ),
    rule(
        "ru-agrees", C.COMMITMENT, S.AGREED,
        r"\b(?:договорил|условил)(?:ся|ась|ись)\b|\bсогласил(?:ся|ась|ись)\b(?! с\b)|\bсогласова(?:л|ла|ли|но|ны)\b|\bреш(?:ил|ила|или|ено)\b|"
        r"\bпостанов(?:ил|или|ляют|ляем)\b|\bпри(?:шел|шла|шли) к (?:\w+ )?(?:соглашению|договоренности|решению)\b|"
        r"\bдостиг(?:нута|нуты|нуто|ли) (?:\w+ ){0,2}(?:договоренност|соглашени|понимани)\w*|"
        r"\bпринял\w* (?:\w+ )?(?:решени|план|программ|дорожн|стратеги|протокол|концепци)\w*|\b(?:утвержден|одобрен|принят)[аоы]? (?:\w+ )?(?:программ|план|стратеги|дорожн|концепци)\w*|\bутвердил\w*|\bодобрил\w*",
        _("“%(words)s” settles something between parties."),
        is_past=True,
    ),
    rule(
        "ru-signs", C.COMMITMENT, S.AGREED,
        r"\b(?:подписал|заключил)\w*|\bподписан[аоы]?\b|\bзаключен[аоы]?\b|\bподписыва(?:ют|ем|ет)\b",
        _("“%(words)s” puts an agreement on paper."),
        is_past=True,
    ),
    rule(
        "ru-proposes", C.COMMITMENT, S.PROPOSED,
        r"\bпредлож(?:ил|ила|или|ено)\b|\bпредлага(?:ет|ем|ют)\b|\b(?:выступил|выступа)\w* с (?:\w+ )?"
        r"(?:инициатив|предложени)\w*|\b(?:выдвинул|внес)\w* (?:\w+ )?(?:инициатив|предложени|иде)\w*",
        _("“%(words)s” puts an act forward for others to take up."),
        is_past=True,
    ),
    rule(
        "ru-intends", C.COMMITMENT, S.INTENDED,
        r"\bнамерен[аоы]?\b|\bнамерева\w+|\bпланиру(?:ет|ют|ем|ю|ешь)\b|\bстрем(?:ится|имся|ятся)\b|\b(?:по)?став(?:ит|ят|им|ил|ила|или) (?:\w+ )?(?:цель|целью|задач)\w*|"
        r"\bнацелен[аоы]?\b|\bрассчитыва(?:ет|ем|ют) (?=\w+(?:ть|ти|чь)\b)",
        _("“%(words)s” states an intention or aim."),
        needs_actor=True,
    ),
    rule(
        "ru-continues", C.COMMITMENT, S.COMMITTED,
        r"\b(?:будем|будет|будут|буду) (?:и впредь|продолжать|и далее)\b|\bпродолж(?:им|ит|ат)\b",
        _("“%(words)s” promises to go on, which counts as a commitment."),
        needs_actor=True,
    ),
    rule(
        "ru-goal-is-to", C.COMMITMENT, S.INTENDED, r"\b(?:цель|задача) (?:\w+ )?[–—-] (?=\w+(?:ть|ти|чь)\b)",
        _("“%(words)s” states an aim."),
    ),
    rule(
        "ru-is-planned", C.COMMITMENT, S.INTENDED,
        r"\b(?:запланирован|намечен)\w*|\bпланируется\b|\bнамечается\b",
        _("“%(words)s” tells of a plan."),
    ),
    rule(
        "ru-will-be-done", C.COMMITMENT, S.ANNOUNCED,
        r"\bбуд(?:ет|ут) (?:\w+ )?(?:создан|построен|открыт|проведен|выделен|направлен|подготовлен|разработан|учрежден|"
        r"подписан|организован|предоставлен|реализован|введен|увеличен|сокращен)\w*|\bсосто(?:ится|ятся)\b|\bпройд(?:ет|ут)\b",
        _("“%(words)s” says what will be done; look who is to do it."),
    ),
    rule(
        "ru-expected-effect", C.POSITION, None,
        r"\b(?:это|что|который|которая|которое|которые) (?:\w+ )?(?:позволит|поможет|даст|будет|станет|приведет|позволят)\b|"
        r"\b(?:позвол|помож|послуж|способств)\w*т\b|\bстанет\b|\bстанут\b",
        _("“%(words)s” tells what is expected to follow, not what somebody will do."),
        yields_to_actor=True,
    ),
    rule(
        "ru-will", C.COMMITMENT, S.COMMITTED,
        rf"\b(?:{_FUTURE.replace(' ', '|')})\b|\b(?:будем|будут|будет|буду) (?:\w+ ){{0,3}}?\w+(?:ть|ти|чь|ться|тись)\b|"
        r"\b(?:создадим|построим|откроем|проведем|выделим|направим|предоставим|увеличим|сократим|обеспечим|усилим|"
        r"расширим|разработаем|примем|окажем|приложим|поддержим|ускорим|завершим|внедрим|запустим|снизим|удвоим)\b|"
        r"\bбудет (?:создан|построен|открыт|проведен|выделен|направлен|подготовлен|разработан|учрежден|подписан)\w*",
        _("“%(words)s” is the future tense of an act."),
        needs_actor=True,
    ),
)

_ADVOCACY = (
    rule(
        "ru-speaks-for", C.ADVOCACY, S.ADVOCATED,
        r"\bвыступа(?:ет|ем|ют|л|ла|ли) за\b|\bвыступил\w* за\b|\bвысказал\w* за\b|\bратует за\b|\bпризыв\w+|"
        r"\bприз(?:вал|вала|вали)\b|\bнастаива\w+",
        _("“%(words)s” urges an act without undertaking it."),
    ),
    rule(
        "ru-should", C.ADVOCACY, S.ADVOCATED,
        r"\bважно, чтобы\b|\b(?:следует|необходимо|нужно|надлежит|надо|требуется)\b|\bдолж(?:ен|на|но|ны)\b",
        _("“%(words)s” says what ought to be done, and nobody undertakes it."),
    ),
)

_TOPICS = (
    rule(
        "ru-explored", C.TOPIC, S.EXPLORED,
        r"\b(?:рассмотрел|изучил|обсудил|проработал|рассмотрены|изучены)\w* (?:\w+ ){0,2}?(?:возможност|вариант|пут[ия]|"
        r"перспектив|способ)\w*",
        _("“%(words)s”: possibilities were looked at, nothing was undertaken."),
    ),
    rule(
        "ru-discussed", C.TOPIC, S.DISCUSSED,
        r"\bобсуд(?:ил|ила|или)\b|\bобсужд\w+|\bмнениями\b|\bобмен мнениями\b|\bзатрон\w+|\bкоснул\w+|\bрассмотре\w+|"
        r"\bвнимани\w+ (?:\w+ )?уделе\w+|\bудел(?:или|ил|ено|ялось|ила|ены) (?:\w+ ){0,2}внимани\w*|\bуделено\b|\bречь шла\b|\bшла речь\b|"
        r"\bв центре внимания\b|\bна повестке\b|\bпереговор\w+ по\b",
        _("“%(words)s”: a subject of the talks, with no undertaking."),
    ),
)

_POSITIONS = (
    rule(
        "ru-hopes", C.POSITION, None,
        r"\bнаде(?:ется|емся|ются|юсь)\b|\bвыра\w+ (?:\w+ )?(?:надежд|уверенност|обеспокоенност|озабоченност|признательност|"
        r"благодарност|сожалени|удовлетворени|заинтересованност|поддержк|соболезновани|солидарност)\w*|\bжела(?:ет|ем|ют)\b|\bпожелал\w*",
        _("“%(words)s” voices a hope or feeling: no act and nobody who answers for it."),
    ),
    rule(
        "ru-thanks", C.POSITION, None,
        r"\bпоблагодар\w+|\bблагодар(?:ит|им|ят|ны|ен)\b|\bпоздрав\w+|\b(?:высоко )?оцен(?:ил|ива)\w*",
        _("“%(words)s” gives thanks, praise or feeling only."),
    ),
    rule(
        "ru-welcomes", C.POSITION, None,
        r"\bприветству\w+|\bприветствовал\w*|\bосужда\w+|\bосудил\w*|\bподдержива\w+|\bподдержал\w*|\bразделя(?:ет|ем|ют)\b|"
        r"\bотверга\w+|\bс удовлетворением\b",
        _("“%(words)s” judges what others do, and undertakes nothing."),
    ),
    rule(
        "ru-stresses", C.POSITION, None,
        r"\bподчеркива\w+|\bподчеркнул\w*|\bотме(?:тил|ча)\w*|\bпризна(?:ем|ет|ют|ли|л|ла)\b|\bсчита(?:ет|ем|ют)\b|"
        r"\bубежден\w*|\bуверен[аы]?\b|\bисход(?:ит|им|ят) из\b|\bво мнении\b|\bединодуш\w+|\bприда(?:ет|ют|ем|л|ли) (?:\w+ )?значени\w*|\bтребу(?:ет|ют)\b|"
        r"\bвыступ\w+ против\b|\bуказал\w*|\bважн(?:о|а|ость|ы)\b|\bзаяв(?:ил|ила|или|ляют|ляем)\b",
        _("“%(words)s” states a view."),
    ),
)

_CONTEXT = (
    rule(
        "ru-event", C.CONTEXT, None,
        r"\bсостоял(?:ся|ась|ось|ись)\b|\bпро(?:шел|шла|шло|шли)\b|\bприн(?:ял|яла|яли|имают) участие\b|\bучаствова\w+|"
        r"\bприбыл\w*|\bсобрал(?:ся|ись)\b|\bпровел\w* (?:\w+ )?(?:встреч|переговор|бесед)\w*|\bвстретил\w+",
        _("“%(words)s” tells who met, where or when."),
    ),
    rule(
        "ru-trend", C.CONTEXT, None,
        r"\bвырос\w*|\bувеличил(?:ся|ась|ось|ись)\b|\bсократил(?:ся|ась|ось|ись)\b|\bсостав(?:ил|ила|ило|или|ляет)\b|\bдостиг\b",
        _("“%(words)s” reports facts."),
    ),
)
# fmt: on

GRAMMAR = Grammar(
    rules=(
        *_FIRST,
        *_REAFFIRMATIONS,
        *_REQUESTS,
        *_COMMITMENTS,
        *_ADVOCACY,
        *_TOPICS,
        *_POSITIONS,
        *_CONTEXT,
    ),
    actors=words(
        r"\b(?:я|мы|он|она|они|сторон[аы]|глав[аы]|лидер\w*|президент\w*|премьер\w*|министр\w*|министерств\w*|правительств\w*|"
        r"стран[аы]|государств[оа]|участник\w*|член[ыа]|партнер[ыа]?|комиссия|совет|банк|союз|фонд|агентство|секретариат|"
        r"организаци[яи]|делегаци[яи]|эксперт\w*|ведомств\w*|рабочая группа|обе|оба|парламент\w*|компани[яи]|шос|оон|ес|сша|"
        r"снг|еаэс|рф)\b",
    ),
    named_subject=re.compile(
        r"(?:^|[,;]\s+|\bи\s+)(?!(?:Это|Эти|Такой|Там|Здесь|Рост|Успех)\b)(?:[А-Я][\w-]+\s+){1,4}$"
    ),
    earlier=words(
        r"\b(?:в прошлом (?:году|месяце)|за прошлый год|ранее|до этого|на прошлой|в предыдущ\w+|уже|лет назад|год назад|"
        r"с \d{4} года)\b",
    ),
    hedges=words(
        r"\b(?:при необходимости|по возможности|при наличии|в случае|при условии|стрем\w+|возможн\w+|рассмотр\w+|"
        r"прилож\w+ (?:\w+ )?усили\w+|на добровольной|в принципе|с учетом|могут|может)\b",
    ),
    preamble=words(r"^\s*(?:[\w-]+\s+){0,3}?(?:[\w-]+(?:ая|уя|яя|ясь|вшись)|исходя|будучи|учитывая)\b[^.]*[,;]\s*$"),
)
