"""设置·备份: where the back-ups go, which there are, and making, rehearsing and restoring one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHeaderView, QWidget

from mediation_desk.domain.backup_standing import Light, Rehearsal, Remark
from mediation_desk.domain.errors import DeskError
from mediation_desk.domain.rights import Right
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.asking import ask
from mediation_desk.gui.background import Background
from mediation_desk.gui.backup_keeper import BackupKeeper, keeper_of
from mediation_desk.gui.backup_remarks import in_colour
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.file_dialog import file_dialog
from mediation_desk.gui.forms.ui_backup_section import Ui_BackupSection
from mediation_desk.gui.line_model import YELLOW, Line, LineModel
from mediation_desk.services.backup import (
    ON_A_SERVER,
    BackedUp,
    announce_restoring,
    choose_places,
    try_second_folder,
)
from mediation_desk.store.backup import Backup
from mediation_desk.store.backup_places import Places, all_backups, read_places
from mediation_desk.store.restoring import call_off, is_prepared
from mediation_desk.store.suitable import synchronising_part


class BackupSection(QWidget):
    """Whoever may not keep the back-ups sees how they stand, and may make one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_BackupSection()
        self.ui.setupUi(self)
        self.keeper: BackupKeeper = keeper_of(desk, self)
        self.backups = LineModel(("时间", "为何", "大小", "加密", "演练", "位置"), self)
        self.ui.backups.setModel(self.backups)
        self.ui.backups.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.ui.backup_state.setTextFormat(Qt.TextFormat.RichText)
        self.ui.backup_said.setTextFormat(Qt.TextFormat.PlainText)
        self._background = Background(self)
        self._connect()
        self.keeper.told.connect(self.refresh)
        self.keeper.moved.connect(self._show_progress)
        desk.rules_changed.connect(self.refresh)

    def _connect(self) -> None:
        ui = self.ui
        add_action(self, "现在备份", "Ctrl+B", self.back_up, ui.back_up_now)
        add_action(self, "备份演练", "Ctrl+Shift+B", self.rehearse, ui.rehearse_now)
        ui.stop_backup.clicked.connect(self.keeper.call_off)
        ui.choose_folder.clicked.connect(lambda: self._ask_for_folder("备份文件夹", self.choose_first))
        ui.choose_second.clicked.connect(lambda: self._ask_for_folder("第二备份位置", self.choose_second))
        ui.try_second.clicked.connect(self.try_second)
        ui.drop_second.clicked.connect(lambda: self._choose(replace(self._places, second=None)))
        ui.open_folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._places.folder))))
        ui.restore.clicked.connect(self.restore)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    # ---- what is shown

    @property
    def _store(self) -> Path:
        assert self.desk.database.path is not None
        return self.desk.database.path

    @property
    def _places(self) -> Places:
        return read_places(self._store)

    def refresh(self) -> None:
        if not self.isVisible():
            return
        if self.desk.database.path is None:
            self._show_server()
            return
        standing = self.desk.look(lambda records, _: records.backups.standing())
        proven = self.desk.look(lambda records, _: records.backups.proven())
        places = self._places
        self.ui.backup_folder.setText(str(places.folder))
        self.ui.second_folder.setText(str(places.second or ""))
        remarks = [*self.keeper.remarks, *standing.remarks(self.desk.now(), self.desk.rules)]
        if places.trouble:
            remarks.insert(0, Remark(Light.YELLOW, places.trouble))
        if standing.rehearsal and standing.rehearsal.trouble:
            remarks.append(Remark(Light.RED, standing.rehearsal.trouble))
        self.ui.backup_state.setText(in_colour(remarks, whole=True))
        self._show_what_goes_on(places)
        store = self._store  # a share that does not answer must not hold up the window
        self._background.run(lambda: all_backups(store), lambda there: self._show_list(there, proven, places))

    def _show_list(self, there: Sequence[Backup], proven: frozenset[str], places: Places) -> None:
        chosen = self.ui.backups.currentIndex().data(Qt.ItemDataRole.UserRole)
        lines = [self._line(each, proven, places) for each in there]
        if lines != self.backups.lines:
            self.backups.show(lines)
            if chosen in there:
                self.ui.backups.setCurrentIndex(self.backups.index(there.index(chosen), 0))
        self._show_what_goes_on(places)

    def _show_what_goes_on(self, places: Places) -> None:
        busy, may = bool(self.keeper.doing), self.desk.may(Right.BACKUP)
        ui = self.ui
        ui.backup_progress.setVisible(busy)
        ui.backup_progress.setFormat(f"{self.keeper.doing} %p%")
        ui.stop_backup.setVisible(busy)
        ui.back_up_now.setEnabled(not busy)
        ui.rehearse_now.setEnabled(not busy and bool(self.backups.lines))
        ui.restore.setEnabled(may and not busy and bool(self.backups.lines))
        ui.restore.setText("取消恢复(&R)" if is_prepared(self._store) else "从备份恢复…(&R)")
        ui.choose_folder.setEnabled(may and not busy)
        ui.choose_second.setEnabled(may and not busy)
        ui.try_second.setEnabled(places.second is not None and not busy)
        ui.drop_second.setEnabled(may and places.second is not None and not busy)

    def _show_progress(self, done: float) -> None:
        """What the program began by itself is shown too, once it takes its time."""
        self.ui.backup_progress.setValue(int(done * self.ui.backup_progress.maximum()))
        if self.ui.backup_progress.isHidden() and self.keeper.doing:
            self._show_what_goes_on(self._places)

    def _show_server(self) -> None:
        self.ui.backup_state.setText(ON_A_SERVER)
        for widget in self.findChildren(QWidget):
            widget.setVisible(widget is self.ui.backup_state)

    def _line(self, backup: Backup, proven: frozenset[str], places: Places) -> Line:
        rehearsed = "通过" if backup.file_name in proven else ""
        whole = backup.reason.label if backup.sha256 else "没有清单，未核对"
        where = "第二备份位置" if backup.folder == places.second else "备份文件夹"
        is_odd = not backup.sha256 or backup.encrypted != (self.desk.database.key is not None)
        cells = (
            f"{backup.made_at:%Y-%m-%d %H:%M}",
            whole,
            QLocale().formattedDataSize(backup.size),
            "是" if backup.encrypted else "否",
            rehearsed,
            where,
        )
        return Line(cells, backup, YELLOW if is_odd else None)

    def leave(self) -> None:
        """Wait for the list that is being read."""
        self._background.finish()

    # ---- making and rehearsing

    def back_up(self) -> None:
        self.ui.backup_said.clear()
        self.keeper.back_up(self._after_backup, self._say)

    def _after_backup(self, done: BackedUp) -> None:
        size = QLocale().formattedDataSize(done.backup.size)
        self.ui.backup_said.setText(f"已备份：{done.backup.file_name}（{size}）。{done.trouble}")

    def rehearse(self) -> None:
        self.ui.backup_said.clear()
        self.keeper.rehearse(self._after_rehearsal, self._say)

    def _after_rehearsal(self, held: Rehearsal) -> None:
        cases = held.counts.get("cases", 0)
        said = f"演练通过：{held.file_name} 能恢复，{cases}个案件都在，文书能打印。" if held.passed else held.trouble
        self.ui.backup_said.setText(said)

    def _say(self, error: DeskError) -> None:
        self.ui.backup_said.setText(str(error))

    # ---- where they go

    def _ask_for_folder(self, title: str, then: Callable[..., None]) -> None:
        start = self._places.second or self._places.folder.parent
        dialog = file_dialog(self, "folder_dialog", title, str(start))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(then)
        dialog.open()

    def choose_first(self, folder: str) -> None:
        self._choose(replace(self._places, folder=Path(folder), trouble=""))

    def choose_second(self, folder: str) -> None:
        """Take a folder as the second one, after trying whether it can be written; a share may let one wait."""
        places = self._places
        self._try(Path(folder), lambda _: self._choose(replace(places, second=Path(folder), trouble="")))

    def try_second(self) -> None:
        second = self._places.second
        if second is not None:
            self._try(second, lambda _: self.ui.backup_said.setText(f"“{second}”可以写入。"))

    def _try(self, folder: Path, then: Callable[..., None]) -> None:
        self.ui.backup_said.clear()
        places = self._places
        self.keeper.do("试写", lambda _progress, _stop: try_second_folder(folder, places), then, self._say)

    def _choose(self, places: Places) -> None:
        with telling(self):
            self.desk.do(choose_places, self._store, places)
            self.ui.backup_said.setText("已保存。" + self._doubts(places))
        self.refresh()
        self.keeper.look_anew()

    def _doubts(self, places: Places) -> str:
        """What is to be thought of when back-ups leave this PC."""
        names = [name for folder in places.folders if (name := synchronising_part(folder))]
        if names:
            return f"“{names[0]}”会自动同步到别的电脑或网上，数据会跟着出去。"
        if places.second and self.desk.database.key is None:
            return "数据没有加密，备份也没有：捡到这个盘的人都能看。请先加密。"
        return ""

    # ---- restoring

    def restore(self) -> None:
        """Have the chosen back-up put in place of the store when it is opened next; ask before, and say what goes."""
        if is_prepared(self._store):
            call_off(self._store)
            self.ui.backup_said.setText("已取消恢复，数据没有改动。")
            self.refresh()
            return
        backup = self.ui.backups.currentIndex().data(Qt.ItemDataRole.UserRole)
        if backup is None:
            self.ui.backup_said.setText("请先在列表里选一个备份。")
            return
        question = (
            f"恢复到 {backup.made_at:%Y-%m-%d %H:%M} 的备份？那以后登记的内容将不在其中。\n\n"
            "现在的数据会先备份，再改名留存，不会删除。关闭程序后重新打开时恢复。"
        )
        ask(self, question, "恢复", lambda: self._prepare(backup))

    def _prepare(self, backup: Backup) -> None:
        with telling(self):
            self.desk.do(announce_restoring, backup)
            self.keeper.prepare_restoring(backup, self._after_preparing, self._say)

    def _after_preparing(self, _: object) -> None:
        self.ui.backup_said.setText("已准备好。请关闭程序再打开，就会恢复；改主意可按“取消恢复”。")
