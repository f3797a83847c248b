"""The site, whose pages are old after a second, so that tests need not wait for it."""

from tracker import caching, wsgi

caching.PUBLIC = "public, max-age=0, s-maxage=1, stale-if-error=86400"

application = wsgi.application
