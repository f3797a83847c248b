"""A party is called what its reader calls it."""

import pytest
from django.utils import translation

from commitments.codelists import PartyKind
from commitments.models import Party


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Kazakhstan"), ("ru", "Казахстан"), ("kk", "Қазақстан"), ("fr", "Kazakhstan")]
)
def test_a_country_has_its_name_in_the_reader_s_language(language: str, name: str) -> None:
    country = Party(kind=PartyKind.COUNTRY, name="Kazakhstan", name_ru="Казахстан", alpha2="KZ")

    with translation.override(language):
        assert country.local_name == name


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_a_party_without_another_name_keeps_its_own(language: str) -> None:
    body = Party(kind=PartyKind.INSTITUTION, name="USAID")

    with translation.override(language):
        assert body.local_name == "USAID"
