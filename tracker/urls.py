"""Which address is answered by whom."""

from django.contrib import admin
from django.urls import include, path

from tracker.health import healthz
from tracker.metrics import metrics
from tracker.readiness import readyz

handler500 = "tracker.errors.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("commitments.accounts.urls")),
    path("api/", include("commitments.api.urls")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("", include("commitments.public.urls")),
]
