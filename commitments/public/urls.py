"""The public addresses. Stable from the first day: one that changes leaves a redirect."""

from django.urls import path, register_converter

from commitments.public import (
    calendar,
    cards,
    commitment,
    commitments,
    compare,
    converters,
    corrections,
    countries,
    coverage,
    developments,
    documents,
    home,
    matrix,
    method,
    parties,
    revisions,
    sectors,
    series,
    sitemaps,
    suggest,
    summits,
)
from commitments.public import map as countries_map

register_converter(converters.CodeConverter, "code")
register_converter(converters.Alpha2Converter, "alpha2")
register_converter(converters.SectorCodeConverter, "sector_code")
register_converter(converters.NumberConverter, "number")
register_converter(converters.ReferenceConverter, "reference")

urlpatterns = [
    path("", home.home, name="home"),
    # /commitments/
    path("commitments/", commitments.commitments, name="commitments"),
    path("commitments.csv", commitments.commitments_csv, name="commitments_csv"),
    path("commitments/<code:code>/", commitment.commitment, name="commitment"),
    path("commitments/<code:code>/v<number:number>/", revisions.revision, name="revision"),
    path("commitments/<code:code>/card.png", cards.card, name="card"),
    path("commitments/<code:code>/suggest/", suggest.suggest, name="suggest"),
    path("suggestions/<reference:reference>/", suggest.suggestion, name="suggestion"),
    # /summits/, /series/
    path("summits/", summits.summits, name="summits"),
    path("summits/<code:code>/", summits.summit, name="summit"),
    path("summits/<code:code>/coverage/", coverage.coverage, name="coverage"),
    path("series/<slug:slug>/", series.series, name="series"),
    # /countries/, /parties/
    path("countries/", countries.countries, name="countries"),
    path("countries/<alpha2:alpha2>/", countries.country, name="country"),
    path("parties/", parties.parties, name="parties"),
    path("parties/<slug:slug>/", parties.party, name="party"),
    # /sectors/
    path("sectors/", sectors.sectors, name="sectors"),
    path("sectors/<sector_code:code>/", sectors.sector, name="sector"),
    # /developments/, /corrections/, /documents/
    path("developments/", developments.developments, name="developments"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("documents/<int:pk>/", documents.document, name="document"),
    # /calendar/, /map/
    path("calendar/", calendar.calendar, name="calendar"),
    path("map/", countries_map.countries_map, name="map"),
    # /matrix/, /compare/
    path("matrix/", matrix.matrix, name="matrix"),
    path("matrix.csv", matrix.matrix_csv, name="matrix_csv"),
    path("compare/", compare.compare, name="compare"),
    # How it is done, and by whom
    path("method/", method.method, name="method"),
    path("data/", method.data, name="data"),
    path("about/", method.about, name="about"),
    # For robots
    path("robots.txt", home.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, name="sitemap"),
]
