"""Versions of the dataset: that one was published, by whom, and which files it has."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commitments.actions.errors import Conflict, Refused
from commitments.actions.revisions import in_turn
from commitments.actions.service_accounts import is_service_account
from commitments.codelists import CODEBOOK_VERSION
from commitments.models import Release, Revision, User

# The account by which the site itself releases.
RELEASER = "releases"


@transaction.atomic
def publish(
    *,
    by: User,
    version: str,
    known_at: dt.datetime,
    counts: dict[str, int],
    manifest: dict[str, Any],
    revisions: int,
    at: dt.datetime | None = None,
) -> Release:
    """Record a release whose files are there. `revisions` is how many there were by `known_at` when it was begun.

    Raises `Refused` for anybody but an active member of staff or the site's own account `RELEASER`, for a version that
    exists, and for one that knows less than the one before it; `Conflict` when somebody wrote meanwhile what should be
    in it; `ValidationError` for a version that is none.
    """
    # Whoever is writing ends first, and nobody makes a second release beside this one.
    in_turn()
    if not (by.is_active and by.is_staff) and not is_service_account(by, RELEASER):
        raise Refused(_("Your role does not allow this."))
    last = Release.objects.order_by("-known_at").first()
    if last is not None and last.known_at >= known_at:
        raise Refused(
            _("Release %(version)s knows as much already: a later release has to know more.")
            % {"version": last.version}
        )
    if Revision.objects.filter(recorded_at__lte=known_at).count() != revisions:
        raise Conflict(_("Somebody published meanwhile what belongs in this release. Make it again."))
    release = Release(
        version=version,
        known_at=known_at,
        released_at=at or timezone.now(),
        by=by,
        codebook_version=CODEBOOK_VERSION,
        counts=counts,
        manifest=manifest,
    )
    release.full_clean()
    release.save()
    return release
