"""设置·加密: from plain to encrypted and back by the window, with a sheet that is proven to be on paper."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from threading import Event

import keyring
import pytest
from keyring.backends import fail
from PySide6.QtWidgets import QMessageBox, QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from mediation_desk.domain.errors import CannotSave
from mediation_desk.domain.rights import RIGHTS_OF, Role
from mediation_desk.gui import encryption_section
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.edit_dialog import EditDialog
from mediation_desk.gui.encryption_section import EncryptionSection
from mediation_desk.gui.encryption_step import EncryptionStep
from mediation_desk.gui.password_dialog import PasswordDialog
from mediation_desk.gui.sheet_form import SheetForm
from mediation_desk.services.passwords import set_own_password
from mediation_desk.store import key_file
from mediation_desk.store.backup import backups_folder
from mediation_desk.store.copying import Progress
from tests.keys import CHEAP
from tests.store.test_pc_keys import Kept

PASSWORD = "Zhong-Xin-2026"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_file.make, "__kwdefaults__", {"costs": CHEAP})


@pytest.fixture(autouse=True)
def kept() -> Iterator[Kept]:
    before, kept = keyring.get_keyring(), Kept()
    keyring.set_keyring(kept)
    yield kept
    keyring.set_keyring(before)


@pytest.fixture
def section(qtbot: QtBot, desk: Desk) -> EncryptionSection:
    desk.do(set_own_password, "", PASSWORD)
    section = EncryptionSection(desk, Random(3))
    qtbot.addWidget(section)
    section.show()
    return section


@pytest.fixture
def keyed(section: EncryptionSection, qtbot: QtBot) -> EncryptionSection:
    section.ui.turn_on.click()
    fill(section)
    finish(section, qtbot, "数据已加密")
    return section


def dialog_of(section: EncryptionSection) -> EditDialog:
    [dialog] = [each for each in section.findChildren(EditDialog) if each.isVisible()]
    return dialog


def step_of(section: EncryptionSection) -> EncryptionStep:
    form = dialog_of(section).form
    assert isinstance(form, EncryptionStep)
    return form


def fill(section: EncryptionSection, password: str = PASSWORD) -> None:
    """As somebody does who has the printed sheet in hand."""
    step = step_of(section)
    step.ui.own_password.setText(password)
    for sheet in step.findChildren(SheetForm):
        for (line, place), field in zip(sheet._asked, (sheet.ui.first_word, sheet.ui.second_word), strict=True):
            field.setText(sheet.words.lines[line][place])


def finish(section: EncryptionSection, qtbot: QtBot, said: str) -> None:
    dialog = dialog_of(section)
    dialog.ui.save.click()
    heard(section, qtbot, said)


def heard(section: EncryptionSection, qtbot: QtBot, said: str) -> None:
    def boxes() -> list[QMessageBox]:
        return [box for box in section.findChildren(QMessageBox) if box.isVisible()]

    qtbot.waitUntil(lambda: bool(boxes()), timeout=20_000)
    [box] = boxes()
    assert said in box.text()
    box.accept()


def path_of(section: EncryptionSection) -> Path:
    assert section.desk.database.path is not None
    return section.desk.database.path


def logged(section: EncryptionSection) -> list[str]:
    told = section.desk.look(
        lambda records, _: (
            records.connection.exec_driver_sql("select told from audit where kind = 'store'").scalars().all()
        )
    )
    return [each for each in told if each]


# ---- on


def test_a_plain_store_is_encrypted_from_the_window(section: EncryptionSection, qtbot: QtBot) -> None:
    assert "没有加密" in section.ui.encryption_state.text()
    assert section.ui.new_sheet.isHidden()
    section.ui.turn_on.click()
    words = step_of(section).words
    fill(section)
    with qtbot.waitSignal(section.desk.centre_changed, timeout=20_000):
        finish(section, qtbot, "数据已加密。请把恢复单锁好。")
    assert section.desk.database.key == key_file.unlock_with_words(path_of(section), words)
    assert "能用口令打开的：王窗口" in section.ui.encryption_state.text()
    assert section.ui.turn_on.isHidden()
    assert not section.ui.turn_off.isHidden()
    assert logged(section) == ["加密数据"]
    assert section.desk.look(lambda records, _: records.centre.get()).users[0].name == "王窗口"


def test_words_that_are_not_on_the_sheet_encrypt_nothing(section: EncryptionSection) -> None:
    section.ui.turn_on.click()
    fill(section)
    [sheet] = step_of(section).findChildren(SheetForm)
    sheet.ui.second_word.setText("太阳")
    dialog_of(section).ui.save.click()
    assert "与恢复单上的不同" in sheet.ui.second_word_caption.text()
    assert not key_file.key_path(path_of(section)).exists()


@pytest.mark.parametrize(("password", "sentence"), [("", "请输入您的口令"), ("wrong", "口令不对")])
def test_a_wrong_password_encrypts_nothing(section: EncryptionSection, password: str, sentence: str) -> None:
    section.ui.turn_on.click()
    fill(section, password)
    dialog_of(section).ui.save.click()
    assert sentence in step_of(section).ui.own_password_caption.text()
    assert not key_file.key_path(path_of(section)).exists()


def test_whoever_has_no_password_chooses_one_first(qtbot: QtBot, desk: Desk) -> None:
    section = EncryptionSection(desk, Random(3))
    qtbot.addWidget(section)
    section.show()
    section.ui.turn_on.click()
    [dialog] = section.findChildren(PasswordDialog)
    dialog.ui.new_password.setText(PASSWORD)
    dialog.ui.password_again.setText(PASSWORD)
    dialog.ui.save_button.click()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in section.findChildren(EditDialog)), timeout=10_000)
    assert dialog_of(section).windowTitle() == "加密数据"
    dialog_of(section).reject()


def test_it_can_be_called_off(section: EncryptionSection, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def wait_for_stop(*_: object, progress: Progress, stop: Event) -> str:
        progress(0.5)
        assert stop.wait(20)
        raise CannotSave("已取消。")

    monkeypatch.setattr(encryption_section, "turn_on", wait_for_stop)
    section.ui.turn_on.click()
    fill(section)
    dialog_of(section).ui.save.click()
    [progress] = section.findChildren(QProgressDialog)
    qtbot.waitUntil(lambda: progress.value() == 500)
    progress.findChildren(QPushButton)[0].click()
    heard(section, qtbot, "已取消。")
    assert section.desk.database.key is None
    assert logged(section) == []


def test_what_stays_readable_is_said(section: EncryptionSection, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encryption_section, "turn_on", lambda *_, **__: "下列未加密的旧文件没能清除")
    section.ui.turn_on.click()
    fill(section)
    finish(section, qtbot, "下列未加密的旧文件没能清除")


# ---- later


def test_a_new_sheet_takes_the_place_of_the_old_one(keyed: EncryptionSection, qtbot: QtBot) -> None:
    keyed.ui.new_sheet.click()
    words = step_of(keyed).words
    fill(keyed)
    finish(keyed, qtbot, "已换恢复单，旧单作废")
    assert key_file.unlock_with_words(path_of(keyed), words) == keyed.desk.database.key
    assert logged(keyed) == ["加密数据", "换恢复单"]


def test_another_key_is_made(keyed: EncryptionSection, qtbot: QtBot) -> None:
    before = keyed.desk.database.key
    keyed.ui.new_key.click()
    words = step_of(keyed).words
    fill(keyed)
    finish(keyed, qtbot, "已换钥匙")
    assert keyed.desk.database.key == key_file.unlock_with_words(path_of(keyed), words) != before
    assert logged(keyed) == ["加密数据", "换钥匙"]


def test_encryption_is_taken_off_with_a_reason(keyed: EncryptionSection, qtbot: QtBot) -> None:
    keyed.ui.turn_off.click()
    fill(keyed)
    dialog_of(keyed).ui.save.click()
    assert "请写明原因" in step_of(keyed).ui.step_reason_caption.text()
    step_of(keyed).ui.step_reason.setText("数据移交服务器")
    finish(keyed, qtbot, "数据已不加密")
    assert keyed.desk.database.key is None
    assert "没有加密" in keyed.ui.encryption_state.text()
    assert logged(keyed)[-1] == "取消加密：数据移交服务器"


def test_plain_copies_are_shown_and_removed(keyed: EncryptionSection, qtbot: QtBot) -> None:
    copy = path_of(keyed).with_name("desk.0003.db")
    copy.write_bytes(b"SQLite format 3\0")
    keyed.refresh()
    qtbot.waitUntil(lambda: "desk.0003.db" in keyed.ui.plain_copies.text())
    keyed.ui.remove_copies.click()
    heard(keyed, qtbot, "未加密的旧文件已清除")
    assert not copy.exists()
    qtbot.waitUntil(keyed.ui.remove_copies.isHidden)
    assert backups_folder(path_of(keyed)).is_dir()


# ---- the key store of this PC


def test_the_key_is_kept_on_this_pc_and_forgotten(keyed: EncryptionSection, kept: Kept) -> None:
    box = keyed.ui.remember_here
    assert box.isVisibleTo(keyed)
    assert not box.isChecked()
    box.click()
    assert box.isChecked()
    assert len(kept.content) == 1
    box.click()
    assert not box.isChecked()
    assert kept.content == {}


def test_a_key_store_that_refuses_is_told(
    keyed: EncryptionSection, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Kept, "set_password", lambda *_: None)
    keyed.ui.remember_here.click()
    heard(keyed, qtbot, "没有收下钥匙")
    assert not keyed.ui.remember_here.isChecked()


def test_without_a_key_store_nothing_is_offered(keyed: EncryptionSection) -> None:
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]  # keyring leaves it untyped
    keyed.refresh()
    assert not keyed.ui.remember_here.isEnabled()
    assert "没有可用的钥匙库" in keyed.ui.remember_state.text()


# ---- who may, and where


def buttons(section: EncryptionSection) -> dict[str, Callable[[], bool]]:
    ui = section.ui
    return {each.objectName(): each.isEnabled for each in (ui.turn_on, ui.new_sheet, ui.new_key, ui.turn_off)}


def test_a_clerk_sees_how_it_stands_and_changes_nothing(
    section: EncryptionSection, monkeypatch: pytest.MonkeyPatch
) -> None:
    may = RIGHTS_OF[Role.CLERK]
    monkeypatch.setattr(type(section.desk), "may", lambda _, *any_of: not may.isdisjoint(any_of))
    section.refresh()
    assert not any(is_enabled() for is_enabled in buttons(section).values())
    assert not section.ui.remember_here.isEnabled()


def test_a_damaged_key_file_is_told(keyed: EncryptionSection) -> None:
    key_file.key_path(path_of(keyed)).write_bytes(b"?")
    keyed.refresh()
    assert "已经损坏" in keyed.ui.encryption_state.text()


def test_a_store_on_a_server_is_not_encrypted_here(section: EncryptionSection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(section.desk.database, "path", None)
    section.refresh()
    assert "由服务器管理员加密" in section.ui.encryption_state.text()
    assert section.ui.turn_on.isHidden()
