"""What happened last, over all commitments."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commitments.models import Development
from commitments.public.pagination import paginate


@require_safe
def developments(request: HttpRequest) -> HttpResponse:
    """Every published development, the newest event first."""
    pages = paginate(Development.objects.published().for_list(), request.GET.get("page"))
    return render(request, "public/developments.html", {"pages": pages})
