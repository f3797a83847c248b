"""Words too common to search for. Without those that name something here: US, WHO, IT, May, will."""

ENGLISH = frozenset(
    """
    a an and are as at be been but by for from had has have he her his if in into is its of on or our she so such than
    that the their them then there these they this those to was we were what when where which while with would you your
    """.split()
)
# As folded: е for ё.
RUSSIAN = frozenset(
    """
    а без бы был была были было быть в вам вас во вот все всех вы да для до его ее если же за и из или им их к как ко
    которая которого которой которые который которых ли на над не него нее нет них но о об он она они оно от по под при
    с свое своей своих свой со так также там то того тоже той только том тот у уже чего чем что чтобы эта эти это этого
    этой этом этот
    """.split()
)
STOP_WORDS = ENGLISH | RUSSIAN
