"""What the box understands, and which cases are meant."""

from datetime import date

import pytest

from mediation_desk.domain.query_code import query_code
from mediation_desk.domain.search_query import SearchQuery, matches, read_query
from mediation_desk.domain.search_words import Document
from mediation_desk.domain.stage import OPEN_STAGES, Stage
from tests.desk import uid

KINDS = {"02": "邻里纠纷", "0201": "邻里纠纷·相邻关系", "10": "婚姻家庭纠纷"}
MEDIATORS = {1: "赵和", 2: "钱平"}
OPEN = frozenset(stage.value for stage in OPEN_STAGES)
CODE = query_code(uid(7))
CASE = Document(
    texts=("楼上漏水，天花\n板泡坏，要3500元。", "示例胡同12号院3号楼402室"),
    names=("张三丰", "小张、单艳", "买买提江·吐尔逊"),
    codes=("（2026）示人调字第17号", CODE),
    numbers=("110000199001010013", "１３８-0000-0001"),
    stage="accepted",
    dispute_kind="0201",
    registered_on=date(2026, 3, 15),
    mediator_ids=frozenset({2}),
)


def read(text: str) -> SearchQuery:
    return read_query(text, KINDS, MEDIATORS)


def found(text: str) -> bool:
    return matches(CASE, read(text))


def test_words_and_conditions_stand_side_by_side() -> None:
    query = read("张三 类型:邻里 漏水 状态:办理中 调解员:钱 2026-03..2026-05 张三")
    assert query == SearchQuery(
        words=("张三", "漏水"),
        stages=OPEN,
        kinds=frozenset({"02", "0201"}),
        mediator_ids=frozenset({2}),
        since=date(2026, 3, 1),
        until=date(2026, 5, 31),
    )


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("2026-03-15", date(2026, 3, 15), date(2026, 3, 15)),
        ("2026/3", date(2026, 3, 1), date(2026, 3, 31)),
        ("２０２４．２", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-03..", date(2026, 3, 1), None),
        ("..2026", None, date(2026, 12, 31)),
        ("2025..2026-03-15", date(2025, 1, 1), date(2026, 3, 15)),
        ("2025…2026", date(2025, 1, 1), date(2026, 12, 31)),
    ],
)
def test_days_months_and_years_are_a_period(typed: str, since: date | None, until: date | None) -> None:
    assert read(typed) == SearchQuery(since=since, until=until)


@pytest.mark.parametrize(
    "typed", ["2026", "2026-13", "2026-02-30", "..", "2026..x", "x..2026", "备注:漏水", "0000-01", "NEAR", '"', "OR"]
)
def test_what_is_no_condition_is_a_word(typed: str) -> None:
    assert read(typed) == SearchQuery(words=(typed,))


@pytest.mark.parametrize("typed", ["", "  ", "类型:", "状态： ", "调解员:,", "\0", "\u200b"])
def test_what_is_not_typed_to_its_end_asks_for_nothing(typed: str) -> None:
    assert not read(typed)


@pytest.mark.parametrize(
    ("typed", "stages"),
    [
        ("状态:办理中", OPEN),
        ("状态: 在办", OPEN),
        ("状态：已结", frozenset(stage.value for stage in Stage) - OPEN),
        ("状态:受理", frozenset({"accepted", "not_accepted"})),
        ("状态:已受理,履行", frozenset({"accepted", "performing"})),
        ("状态:没有", frozenset()),
    ],
)
def test_a_stage_is_called_by_a_part_of_its_label(typed: str, stages: frozenset[str]) -> None:
    assert read(typed) == SearchQuery(stages=stages)


def test_conditions_of_which_nothing_is_known_here_are_words() -> None:
    assert read_query("类型:邻里 调解员:钱").words == ("类型:邻里", "调解员:钱")


def test_the_same_condition_twice_asks_for_both() -> None:
    assert read("2026-01.. ..2026-05 2025..2026-03") == SearchQuery(since=date(2026, 1, 1), until=date(2026, 3, 31))
    assert read("状态:受理 状态:已受理").stages == frozenset({"accepted"})


@pytest.mark.parametrize(
    "typed",
    [
        *("张", "三丰", "张三丰", "小张", "单", "买买提江吐尔逊", "提江•吐"),
        *("zhangs", "ZSF", "sanfeng", "shany", "danyan", "sy", "tuer", "mmtj", "xiaoz"),
        *("漏水", "天花板", "３５００元", "坏，要", "12号院", "402室"),
        *("0013", "010013", "11000019", "110000199001010013", "0001", "13800000001", "1380000", "138-0000-0001"),
        *("（2026）示人调字第17号", "2026示人调", "示人调字", "17号", "2026", "〔2026〕示"),
        *(CODE, CODE.replace("-", ""), CODE.lower(), CODE.replace("0", "o")),
        *("张三 漏水 0013", "漏水 状态:受理 类型:邻里 调解员:钱 2026-03", "2026-03-15..2026-03-15", ""),
    ],
)
def test_a_case_is_found_by_any_part_that_somebody_remembers(typed: str) -> None:
    assert found(typed)


@pytest.mark.parametrize(
    "typed",
    [
        *("张四", "hangsan", "angsan", "zf", "漏 火", "001", "380000", "10000199", "4567", "18号", "漏*", '"漏水"'),
        *("漏水 OR 李四", "NEAR(漏水", "类型:婚姻", "状态:已结", "调解员:赵", "2026-04..", "..2026-02", "2026-03-14"),
    ],
)
def test_a_case_is_not_found_by_what_it_does_not_hold(typed: str) -> None:
    assert not found(typed)


def test_a_megabyte_of_anything_is_looked_for_without_complaint() -> None:
    assert not found("漏" * 1_000_000)
    assert not found("漏 水" * 300_000)
    assert not found("0" * 1_000_000)
