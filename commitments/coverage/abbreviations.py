"""Full stops that end no sentence."""

# Never the end: something always follows.
NEVER_LAST = frozenset(
    "mr. mrs. ms. dr. prof. st. gen. col. lt. capt. sen. rep. gov. hon. rev. messrs. no. nos. art. arts. para. paras. "
    "vol. fig. ch. sec. e.g. i.e. cf. vs. v. approx. ca. al. op. cit. p. pp. ed. eds. "
    "т.е. т.н. т.к. им. ул. стр. пп. ст. см. ср. напр. проф. акад. г-н. г-жа. гл. долл. рис. табл. абз. ч. пр. п. "
    "тов. ген. полк. чл. корр. пос. обл. р-н. св. доп. ред.".split()
)
# The end only where the next word plainly begins a sentence.
RARELY_LAST = frozenset(
    "u.s. u.k. u.n. e.u. u.s.a. u.s.s.r. d.c. a.m. p.m. etc. inc. ltd. co. corp. jr. sr. bros. dept. est. govt. "
    "jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. mon. tue. tues. wed. thu. thur. thurs. fri. sat. "
    "г. гг. в. вв. руб. коп. тыс. млн. млрд. трлн. т.д. т.п. т.ч. др. с.г. т.г. н.э. янв. фев. февр. апр. авг. сент. "
    "окт. нояб. дек. кв. км. га. экз. чел. ок.".split()
)
# Words that begin sentences after an abbreviation.
STARTERS = frozenset(
    "the we it he she they this these those there in on at as for with by to from after before during while when "
    "our their his her its both all each such according also however moreover furthermore additionally meanwhile "
    "a an if under through among "
    "мы он она они это эти этот эта стороны главы участники президент министр министры лидеры в во на по при после "
    "также кроме однако для с со к за из как если особое было были кроме".split()
)


def may_end_a_sentence(word: str, starts_anew: bool, before_digit: bool) -> bool:
    """Whether the full stop at the end of `word` may end a sentence, by what follows it."""
    folded = word.lower()
    if folded in NEVER_LAST:
        return False
    is_rare = folded in RARELY_LAST or folded.count(".") > 1
    if is_rare:
        return starts_anew and not before_digit
    # An initial: J. Smith, А. Б. Иванов.
    return not (len(word) == len("J.") and word[0].isupper())
