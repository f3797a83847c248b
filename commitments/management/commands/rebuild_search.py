"""Write the search index of all commitments anew."""

from typing import Any

from django.core.management.base import BaseCommand

from commitments import search
from commitments.models import SearchEntry


class Command(BaseCommand):
    help = "Write the search index of all commitments anew. Needed only after a change of how words are indexed."

    def handle(self, *args: Any, **options: Any) -> None:
        search.rebuild()
        self.stdout.write(f"Search index rebuilt: {SearchEntry.objects.count()} commitments can be found.")
