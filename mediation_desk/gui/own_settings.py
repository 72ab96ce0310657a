"""All values that local rules vary, which of them the centre set for itself, and how each one came about."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from mediation_desk.domain.dated import version_on
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.rights import Right
from mediation_desk.domain.rules import Certainty, Setting
from mediation_desk.gui.actions import reserve
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.edit_dialog import EditDialog
from mediation_desk.gui.forms.ui_own_settings import Ui_OwnSettingsSection
from mediation_desk.gui.line_model import YELLOW, Line, LineModel
from mediation_desk.gui.own_setting_form import OwnSettingForm
from mediation_desk.services.own_settings import doubts_about, set_own

_ALARM = "color: #b3261e;"


class OwnSettingsSection(QWidget):
    """The table of settings; the one that is chosen shows its history below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_OwnSettingsSection()
        self.ui.setupUi(self)
        self.settings = LineModel(("名称", "现值", "自何日起", "出处", "可信度", "来源或理由"), self)
        self.history = LineModel(("值", "自何日起", "出处", "来源或理由", "经办人", "记录时间"), self)
        for view, model in ((self.ui.own_settings, self.settings), (self.ui.setting_history, self.history)):
            view.setModel(model)
            view.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.ui.settings_doubts.setStyleSheet(_ALARM)
        self.ui.change_setting.clicked.connect(self.change)
        reserve(desk.needs(Right.SETTINGS), self.ui.change_setting)
        self.ui.own_settings.activated.connect(self.change)
        self.ui.own_settings.selectionModel().currentChanged.connect(self._show_history)
        desk.rules_changed.connect(self.refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show what is in force; the same line stays chosen."""
        row = self.ui.own_settings.currentIndex().row()
        doubts = doubts_about(self.desk.rules, self._today)
        self.ui.settings_doubts.setText("\n".join(doubts))
        self.ui.settings_doubts.setVisible(bool(doubts))
        self.settings.show([self._line(self._in_force(name)) for name in self.desk.rules.settings])
        self.ui.own_settings.setCurrentIndex(self.settings.index(max(row, 0), 0))

    def _in_force(self, name: str) -> Setting:
        """The version of today, or the newest where none counts today."""
        versions = self.desk.rules.settings[name]
        return version_on(versions, self._today) or versions[-1]

    @property
    def _today(self) -> date:
        return self.desk.now().date()

    def _line(self, setting: Setting) -> Line:
        certainty = "" if setting.is_own else setting.certainty.label
        cells = (
            setting.title,
            str(setting.value),
            show_day(setting.effective_from),
            _origin(setting),
            certainty,
            setting.source,
        )
        return Line(cells, setting.name, YELLOW if setting.certainty is Certainty.UNSURE else None)

    def _chosen(self) -> str:
        return str(self.ui.own_settings.currentIndex().data(Qt.ItemDataRole.UserRole) or "")

    def _show_history(self) -> None:
        """The centre's own values, the newest first, and below them what the packs say."""
        name = self._chosen()
        own = self.desk.look(lambda records, _: records.own.settings())
        lines = [
            Line(
                (
                    str(each.value),
                    show_day(each.effective_from),
                    "本中心",
                    each.reason,
                    self.desk.centre.user_name(each.by_id),
                    f"{each.recorded_at:%Y-%m-%d %H:%M}",
                )
            )
            for each in reversed(own)
            if each.name == name
        ]
        packs = reversed(self.desk.packs.settings.get(name, ()))
        lines += [
            Line((str(each.value), show_day(each.effective_from), "规则包", each.source, "", "")) for each in packs
        ]
        self.history.show(lines)

    def change(self) -> None:
        name = self._chosen()
        if not name:
            return
        form = OwnSettingForm(self._in_force(name), self._today)

        def save() -> None:
            self.desk.do(set_own, name, form.value, form.effective_from, form.reason)
            self.desk.refresh_rules()

        EditDialog("修改数值", form, save, self).open()


def _origin(setting: Setting) -> str:
    return "本中心" if setting.is_own else "规则包"
