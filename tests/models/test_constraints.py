"""What must hold together is said to the database, and every word of it is tried here, past all validation in Python.

A constraint without a breach below fails `test_every_constraint_is_tried`.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import BaseConstraint, F, Field, Model, UniqueConstraint
from django.utils import timezone

from commitments.codelists import VERDICTS, Publication, ReviewKind, Status
from commitments.models import (
    Capture,
    Commitment,
    Delivery,
    Development,
    Document,
    FormKey,
    Party,
    Release,
    Remit,
    SDGTarget,
    Sector,
    StatusWord,
    Subscription,
    Suggestion,
    Summit,
    SummitSeries,
    User,
)
from commitments.models.base import AppendOnlyModel
from tests import guards as guards_of_tests
from tests.factories import (
    make_country,
    make_document,
    make_party,
    make_sector,
    make_series,
    make_summit,
    make_user,
)
from tests.models import rows

pytestmark = pytest.mark.django_db

type Changes = dict[str, Any]
type Breach = tuple[Callable[[], Model], Changes]

DAY = dt.date(2024, 6, 1)
DAY_BEFORE = dt.date(2024, 5, 31)
DAY_AFTER_DUE = dt.date(2024, 7, 1)
NOT_A_CODE = "nonsense"
MODELS = list(apps.get_app_config("commitments").get_models())
CONSTRAINTS: dict[str, tuple[type[Model], BaseConstraint]] = {
    constraint.name: (model, constraint) for model in MODELS for constraint in model._meta.constraints
}


def date_columns(name: str, start: dt.date | None, end: dt.date | None, precision: str) -> Changes:
    return {f"{name}_start": start, f"{name}_end": end, f"{name}_precision": precision}


# --- checks -----------------------------------------------------------------------------------------------------------

# A valid row, and what makes it break this constraint and no other. What can be called is called when its turn comes.
CHECKS: dict[str, list[Breach]] = {
    "party_countries_have_codes": [
        (make_country, {"alpha2": None}),
        (make_country, {"alpha3": None}),
        (make_country, {"m49": None}),
        (make_party, {"alpha2": "XX"}),
        (make_party, {"alpha3": "XXX"}),
        (make_party, {"m49": "999"}),
    ],
    "party_is_not_its_own_successor": [(make_party, {"successor": F("id"), "abolished_on": DAY})],
    "party_with_successor_is_abolished": [(make_party, {"successor": make_party})],
    "party_countries_have_no_home_country": [(make_country, {"country": lambda: make_country("UZ")})],
    "membership_is_not_of_itself": [(rows.a_membership, {"member": F("bloc")})],
    "membership_dates_in_order": [(rows.a_membership, {"joined_on": DAY, "left_on": DAY_BEFORE})],
    "summit_dates_in_order": [(make_summit, {"starts_on": DAY, "ends_on": DAY_BEFORE})],
    "summit_did_not_call_itself": [(make_summit, {"parent": F("id")})],
    "document_gone_since_only_when_gone": [(make_document, {"gone_since": DAY})],
    "document_hash_belongs_to_a_capture": [
        (make_document, {"sha256": "a" * 64}),
        (make_document, {"sha256": "a" * 63, "captured_on": DAY}),
        (make_document, {"sha256": "A" * 64, "captured_on": DAY}),
    ],
    "sector_code_fits_its_level": [
        (rows.a_purpose, {"parent": None}),
        (rows.a_purpose, {"code": "999"}),
        (rows.a_purpose, {"code": "3221a"}),
        (lambda: make_sector("322"), {"code": "99999"}),
        (lambda: make_sector("322"), {"code": "32"}),
    ],
    "commitment_due_basis_fits_due_date": [
        (rows.a_commitment, {"due_basis": "none"}),
        (rows.a_commitment, date_columns("due", None, None, "")),
    ],
    "commitment_due_not_before_made": [(rows.a_commitment, date_columns("made", DAY_AFTER_DUE, DAY_AFTER_DUE, "day"))],
    "commitment_status_has_a_date": [(rows.a_commitment, {"status": Status.IN_PROGRESS})],
    "commitment_published_at_and_by": [
        (rows.a_commitment, {"published_at": timezone.now}),
        (rows.a_commitment, {"published_by": make_user}),
    ],
    "commitment_public_was_published": [
        (rows.a_commitment, {"publication": publication})
        for publication in (Publication.PUBLISHED, Publication.CLOSED, Publication.RETRACTED)
    ],
    "commitment_merged_has_a_target": [
        (rows.a_commitment, {"publication": Publication.MERGED}),
        (rows.a_commitment, {"merged_into": rows.a_commitment}),
    ],
    "commitment_is_not_merged_into_itself": [
        (rows.a_commitment, {"publication": Publication.MERGED, "merged_into": F("id")})
    ],
    "merge_is_of_two": [(rows.a_merge, {"absorbed": F("kept")})],
    "merge_undone_at_by_and_why": [
        (rows.a_merge, {"undone_at": timezone.now}),
        (rows.a_merge, {"undone_by": make_user}),
        (rows.a_merge, {"undone_reason": "They differ."}),
        (rows.a_merge, {"undone_at": timezone.now, "undone_by": make_user}),
        (rows.a_merge, {"undone_at": timezone.now, "undone_reason": "They differ."}),
        (rows.a_merge, {"undone_by": make_user, "undone_reason": "They differ."}),
    ],
    "distinction_is_in_order": [
        (rows.a_distinction, {"first": F("second"), "second": F("first")}),
        (rows.a_distinction, {"second": F("first")}),
    ],
    "capture_has_a_hash": [(rows.a_capture, {"sha256": "a" * 63}), (rows.a_capture, {"sha256": "A" * 64})],
    "subscription_webhook_is_signed": [
        (rows.a_subscription, {"secret": "s"}),
        (rows.a_webhook, {"secret": ""}),
    ],
    "delivery_claimed_until": [
        (rows.a_delivery, {"claimed_until": timezone.now}),
        (rows.a_delivery, {"state": "claimed"}),
    ],
    "delivery_sent_at": [(rows.a_delivery, {"sent_at": timezone.now}), (rows.a_delivery, {"state": "sent"})],
    "assessment_is_first_or_second": [
        (rows.an_assessment, {"place": place, "assessor": make_user}) for place in (0, 3)
    ],
    "assessment_says_on_what_grounds": [(rows.an_assessment, {"note": "", "place": 2, "assessor": make_user})],
    "import_has_a_hash": [(rows.an_import, {"sha256": "a" * 63}), (rows.an_import, {"sha256": "A" * 64})],
    "import_decided_at_and_by": [
        (rows.an_import, {"decided_by": make_user}),
        (rows.an_import, {"decided_at": timezone.now}),
        (rows.an_import, {"state": "done"}),
        (rows.an_import, {"state": "discarded", "decided_by": make_user}),
        (rows.an_import, {"state": "discarded", "decided_at": timezone.now}),
    ],
    "import_done_has_no_problem": [
        (rows.an_import, {"state": "done", "decided_by": make_user, "decided_at": timezone.now, "faults": 1})
    ],
    "commitment_party_status_is_for_makers": [
        (rows.a_maker, {"role": "addressee", "status": Status.IN_PROGRESS}),
        (rows.a_maker, {"role": "implementer", "status": Status.DELIVERED}),
    ],
    "amount_range_has_an_upper_value": [
        (rows.an_amount, {"qualifier": "range"}),
        (rows.an_amount, {"value_max": 30_000_000}),
        (rows.a_range, {"value_max": 20}),
        (rows.a_range, {"value_max": 10}),
    ],
    "amount_is_positive": [(rows.an_amount, {"value": 0}), (rows.an_amount, {"value": -1})],
    "relation_is_not_to_itself": [(rows.a_relation, {"target": F("source")})],
    "development_published_at_and_by": [
        (rows.a_development, {"published_at": timezone.now}),
        (rows.a_development, {"approved_by": make_user}),
    ],
    "development_only_a_correction_corrects": [(rows.a_development, {"corrects": rows.a_development})],
    "development_correction_has_target_and_reason": [
        (rows.a_correction, {"corrects": None}),
        (rows.a_correction, {"note": ""}),
    ],
    "development_does_not_correct_itself": [(rows.a_correction, {"corrects": F("id")})],
    "development_check_says_where": [(rows.a_check, {"searched": ""})],
    "development_reply_names_its_party": [(rows.a_reply, {"party": None})],
    "development_check_or_reply_has_no_status": [
        (rows.a_check, {"status": Status.NO_EVIDENCE}),
        (rows.a_reply, {"status": Status.IN_PROGRESS}),
    ],
    "development_verdict_has_two_people": [
        (rows.a_verdict, {"status": status, "published_at": timezone.now, "approved_by": F("entered_by")})
        for status in sorted(VERDICTS)
    ],
    "status_change_changes": [(rows.a_status_change, {"from_status": Status.STALLED, "to_status": Status.STALLED})],
    "review_that_sends_back_says_why": [
        (rows.a_review, {"kind": kind, "comment": ""}) for kind in (ReviewKind.CHANGES_REQUESTED, ReviewKind.REJECTED)
    ],
    "link_check_status_is_of_http": [
        (rows.a_link_check, {"http_status": 99}),
        (rows.a_link_check, {"http_status": 600}),
    ],
    "suggestion_decided_at_and_by": [
        (rows.a_suggestion, {"decided_by": make_user}),
        (rows.a_suggestion, {"decided_at": timezone.now}),
        (rows.a_suggestion, {"outcome": "Decided"}),
        (rows.a_suggestion, {"state": "accepted"}),
        (rows.a_suggestion, {"state": "accepted", "decided_by": make_user}),
        (rows.a_suggestion, {"state": "accepted", "decided_at": timezone.now}),
        (rows.a_declined_suggestion, {"decided_by": None}),
        (rows.a_declined_suggestion, {"decided_at": None}),
    ],
    "suggestion_declined_says_why": [(rows.a_declined_suggestion, {"outcome": ""})],
    "suggestion_with_development_is_accepted": [
        (rows.a_suggestion, {"development": rows.a_development}),
        (rows.a_declined_suggestion, {"development": rows.a_development}),
    ],
    "revision_is_chained": [
        (rows.a_revision, {"number": 2, "previous_sha256": ""}),
        (rows.a_revision, {"number": 1, "previous_sha256": "a" * 64, "commitment": rows.a_commitment}),
    ],
    "revision_has_a_hash": [
        (rows.a_revision, {"number": 2, "previous_sha256": "a" * 64, "sha256": "a" * 63}),
        (rows.a_revision, {"number": 2, "previous_sha256": "a" * 64, "sha256": "A" * 64}),
    ],
}
# What a wrong code needs beside it, so that it is the code that breaks something.
BESIDE_A_WRONG_CODE: dict[str, Changes] = {
    "import_state_is_a_code": {"decided_by": make_user, "decided_at": timezone.now},
    "assessment_score_is_a_code": {"place": 2, "assessor": make_user},
    "suggestion_state_is_a_code": {"decided_by": make_user, "decided_at": timezone.now},
    "commitment_status_is_a_code": date_columns("status_since", DAY, DAY, "day"),
}


def codelist_breaches() -> Iterator[tuple[str, Breach]]:
    """A code of no list in every column that has a list."""
    for name, (model, _) in CONSTRAINTS.items():
        if name.endswith("_is_a_code"):
            field = name.removeprefix(f"{model._meta.model_name}_").removesuffix("_is_a_code")
            yield name, (rows.ROWS[model], {field: NOT_A_CODE, **BESIDE_A_WRONG_CODE.get(name, {})})


def date_breaches() -> Iterator[tuple[str, Breach]]:
    """Every way in which an uncertain date can fall apart."""
    for name, (model, _) in CONSTRAINTS.items():
        if not name.endswith("_is_whole"):
            continue
        date = name.removeprefix(f"{model._meta.model_name}_").removesuffix("_is_whole")
        parts: list[tuple[dt.date | None, dt.date | None, str]] = [
            (DAY, DAY_BEFORE, "day"),
            (DAY, DAY, ""),
            (DAY, DAY, "week"),
        ]
        if model._meta.get_field(f"{date}_start").null:
            parts += [(None, DAY, "day"), (DAY, None, "day"), (None, None, "day"), (DAY, None, ""), (None, DAY, "")]
        for start, end, precision in parts:
            changes = date_columns(date, start, end, precision)
            if date == "due":
                changes["due_basis"] = "stated" if start else "none"
            yield name, (rows.ROWS[model], changes)


ALL_CHECKS: list[tuple[str, Breach]] = [
    *((name, breach) for name, breaches in CHECKS.items() for breach in breaches),
    *codelist_breaches(),
    *date_breaches(),
]


@pytest.mark.parametrize(
    ("name", "breach"), [pytest.param(name, breach, id=f"{name}-{n}") for n, (name, breach) in enumerate(ALL_CHECKS)]
)
def test_the_database_refuses_what_does_not_hold_together(name: str, breach: Breach) -> None:
    make, changes = breach
    row = make()
    values = {column: value() if callable(value) else value for column, value in changes.items()}

    with pytest.raises(IntegrityError, match=rf"\b{name}\b"), transaction.atomic():
        write_past_validation(row, values)


def write_past_validation(row: Model, values: Changes) -> None:
    if isinstance(row, AppendOnlyModel):
        # History is added to and never changed, so what is wrong comes as a new row.
        for column, value in values.items():
            setattr(row, column, value)
        insert_again(row)
    else:
        type(row)._base_manager.filter(pk=row.pk).update(**values)


def insert_again(row: Model) -> None:
    row.pk, row._state.adding = None, True
    row.save()


# --- what is there once -----------------------------------------------------------------------------------------------

TWINS: dict[str, Callable[[], Model]] = {
    "membership_is_unique": rows.a_dated_membership,
    # SQL's NULL would let it in twice.
    "membership_without_start_is_unique": rows.a_membership,
    "participation_is_unique": rows.a_participation,
    "passage_is_unique": rows.a_passage,
    "commitment_party_role_is_unique": rows.a_maker,
    "commitment_country_is_unique": rows.a_country_of_a_commitment,
    "relation_is_unique": rows.a_relation,
    "wording_is_unique": rows.a_wording,
    "evidence_is_unique": rows.an_evidence,
    "revision_number_is_unique": rows.a_revision,
    "seed_row_is_unique": rows.a_seed_row,
    "coverage_session_is_one_a_document": rows.a_reading,
    "subscription_is_unique": rows.a_subscription,
    "assessment_is_one_a_person": rows.an_assessment,
    "assessment_place_is_unique": rows.an_assessment,
    "activity_is_unique": rows.an_activity,
    "merge_in_force_is_one_a_record": rows.a_merge,
    "distinction_is_unique": rows.a_distinction,
    "form_draft_is_one_an_address": rows.a_form_draft,
}


# What of a twin differs where two constraints would refuse it, so that only one does.
OTHERWISE: dict[str, Changes] = {
    "subscription_is_unique": {"token": "another"},
    "assessment_is_one_a_person": {"place": 2},
    "assessment_place_is_unique": {"assessor": make_user},
}


@pytest.mark.parametrize("name", TWINS)
def test_the_database_refuses_the_same_row_twice(name: str) -> None:
    row = TWINS[name]()
    for column, value in OTHERWISE.get(name, {}).items():
        setattr(row, column, value() if callable(value) else value)

    # A guard would refuse the revision first.
    with guards_of_tests.lowered(), pytest.raises(IntegrityError, match=named(name)), transaction.atomic():
        insert_again(row)


def named(name: str) -> str:
    """How this database names a unique constraint: SQLite says its columns, unless it is made of expressions."""
    model, constraint = CONSTRAINTS[name]
    if connection.vendor == "sqlite" and isinstance(constraint, UniqueConstraint) and constraint.fields:
        columns = [f"{model._meta.db_table}.{rows.column(model, field)}" for field in constraint.fields]
        return rf"^UNIQUE constraint failed: {re.escape(', '.join(columns))}$"
    return rf"\b{name}\b"


def test_every_constraint_is_tried() -> None:
    assert {name for name, _ in ALL_CHECKS} | TWINS.keys() == CONSTRAINTS.keys()


# --- columns of which each value is there once ------------------------------------------------------------------------

UNIQUE_COLUMNS: dict[tuple[type[Model], str], tuple[Callable[[], Model], Callable[[], Model]]] = {
    (Party, "slug"): (make_party, make_party),
    **{
        (Party, column): (lambda: make_country("KZ"), lambda: make_country("UZ"))
        for column in ("alpha2", "alpha3", "m49")
    },
    (SummitSeries, "slug"): (make_series, lambda: make_series("g7", "G7")),
    (Document, "url"): (make_document, make_document),
    (Sector, "code"): (lambda: make_sector("32210"), lambda: make_sector("32220")),
    (SDGTarget, "code"): (
        lambda: SDGTarget.objects.create(code="9.1"),
        lambda: SDGTarget.objects.create(code="9.a"),
    ),
    (Summit, "code"): (make_summit, make_summit),
    (Commitment, "code"): (rows.a_commitment, rows.a_commitment),
    (Development, "corrects"): (rows.a_correction, rows.a_correction),
    (Suggestion, "reference"): (rows.a_suggestion, rows.a_suggestion),
    (Suggestion, "development"): (rows.an_accepted_suggestion, rows.an_accepted_suggestion),
    (User, "username"): (make_user, make_user),
    (Subscription, "token"): (rows.a_subscription, rows.a_webhook),
    (Delivery, "identifier"): (rows.a_delivery, rows.a_delivery),
    (FormKey, "digest"): (rows.a_form_key, lambda: rows.a_form_key("b")),
    (Release, "version"): (rows.a_release, lambda: rows.a_release("2026.12")),
    (Capture, "warc"): (rows.a_capture, rows.a_capture),
    (StatusWord, "word"): (rows.a_status_word, lambda: StatusWord.objects.create(word="broken", status="stalled")),
    (Remit, "user"): (
        lambda: Remit.objects.create(user=make_user()),
        lambda: Remit.objects.create(user=make_user("b")),
    ),
}


@pytest.mark.parametrize(
    ("model", "name"), [pytest.param(*column, id=f"{column[0].__name__}-{column[1]}") for column in UNIQUE_COLUMNS]
)
def test_the_database_refuses_a_value_that_another_row_has(model: type[Model], name: str) -> None:
    first, second = (make() for make in UNIQUE_COLUMNS[model, name])
    column = rows.column(model, name)

    # A guard would refuse the change of a code first.
    with guards_of_tests.lowered(), pytest.raises(IntegrityError, match=rf"\b{column}\b"), transaction.atomic():
        model._base_manager.filter(pk=second.pk).update(**{name: getattr(first, name)})


def test_every_unique_column_is_tried() -> None:
    unique = {
        (model, field.name)
        for model in MODELS
        for field in model._meta.get_fields()
        if isinstance(field, Field) and field.unique and not field.primary_key
    }

    assert UNIQUE_COLUMNS.keys() == unique


def test_every_column_with_a_codelist_is_held_to_it() -> None:
    """The precision of a date is held by the constraint on the whole date."""
    with_a_list = {
        f"{model._meta.model_name}_{field.name}_is_a_code"
        for model in MODELS
        for field in model._meta.get_fields()
        if isinstance(field, Field) and field.choices and not field.name.endswith("_precision")
    }
    # The rows that simple-history keeps are copies.
    expected = {name for name in with_a_list if not name.startswith("historical")}

    assert {name for name in CONSTRAINTS if name.endswith("_is_a_code")} == expected
