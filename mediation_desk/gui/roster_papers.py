"""The roster of a month on paper and in files: wall sheet, workbook, calendar, the offices' workbook, the clipboard."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from mediation_desk.domain.errors import FileRefused
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.file_dialog import file_dialog
from mediation_desk.gui.printing import save_file
from mediation_desk.gui.roster_grid import RosterGrid
from mediation_desk.gui.roster_import_dialog import RosterImportDialog
from mediation_desk.gui.roster_wall_dialog import RosterWallDialog
from mediation_desk.services.act import Act
from mediation_desk.services.audit import note_export
from mediation_desk.services.availability import availability_template, preview_availability
from mediation_desk.services.roster_files import roster_calendar, roster_workbook
from mediation_desk.services.roster_view import RosterMonth
from mediation_desk.store.records import Records

P = ParamSpec("P")

WORKBOOK, CALENDAR = "Excel 工作簿 (*.xlsx)", "日历文件 (*.ics)"


class RosterPapers(QObject):
    """Acts on the month that is shown. `said` brings a sentence for the line below the grid."""

    said = Signal(str)

    def __init__(self, desk: Desk, grid: RosterGrid, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._grid, self._page = desk, grid, page
        self._month: RosterMonth | None = None

    def show_month(self, month: RosterMonth) -> None:
        self._month = month

    def show_wall(self) -> None:
        month = self._month
        if month is None or (month.draft is None and month.published is None):
            self.said.emit("本月还没有排班，没有墙贴可印。")
            return
        RosterWallDialog(self._desk, month, self._page).open()

    def save_workbook(self) -> None:
        """The draft where there is one, as that is what is seen."""
        has_draft = self._month is not None and self._month.draft is not None
        self._save(roster_workbook, "值班表", ".xlsx", WORKBOOK, draft=has_draft)

    def save_calendar(self) -> None:
        self._save(roster_calendar, "值班", ".ics", CALENDAR)

    def save_calendar_of_one(self) -> None:
        """The calendar of the person whose line is chosen, to be given to them; no name is in that of the file."""
        cell = self._grid.chosen()
        if cell is None:
            self.said.emit("请先在排班格中选一个人。")
            return
        self._save(roster_calendar, "本人值班", ".ics", CALENDAR, person_id=cell[0])

    def save_template(self) -> None:
        self._save(availability_template, "可排情况", ".xlsx", WORKBOOK)

    def import_availability(self) -> None:
        """Ask for the workbook an office sent back, and show what it would change."""
        dialog = file_dialog(self._page, "open_dialog", "导入可排情况", "", WORKBOOK)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._preview)
        dialog.open()

    def copy_text(self) -> None:
        """Put what is shown on the clipboard, to be pasted into a spreadsheet or a message."""
        QGuiApplication.clipboard().setText(self._grid.model.as_text())
        self.said.emit("排班表已复制，可以粘贴到表格里。")

    def _preview(self, chosen: str) -> None:
        assert self._month is not None
        with telling(self._page):
            try:
                content = Path(chosen).read_bytes()
            except OSError as error:
                raise FileRefused(f"无法读取“{chosen}”（{error.strerror}），没有导入。") from error
            month = self._month.month
            preview = self._desk.look(preview_availability, month, content)
            RosterImportDialog(self._desk, month, content, preview, self._page).open()

    def _save(
        self,
        make: Callable[Concatenate[Records, Act, date, P], bytes],
        what: str,
        ending: str,
        filter_: str,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        month = self._month
        with telling(self._page):
            if month is not None:
                content = self._desk.look(make, month.month, *args, **kwargs)
                name = f"{month.month.year}年{month.month.month}月{what}{ending}"
                save_file(self._page, content, name, filter_, partial(self._desk.log.note, note_export, name))
