"""For whom the pages work, what they are known to lack, and where to say that something does not work."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

# When the criteria that no program can judge were last looked through: docs/accessibility.md.
LOOKED_AT = dt.date(2026, 11, 29)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement, with the day on which it was last true by looking."""
    return render(request, "public/accessibility.html", {"mail": settings.DEFAULT_FROM_EMAIL, "looked_at": LOOKED_AT})
