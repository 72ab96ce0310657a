"""说明: why somebody has a shift, why another has not, who is missing and what would help."""

from datetime import date
from threading import Event
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import CannotRead
from mediation_desk.gui import roster_explainer
from mediation_desk.gui.roster_explainer import _WaysOut
from mediation_desk.gui.roster_page import RosterPage
from mediation_desk.gui.roster_why import RosterWhy
from mediation_desk.services.roster_making import keep_draft, place, problem_of
from mediation_desk.solver import model as solver_model
from mediation_desk.solver import relief, roster
from mediation_desk.solver.roster import solve_roster
from tests.gui.looking import said_in_a_box
from tests.gui.rosters import MONTH, OFFICER, PM, Month, at, opened

DECEMBER = date(2026, 12, 1)


@pytest.fixture
def page(month: Month, qtbot: QtBot) -> RosterPage:
    """The roster of the week is explained, and somebody is missing."""
    month.publish(
        *(month.placing(name, day) for name, day in (("卫和", 24), ("蒋平", 25), ("沈安", 26), (OFFICER, 24))),
        month.placing("蒋平", 27, PM),
    )
    return opened(month, qtbot)


@pytest.fixture
def why(page: RosterPage, qtbot: QtBot) -> RosterWhy:
    page.ui.show_why.click()
    qtbot.waitUntil(lambda: not page.ui.why.ui.reasons_text.text().startswith("正在"))
    return page.ui.why


def reasons(why: RosterWhy) -> list[str]:
    return why.ui.reasons_text.text().split("\n")


def others(why: RosterWhy) -> dict[str, str]:
    return {str(line.cells[0]): str(line.cells[1]) for line in why.others.lines}


def test_nothing_is_worked_out_for_whom_nobody_asks(page: RosterPage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(page.explainer, "explain", asked.append)
    page.refresh()
    assert asked == []
    page.ui.show_why.click()
    assert len(asked) == 1


def test_a_shift_says_why_this_person_and_why_nobody_else(page: RosterPage, why: RosterWhy, month: Month) -> None:
    page.ui.grid.choose(month.ids["卫和"], at(24))
    head, *told = reasons(why)
    assert head == "为什么是卫和：11月24日（周二）上午 调解员"
    assert told
    assert all(line.startswith("· ") for line in told)
    assert set(others(why)) >= {"蒋平", "沈安", OFFICER}
    assert others(why)[OFFICER] == "没有该岗位的职业身份"


def test_an_empty_cell_says_who_serves_instead_and_why_not_this_person(
    page: RosterPage, why: RosterWhy, month: Month
) -> None:
    page.ui.grid.choose(month.ids["沈安"], at(24))
    head, *told = reasons(why)
    assert head == "沈安 11月24日（周二）上午没有班次。"
    assert told[0].startswith("· 调解员由卫和值：")
    assert others(why) == {}
    page.ui.grid.choose(month.ids["沈安"], at(30))
    assert any(line.startswith("· 调解员还缺人：") for line in reasons(why))
    page.ui.grid.choose(month.ids["沈安"], at(28))
    assert reasons(why)[1:] == ["· 休息（周六）"]


def test_who_is_missing_stands_with_what_hinders_each(page: RosterPage, why: RosterWhy, month: Month) -> None:
    lines = [tuple(line.cells) for line in why.shortages.lines]
    when, what, hindrance = lines[0]
    assert (when, what) == ("11月23日（周一）下午", "调解员1人")
    assert "卫和" in hindrance
    assert all(cells[0] == "" or cells[0] > "11月23日" for cells in lines)


def test_a_shortage_leads_to_its_half_day(page: RosterPage, why: RosterWhy, month: Month) -> None:
    row = next(row for row, line in enumerate(why.shortages.lines) if line.cells[0] == "11月30日（周一）上午")
    why.ui.shortages.clicked.emit(why.shortages.index(row, 0))
    chosen = page.ui.grid.chosen()
    assert chosen is not None
    assert chosen[1] == at(30)


def test_a_red_cell_of_the_footer_brings_its_shortage_to_the_front(
    page: RosterPage, why: RosterWhy, month: Month
) -> None:
    needs = page.ui.grid.ui.needs
    model = page.ui.grid.needs
    needs.clicked.emit(model.index(1, 46))
    assert why.ui.tabs.currentWidget() is why.ui.cell_page
    needs.clicked.emit(model.index(1, 58))
    assert why.ui.tabs.currentWidget() is why.ui.shortage_page
    assert why.ui.shortages.currentIndex().data() == "11月30日（周一）上午"
    needs.clicked.emit(model.index(0, 59))
    assert why.ui.shortages.currentIndex().data() == "11月30日（周一）下午"


def test_the_other_end_of_a_shortage_with_nobody_for_it(month: Month, qtbot: QtBot) -> None:
    month.duty.post("政法", "political_legal_staff", weekly_pattern=["mon_am"])
    month.publish(month.placing("卫和", 24))
    page = opened(month, qtbot)
    page.ui.show_why.click()
    qtbot.waitUntil(lambda: any("没有轮驻人员可排" in line.cells[2] for line in page.ui.why.shortages.lines))


def test_to_work_it_out_again_is_the_first_way_out(why: RosterWhy, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(why.help.lines))
    assert str(why.help.lines[0].cells[0]).startswith("重新生成排班（F9）→缺")
    assert why.ui.help_text.text() == "只放宽一条规则、只加一个人时还会缺几人："


def test_what_would_help_is_ranked_and_nothing_is_found_without_a_solver(
    month: Month, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ways(*_: Any, stop: Event) -> list[relief.Relief]:
        return [relief.Relief(relief.ReliefKind.ONE_MORE, ("调解员",), 3)]

    class Same:
        value = 10_000

    monkeypatch.setattr(roster, "least_shortage", lambda *_, **__: Same)
    monkeypatch.setattr(relief, "what_would_help", ways)
    month.publish(month.placing("卫和", 24))
    page = opened(month, qtbot)
    page.ui.show_why.click()
    qtbot.waitUntil(lambda: [line.cells[0] for line in page.ui.why.help.lines] == ["增加1名人员（调解员）→缺3"])

    def fail(*_: object, **__: object) -> None:
        raise solver_model.CannotSolve("没有求解组件")

    monkeypatch.setattr(roster, "least_shortage", fail)
    month.desk.do(place, MONTH, month.ids["沈安"], at(26), month.main)
    qtbot.waitUntil(lambda: page.ui.why.ui.help_text.text() == "求解组件不可用，没有算出怎样能补齐。")


def test_where_nothing_helps_it_says_so(why: RosterWhy) -> None:
    why.show_help([])
    assert why.ui.help_text.text() == "单独放宽任何一条规则，都不能减少缺口。"
    assert why.help.lines == []


def test_what_is_missing_in_any_case_is_told_from_what_could_be_missing_elsewhere(why: RosterWhy, month: Month) -> None:
    (first, _), (second, _), *_ = ((line.key, line) for line in why.shortages.lines if line.cells[0])
    why.show_certain({first: 1, second: 0})
    said = {line.key: line.cells[1] for line in why.shortages.lines if line.cells[0]}
    assert (said[first], said[second]) == ("调解员1人，必缺", "调解员1人，可改为缺在别处")
    assert [told for key, told in said.items() if key not in (first, second) and "，" in told] == []
    why.forget()
    why.show_month(month.look())
    assert not any("，必缺" in line.cells[1] for line in why.shortages.lines)


def test_the_solver_finds_what_could_be_missing_elsewhere(month: Month, qtbot: QtBot) -> None:
    """Five mornings of a week for one person who serves four: which one is missing may be chosen."""
    week = [f"{day}_am" for day in ("mon", "tue", "wed", "thu", "fri")]
    month.duty.post("信访", "petition_staff", weekly_pattern=week)
    month.duty.post("政法", "political_legal_staff", weekly_pattern=["tue_am"])
    month.duty.person("孔信", "petition_staff")
    month.desk.do(keep_draft, DECEMBER, solve_roster(month.desk.look(problem_of, DECEMBER)))
    page = opened(month, qtbot)
    page.show_month(DECEMBER)
    page.ui.show_why.click()

    def told() -> set[str]:
        return {line.cells[1] for line in page.ui.why.shortages.lines if line.cells[0]}

    qtbot.waitUntil(lambda: told() == {"信访1人，可改为缺在别处", "政法1人，必缺"}, timeout=20_000)


def test_the_same_roster_is_explained_once(page: RosterPage, why: RosterWhy, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        pytest.fail("explained again")

    monkeypatch.setattr(roster_explainer, "explain_month", fail)
    page.refresh()
    page.ui.grid.choose_half_day(at(25))
    page.explainer.finish()
    assert why._explanation is not None


def test_a_month_without_a_roster_says_so(page: RosterPage, why: RosterWhy) -> None:
    page.show_month(at(1).day.replace(month=12))
    assert why.ui.reasons_text.text() == "本月还没有排班。"
    assert why.shortages.lines == []


def test_nobody_shown_needs_no_reason(page: RosterPage, why: RosterWhy) -> None:
    page.ui.filter_text.setText("没有这个人")
    assert why.ui.reasons_text.text() == ""


def test_what_is_certain_beforehand_is_listed(page: RosterPage, month: Month) -> None:
    page.show_month(at(1).day.replace(year=2027, month=1))
    assert page.ui.why.ui.tabs.tabText(2).startswith("提示（")
    assert "2027年放假安排未导入" in str(page.ui.why.warnings.lines[0].cells[0])


def test_what_cannot_be_read_is_told_and_asked_again(
    page: RosterPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise CannotRead("磁盘读写失败。")

    with monkeypatch.context() as patch:
        patch.setattr(roster_explainer, "explain_month", fail)
        page.ui.show_why.click()
        qtbot.waitUntil(lambda: said_in_a_box(page) == "磁盘读写失败。")
    page.refresh()
    qtbot.waitUntil(lambda: page.ui.why._explanation is not None)


def test_an_answer_about_a_roster_that_has_changed_is_let_go(page: RosterPage, why: RosterWhy, month: Month) -> None:
    shown = why._explanation
    page.explainer._bring(month.look(), CannotRead("以前的。"))
    page.explainer._bring_help(month.look(), _WaysOut(["以前的"]))
    assert why._explanation is shown
