"""One-time keys of forms: the first sending claims its key in the transaction of its write, a second finds it taken."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone

from commitments.models import FormKey

# Longer than anybody's browser holds a form that was sent, and asks again.
KEPT_FOR = dt.timedelta(days=7)


@transaction.atomic
def claim(*, digest: str, at: dt.datetime | None = None) -> tuple[FormKey, bool]:
    """The row of a key, and whether this sending is its first.

    Called within the transaction of the write. Who comes second waits here until the first is through: then the key is
    taken, or free again if the first wrote nothing.
    """
    at = at or timezone.now()
    try:
        with transaction.atomic():
            key = FormKey.objects.create(digest=digest, used_at=at)
    except IntegrityError:
        return FormKey.objects.get(digest=digest), False
    FormKey.objects.filter(used_at__lt=at - KEPT_FOR).delete()
    return key, True


@transaction.atomic
def settle(*, key: FormKey, location: str | None) -> None:
    """The sending is over: it led to `location`, or did nothing (None), so that it may be sent again."""
    if location is None:
        key.delete()
    else:
        FormKey.objects.filter(pk=key.pk).update(location=location)
