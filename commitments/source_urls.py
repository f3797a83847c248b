"""Addresses of sources: one form for each, so that a known document is recognised when its address is pasted again."""

from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from commitments.models import Document

# What newsletters and social networks add to tell where a reader came from. The document is the same without.
_TRACKING = frozenset({"fbclid", "gclid", "dclid", "yclid", "msclkid", "igshid", "mc_cid", "mc_eid", "_openstat"})
_TRACKING_PREFIX = "utm_"
_DEFAULT_PORTS = {"http": 80, "https": 443}


def normalise(url: str) -> str:
    """The address as it is stored: lower-case scheme and host, no default port, tracking parameters or fragment.

    What is no address comes back stripped of spaces and otherwise as it is.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        host = _host(parts)
    except ValueError:
        return url
    if not parts.scheme or not host:
        return url
    return SplitResult(parts.scheme.lower(), host, parts.path or "/", _query(parts.query), "").geturl()


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").lower()
    if ":" in host:
        host = f"[{host}]"
    port = parts.port
    if port is not None and port != _DEFAULT_PORTS.get(parts.scheme.lower()):
        host = f"{host}:{port}"
    return host


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not is_tracking(name.lower())]
    # Untouched when nothing was dropped: encoding it anew may change what the server understands.
    return query if len(kept) == len(pairs) else urlencode(kept)


def is_tracking(name: str) -> bool:
    """Whether a parameter of an address, in lower case, only says from where somebody followed it."""
    return name in _TRACKING or name.startswith(_TRACKING_PREFIX)


def find_document(url: str) -> Document | None:
    """The document known under this address, if any; http or https, `www.` and a final slash make no difference."""
    wanted = identity(url)
    host_and_path, _query_string = wanted
    if not host_and_path:
        return None
    candidates = Document.objects.filter(url__icontains=host_and_path).order_by("pk")
    return next((document for document in candidates if identity(document.url or "") == wanted), None)


def identity(url: str) -> tuple[str, str]:
    """What two addresses of one document have in common: host and path, and query. Both empty for no address."""
    try:
        parts = urlsplit(normalise(url))
    except ValueError:
        return ("", "")
    if not parts.netloc:
        return ("", "")
    return (parts.netloc.removeprefix("www.") + parts.path.rstrip("/"), parts.query)


def publisher_of(url: str) -> str:
    """The publisher of the newest document that we know from the same site; empty when we know none."""
    host = identity(url)[0].partition("/")[0]
    if not host:
        return ""
    candidates = Document.objects.filter(url__icontains=host).order_by("-pk")
    return next((one.publisher for one in candidates if identity(one.url or "")[0].partition("/")[0] == host), "")
