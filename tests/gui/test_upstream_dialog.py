"""上级报表: first what is missing, then the file, and the log of what went to whom."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.rights import Role
from mediation_desk.gui import upstream_reports
from mediation_desk.gui.cases_page import CasesPage
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.upstream_dialog import UpstreamDialog
from mediation_desk.services.upstream import gather_events, record_upstream
from tests.desk import Desk as Clerk
from tests.gui.looking import found, pick, refusal_at, said_in_a_box
from tests.gui.people import works_as

STATISTICS, LIST = "人民调解案件情况统计表", "案件清单"


@pytest.fixture
def dialog(desk: Desk, clerk: Clerk, place: QWidget, settings: QSettings) -> UpstreamDialog:
    clerk.accepted(matter="水" * 2001)
    clerk.registered()
    dialog = UpstreamDialog(desk, place)
    dialog.show()
    return dialog


def gather(dialog: UpstreamDialog, qtbot: QtBot) -> None:
    dialog.ui.gather.click()
    qtbot.waitUntil(dialog.ui.save_report.isEnabled)


def save(dialog: UpstreamDialog, path: Path, qtbot: QtBot, button: str = "save_report") -> str:
    """Save as `path`; the name that was proposed."""
    getattr(dialog.ui, button).click()
    qtbot.waitUntil(lambda: dialog.findChild(QFileDialog, "save_dialog") is not None)
    asked = found(dialog, QFileDialog, "save_dialog")
    proposed = Path(asked.selectedFiles()[0]).name
    asked.fileSelected.emit(str(path))
    asked.reject()
    return proposed


def exported(clerk: Clerk, desk: Desk) -> list[str]:
    desk.log.flush()
    return [row.told for row in clerk.contents()["audit"] if row.kind == "export"]


def test_what_is_missing_is_shown_before_anything_can_be_saved(dialog: UpstreamDialog, qtbot: QtBot) -> None:
    assert not dialog.ui.save_report.isEnabled()
    gather(dialog, qtbot)
    told = dialog.ui.summary.text()
    assert told.startswith("9:30核对：2026-10-01 至 2026-12-31登记的案件共2件，其中2件有缺项")
    assert "事件简述超过2000字，截去了后面的，共1件：（2026）东人调字第1号。" in told
    assert "本系统不记、留空的栏目：主要当事人学历、" in told
    called = [line.cells[0] for line in dialog.lines.lines]
    assert called[0] == "（2026）东人调字第1号"
    assert called[1].startswith("查询码 ")
    assert dialog.lines.lines[-1].cells == ("（2026）东人调字第1号", "事件简述超过2000字，截去了后面的")


def test_a_line_opens_its_case_and_the_list_stays(dialog: UpstreamDialog, qtbot: QtBot) -> None:
    gather(dialog, qtbot)
    with qtbot.waitSignal(dialog.desk.case_wanted) as wanted:
        dialog.ui.lacking.activated.emit(dialog.lines.index(1, 0))
    assert wanted.args == [2]
    assert dialog.isVisible()


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_file_is_saved_and_the_log_knows_for_whom(
    dialog: UpstreamDialog, clerk: Clerk, tmp_path: Path, qtbot: QtBot, kind: str
) -> None:
    gather(dialog, qtbot)
    pick(dialog.ui.file_kind, "CSV" if kind == "csv" else "Excel")
    dialog.ui.receiver.setText("区委政法委")
    path = tmp_path / f"报表.{kind}"
    assert save(dialog, path, qtbot) == f"矛盾纠纷排查化解 2026-10-01 至 2026-12-31.{kind}"
    content = path.read_bytes()
    if kind == "csv":
        assert content.decode("utf-8-sig").startswith("事件名称,发生日期,")
    else:
        sheet = load_workbook(BytesIO(content)).active
        assert sheet is not None
        assert sheet.max_row == 3
    assert exported(clerk, dialog.desk) == [f"GB/T 31000 2026-10-01 至 2026-12-31 2件 {kind} 报送：区委政法委"]


def test_without_a_receiver_nothing_is_saved(dialog: UpstreamDialog, clerk: Clerk, qtbot: QtBot) -> None:
    gather(dialog, qtbot)
    dialog.ui.save_report.click()
    assert refusal_at(dialog, "receiver") == "请填写报送给哪个单位。"
    assert exported(clerk, dialog.desk) == []


def test_who_was_reported_to_last_is_proposed(
    dialog: UpstreamDialog, desk: Desk, place: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    gather(dialog, qtbot)
    dialog.ui.receiver.setText("区委政法委")
    save(dialog, tmp_path / "a.xlsx", qtbot)
    assert UpstreamDialog(desk, place).ui.receiver.text() == "区委政法委"


def test_the_list_of_what_is_missing_can_be_saved_too(
    dialog: UpstreamDialog, clerk: Clerk, tmp_path: Path, qtbot: QtBot
) -> None:
    gather(dialog, qtbot)
    save(dialog, tmp_path / "缺项.xlsx", qtbot, "save_lacking")
    assert load_workbook(tmp_path / "缺项.xlsx")["缺项"].max_row >= 4
    assert exported(clerk, dialog.desk) == ["缺项清单 2026-10-01 至 2026-12-31"]


def test_another_time_asks_for_another_look(dialog: UpstreamDialog, qtbot: QtBot) -> None:
    gather(dialog, qtbot)
    pick(dialog.ui.period, "上年")
    assert not dialog.ui.save_report.isEnabled()
    assert dialog.lines.lines == []
    gather(dialog, qtbot)
    assert "共0件，没有缺项" in dialog.ui.summary.text()


def test_typed_days_the_wrong_way_round_are_refused(dialog: UpstreamDialog) -> None:
    pick(dialog.ui.period, "自选")
    dialog.ui.first_day.setText("2026-11-23")
    dialog.ui.last_day.setText("2026-11-22")
    dialog.ui.gather.click()
    assert refusal_at(dialog, "last_day") == "结束日期早于开始日期。"


def test_reading_can_be_stopped(dialog: UpstreamDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    reached, go_on = Event(), Event()

    def slow(records: Any, act: Any, first: Any, last: Any, progress: Callable[[int, int], None]) -> Any:
        reached.set()
        go_on.wait(5)
        return gather_events(records, act, first, last, progress)

    monkeypatch.setattr(upstream_reports, "gather_events", slow)
    dialog.ui.gather.click()
    assert dialog.ui.stop_button.isVisible()
    assert not dialog.ui.report.isEnabled()
    assert reached.wait(5)
    dialog.ui.stop_button.click()
    go_on.set()
    qtbot.waitUntil(dialog.ui.report.isEnabled)
    assert dialog.ui.summary.text() == "没有读完，什么也没有保存。"
    assert not dialog.ui.save_report.isEnabled()


def test_the_statistics_are_saved_without_asking_for_whom(
    dialog: UpstreamDialog, clerk: Clerk, tmp_path: Path, qtbot: QtBot
) -> None:
    pick(dialog.ui.report, STATISTICS)
    assert not dialog.ui.receiver.isVisible()
    assert dialog.ui.file_kind.count() == 1
    gather(dialog, qtbot)
    assert dialog.ui.summary.text() == (
        "9:30核对：2026年第4季度：本期受理1件、本期结案0件；上期（2026年第3季度）列在旁边。"
    )
    assert save(dialog, tmp_path / "统计.xlsx", qtbot) == f"{STATISTICS} 2026年第4季度.xlsx"
    assert load_workbook(tmp_path / "统计.xlsx").sheetnames == ["统计表", "说明"]
    assert exported(clerk, dialog.desk) == [f"{STATISTICS} 2026年第4季度"]


def test_the_list_tells_where_each_case_stands_in_the_systems_above(
    dialog: UpstreamDialog, clerk: Clerk, tmp_path: Path, qtbot: QtBot
) -> None:
    clerk.do(record_upstream, 1, "petition", "XF1")
    pick(dialog.ui.report, LIST)
    gather(dialog, qtbot)
    assert dialog.ui.summary.text() == "9:30核对：2026年第4季度登记的案件共2件，1件已记下上级系统编号。"
    assert [line.cells[1] for line in dialog.lines.lines] == ["信访信息系统 XF1（2026-11-23）", "没有录入"]
    assert save(dialog, tmp_path / "清单.xlsx", qtbot) == "案件清单 2026年第4季度.xlsx"
    assert load_workbook(tmp_path / "清单.xlsx")["案件清单"].max_row == 3
    assert exported(clerk, dialog.desk) == ["案件清单 2026年第4季度"]


def test_it_goes_when_somebody_else_works(dialog: UpstreamDialog) -> None:
    dialog.desk.hand_over(2)
    assert not dialog.isVisible()


def test_the_page_of_cases_opens_it_once_and_takes_it_along_when_it_goes(
    desk: Desk,
    settings: QSettings,
    qtbot: QtBot,
) -> None:
    page = CasesPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.ui.upstream_button.click()
    first = page._report
    page.ui.upstream_button.click()
    assert page._report is not None
    assert page._report is not first
    assert page._report.isVisible()
    page.leave()
    assert page._report is None


@pytest.mark.parametrize(
    ("role", "offered"), [(Role.CLERK, ["案件明细", LIST]), (Role.DIRECTOR, ["案件明细", STATISTICS, LIST])]
)
def test_only_what_the_rights_lead_to_is_offered(
    desk: Desk,
    place: QWidget,
    settings: QSettings,
    role: Role,
    offered: list[str],
) -> None:
    works_as(desk, role)
    report = UpstreamDialog(desk, place).ui.report
    labels = [report.itemText(row) for row in range(report.count())]
    assert len(labels) == len(offered)
    assert all(what in label for what, label in zip(offered, labels, strict=True))


def test_who_may_not_see_whole_numbers_is_told_whom_to_ask(
    desk: Desk,
    settings: QSettings,
    qtbot: QtBot,
) -> None:
    works_as(desk, Role.ARCHIVIST)
    page = CasesPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.ui.upstream_button.click()
    assert "没有“看证件和电话全号”权限" in said_in_a_box(page)
    assert page._report is None
