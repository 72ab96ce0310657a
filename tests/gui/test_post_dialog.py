"""岗位: posts of the window and units that never serve together."""

from datetime import date

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.domain.duty_roster import Post
from mediation_desk.gui.edit_dialog import EditDialog
from mediation_desk.gui.fields import choose
from mediation_desk.gui.post_dialog import ClashForm, PostForm, PostsDialog, post_pattern_in_words
from tests.gui.looking import found, refusal_at
from tests.gui.rosters import Month


@pytest.fixture
def dialog(month: Month, place: QWidget, qtbot: QtBot) -> PostsDialog:
    made = PostsDialog(month.desk, place)
    made.open()
    return made


def lines(dialog: PostsDialog) -> list[tuple[str, ...]]:
    return [tuple(map(str, line.cells)) for line in dialog.posts.lines]


def opened_form(dialog: PostsDialog) -> tuple[EditDialog, QWidget]:
    edit = found(dialog, EditDialog, "EditDialog")
    return edit, edit.form


def test_each_post_says_what_it_wants(dialog: PostsDialog) -> None:
    assert lines(dialog) == [
        ("调解员", "人民调解员", "1人", "第1级", "开放即设岗", "一直", ""),
        ("司法所", "司法所工作人员", "1人", "第1级", "周二上午、周四上午", "一直", ""),
    ]


def test_a_post_is_added(dialog: PostsDialog) -> None:
    dialog.ui.add_post.click()
    edit, form = opened_form(dialog)
    assert isinstance(form, PostForm)
    form.ui.post_name.setText(" 律师窗口 ")
    choose(form.ui.post_profession, "lawyer")
    form.ui.post_needed.setValue(2)
    form.ui.post_priority.setValue(3)
    form.ui.mon_am.setChecked(True)
    form.ui.mon_pm.setChecked(True)
    form.ui.post_since.setText("2027-1-1")
    edit.ui.save.click()
    assert lines(dialog)[-1] == ("律师窗口", "律师", "2人", "第3级", "周一", "2027-01-01—", "")


def test_a_refused_post_says_so_at_its_field(dialog: PostsDialog) -> None:
    dialog.ui.add_post.click()
    edit, form = opened_form(dialog)
    assert isinstance(form, PostForm)
    form.ui.post_name.setText("调解员")
    form.ui.post_since.setText("2027-1-1")
    form.ui.post_until.setText("2026-1-1")
    edit.ui.save.click()
    assert [refusal_at(edit, place) for place in ("post_name", "post_profession", "post_until")] == [
        "已有同名的岗位。",
        "请选择岗位的职业身份。",
        "停用日期早于启用日期。",
    ]
    assert form.ui.post_name.text() == "调解员"


def test_the_selected_post_is_changed(dialog: PostsDialog) -> None:
    dialog.ui.change_post.click()
    assert dialog.findChild(EditDialog) is None
    dialog.ui.posts.setCurrentIndex(dialog.posts.index(1, 0))
    dialog.ui.change_post.click()
    edit, form = opened_form(dialog)
    assert edit.windowTitle() == "修改岗位：司法所"
    assert isinstance(form, PostForm)
    assert (form.ui.tue_am.isChecked(), form.ui.tue_pm.isChecked()) == (True, False)
    form.ui.post_until.setText("2026-12-31")
    form.ui.post_note.setText("年底撤岗")
    edit.ui.save.click()
    assert lines(dialog)[1][-2:] == ("—2026-12-31", "年底撤岗")


def test_units_are_kept_apart_and_let_together_again(dialog: PostsDialog, month: Month) -> None:
    dialog.ui.drop_clash.click()
    dialog.ui.add_clash.click()
    edit, form = opened_form(dialog)
    assert isinstance(form, ClashForm)
    choose(form.ui.one_unit, "卫和所")
    choose(form.ui.other_unit, "卫和所")
    edit.ui.save.click()
    assert refusal_at(edit, "other_unit") == "“卫和所”不能与自己互斥。"
    choose(form.ui.other_unit, "蒋平所")
    form.ui.clash_reason.setText("对面代理")
    edit.ui.save.click()
    assert [tuple(line.cells) for line in dialog.clashes.lines] == [("卫和所", "蒋平所", "对面代理")]
    dialog.ui.clashes.setCurrentIndex(dialog.clashes.index(0, 0))
    dialog.ui.drop_clash.click()
    box = found(dialog, QMessageBox, "question_box")
    assert box.text() == "“卫和所”与“蒋平所”以后可以同时在班？"
    next(button for button in box.findChildren(QPushButton) if button.text() == "取消互斥").click()
    assert dialog.clashes.lines == []


@pytest.mark.parametrize(
    ("pattern", "words"),
    [([], "开放即设岗"), (["mon_am", "mon_pm"], "周一"), (["fri_pm", "tue_am"], "周二上午、周五下午")],
)
def test_a_pattern_is_said_in_words(pattern: list[str], words: str) -> None:
    post = Post(uid="p", name="律师", profession="lawyer", weekly_pattern=pattern, since=date(2026, 1, 1))
    assert post_pattern_in_words(post) == words
