"""What a commitment's page says where there is nothing to tell: as of today, or of the days that the reader asks for.

Of an earlier day it must not say “yet” and “nobody”: by then little may have happened that is known today, and less may
have been said.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from commitments.codelists import Status
from commitments.templatetags.times import time_element
from commitments.timetravel import Moment


@dataclass(frozen=True)
class _Sentence:
    """One thing to say, by what the reader asks for: nothing, one of the two days, or both."""

    now: str | Promise
    as_of: str | Promise
    as_known: str | Promise
    both: str | Promise

    def at(self, moment: Moment) -> SafeString:
        if moment.as_of and moment.as_known:
            sentence = self.both
        elif moment.as_of:
            sentence = self.as_of
        else:
            sentence = self.as_known if moment else self.now
        return format_html(str(sentence), day=time_element(moment.as_of), known=time_element(moment.as_known))


_STATUS = _Sentence(
    now=Status.NOT_ASSESSED.definition,
    as_of=_("Nothing is known here that had happened by {day} and supports a status. Counts in no rate."),
    as_known=_("By the end of {known} this site held no entry that supports a status. Counts in no rate."),
    both=_(
        "By the end of {known} this site knew of nothing that had happened by {day} and supports a status. Counts in "
        "no rate."
    ),
)
_ENTRIES = _Sentence(
    now=_("No entry has been published yet, so no status could be given. That is not a verdict."),
    as_of=_("Nothing had happened by {day} that this site knows of. That is not a verdict."),
    as_known=_("By the end of {known} this site had published no entry of what came of it. That is not a verdict."),
    both=_("By the end of {known} this site knew of nothing that had happened by {day}. That is not a verdict."),
)
_EVIDENCE = _Sentence(
    now=_("No evidence of what came of it has been published. That it was made rests on:"),
    as_of=_("No evidence of what had come of it by {day} is known here. That it was made rests on:"),
    as_known=_(
        "By the end of {known} this site had published no evidence of what came of it. That it was made rests on:"
    ),
    both=_(
        "By the end of {known} this site had published no evidence of what had come of it by {day}. That it was made "
        "rests on:"
    ),
)
_CHECK = _Sentence(
    now=_("Not yet"),
    as_of=_("Not by {day}, as far as this site knows"),
    as_known=_("This site had named no day by the end of {known}"),
    both=_("Not by {day}, as far as this site knew by the end of {known}"),
)
_WHY = _Sentence(
    now=_(
        "No published entry supports a status, so it is “Not assessed”. That counts in no rate, for or against anybody."
    ),
    as_of=_(
        "Nothing that is known here to have happened by {day} supports a status, so it was “Not assessed” on that day. "
        "That counts in no rate, for or against anybody."
    ),
    as_known=_(
        "No entry that was published by the end of {known} supports a status, so it was “Not assessed” here on that "
        "day. That counts in no rate, for or against anybody."
    ),
    both=_(
        "No entry that was published by the end of {known} supports a status by {day}, so it was “Not assessed”. That "
        "counts in no rate, for or against anybody."
    ),
)
_HISTORY = _Sentence(
    now=_("The status has not changed since the commitment was entered: “Not assessed”."),
    as_of=_("No change of the status by {day} is known here: “Not assessed”."),
    as_known=_("By the end of {known} this site had recorded no change of the status: “Not assessed”."),
    both=_("By the end of {known} this site had recorded no change of the status by {day}: “Not assessed”."),
)


@dataclass(frozen=True)
class Unsaid:
    """The sentences for what is missing, from where the reader looks. A page asks for those that it needs."""

    moment: Moment

    @property
    def status(self) -> SafeString:
        """What “Not assessed” means here."""
        return _STATUS.at(self.moment)

    @property
    def entries(self) -> SafeString:
        return _ENTRIES.at(self.moment)

    @property
    def evidence(self) -> SafeString:
        return _EVIDENCE.at(self.moment)

    @property
    def check(self) -> SafeString:
        """In the place of the day of the last check."""
        return _CHECK.at(self.moment)

    @property
    def why(self) -> SafeString:
        """Why it is “Not assessed”."""
        return _WHY.at(self.moment)

    @property
    def history(self) -> SafeString:
        return _HISTORY.at(self.moment)
