"""Records that editors made before the first load are taken for those of the files, and stay as they made them."""

import pytest

from commitments.codelists import PartyKind
from commitments.models import Commitment, Document, Party, Sector, Summit
from tests.factories import make_country, make_document, make_sector
from tests.imports.seed_folder import SeedFolder, load

pytestmark = pytest.mark.django_db


def test_records_that_an_editor_made_are_taken_for_those_of_the_files(folder: SeedFolder) -> None:
    country, sector = make_country("KZ"), make_sector("32210", "What an editor wrote")
    document = make_document("What an editor wrote", url="https://example.org/article")
    bloc = Party.objects.create(slug="c5", name="What an editor wrote", kind=PartyKind.BLOC)

    notices = load(folder)

    made = "An editor made a record of this name; it stands as they made it."
    assert f"countries.csv, row 2: “KZ” – {made}" in notices
    assert f"documents.csv, row 2: “article” – {made}" in notices
    assert f"sectors.csv, row 3: “32210” – {made}" in notices
    assert f"parties.csv, row 2: “c5” – {made} 1 row that belongs to it was left alone too." in notices
    assert Sector.objects.get(code="32210").short_label == "What an editor wrote"
    assert Document.objects.get(url=document.url).title == "What an editor wrote"
    assert Party.objects.get(slug="c5").name == "What an editor wrote"
    commitment = Commitment.objects.get()
    assert commitment.sectors.get() == sector
    assert commitment.wordings.get().document == document
    assert commitment.parties.get(role="addressee").party == bloc
    assert Summit.objects.get().participants.get() == country


def test_two_documents_without_an_address_are_two(folder: SeedFolder) -> None:
    make_document("The article", url=None)
    folder.change("documents.csv", url="")

    assert load(folder) == []
    assert Document.objects.filter(title="The article").count() == 2
