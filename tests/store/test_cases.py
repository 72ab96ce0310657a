"""Cases whole for the case page, in light rows for lists."""

from array import array
from datetime import date, datetime, timedelta

import pytest

from mediation_desk.domain.case import ConfidentialNote
from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.party import PartyKind, Side
from mediation_desk.domain.search_query import read_query
from mediation_desk.domain.stage import Stage
from mediation_desk.services.assignment import Choice, assign, relieve
from mediation_desk.services.triage import void_number
from mediation_desk.store.cases import CaseFilter, CaseRow, Order, SortKey
from tests.desk import APPOINTED, NOW, ON_CALL, TODAY, YESTERDAY, Desk, claimant, respondent, statements, uid


def ids(desk: Desk, query: str = "", **wanted: object) -> list[int]:
    with desk.database.reading() as records:
        return list(records.cases.ids(CaseFilter(query=read_query(query), **wanted)))  # type: ignore[arg-type]  # any field


def row(desk: Desk, case_id: int) -> CaseRow:
    with desk.database.reading() as records:
        [found] = records.cases.rows([case_id])
        return found


# --- whole cases


def test_a_case_that_is_not_there_is_told(desk: Desk) -> None:
    with pytest.raises(NotFound, match="找不到这个案件"):
        desk.case(7)


def test_a_whole_case_takes_one_statement_for_each_kind_of_part(desk: Desk) -> None:
    simple, full = desk.registered(), desk.performing()
    with statements(desk.database) as for_one:
        desk.case(simple)
    with statements(desk.database) as for_other:
        desk.case(full)
    assert len(for_one) == 37
    assert len(for_other) == 42


def test_a_case_is_found_by_its_uid(desk: Desk) -> None:
    case_id = desk.registered()
    with desk.database.reading() as records:
        assert records.cases.id_of_uid(records.cases.get(case_id).uid) == case_id
        assert records.cases.id_of_uid(uid(77)) is None


@pytest.mark.parametrize(
    "typed", ["（2026）示人调字第1号", "(2026)示人调字第1号", "2026示人调字第1号", "〔2026〕 示人调字 第1号"]
)
def test_a_case_is_found_by_its_number_whatever_the_brackets(desk: Desk, typed: str) -> None:
    desk.registered()
    case_id = desk.accepted()
    desk.accepted()
    with desk.database.reading() as records:
        assert records.cases.id_of_number(typed) == case_id


@pytest.mark.parametrize("typed", ["", " ", "（）", "（2026）示人调字第9号"])
def test_a_number_nobody_has_is_told(desk: Desk, typed: str) -> None:
    desk.registered()
    desk.accepted()
    with desk.database.reading() as records, pytest.raises(NotFound, match=f"没有编号为“{typed}”的案件"):
        records.cases.id_of_number(typed)


@pytest.mark.parametrize("typed", ["0000-0036", "0000 oo36", "00000036"])
def test_a_case_is_found_by_the_code_on_its_receipt(desk: Desk, typed: str) -> None:
    desk.registered()
    case_id = desk.registered()
    assert desk.case(case_id).query_code == "0000-0036"
    with desk.database.reading() as records:
        assert records.cases.id_of_query_code(typed) == case_id


def test_the_code_on_a_receipt_is_a_word_like_others(desk: Desk) -> None:
    desk.registered()
    case_id = desk.registered()
    assert ids(desk, query="0000-oo36") == [case_id]
    assert ids(desk, query="00000036", stages=frozenset({Stage.CLOSED})) == []


@pytest.mark.parametrize("typed", ["", "0000-0099", "张三"])
def test_a_code_nobody_has_is_told(desk: Desk, typed: str) -> None:
    desk.registered()
    with desk.database.reading() as records, pytest.raises(NotFound, match=f"没有查询码为“{typed}”的案件"):
        records.cases.id_of_query_code(typed)


def test_a_number_that_reads_as_a_code_is_still_looked_for_in_telephones(desk: Desk) -> None:
    case_id = desk.registered(parties=(claimant(phone="13800000000"), respondent()))
    assert ids(desk, query="00000000") == [case_id]


def test_a_voided_number_finds_nothing(desk: Desk) -> None:
    case_id = desk.accepted()
    desk.do(void_number, case_id, reason="编错")
    with desk.database.reading() as records:
        assert records.cases.id_of_number("（2026）示人调字第2号") == case_id
        with pytest.raises(NotFound):
            records.cases.id_of_number("（2026）示人调字第1号")


# --- lists


def test_lists_begin_with_the_newest_and_take_eight_bytes_a_case(desk: Desk) -> None:
    made = [desk.registered() for _ in range(3)]
    with desk.database.reading() as records:
        found = records.cases.ids()
    assert isinstance(found, array)
    assert found.itemsize == 8
    assert list(found) == made[::-1]


def test_a_row_tells_who_against_whom_and_with_whom(desk: Desk) -> None:
    others = [respondent(no, name) for no, name in ((2, "李四"), (3, "王五"))]
    third = respondent(4, "物业公司", side=Side.OTHER, kind=PartyKind.ORGANISATION)
    case_id = desk.assigned(parties=(claimant(), *others, third), matter="漏" * 200, safety_flags=("violence",))
    desk.do(assign, case_id, Choice(mediator_id=ON_CALL, title="律师调解协议"))
    assert row(desk, case_id) == CaseRow(
        id=case_id,
        number="（2026）示人调字第1号",
        stage="assigned",
        registered_at=NOW,
        dispute_kind="02",
        claimants="张三",
        respondents="李四、王五",
        mediators="赵和、孙律",
        matter="漏" * 120,
        safety_flags=["violence"],
    )


def test_who_was_relieved_is_no_longer_in_the_row(desk: Desk) -> None:
    case_id = desk.assigned()
    desk.do(relieve, case_id, APPOINTED, reason="生病")
    assert row(desk, case_id).mediators == ""


def test_rows_come_in_the_order_asked_for_and_leave_out_what_is_gone(desk: Desk) -> None:
    first, second, third = (desk.registered() for _ in range(3))
    with desk.database.reading() as records:
        assert [each.id for each in records.cases.rows([second, 99, third, first])] == [second, third, first]
        assert records.cases.rows([]) == []


def test_rows_take_three_statements_however_many(desk: Desk) -> None:
    made = [desk.accepted() for _ in range(5)]
    with desk.database.reading() as records, statements(desk.database) as sent:
        assert len(records.cases.rows(made)) == 5
    assert len(sent) == 3


# --- filters


def test_filters_narrow_by_stage_kind_mediator_and_day(desk: Desk) -> None:
    plain, assigned = desk.registered(), desk.assigned()
    desk.now = NOW - timedelta(days=1)
    earlier = desk.registered(requested_on=YESTERDAY)
    assert ids(desk) == [earlier, assigned, plain]
    assert ids(desk, stages=frozenset({Stage.REGISTERED})) == [earlier, plain]
    assert ids(desk, stages=frozenset({"assigned", "accepted"})) == [assigned]
    assert ids(desk, dispute_kind="02") == [assigned]
    assert ids(desk, mediator_id=APPOINTED) == [assigned]
    assert ids(desk, mediator_id=ON_CALL) == []
    assert ids(desk, since=TODAY) == [assigned, plain]
    assert ids(desk, until=YESTERDAY) == [earlier]
    assert ids(desk, since=YESTERDAY, until=TODAY) == [earlier, assigned, plain]
    assert ids(desk, since=TODAY + timedelta(days=1)) == []


def test_the_last_second_of_a_day_belongs_to_it(desk: Desk) -> None:
    desk.now = datetime(2026, 11, 22, 23, 59, 59, 999999)
    case_id = desk.registered(requested_on=YESTERDAY)
    assert ids(desk, until=YESTERDAY) == [case_id]
    assert ids(desk, since=TODAY) == []


def test_a_relieved_mediator_does_not_have_the_case_any_more(desk: Desk) -> None:
    case_id = desk.assigned()
    desk.do(relieve, case_id, APPOINTED, reason="生病")
    assert ids(desk, mediator_id=APPOINTED) == []


@pytest.mark.parametrize(
    "query",
    [
        "第1号",
        "天花板",
        "修好",
        "水管一案",
        "买买提江·吐尔逊",
        "𠮷",
        "小吉",
        "1380000",
        "0013",
        "91110000600037341L",
        "天花板 吐尔逊",
        "　天花板　修好 ",
    ],
)
def test_a_word_is_found_in_numbers_names_phones_papers_matter_and_demand(desk: Desk, query: str) -> None:
    desk.registered(matter="别的事", demand="别的诉求", parties=(claimant(id_number=""), respondent()))
    case_id = desk.accepted(
        title="水管一案",
        parties=(
            claimant(name="买买提江·吐尔逊", aliases="小吉", phone="13800000000"),
            respondent(name="𠮷野家", uscc="91110000600037341L"),
        ),
    )
    assert ids(desk, query=query) == [case_id]


@pytest.mark.parametrize("query", ["%", "_", "100%", "a_b", "'", '"', "\\", "/", "';--"])
def test_signs_of_sql_are_only_signs(desk: Desk, query: str) -> None:
    desk.registered(matter="普通纠纷")
    case_id = desk.registered(matter=f"前{query}后")
    assert ids(desk, query=query) == [case_id]


def test_every_word_must_be_found(desk: Desk) -> None:
    desk.registered()
    assert ids(desk, query="天花板 没有") == []


def test_what_is_found_is_sorted_like_any_list(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = desk.registered(), desk.assigned(), desk.accepted()
    desk.registered(matter="别的事")
    query = CaseFilter(query=read_query("天花板"))
    for most_sorted_apart in (5000, 0):
        monkeypatch.setattr("mediation_desk.store.cases._SORTED_AT_ONCE", most_sorted_apart)
        with desk.database.reading() as records:
            assert list(records.cases.ids(query)) == [third, second, first]
            assert list(records.cases.ids(query, Order(descending=False))) == [first, second, third]
            by_stage = Order(SortKey.STAGE, descending=False)
            assert list(records.cases.ids(query, by_stage)) == [third, second, first]
            assert list(records.cases.ids(query, by_stage, most=2)) == [third, second]


# --- notes and papers


def test_notes_come_in_the_order_they_were_made(desk: Desk) -> None:
    case_id, other = desk.registered(), desk.registered()
    with desk.database.writing() as records:
        for number, text in ((case_id, "一"), (other, "他"), (case_id, "二")):
            note = ConfidentialNote(centre_id=1, case_id=number, text=text, by_id=1, recorded_at=NOW)
            records.cases.add_note(note)
    with desk.database.reading() as records:
        assert [note.text for note in records.cases.notes(case_id)] == ["一", "二"]


def test_the_paper_of_a_frozen_agreement_is_kept_byte_for_byte(desk: Desk) -> None:
    case_id = desk.frozen()
    with desk.database.reading() as records:
        agreement = records.cases.get(case_id).agreements[0]
        assert records.cases.kept_paper(agreement) == b"%PDF 1"


def test_a_draft_has_no_kept_paper(desk: Desk) -> None:
    case_id = desk.drafted()
    with desk.database.reading() as records, pytest.raises(NotFound, match="没有定稿时存下的正式文本"):
        records.cases.kept_paper(records.cases.get(case_id).agreements[0])


def test_people_of_another_day_are_found_by_their_own_case(desk: Desk) -> None:
    case_id = desk.registered(occurred_on=date(2026, 1, 1))
    assert desk.case(case_id).occurred_on == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("claimants", "respondents", "number", "called"),
    [
        ("张三", "李四", "", "张三与李四"),
        ("张三、王五、赵六", "李四", "（2026）东人调字第7号", "张三等3方与李四 （2026）东人调字第7号"),
        ("", "李四", "", "李四"),
    ],
)
def test_a_row_is_called_by_its_sides_and_counts_who_is_many(
    claimants: str, respondents: str, number: str, called: str
) -> None:
    assert CaseRow(1, number, "registered", NOW, "", claimants, respondents, "", "", []).called == called
