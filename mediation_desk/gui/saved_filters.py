"""常用条件 of the page 案件: conditions that a user keeps under a name, takes again, renames or drops."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QWidget

from mediation_desk.gui.actions import add_action
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_cases import Ui_CasesForm
from mediation_desk.services.act import Act
from mediation_desk.services.saved_filters import drop_filter, rename_filter, save_filter
from mediation_desk.store.records import Records

Conditions = dict[str, Any]


class SavedFilters(QObject):
    """Works the box `saved_filter` and its buttons. `read` tells the conditions on the page, `use` shows others."""

    def __init__(
        self,
        desk: Desk,
        page: QWidget,
        ui: Ui_CasesForm,
        read: Callable[[], Conditions],
        use: Callable[[Conditions], None],
    ) -> None:
        super().__init__(page)
        self._desk, self._page, self._ui = desk, page, ui
        self._read, self._use = read, use
        self._kept: dict[str, Conditions] = {}
        self._chosen = ""
        self._user_id = 0
        self._take_over()
        self.refresh()
        ui.saved_filter.activated.connect(self._choose)
        add_action(page, "保存筛选条件", "Ctrl+S", self.save, ui.save_filter_button)
        add_action(page, "筛选条件改名", "Ctrl+Shift+I", self.rename, ui.rename_filter_button)
        add_action(page, "删除筛选条件", "Ctrl+Shift+D", self.drop, ui.drop_filter_button)

    def refresh(self) -> None:
        """Offer what the working user keeps; a name that is being typed stays, unless somebody else works by now."""
        with telling(self._page):
            kept = self._desk.look(lambda records, act: records.filters.of_user(act.by_id))
            self._kept = {each.name: each.content for each in kept}
        typed = self._ui.saved_filter.currentText() if self._user_id == self._desk.user_id else ""
        self._user_id = self._desk.user_id
        self._ui.saved_filter.clear()
        self._ui.saved_filter.addItems(list(self._kept))
        self.show_name(typed)

    def show_name(self, name: str) -> None:
        self._chosen = name if name in self._kept else ""
        self._ui.saved_filter.setCurrentIndex(self._ui.saved_filter.findText(name))
        self._ui.saved_filter.setEditText(name)

    def save(self) -> None:
        """Keep the conditions under the name in the box."""
        name = self._ui.saved_filter.currentText().strip()
        with telling(self._page):
            self._desk.do(save_filter, self._desk.new_uid(), name, self._read())
            self.refresh()
            self.show_name(name)

    def rename(self) -> None:
        """Give the filter that was chosen last the name in the box."""
        name = self._ui.saved_filter.currentText().strip()
        with telling(self._page):
            self._desk.do(rename_filter, self._chosen, name)
            self.refresh()
            self.show_name(name)

    def drop(self) -> None:
        with telling(self._page):
            self._desk.do(drop_filter, self._ui.saved_filter.currentText().strip())
            self.refresh()
            self.show_name("")

    def _choose(self) -> None:
        name = self._ui.saved_filter.currentText()
        if name in self._kept:
            self._chosen = name
            self._use(self._kept[name])

    def _take_over(self) -> None:
        """Conditions were once kept by the PC; they go into the store with the first look at the list."""
        desk = self._desk
        [uid] = [user.uid for user in desk.centre.users if user.id == desk.user_id]
        key = f"saved_filters/{uid}"
        kept: dict[str, Conditions] = json.loads(str(QSettings().value(key, "{}")))
        if not kept or desk.database.read_only:
            return

        @wraps(save_filter)
        def save_all(records: Records, act: Act) -> None:
            for name, content in kept.items():
                save_filter(records, act, desk.new_uid(), name, content)

        with telling(self._page):
            desk.do(save_all)
            QSettings().remove(key)
