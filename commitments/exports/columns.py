"""The allow-list: what leaves the site in a download or through the API is named in these shapes and nowhere else."""

from commitments.exports import of_commitments, of_developments, of_parties, of_records, of_scores, of_status_changes
from commitments.exports.shape import Shape

COMMITMENTS = of_commitments.SHAPE
PARTIES = of_parties.SHAPE
DEVELOPMENTS = of_developments.SHAPE
STATUS_CHANGES = of_status_changes.SHAPE
SCORES = of_scores.SHAPE

# What a list of commitments can be taken away as.
LISTED: tuple[Shape, ...] = (COMMITMENTS, PARTIES, DEVELOPMENTS, STATUS_CHANGES)
# What a file may hold; the matrix has the columns of parties.
DOWNLOADED: tuple[Shape, ...] = (*LISTED, SCORES)
# What the API gives; those of records are its alone.
SHAPES: tuple[Shape, ...] = (*LISTED, *of_records.RECORDS)
