"""The public addresses. Stable from the first day: one that changes leaves a redirect."""

from django.urls import path, register_converter

from commitments.limits import HOUR, MINUTE, asks_words, limited
from commitments.public import (
    accessibility,
    calendar,
    cards,
    catalogue,
    citing,
    commitment,
    commitments,
    compare,
    converters,
    corrections,
    countries,
    coverage,
    developments,
    documents,
    downloads,
    embeds,
    feeds,
    follow,
    follow_manage,
    home,
    matrix,
    method,
    oembed,
    parties,
    privacy,
    releases,
    revisions,
    scores,
    sectors,
    security,
    series,
    sitemaps,
    suggest,
    summits,
)
from commitments.public import map as countries_map
from commitments.public.shared import shared

register_converter(converters.CodeConverter, "code")
register_converter(converters.Alpha2Converter, "alpha2")
register_converter(converters.SectorCodeConverter, "sector_code")
register_converter(converters.NumberConverter, "number")
register_converter(converters.ReferenceConverter, "reference")
register_converter(converters.TokenConverter, "token")
register_converter(converters.SignedConverter, "signed")
register_converter(converters.FormatConverter, "format")
register_converter(converters.ShapeConverter, "shape")
register_converter(converters.VersionConverter, "version")
register_converter(converters.FileNameConverter, "file_name")
register_converter(converters.CitationConverter, "citation")

# Words take longest to look for, files to write: so often from one address.
_searched = limited(what="search", setting="SEARCHES_PER_MINUTE", within=MINUTE, when=asks_words)
_searched_file = limited(what="search", setting="SEARCHES_PER_MINUTE", within=MINUTE, when=asks_words, is_file=True)
_file = limited(what="export", setting="EXPORTS_PER_HOUR", within=HOUR, is_file=True)

urlpatterns = [
    path("", home.home, name="home"),
    # /commitments/
    path("commitments/", _searched(commitments.commitments), name="commitments"),
    path("commitments.<format:ending>", shared(_file(downloads.commitments_file)), name="commitments_file"),
    path("commitments/<shape:shape>.<format:ending>", shared(_file(downloads.commitments_file)), name="shape_file"),
    path("commitments.atom", shared(_searched_file(feeds.feed)), name="feed"),
    path("commitments.feed.json", shared(_searched_file(feeds.feed)), {"form": "json"}, name="feed_json"),
    path("commitments.ics", shared(_searched_file(feeds.deadlines)), name="deadlines"),
    path("commitments/cite.<citation:form>", shared(_searched_file(citing.cite_list)), name="cite_list"),
    path("commitments/<code:code>.atom", shared(feeds.commitment_feed), name="commitment_feed"),
    path(
        "commitments/<code:code>.feed.json",
        shared(feeds.commitment_feed),
        {"form": "json"},
        name="commitment_feed_json",
    ),
    path("commitments/<code:code>/", commitment.commitment, name="commitment"),
    path("commitments/<code:code>/cite.<citation:form>", shared(citing.cite), name="cite"),
    path(
        "commitments/<code:code>/v<number:number>/cite.<citation:form>",
        shared(citing.cite_revision),
        name="cite_revision",
    ),
    path("commitments/<code:code>/v<number:number>/", revisions.revision, name="revision"),
    path("commitments/<code:code>/card.png", shared(cards.card), name="card"),
    path("commitments/<code:code>/suggest/", suggest.suggest, name="suggest"),
    path("suggestions/<reference:reference>/", suggest.suggestion, name="suggestion"),
    # /follow/
    path("follow/", follow.follow, name="follow"),
    path("follow/webhook/", follow.follow_webhook, name="follow_webhook"),
    path("follow/confirm/<signed:signed>/", follow_manage.follow_confirm, name="follow_confirm"),
    path("follow/unsubscribe/<signed:signed>/", follow_manage.follow_unsubscribe, name="follow_unsubscribe"),
    path("follow/<token:token>/", follow_manage.follow_manage, name="follow_manage"),
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
    path("developments/", _searched(developments.developments), name="developments"),
    path("developments.<format:ending>", shared(_file(downloads.developments_file)), name="developments_file"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("documents/<int:pk>/", documents.document, name="document"),
    # /calendar/, /map/
    path("calendar/", _searched(calendar.calendar), name="calendar"),
    path("map/", _searched(countries_map.countries_map), name="map"),
    # /matrix/, /compare/
    path("matrix/", _searched(matrix.matrix), name="matrix"),
    path("matrix.<format:ending>", shared(_file(downloads.matrix_file)), name="matrix_file"),
    path("compare/", _searched(compare.compare), name="compare"),
    # /scores/
    path("scores/", _searched(scores.scores_page), name="scores"),
    path("scores.<format:ending>", shared(_file(downloads.scores_file)), name="scores_file"),
    path("scores/agreement/", scores.scores_agreement, name="scores_agreement"),
    # /embed/, /oembed
    path("embed/commitments/", shared(_searched(embeds.embed_list)), name="embed_list"),
    path("embed/commitments/<code:code>/", shared(embeds.embed), name="embed"),
    path("oembed", shared(oembed.oembed), name="oembed"),
    # How it is done, and by whom
    path("method/", method.method, name="method"),
    path("data/", method.data, name="data"),
    path("data/catalog.jsonld", shared(catalogue.catalogue), name="catalogue"),
    path("data/releases/<version:version>/", releases.release, name="release"),
    path("data/releases/<version:version>/<file_name:name>", shared(releases.release_file), name="release_file"),
    path("about/", method.about, name="about"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("accessibility/", accessibility.accessibility, name="accessibility"),
    # For robots, and for those who find a weakness
    path(".well-known/security.txt", security.security_txt, name="security_txt"),
    path("robots.txt", home.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, name="sitemap"),
]
