"""Sending something to an address that somebody gave us: within the same bounds as opening one, and no further."""

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field

from commitments.links.opening import NotAllowed, Resolver, Target, opened, resolve
from commitments.links.policy import Policy

# Only https: what is sent is for its receiver alone.
HTTPS_ONLY = Policy(ports=frozenset({443}), most_redirects=0, deadline=20)


class NotSent(Exception):
    """Nobody took it: why, as a sentence."""


@dataclass
class Poster:
    """Posts to addresses. Follows no redirect, and reads nothing of an answer but its status."""

    policy: Policy = HTTPS_ONLY
    schemes: frozenset[str] = frozenset({"https"})
    resolver: Resolver = resolve
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def target(self, url: str) -> Target:
        """What an address asks for. Raises `NotAllowed` for what is never posted to; looks no name up."""
        target = Target.of(url, self.policy)
        if target.scheme not in self.schemes:
            raise NotAllowed("Only https is posted to.")
        return target

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """The status of the answer. Raises `NotSent` for everything else that the other side does."""
        try:
            target = self.target(url)
            with opened(target, self.policy, self.resolver, self.context) as connection:
                connection.request("POST", target.path, body=body, headers={**headers, "Connection": "close"})
                return connection.getresponse().status
        except NotAllowed as refusal:
            raise NotSent(str(refusal)) from refusal
        except ssl.SSLCertVerificationError as error:
            raise NotSent("Its certificate is not valid.") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NotSent(f"{type(error).__name__}: {error}".rstrip(": ")) from error
