"""The public addresses. Stable from the first day: one that changes leaves a redirect."""

from django.urls import path, register_converter

from commitments.public import (
    commitments,
    converters,
    countries,
    developments,
    documents,
    home,
    method,
    parties,
    sectors,
    series,
    summits,
)

register_converter(converters.CodeConverter, "code")
register_converter(converters.Alpha2Converter, "alpha2")
register_converter(converters.SectorCodeConverter, "sector_code")

urlpatterns = [
    path("", home.home, name="home"),
    # /commitments/
    path("commitments/", commitments.commitments, name="commitments"),
    path("commitments.csv", commitments.commitments_csv, name="commitments_csv"),
    path("commitments/<code:code>/", commitments.commitment, name="commitment"),
    # /summits/, /series/
    path("summits/", summits.summits, name="summits"),
    path("summits/<code:code>/", summits.summit, name="summit"),
    path("series/<slug:slug>/", series.series, name="series"),
    # /countries/, /parties/
    path("countries/", countries.countries, name="countries"),
    path("countries/<alpha2:alpha2>/", countries.country, name="country"),
    path("parties/", parties.parties, name="parties"),
    path("parties/<slug:slug>/", parties.party, name="party"),
    # /sectors/
    path("sectors/", sectors.sectors, name="sectors"),
    path("sectors/<sector_code:code>/", sectors.sector, name="sector"),
    # /developments/, /documents/
    path("developments/", developments.developments, name="developments"),
    path("documents/<int:pk>/", documents.document, name="document"),
    # How it is done, and by whom
    path("method/", method.method, name="method"),
    path("data/", method.data, name="data"),
    path("about/", method.about, name="about"),
    path("robots.txt", home.robots, name="robots"),
]
