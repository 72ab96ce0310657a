"""How an index is asked."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.search_plan import Every, Node, Some, fits_nothing, plan
from mediation_desk.domain.search_query import SearchQuery, matches, read_query
from mediation_desk.domain.search_words import Document, tokens_of

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
LETTERS = st.text("张三丰漏水0123zs ab-（）(\"'", max_size=12)


def fits(node: Node, tokens: set[str]) -> bool:
    match node:
        case Every(parts):
            return all(fits(part, tokens) for part in parts)
        case Some(parts):
            return any(fits(part, tokens) for part in parts)
    return node in tokens


@given(LETTERS, LETTERS, st.lists(st.text("0123456789x", min_size=4, max_size=24)), LETTERS, DAYS, DAYS | st.none())
def test_no_case_is_missed(text: str, name: str, numbers: list[str], typed: str, day: date, since: date | None) -> None:
    document = Document(texts=(text,), names=(name,), codes=(text,), numbers=tuple(numbers), registered_on=day)
    ends = (each[part] for each in numbers for part in (slice(18), slice(-18, None), slice(9), slice(-9, None)))
    for words in (typed, text, name, " ".join(numbers), *ends):
        asked = read_query(words).narrowed(SearchQuery(since=since, until=since and since + timedelta(days=400)))
        planned = plan(asked)
        kept = fits(planned.node, tokens_of(document))
        meant = matches(document, asked)
        assert kept or not meant
        if planned.exact and not (asked.since or asked.until):
            assert kept == meant


@given(DAYS, DAYS | st.none(), DAYS | st.none())
def test_no_day_of_a_period_is_missed(day: date, since: date | None, until: date | None) -> None:
    asked = SearchQuery(since=since, until=until)
    document = Document(registered_on=day)
    kept = fits(plan(asked).node, tokens_of(document))
    assert kept or not matches(document, asked)
    if plan(asked).days_exact:
        assert kept == matches(document, asked)


@given(st.dates(date(1979, 1, 1), date(2101, 12, 31)), st.integers(1978, 2102), st.integers(0, 900))
def test_days_are_found_for_certain_where_the_index_has_its_years(day: date, year: int, days: int) -> None:
    until = date(year, 5, 1) + timedelta(days=days)
    asked = SearchQuery(since=date(year, 5, 1), until=until)
    kept = fits(plan(asked).node, tokens_of(Document(registered_on=day)))
    assert kept or not matches(Document(registered_on=day), asked)
    assert plan(asked).days_exact == (year > 1980 and until.year < 2099)
    if plan(asked).days_exact:
        assert kept == matches(Document(registered_on=day), asked)


def test_a_long_period_is_asked_for_by_a_few_tokens() -> None:
    asked = SearchQuery(since=date(2019, 11, 29), until=date(2031, 2, 3))
    days = (
        "ｔ20191129",
        "ｔ20191130",
        "ｔ201912",
        "ｔ202",
        "ｔ2030",
        "ｔ203101",
        "ｔ20310201",
        "ｔ20310202",
        "ｔ20310203",
    )
    assert plan(asked).node == Every((Some(days),))


def test_a_number_of_full_length_is_asked_for_by_both_its_ends() -> None:
    ways = plan(read_query("110101199003077512")).node
    assert Every(("ｄ03077512", "ｄ11010119900307")) in ways.parts[0].parts  # type: ignore[union-attr]  # it is no token


@pytest.mark.parametrize("typed", ["漏", "漏水", "350", "3500", "赔3元", "zs", "0013", "NEAR", '"'])
def test_what_is_a_token_is_found_for_certain(typed: str) -> None:
    assert plan(read_query(typed)).exact


@pytest.mark.parametrize("typed", ["张三丰海", "1380012", "3500元", " ".join("一二三四五六七八九十百千万亿兆京垓")])
def test_what_is_put_together_is_looked_at_again(typed: str) -> None:
    assert not plan(read_query(typed)).exact


def test_a_megabyte_is_asked_for_by_its_beginning() -> None:
    assert len(str(plan(read_query("漏水" * 500_000)).node)) < 2000
    assert len(str(plan(read_query("漏 " * 300_000)).node)) < 2000


def test_what_nothing_can_fit_is_known_beforehand() -> None:
    nobody = SearchQuery(mediator_ids=frozenset())
    assert fits_nothing(plan(nobody).node)
    assert fits_nothing(Some(()))
    assert fits_nothing(Every(("甲", Some(()))))
    assert not fits_nothing(Some((Some(()), "甲")))
    assert not fits_nothing(plan(SearchQuery()).node)
