"""Rows that are saved only if they are right, one by one or all at once."""

from collections.abc import Sequence

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from commitments import guards
from commitments.actions.saving import create_valid, save_valid
from commitments.codelists import PartyKind, Role
from commitments.models import CommitmentParty, Membership
from tests.factories import make_commitment, make_country, make_party, make_user

pytestmark = pytest.mark.django_db


def test_what_the_database_refuses_for_a_reason_of_its_own_is_no_fault_of_a_field() -> None:
    commitment = make_commitment("SAVE-01")
    commitment.code = "SAVE-02"

    with pytest.raises(IntegrityError, match=guards.CODE_IS_FIXED), transaction.atomic():
        save_valid(commitment, make_user("editor"))


def test_of_no_rows_none_is_created() -> None:
    create_valid([], make_user("editor"))

    assert not CommitmentParty.objects.exists()


def test_rows_that_refer_to_nothing_or_to_the_wrong_kind_are_refused_with_the_field() -> None:
    commitment, country = make_commitment("SAVE-01"), make_country("KZ")
    by = make_user("editor")

    with pytest.raises(ValidationError) as of_nothing:
        create_valid([CommitmentParty(commitment=commitment, role=Role.RECIPIENT)], by)
    assert [*of_nothing.value.message_dict] == ["party"]

    with pytest.raises(ValidationError) as of_no_bloc:
        create_valid([Membership(bloc=make_party(kind=PartyKind.COMPANY), member=country)], by)
    assert "bloc" in of_no_bloc.value.message_dict


def test_rows_of_which_one_contradicts_another_are_all_refused() -> None:
    commitment, country = make_commitment("SAVE-01"), make_country("KZ")
    twice = [CommitmentParty(commitment=commitment, party=country, role=Role.RECIPIENT) for _ in range(2)]

    with pytest.raises(ValidationError), transaction.atomic():
        create_valid(twice, make_user("editor"))

    assert not CommitmentParty.objects.filter(role=Role.RECIPIENT).exists()


def test_what_is_refused_of_all_together_and_of_none_alone_is_still_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else may have written one of them between, and taken it back."""
    commitment, by = make_commitment("SAVE-01"), make_user("editor")

    def refuse(_rows: Sequence[CommitmentParty]) -> None:
        raise IntegrityError("It is there already.")

    monkeypatch.setattr(CommitmentParty._default_manager, "bulk_create", refuse)
    new = CommitmentParty(commitment=commitment, party=make_country("UZ"), role=Role.RECIPIENT)
    with pytest.raises(IntegrityError, match="It is there already"), transaction.atomic():
        create_valid([new], by)

    assert not CommitmentParty.objects.filter(role=Role.RECIPIENT).exists()
