"""The index of search words: what it holds after each step, whether that is true, and how it is put right."""

from contextlib import suppress

import pytest

from mediation_desk.domain.search_plan import Every, Some
from mediation_desk.domain.search_query import read_query
from mediation_desk.domain.search_words import MOST_TOKENS
from mediation_desk.services.intake import correct, take_in
from mediation_desk.store import search_rows, search_upkeep, word_counts
from mediation_desk.store.sealing import Cursor
from tests.desk import APPOINTED, Desk, claimant, intake, respondent, statements


def found(desk: Desk, typed: str) -> list[int]:
    with desk.database.reading() as records:
        return records.search.ids(read_query(typed, {}, {APPOINTED: "赵和"}))


def strays(desk: Desk) -> tuple[list[int], list[int]]:
    with desk.database.reading() as records:
        return search_rows.strays(Cursor(records.connection))


def forget(desk: Desk, case_id: int) -> None:
    with desk.database.writing() as records:
        search_rows.drop(Cursor(records.connection), [case_id])


def test_a_case_is_found_as_soon_as_it_is_saved_and_as_it_is_changed(desk: Desk) -> None:
    case_id = desk.registered()
    assert found(desk, "张三 漏水 0013") == [case_id]
    case = desk.case(case_id)
    changed = intake(1, parties=(claimant(name="曾国强"), respondent()), matter="狗叫")
    desk.do(correct, case_id, case.version_id, changed)
    assert found(desk, "张三") == found(desk, "漏水") == []
    assert found(desk, "zgq 狗叫") == [case_id]


def test_the_newest_cases_that_hold_some_tokens_are_given(desk: Desk) -> None:
    first, second = desk.registered(), desk.registered()
    desk.registered(parties=(claimant(name="曾国强"), respondent()))
    with desk.database.reading() as records:
        assert records.search.holding(Every(("张三", Some(("漏水", "狗叫")))), 9) == [second, first]
        assert records.search.holding("张三", 1) == [second]
        assert records.search.holding(Some(()), 9) == []


def test_stage_number_and_mediator_are_followed(desk: Desk) -> None:
    case_id = desk.assigned()
    assert found(desk, "示人调字 状态:已指派 调解员:赵") == [case_id]
    assert found(desk, "状态:已受理") == []


def test_nothing_of_a_step_that_is_not_kept_is_found(desk: Desk) -> None:
    with suppress(KeyError), desk.database.writing() as records:
        take_in(records, desk.act, intake(5))
        records.flush()
        raise KeyError
    assert found(desk, "漏水") == []
    assert strays(desk) == ([], [])


def test_saving_a_registration_reads_nothing_back(desk: Desk) -> None:
    desk.registered()
    with statements(desk.database) as sent:
        desk.registered()
    assert not [each for each in sent if each.startswith("select") and " parties" in each]


def test_what_is_lacking_or_left_over_is_known_and_put_right(desk: Desk) -> None:
    first, second = desk.registered(), desk.registered()
    forget(desk, first)
    with desk.database.writing() as records:
        search_rows.put_words(Cursor(records.connection), [(99, ["漏水"])])
    assert strays(desk) == ([first], [99])
    assert found(desk, "漏水") == [99, second]
    with desk.database.writing() as records:
        search_rows.rebuild(Cursor(records.connection))
    assert strays(desk) == ([], [])
    assert found(desk, "漏水") == [second, first]


def test_a_case_of_a_megabyte_is_kept_and_found(desk: Desk) -> None:
    long = "".join(chr(0x4E00 + (7 * place * place) % 20_000) for place in range(MOST_TOKENS))
    case_id = desk.assigned(matter=f"{long}末尾漏水")
    other = desk.registered()
    assert found(desk, "末尾漏水") == [case_id]
    assert found(desk, "漏水") == [other, case_id]
    assert found(desk, "没有的字") == []
    assert found(desk, "漏水 状态:已指派") == [case_id]
    assert found(desk, "漏水 状态:已登记") == [other]


def test_the_index_is_tended_until_nothing_is_left_to_do(desk: Desk) -> None:
    for _ in range(3):
        desk.registered()
    while search_upkeep.tend(desk.database):
        pass
    assert found(desk, "漏水") == [3, 2, 1]
    with desk.database.reading() as records:
        assert not word_counts.are_stale(Cursor(records.connection))


def test_words_are_counted_anew_when_there_are_many_more_cases(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.registered()
    monkeypatch.setattr(word_counts, "_FEW", 0)
    with desk.database.reading() as records:
        assert word_counts.are_stale(Cursor(records.connection))
    assert not search_upkeep.tend(desk.database)
    with desk.database.reading() as records:
        assert not word_counts.are_stale(Cursor(records.connection))


def test_a_store_that_cannot_be_written_is_left_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.database, "read_only", "只读")
    assert not search_upkeep.tend(desk.database)


@pytest.mark.file_only
def test_what_was_deleted_leaves_the_index_when_it_is_merged(desk: Desk) -> None:
    def blocks() -> bytes:
        with desk.database.reading() as records:
            return b"".join(records.connection.exec_driver_sql("select block from case_search_data").scalars())

    desk.registered(matter="普通的事")
    case_id = desk.registered(matter="𠮷")
    held = "𠮷".encode()[1:]  # of words that begin alike only the rest is written
    assert held in blocks()
    forget(desk, case_id)
    assert held in blocks()
    while search_upkeep.tend(desk.database):
        pass
    assert held not in blocks()
