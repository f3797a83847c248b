"""The four kinds of import, and the resource that reads each."""

from commitments.codelists import ImportKind
from commitments.imports.files.commitments import CommitmentResource
from commitments.imports.files.developments import DevelopmentResource
from commitments.imports.files.documents import DocumentResource
from commitments.imports.files.fields import CellField
from commitments.imports.files.parties import PartyResource
from commitments.imports.files.resources import FileResource

RESOURCES: dict[ImportKind, type[FileResource]] = {
    ImportKind.COMMITMENTS: CommitmentResource,
    ImportKind.DEVELOPMENTS: DevelopmentResource,
    ImportKind.DOCUMENTS: DocumentResource,
    ImportKind.PARTIES: PartyResource,
}


def columns_of(kind: ImportKind) -> list[CellField]:
    """The columns of one kind, in the order of its template."""
    return list(RESOURCES[kind].fields.values())
