"""Which address is answered by whom."""

from django.contrib import admin
from django.urls import include, path

from tracker.health import healthz

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("commitments.accounts.urls")),
    path("api/", include("commitments.api.urls")),
    path("healthz", healthz, name="healthz"),
    path("", include("commitments.public.urls")),
]
