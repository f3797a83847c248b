"""The addresses of the API. Within a version nothing is taken away and no meaning changes (docs/api.md)."""

from django.urls import path, re_path

from commitments.api.collections import COLLECTIONS
from commitments.api.document import OpenApiView
from commitments.api.reference import reference
from commitments.api.views import FacetsView, ListView, NowhereView, RecordView, RootView

urlpatterns = [
    path("", reference, name="api"),
    path("v1/", RootView.as_view(), name="api-root"),
    path("v1/openapi.json", OpenApiView.as_view(), name="api-openapi"),
    path("v1/facets/", FacetsView.as_view(), name="api-facets"),
    *(path(f"v1/{one.name}/", ListView.as_view(collection=one), name=f"api-{one.name}") for one in COLLECTIONS),
    *(
        re_path(
            rf"^v1/{one.name}/(?P<key>{one.key_pattern})/\Z",
            RecordView.as_view(collection=one),
            name=f"api-{one.name}-one",
        )
        for one in COLLECTIONS
        if one.key
    ),
    # What ends with a slash and is nothing else; what does not is led to it.
    re_path(r"^v1/.*/\Z", NowhereView.as_view(), name="api-nowhere"),
]
