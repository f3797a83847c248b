"""Make the small site of the sweeps in this site's own database, and print one address of each page.

python -m tests.site.prepare
"""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")


def pages() -> dict[str, str]:
    """The first address of each page, by the name that the resolver has for it: of all that is no file."""
    from tests.site.addresses import make_world, page_addresses  # noqa: PLC0415 # models need the settings first

    return {name: found[0] for name, found in page_addresses(make_world()).items()}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(pages()))
