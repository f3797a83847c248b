"""The shared cache, without which the site goes on."""

import logging
import time
from collections.abc import Callable
from typing import Any, Concatenate

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

# So long nothing is asked of a server that did not answer: each request would wait for it.
PAUSE = 1.0

_log = logging.getLogger(__name__)

type _Method[**P, R] = Callable[Concatenate[ForgivingRedisCache, P], R]


def _forgiving[**P, R](method: _Method[P, R], missed: Callable[P, R]) -> _Method[P, R]:
    """The method, which answers as an empty cache does while the server does not answer."""

    def tried(self: "ForgivingRedisCache", /, *args: P.args, **kwargs: P.kwargs) -> R:
        if time.monotonic() >= self.silent_until:
            try:
                return method(self, *args, **kwargs)
            except RedisError as error:
                self.silent_until = time.monotonic() + PAUSE
                _log.warning("The shared cache does not answer: %s", type(error).__name__)
        return missed(*args, **kwargs)

    return tried


def _default(key: Any, default: Any = None, version: int | None = None) -> Any:
    return default


def _not_there(key: Any, delta: int = 1, version: int | None = None) -> int:
    raise ValueError(f"Key {key!r} not found")


class ForgivingRedisCache(RedisCache):
    """Django's, but a server that is away is a cache that has nothing: pages are made anew, limits count nothing."""

    silent_until = 0.0

    get = _forgiving(RedisCache.get, _default)
    set = _forgiving(RedisCache.set, lambda *_args, **_kwargs: None)
    add = _forgiving(RedisCache.add, lambda *_args, **_kwargs: True)
    incr = _forgiving(RedisCache.incr, _not_there)
    touch = _forgiving(RedisCache.touch, lambda *_args, **_kwargs: False)
    delete = _forgiving(RedisCache.delete, lambda *_args, **_kwargs: False)
    has_key = _forgiving(RedisCache.has_key, lambda *_args, **_kwargs: False)
    get_many = _forgiving(RedisCache.get_many, lambda *_args, **_kwargs: {})
    set_many = _forgiving(RedisCache.set_many, lambda *_args, **_kwargs: [])
    delete_many = _forgiving(RedisCache.delete_many, lambda *_args, **_kwargs: None)
