from django.db import models

from commitments.models.commitments import Commitment


class SearchEntry(models.Model):
    """The words under which a commitment is found: stems made by `search/`, the same on both databases.

    Holds nothing that the public may not see. Written by `search.index()`, read by `search.matching()`.
    """

    commitment = models.OneToOneField(Commitment, models.CASCADE, primary_key=True, related_name="search_entry")
    title = models.TextField()
    body = models.TextField()

    def __str__(self) -> str:
        return str(self.commitment_id)
