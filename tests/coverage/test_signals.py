"""What one sentence shows: verbs, actors, deadlines, sums, doubts."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.codelists import AmountQualifier, Classification, DueBasis, Strength
from commitments.coverage import amounts, deadlines, english, russian, signals
from commitments.coverage.actors import Lexicon

TODAY = dt.date(2026, 3, 15)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("We will build it by 2030.", "2030"),
        ("We will build it by the end of 2027.", "2027"),
        ("The forum will meet in October.", "2026-10"),
        ("The forum will meet in February.", "2027-02"),
        ("They report by 1 July 2027.", "2027-07-01"),
        ("They report no later than June 5, 2027.", "2027-06-05"),
        ("They report before the end of the year.", "2026"),
        ("They will report next year.", "2027"),
        ("A plan is due in the first quarter of 2027.", "2027-Q1"),
        ("Loans are given between 2027 and 2031.", "2031"),
        ("We will double it within three years.", "2029-03"),
        ("We will finish by mid-2028.", "2028-06"),
        ("Стороны откроют рейсы до конца 2027 года.", "2027"),
        ("Сократим выбросы к 2032 году.", "2032"),
        ("Подготовить план до 1 июля 2027 года.", "2027-07-01"),
        ("Форум пройдёт в октябре.", "2026-10"),
        ("Встреча состоится в следующем году.", "2027"),
        ("Внести предложения в первом квартале 2027 года.", "2027-Q1"),
        ("Построить в течение трёх лет.", "2029-03"),
        ("Завершить до конца текущего года.", "2026"),
    ],
)
def test_a_deadline_is_read_as_exactly_as_it_is_given(text: str, iso: str) -> None:
    found = signals.read(text, reference=TODAY).deadline

    assert found is not None
    assert found.date is not None
    assert found.date.iso == iso


def test_a_deadline_counted_from_the_document_is_implied() -> None:
    found = deadlines.find("We will do it within two years.", TODAY)

    assert found is not None
    assert found.basis == DueBasis.IMPLIED


@pytest.mark.parametrize("text", ["The partnership began in 2015.", "They met on 31 February 2027.", "We will do it."])
def test_what_is_past_or_no_date_is_no_deadline(text: str) -> None:
    found = deadlines.find(text, TODAY)

    assert found is None or found.date is None


def test_without_the_documents_day_next_year_has_no_date() -> None:
    found = deadlines.find("We will do it next year.", None)

    assert found is not None
    assert found.date is None


@pytest.mark.parametrize(
    ("text", "value", "currency", "qualifier"),
    [
        ("$250 million", 250_000_000, "USD", AmountQualifier.EXACT),
        ("up to EUR 1.5 billion", 1_500_000_000, "EUR", AmountQualifier.UP_TO),
        ("more than 40 million euros", 40_000_000, "EUR", AmountQualifier.OVER),
        ("around US$ 3bn", 3_000_000_000, "USD", AmountQualifier.ABOUT),
        ("nearly £1,250,000", 1_250_000, "GBP", AmountQualifier.ALMOST),
        ("15 млн долларов", 15_000_000, "USD", AmountQualifier.EXACT),
        ("свыше 2,5 млрд тенге", 2_500_000_000, "KZT", AmountQualifier.OVER),
        ("500 тыс. рублей", 500_000, "RUB", AmountQualifier.EXACT),
        ("€20", 20, "EUR", AmountQualifier.EXACT),
    ],
)
def test_a_sum_is_read_with_its_currency(text: str, value: int, currency: str, qualifier: AmountQualifier) -> None:
    [money] = amounts.find(f"They give {text} for it.")

    assert (money.value, money.currency, money.qualifier) == (Decimal(value), currency, qualifier)


def test_a_range_has_two_values() -> None:
    [money] = amounts.find("They give $20-30 million for it.")

    assert (money.value, money.value_max) == (Decimal(20_000_000), Decimal(30_000_000))


@pytest.mark.parametrize("text", ["200 teachers", "60 per cent", "in 2027", "paragraph 12", "$0", "12 million people"])
def test_what_is_no_money_is_no_sum(text: str) -> None:
    assert amounts.find(f"They send {text}.") == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("The United States will help.", "US"),
        ("The U.S. will help.", "US"),
        ("США помогут.", "US"),
        ("помощь Казахстана", "KZ"),
        ("Kazakhstan's plan", "KZ"),
        ("the World Bank", "bodies:world-bank"),
    ],
)
def test_countries_and_bodies_are_found_by_name(text: str, key: str) -> None:
    assert [mention.key for mention in signals.read(text).mentions] == [key]


def test_us_is_no_country_in_small_letters() -> None:
    assert signals.read("They will help us.").mentions == []


def test_other_names_can_be_looked_for() -> None:
    lexicon = Lexicon.of([("portville", "Port Authority of Portville")])

    assert [one.key for one in signals.read("The Port Authority of Portville agreed.", lexicon=lexicon).mentions] == [
        "portville"
    ]


def test_every_rule_has_a_name_of_its_own_a_reason_and_a_strength_where_its_class_needs_one() -> None:
    rules = (*english.GRAMMAR.rules, *russian.GRAMMAR.rules)

    assert len({rule.name for rule in rules}) == len(rules)
    for rule in rules:
        assert str(rule.reason).endswith("."), rule.name
        has_none = rule.classification in (Classification.POSITION, Classification.CONTEXT)
        assert (rule.strength is None) == has_none, rule.name
    assert {rule.strength for rule in rules} - {None} == set(Strength)


@given(st.text(max_size=400))
def test_any_text_can_be_read(text: str) -> None:
    signals.read(text, reference=TODAY)
