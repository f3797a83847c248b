"""What English words the rules share, and how an English rule is written."""

from django.utils.functional import Promise

from commitments.codelists import Classification, Strength
from commitments.coverage import grammar
from commitments.coverage.cues import Rule

# Words that make a verb's form a noun: “the pledge”, “its plans”.
NOT_A_NOUN = (
    "".join(
        rf"(?<!\b{word}\x20)"
        for word in (
            "the a an our their its his her this that these those of any no new such all other on for with by to from "
            "into under several joint recent national regional good free political strong"
        ).split()
    )
    + r"(?<!'s\x20)(?<!s'\x20)"
)
OWN = r"(?:our|their|its|his|her|the)"
# What follows a participle that belongs to a noun: “the fund announced by …”.
NOT_BY = r"(?!\s+(?:by|in\s+\d|last|earlier)\b)"
_ADVERB = r"(?:\s+(?:\w+ly|also|further|jointly|hereby|all|both|again|therefore|together|now))?"


def rule(
    name: str,
    classification: Classification,
    strength: Strength | None,
    pattern: str,
    reason: Promise | str,
    *,
    needs_actor: bool = False,
    yields_to_actor: bool = False,
    is_past: bool = False,
) -> Rule:
    """A rule in whose pattern `~` stands for an adverb that may be there."""
    return grammar.rule(
        name,
        classification,
        strength,
        pattern.replace("~", _ADVERB),
        reason,
        needs_actor=needs_actor,
        yields_to_actor=yields_to_actor,
        is_past=is_past,
    )
