"""What is kept of people, for how long, and how to have it erased."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commitments.actions import retention, subscriptions


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The page, with the times that the site keeps to."""
    context = {
        "mail": settings.DEFAULT_FROM_EMAIL,
        "unconfirmed": subscriptions.UNCONFIRMED_FOR.days,
        "stopped": subscriptions.STOPPED_FOR.days,
        "messages": subscriptions.DELIVERIES_FOR.days,
        "declined": retention.DECLINED_FOR,
        "names": retention.NAMES_FOR,
        "forms": retention.FORMS_FOR,
        "tasks": retention.TASKS_FOR,
        "idle": settings.SESSION_COOKIE_AGE // 60,
        "longest": settings.SESSION_LONGEST // 3600,
    }
    return render(request, "public/privacy.html", context)
