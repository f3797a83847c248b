"""Every code has a label and a definition, and fits where it is stored."""

import pytest
from django.apps import apps
from django.db import models

from commitments import codelists
from commitments.codelists import (
    CODELISTS,
    EXPLORATORY_STRENGTHS,
    GROUP_BY_STATUS,
    MAKER_ROLES,
    RESPONSIBLE_ROLES,
    STATUS_EQUIVALENTS,
    STATUSES_BY_GROUP,
    VERDICTS,
    Classification,
    DefinedChoices,
    Status,
    StatusGroup,
    Strength,
)

MEMBERS = [member for codelist in CODELISTS for member in codelist]


def test_it_publishes_every_codelist_there_is() -> None:
    defined = {value for value in vars(codelists).values() if isinstance(value, type) and value is not DefinedChoices}

    assert set(CODELISTS) == {value for value in defined if issubclass(value, DefinedChoices)}


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: f"{type(member).__name__}.{member.name}")
def test_it_defines_every_code_in_a_sentence_beside_its_label(member: DefinedChoices) -> None:
    assert str(member.label)
    assert str(member.definition).endswith(".")
    assert str(member.definition) != str(member.label)


@pytest.mark.parametrize("codelist", CODELISTS, ids=lambda codelist: codelist.__name__)
def test_it_offers_a_form_the_labels_and_not_the_definitions(codelist: type[DefinedChoices]) -> None:
    assert codelist.choices == [(member.value, member.label) for member in codelist]


@pytest.mark.parametrize("codelist", CODELISTS, ids=lambda codelist: codelist.__name__)
def test_it_uses_no_label_twice_in_a_list(codelist: type[DefinedChoices]) -> None:
    labels = [str(member.label) for member in codelist]

    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: f"{type(member).__name__}.{member.name}")
def test_it_writes_codes_that_fit_an_address(member: DefinedChoices) -> None:
    assert member.value.replace("_", "").isascii()
    assert member.value == member.value.lower()
    assert " " not in member.value


def test_it_stores_every_code_in_a_column_that_holds_it() -> None:
    fields = [
        field
        for model in apps.get_app_config("commitments").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField) and field.choices
    ]

    too_short = [
        str(field) for field in fields if max(len(code) for code, _ in field.flatchoices) > (field.max_length or 0)
    ]
    assert fields
    assert too_short == []


def test_it_puts_every_status_in_exactly_one_group() -> None:
    grouped = [status for statuses in STATUSES_BY_GROUP.values() for status in statuses]

    assert sorted(grouped) == sorted(Status)
    assert set(GROUP_BY_STATUS.values()) == set(StatusGroup)


def test_it_says_what_other_trackers_call_every_status() -> None:
    assert STATUS_EQUIVALENTS.keys() == set(Status)


def test_it_calls_the_final_judgements_verdicts() -> None:
    assert {Status.DELIVERED, Status.NOT_DELIVERED, Status.WITHDRAWN} == VERDICTS


def test_it_never_counts_not_assessed_as_open_or_failed() -> None:
    assert GROUP_BY_STATUS[Status.NOT_ASSESSED] == StatusGroup.UNKNOWN


def test_it_holds_makers_responsible() -> None:
    assert set(MAKER_ROLES) < set(RESPONSIBLE_ROLES)


def test_it_leaves_talk_out_of_rates() -> None:
    assert {Strength.DISCUSSED, Strength.EXPLORED} == EXPLORATORY_STRENGTHS


def test_it_keeps_positions_and_context_as_passages_only() -> None:
    assert set(Classification) - set(codelists.RECORD_CLASSIFICATIONS) == {
        Classification.POSITION,
        Classification.CONTEXT,
    }
