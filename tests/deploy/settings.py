"""The site's own settings, without `collectstatic`: static files by their plain names, found where they lie."""

from tracker.settings import *
from tracker.settings import STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
