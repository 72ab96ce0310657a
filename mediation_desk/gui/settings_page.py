"""设置: the centre, its people, calendar and values; the rules in force; where the data lie; what this program is."""

from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from mediation_desk import __version__
from mediation_desk.domain.centre import Committee
from mediation_desk.domain.dates import show_day
from mediation_desk.domain.errors import CannotSave
from mediation_desk.domain.rights import Right
from mediation_desk.gui.actions import add_action, reserve
from mediation_desk.gui.audit_section import AuditSection
from mediation_desk.gui.backup_section import BackupSection
from mediation_desk.gui.calendar_section import CalendarSection
from mediation_desk.gui.centre_form import CentreForm
from mediation_desk.gui.check_section import CheckSection
from mediation_desk.gui.committee_form import CommitteeForm
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.edit_dialog import EditDialog
from mediation_desk.gui.encryption_section import EncryptionSection
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_settings import Ui_SettingsPage
from mediation_desk.gui.line_model import YELLOW, Line, LineModel
from mediation_desk.gui.own_settings import OwnSettingsSection
from mediation_desk.gui.rule_lines import HEADERS, rule_lines
from mediation_desk.gui.shared_store_section import SharedStoreSection
from mediation_desk.gui.users_section import UsersSection
from mediation_desk.services.checking import MAY_CHECK
from mediation_desk.services.setting_up import describe_centre, save_committee
from mediation_desk.store.places import rules_folder

_FONTS = (
    "思源宋体 Noto Serif SC、思源黑体 Noto Sans SC、霞鹜文楷 LXGW WenKai：SIL OFL 1.1\n"
    "BabelStone Han：Arphic 公共许可证\n花园明朝 HanaMinB：Hanazono 字体许可证"
)


class SettingsPage(QWidget):
    """One section a tab. What is saved counts at once, for the window's title and list of users as well."""

    def __init__(self, desk: Desk, own_rules: Path | None = None) -> None:
        super().__init__()
        self.desk = desk
        self._own_rules = own_rules or rules_folder()
        self.ui = Ui_SettingsPage()
        self.ui.setupUi(self)
        self.centre_form = CentreForm(desk.rules, desk.now().date(), desk.centre)
        self.ui.centre_area.setWidget(self.centre_form)
        self.committees = LineModel(("名称", "简称", "类别", "委员", "任期", "状态", "提示"), self)
        self.rules = LineModel(HEADERS, self)
        for view, model in ((self.ui.committees, self.committees), (self.ui.rules, self.rules)):
            view.setModel(model)
            view.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.users = UsersSection(desk)
        self.calendar = CalendarSection(desk)
        self.own_settings = OwnSettingsSection(desk)
        self.backup = BackupSection(desk)
        self.encryption = EncryptionSection(desk)
        self.log = AuditSection(desk)
        self.shared_store = SharedStoreSection(desk)
        self.checkup = CheckSection(desk)
        self._sections: tuple[tuple[str, QWidget, tuple[Right, ...]], ...] = (
            ("使用者", self.users, (Right.USERS, Right.SETTINGS)),
            ("日历", self.calendar, (Right.SETTINGS,)),
            ("数值", self.own_settings, (Right.SETTINGS,)),
            ("备份", self.backup, (Right.BACKUP,)),
            ("加密", self.encryption, (Right.BACKUP,)),
            ("日志", self.log, (Right.AUDIT,)),
            ("共享数据", self.shared_store, (Right.SETTINGS,)),
            ("检查", self.checkup, MAY_CHECK),
        )
        for title, section, _ in self._sections:
            self.ui.sections.insertTab(self.ui.sections.indexOf(self.ui.rule_section), section, title)
        self._connect()
        self._show_rules()
        self._show_about()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Lists follow the centre; the fields of the centre stay as they are being typed."""
        for _, section, any_of in self._sections:
            self.ui.sections.setTabVisible(self.ui.sections.indexOf(section), self.desk.may(*any_of))
        self._show_committees()
        self._show_store()

    def _connect(self) -> None:
        ui = self.ui
        settings, any_list = self.desk.needs(Right.SETTINGS), self.desk.needs(Right.SETTINGS, Right.USERS)
        add_action(self, "保存综治中心资料", "Ctrl+S", self._save_centre, ui.save_centre, needs=settings)
        add_action(self, "添加调委会或使用者", "Ctrl+Shift+A", self._add_here, needs=any_list)
        add_action(self, "修改所选的一项", "F2", self._change_here, needs=any_list)
        reserve(settings, ui.add_committee, ui.change_committee)
        ui.add_committee.clicked.connect(self._add_here)
        ui.change_committee.clicked.connect(self._change_here)
        ui.committees.activated.connect(self._change_here)
        ui.open_rules_folder.clicked.connect(self._open_rules_folder)
        self.desk.centre_changed.connect(self.refresh)

    # ---- the centre

    def _save_centre(self) -> None:
        form = self.centre_form
        self.ui.centre_saved.clear()
        with telling(form):
            form.check()
            self.desk.do(
                describe_centre,
                name=form.name,
                area_code=form.area_code,
                address=form.address,
                phone=form.phone,
                opening_pattern=form.opening_pattern,
            )
            self.desk.refresh_centre()
            self.ui.centre_saved.setText("已保存。")

    # ---- committees

    def _show_committees(self) -> None:
        self.committees.show([self._committee_line(committee) for committee in self.desk.centre.committees])

    def _committee_line(self, committee: Committee) -> Line:
        body = self.desk.rules.table("mediating_body").label(committee.body)
        members = "、".join(member.name for member in committee.members)
        since, until = show_day(committee.term_start), show_day(committee.term_end)
        term = f"{since} 至 {until}" if since or until else ""
        warnings = committee.warnings(self.desk.rules, self.desk.now().date())
        state = "在用" if committee.active else "停用"
        cells = (committee.name, committee.short_name, body, members, term, state, " ".join(warnings))
        return Line(cells, committee, YELLOW if warnings else None)

    def _edit_committee(self, committee: Committee | None) -> None:
        form = CommitteeForm(self.desk.rules, self.desk.now().date(), self.desk.new_uid, committee)

        def save() -> None:
            self.desk.do(save_committee, form.committee())
            self.desk.refresh_centre()

        title = f"修改：{committee.name}" if committee else "添加人民调解委员会"
        EditDialog(title, form, save, self).open()

    # ---- the list that is shown

    def _add_here(self) -> None:
        if self.ui.sections.currentWidget() is self.ui.committee_section:
            self._edit_committee(None)
        elif self.ui.sections.currentWidget() is self.users:
            self.users.add()

    def _change_here(self) -> None:
        key = Qt.ItemDataRole.UserRole
        if self.ui.sections.currentWidget() is self.own_settings:
            self.own_settings.change()
        elif self.ui.sections.currentWidget() is self.ui.committee_section:
            if self.ui.committees.currentIndex().isValid():
                self._edit_committee(self.ui.committees.currentIndex().data(key))
        elif self.ui.sections.currentWidget() is self.users:
            self.users.change()

    # ---- what is only shown

    def _show_rules(self) -> None:
        self.rules.show(rule_lines(self.desk.packs))
        self.ui.rules_folder.setText(f"本地规则包文件夹：{self._own_rules}")

    def _open_rules_folder(self) -> None:
        with telling(self):
            try:
                self._own_rules.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise CannotSave(f"无法建立文件夹“{self._own_rules}”（{error.strerror}）。请检查权限。") from error
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._own_rules)))

    def _show_store(self) -> None:
        database = self.desk.database
        self.ui.store_path.setText(str(database.path or "本单位的服务器（共享数据）"))
        size = QLocale().formattedDataSize(database.path.stat().st_size) if database.path else "由服务器保管"
        self.ui.store_size.setText(size)
        practice = self.desk.centre.is_practice
        self.ui.store_mode.setText("练习：人物和纠纷都是编造的" if practice else "正式数据")
        self.ui.store_state.setText(database.read_only or "可以读写")

    def _show_about(self) -> None:
        self.ui.about_version.setText(f"调解工作台 Mediation Desk {__version__}")
        self.ui.about_licence.setText("Apache 许可证 2.0")
        self.ui.about_fonts.setText(_FONTS)
        self.ui.about_parts.setText(f"Qt {qVersion()}（LGPL 3.0）")
