"""设置·共享数据: where this desk works, and how it comes to work at a server with others."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from mediation_desk.domain.rights import Right
from mediation_desk.gui.actions import reserve
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_shared_store import Ui_SharedStoreSection
from mediation_desk.store.address import Address, ServerAddress
from mediation_desk.store.places import choose_store, chosen_store, desk_store


class SharedStoreSection(QWidget):
    """What is chosen here counts from the next start on: nothing is moved, and no step of today goes elsewhere."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ui = Ui_SharedStoreSection()
        self.ui.setupUi(self)
        database = desk.database
        here = "本单位的服务器上，与其他电脑共用" if database.path is None else f"本机：{database.path}"
        self.ui.where.setText(f"数据现在放在{here}。")
        self.ui.set_up.clicked.connect(self.set_up)
        self.ui.use_file.clicked.connect(self._use_file)
        self.ui.use_file.hide()
        reserve(desk.needs(Right.SETTINGS), self.ui.set_up, self.ui.use_file)
        with telling(self):
            chosen = chosen_store()
            if isinstance(chosen, ServerAddress):  # else a store named at the start would look like a mistake
                self._show_choice(chosen)

    def set_up(self) -> None:
        from mediation_desk.gui.server_dialog import ServerDialog  # not needed at the start

        known: Address = desk_store()
        with telling(self):
            known = chosen_store()
        dialog = ServerDialog(self.window(), known if isinstance(known, ServerAddress) else None)
        dialog.chosen.connect(lambda address, _: self._show_choice(address))
        dialog.open()

    def _use_file(self) -> None:
        with telling(self):
            choose_store(desk_store())
            self._show_choice(desk_store())

    def _show_choice(self, address: Address) -> None:
        is_file = isinstance(address, Path)
        wanted = "本机的数据文件" if is_file else f"共享数据 {address}"
        is_here = is_file == (self.desk.database.path is not None)
        self.ui.next_start.setText("" if is_here else f"已选好{wanted}。请关闭并重新打开程序，从那时起使用。")
        self.ui.use_file.setVisible(not is_file)
