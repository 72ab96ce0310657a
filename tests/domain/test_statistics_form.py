"""The statistics form: what counts in which line, and that nothing is lost between them."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.domain.case import OutcomeKind
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.statistics_form import Basis, CaseGroup, Figure, Measure, figures_of

TODAY = date(2026, 11, 23)


def group(**facts: object) -> CaseGroup:
    told: dict[str, object] = {
        "body": "street",
        "source": "application",
        "kind": "02",
        "result": "",
        "is_complex": False,
        "is_performed": False,
        "is_confirmed": False,
        "cases": 1,
        "people": 2,
        "fen": 0,
    }
    return CaseGroup(**told | facts)  # type: ignore[arg-type]  # any field


def numbers(rules: Rules, *accepted: CaseGroup) -> dict[str, int | None]:
    return {figure.line.label: figure.accepted for figure in figures_of(accepted, (), rules, TODAY)}


def test_the_columns_run_from_1_to_41_without_a_gap_in_their_order(rules: Rules) -> None:
    columns = [int(figure.line.no) for figure in figures_of((), (), rules, TODAY) if figure.line.no]
    assert columns == list(range(1, 42))


def test_each_group_of_columns_stands_where_the_form_has_it(rules: Rules) -> None:
    labels = {figure.line.no: figure.line.label for figure in figures_of((), (), rules, TODAY)}
    assert labels["3"] == "调解成功"
    assert labels["6"] == "村（居）人民调解委员会"
    assert labels["11"] == "个人调解工作室"
    assert [labels[no] for no in ("12", "13", "14", "15", "19")] == [
        "主动调解",
        "依申请调解",
        "接受委托移送调解",
        "法院委托移送",
        "其他部门委托移送",
    ]
    assert [labels[no] for no in ("20", "29", "30", "32", "33", "36", "37")] == [
        "婚姻家庭纠纷",
        "拖欠农民工工资纠纷",
        "其他劳动争议纠纷",
        "电子商务纠纷",
        "其他消费纠纷",
        "物业纠纷",
        "其他纠纷",
    ]
    assert [labels[no] for no in ("38", "39", "40", "41")] == ["口头协议", "书面协议", "履行", "司法确认"]


def test_what_came_in_and_what_was_closed_stand_beside_each_other(rules: Rules) -> None:
    came = [group(cases=3, people=7, fen=100_000, result=OutcomeKind.WRITTEN)]
    ended = [group(cases=2, people=4, result=OutcomeKind.FAILED)]
    first, people, success, _, amount, *_ = figures_of(came, ended, rules, TODAY)
    assert first[1:] == (3, 2)
    assert people[1:] == (7, 4)
    assert success[1:] == (3, 0)
    assert (amount[1:], amount.line.measure) == ((100_000, 0), Measure.FEN)
    assert (first.number(Basis.ACCEPTED), first.number(Basis.CLOSED)) == (3, 2)


def test_prevention_that_no_fact_tells_is_not_nought(rules: Rules) -> None:
    unknown = [figure for figure in figures_of([group()], [group()], rules, TODAY) if figure.line.measure is None]
    assert [figure.line.label[:4] for figure in unknown] == [
        "排查纠纷",
        "预防纠纷",
        "防止民间",
        "防止民间",
        "防止群体",
        "防止群体",
    ]
    assert all(figure[1:] == (None, None) for figure in unknown)


def test_a_case_of_a_court_counts_in_its_column_and_among_all_that_were_referred(rules: Rules) -> None:
    counted = numbers(rules, group(source="referral_court_pre_filing"), group(source="referral_police", cases=2))
    assert (counted["接受委托移送调解"], counted["法院委托移送"], counted["公安机关委托移送"]) == (3, 1, 2)
    assert "接受委托移送调解（未分小类）" not in counted


def test_what_nobody_stated_has_a_line_only_when_there_is_such_a_case(rules: Rules) -> None:
    assert not {"调解主体未注明", "来源未注明", "类型未注明"} & numbers(rules, group()).keys()
    counted = numbers(rules, group(body="", source="", kind=""), group(kind="10"), group(source="referral"))
    assert (counted["调解主体未注明"], counted["来源未注明"], counted["类型未注明"]) == (1, 1, 1)
    assert counted["劳动争议纠纷（未分小类）"] == 1
    assert counted["接受委托移送调解（未分小类）"] == 1


def test_local_kinds_have_a_line_of_their_own(rules: Rules) -> None:
    assert numbers(rules, group(kind="17"))["互联网纠纷"] == 1


def test_a_code_that_no_table_knows_is_counted_as_unstated(rules: Rules) -> None:
    assert numbers(rules, group(kind="77"))["类型未注明"] == 1


def test_a_code_that_is_no_longer_valid_keeps_its_line_while_cases_have_it(rules: Rules) -> None:
    table = rules.table("dispute_kind")
    ended = tuple(replace(code, effective_to=date(2025, 12, 31)) if code.code == "08" else code for code in table.codes)
    rules = replace(rules, tables={**rules.tables, "dispute_kind": replace(table, codes=ended)})
    assert "征地拆迁纠纷" not in numbers(rules, group())
    assert numbers(rules, group(kind="08"))["征地拆迁纠纷"] == 1


def test_only_agreed_cases_are_successes_and_by_their_form(rules: Rules) -> None:
    groups = [group(result=kind, cases=cases) for cases, kind in enumerate(OutcomeKind, start=1)]
    counted = numbers(rules, *groups)
    assert (counted["调解成功"], counted["书面协议"], counted["口头协议"]) == (3, 1, 2)


_codes = st.sampled_from
_groups = st.lists(
    st.builds(
        group,
        body=_codes(["", "village", "street", "association", "unheard_of"]),
        source=_codes(
            ["", "application", "own_initiative", "referral", "referral_court", "referral_court_post_filing"]
        ),
        kind=_codes(["", "01", "10", "1001", "1099", "12", "1299", "16", "17", "99", "unheard_of"]),
        cases=st.integers(1, 50),
    ),
    max_size=12,
)


@given(_groups)
def test_whatever_there_is_bodies_sources_and_kinds_each_add_up_to_all_cases(
    rules: Rules, groups: list[CaseGroup]
) -> None:
    figures = figures_of(groups, (), rules, TODAY)
    total = sum(each.cases for each in groups)
    assert figures[0].accepted == total
    for name in ("body", "source", "kind"):
        top = [figure for figure in figures if name in figure.line.where and figure.line.level == 0]
        assert sum(figure.accepted or 0 for figure in top) == total
        for figure in top:
            below = _below(figures, figure)
            assert not below or sum(each.accepted or 0 for each in below) == figure.accepted


def _below(figures: list[Figure], figure: Figure) -> list[Figure]:
    at = figures.index(figure) + 1
    end = next((to for to in range(at, len(figures)) if figures[to].line.level == 0), len(figures))
    return figures[at:end]
