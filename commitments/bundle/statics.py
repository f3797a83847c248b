"""The static files that pages of the bundle need: stylesheets, what these name in turn, and pictures."""

import posixpath
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

FOLDER = "static"
_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")


class Statics:
    """Copies each file once, the first time that it is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._copied: set[str] = set()

    def file(self, path: str) -> str | None:
        """Where in the bundle the file at this path of the site is; None for what is no static file."""
        if not path.startswith(settings.STATIC_URL):
            return None
        name = posixpath.normpath(unquote(path.removeprefix(settings.STATIC_URL)))
        if name.startswith("..") or not self._copy(name):
            return None
        return f"{FOLDER}/{name}"

    def _copy(self, name: str) -> bool:
        if name in self._copied:
            return True
        source = _source(name)
        if source is None:
            return False
        target = self._folder / FOLDER / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        self._copied.add(name)
        if name.endswith(".css"):
            # Online a font that comes late is left out. Here none is fetched ahead, and all are near.
            text = target.read_text(encoding="utf-8").replace("font-display: optional", "font-display: swap")
            target.write_text(text, encoding="utf-8", newline="\n")
            for named in _URL.findall(text):
                address = urlsplit(named)
                if not address.scheme and not address.netloc and address.path:
                    self._copy(posixpath.normpath(posixpath.join(posixpath.dirname(name), address.path)))
        return True


def _source(name: str) -> Path | None:
    """As collected or, where nothing was collected, where it lies."""
    try:
        collected = Path(staticfiles_storage.path(name))
    except (NotImplementedError, ValueError):
        collected = None
    if collected is not None and collected.is_file():
        return collected
    found = finders.find(name)
    return Path(str(found)) if found and isinstance(found, str) else None
