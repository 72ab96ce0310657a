"""The figures of a period: what a hand counts, the period before, definitions, and the cases behind."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from mediation_desk.domain.aftermath import Rating
from mediation_desk.domain.case import OutcomeKind
from mediation_desk.domain.errors import DeskError, NotAllowed
from mediation_desk.domain.figures import IN_ORDER, Cell, CountKind
from mediation_desk.domain.indicators import Indicator
from mediation_desk.domain.report_period import Span, month_of
from mediation_desk.domain.rights import Right
from mediation_desk.domain.supervision import ConferenceKind, Suggestion, SuggestionKind, SupervisionOrder
from mediation_desk.domain.time_facts import ClockKind, Extension
from mediation_desk.services.act import Act
from mediation_desk.services.figures import figures_workbook, look_at_figures, notes_of
from mediation_desk.services.mediation import record_outcome
from tests.desk import NOW, TODAY, YESTERDAY, Desk, uid
from tests.store.test_indicators import BY, add, conference

MONTH = month_of(TODAY)


def figures(desk: Desk, span: Span = MONTH) -> dict[str, Cell]:
    return {line.no: line.now for line in desk.look(look_at_figures, span).lines}


def test_a_desk_without_cases_has_no_rates_and_counts_nought(desk: Desk) -> None:
    told = figures(desk)
    assert {told[each].text for each in Indicator} == {"—"}
    assert {told[each].text for each in CountKind} == {"0", "—"}
    assert (told[CountKind.MEAN_DAYS].text, told[CountKind.CONFERENCES].text) == ("—", "0")


def test_success_and_days_are_those_of_the_cases(desk: Desk) -> None:
    agreed, open_id = desk.agreed(), desk.accepted()
    failed = desk.in_mediation()
    desk.now += timedelta(days=3)
    desk.do(record_outcome, failed, OutcomeKind.FAILED, reason_code="no_prospect")
    told = figures(desk)
    accepted = told[Indicator.K9]
    assert (accepted.text, accepted.numerator, accepted.denominator) == ("33.33%", "1", "3")
    assert (list(accepted.met), sorted(accepted.cases)) == ([agreed], [agreed, open_id, failed])
    ended = told[Indicator.K9C]
    assert (ended.text, sorted(ended.cases)) == ("50.00%", [agreed, failed])
    assert (told[CountKind.MEAN_DAYS].text, told[CountKind.MEDIAN_DAYS].text) == ("1.5", "1.5")
    assert sorted(told[CountKind.MEAN_DAYS].cases) == [agreed, failed]


def test_decisions_on_requests_count_on_their_day_in_time_or_not(desk: Desk) -> None:
    in_time = desk.accepted()
    forgotten = desk.registered()
    assert figures(desk)[Indicator.K1M].text == "100.00%"
    desk.now += timedelta(days=7)
    told = figures(desk)[Indicator.K1M]
    assert (told.text, list(told.met), sorted(told.cases)) == ("50.00%", [in_time], [in_time, forgotten])


def test_mediation_in_time_heeds_what_was_added_to_the_time(desk: Desk) -> None:
    late, longer = desk.in_mediation(), desk.in_mediation()
    more = Extension(clock=ClockKind.MEDIATION, days=10, approved_on=TODAY, approved_by="各方", reason="鉴定", **BY)
    add(desk, longer, extensions=more)
    desk.now += timedelta(days=35)
    for case_id in (late, longer):
        desk.do(record_outcome, case_id, OutcomeKind.FAILED, reason_code="no_prospect")
    told = figures(desk, month_of(desk.now.date()))[Indicator.K12]
    assert (told.text, list(told.met), sorted(told.cases)) == ("50.00%", [longer], [late, longer])


def test_the_running_month_counts_what_is_over_alone(desk: Desk) -> None:
    desk.assigned()
    assert figures(desk)[Indicator.K12].text == "—"


def test_performance_and_missed_windows_are_told(desk: Desk) -> None:
    case_id = desk.performing()
    desk.now += timedelta(days=90)
    told = figures(desk, Span(TODAY, desk.now.date()))
    performed, paid = told[Indicator.K10], told[Indicator.K10F]
    assert (performed.text, list(performed.cases)) == ("0.00%", [case_id])
    assert (paid.text, paid.numerator, paid.denominator) == ("0.00%", "0.00", "3,000.00")
    assert told[Indicator.K11].text == "0.00%"
    assert (told[CountKind.EXPIRED].text, list(told[CountKind.EXPIRED].cases)) == ("1", [case_id])


def test_a_conference_about_several_cases_is_one_meeting(desk: Desk) -> None:
    cases = [desk.accepted() for _ in range(2)]
    for case_id in cases:
        add(desk, case_id, conferences=conference(ConferenceKind.JOINT, uid(80)))
    add(desk, cases[0], conferences=conference(ConferenceKind.ON_SITE, uid(81)))
    told = figures(desk)
    assert [told[each].text for each in (CountKind.CONFERENCES, CountKind.JOINT, CountKind.CASE)] == ["2", "1", "0"]
    assert list(told[CountKind.CONFERENCES].cases) == cases


def test_orders_suggestions_and_ratings_are_told(desk: Desk) -> None:
    case_id = desk.accepted()
    add(
        desk,
        case_id,
        supervision_orders=SupervisionOrder(
            no=1,
            unit="某所",
            fault_code="overdue",
            demand="说明",
            issued_on=YESTERDAY,
            due_on=YESTERDAY,
            replied_on=TODAY,
            **BY,
        ),
        suggestions=Suggestion(
            no=1,
            kind=SuggestionKind.IMPROVE_WORK,
            unit="某所",
            text="改进",
            made_on=TODAY,
            answered_on=TODAY,
            adopted=False,
            **BY,
        ),
    )
    for no, level in enumerate(("fairly_satisfied", "dissatisfied", ""), start=1):
        add(desk, case_id, ratings=Rating(party_no=no, level=level, rated_on=TODAY, **BY))
    told = figures(desk)
    assert told[Indicator.K16].text == "0.00%"
    suggested = [told[each].text for each in (CountKind.SUGGESTED, CountKind.ANSWERED, CountKind.ADOPTED)]
    assert suggested == ["1", "1", "0"]
    assert told[Indicator.K14].text == "50.00%"


def test_the_period_before_stands_beside(desk: Desk) -> None:
    case_id = desk.agreed()
    desk.now += timedelta(days=30)
    [line] = [line for line in desk.look(look_at_figures, month_of(desk.now.date())).lines if line.no == Indicator.K9]
    assert (line.now.text, line.before.text, list(line.before.cases)) == ("—", "100.00%", [case_id])


def test_every_figure_has_its_place_and_its_definition(desk: Desk) -> None:
    lines = desk.look(look_at_figures, MONTH).lines
    assert [line.no for line in lines] == list(IN_ORDER)
    assert len(set(IN_ORDER)) == len(IN_ORDER)
    assert set(CountKind) <= set(IN_ORDER)
    assert all(line.definition.endswith("。") for line in lines)


def test_the_workbook_prints_numerators_denominators_and_definitions(desk: Desk) -> None:
    desk.agreed()
    desk.accepted()
    sheet = load_workbook(BytesIO(desk.look(figures_workbook, MONTH)))["指标"]
    assert sheet["A1"].value == "示例街道综治中心 统计指标 2026年11月"
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(3)}
    assert rows["K9"][1:8] == ["调解成功率（按受理）", "50.00%", "1", "2", "—", "0", "0"]
    assert "本期受理的案件中达成" in rows["K9"][8]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert any(text.startswith("上期：2026年10月") for text in texts)
    assert not any("张三" in text for text in texts)


def test_counting_says_what_it_does_and_can_be_broken_off(desk: Desk) -> None:
    said: list[str] = []
    desk.look(look_at_figures, MONTH, said.append)
    assert said == ["正在统计本期…", "正在统计上期…"]

    def stop(_: str) -> None:
        raise DeskError("停。")

    with pytest.raises(DeskError, match=r"停。"):
        desk.look(look_at_figures, MONTH, stop)
    assert "“—”" in notes_of(desk.look(look_at_figures, MONTH))[0]


def test_only_who_may_see_figures_sees_them(desk: Desk) -> None:
    act = Act(centre_id=1, by_id=1, at=NOW, rules=desk.rules, rights=frozenset(Right) - {Right.FIGURES})
    with desk.database.reading() as records, pytest.raises(NotAllowed):
        look_at_figures(records, act, MONTH)
