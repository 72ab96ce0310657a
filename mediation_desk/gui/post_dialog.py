"""岗位: what posts the window has and what they want, and which units never serve together."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHeaderView, QWidget

from mediation_desk.domain.dates import show_day
from mediation_desk.domain.duty_roster import Post, UnitClash
from mediation_desk.domain.half_day import WEEKDAY_LABELS, WEEKDAYS, Half
from mediation_desk.domain.rules import Rules
from mediation_desk.gui.actions import add_action
from mediation_desk.gui.asking import ask
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.edit_dialog import EditDialog
from mediation_desk.gui.errors import telling
from mediation_desk.gui.fields import choose, chosen, day_of, fill_codes
from mediation_desk.gui.form_content import line_of
from mediation_desk.gui.forms.ui_clash import Ui_ClashForm
from mediation_desk.gui.forms.ui_post import Ui_PostForm
from mediation_desk.gui.forms.ui_posts import Ui_PostsForm
from mediation_desk.gui.line_model import Line, LineModel
from mediation_desk.services.act import Act
from mediation_desk.services.posts import drop_clash, save_clash, save_post
from mediation_desk.store.records import Records

_POSTS = ("岗位", "职业身份", "每半天", "先保", "设岗时间", "起止", "备注")


class PostsDialog(QDialog):
    """Each change counts at once; rosters that were made stay as they are."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.ui = Ui_PostsForm()
        self.ui.setupUi(self)
        self.posts = LineModel(_POSTS, self)
        self.clashes = LineModel(("单位", "单位", "原因"), self)
        for view, model in ((self.ui.posts, self.posts), (self.ui.clashes, self.clashes)):
            view.setModel(model)
            view.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.ui.posts.activated.connect(self._change)
        add_action(self, "添加岗位", "Ctrl+Shift+A", self.add, self.ui.add_post)
        add_action(self, "修改所选岗位", "F2", lambda: self._change(self.ui.posts.currentIndex()), self.ui.change_post)
        add_action(self, "添加互斥", "Ctrl+Shift+K", self.add_clash, self.ui.add_clash)
        add_action(self, "取消所选互斥", "Ctrl+Shift+Delete", self._drop_clash, self.ui.drop_clash)
        self.ui.close_button.clicked.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self.resize(self.size().boundedTo(self.screen().availableSize() * 0.95))
        self.refresh()
        desk.changed.connect(self.refresh)

    def refresh(self) -> None:
        with telling(self):
            posts, clashes = self.desk.look(_posts_and_clashes)
            professions = self.desk.rules.table("mediator_profession")
            self.posts.show([Line(_cells(post, professions.label(post.profession)), post) for post in posts])
            self.clashes.show([Line((each.one_unit, each.other_unit, each.reason), each) for each in clashes])

    def add(self) -> None:
        self._edit(Post(uid=self.desk.new_uid(), name="", profession=""))

    def add_clash(self) -> None:
        with telling(self):
            form = ClashForm({each.unit for each in self.desk.look(lambda records, _: records.mediators.all())})
            EditDialog("添加互斥", form, lambda: self.desk.do(save_clash, *form.clash()), self).open()

    def _change(self, index: QModelIndex) -> None:
        if index.isValid():
            self._edit(index.data(Qt.ItemDataRole.UserRole))

    def _edit(self, post: Post) -> None:
        form = PostForm(self.desk.rules, self.desk.now().date(), post)
        title = "添加岗位" if post.id is None else f"修改岗位：{post.name}"
        EditDialog(title, form, lambda: self.desk.do(save_post, form.post()), self).open()

    def _drop_clash(self) -> None:
        clash = self.ui.clashes.currentIndex().data(Qt.ItemDataRole.UserRole)
        if clash is not None:
            question = f"“{clash.one_unit}”与“{clash.other_unit}”以后可以同时在班？"
            ask(self, question, "取消互斥", lambda: self._drop(clash))

    def _drop(self, clash: UnitClash) -> None:
        assert clash.id is not None
        with telling(self):
            self.desk.do(drop_clash, clash.id)


class PostForm(QWidget):
    """Shows a post (a new one has no id) and reads it back with the same id and uid."""

    def __init__(self, rules: Rules, today: date, post: Post) -> None:
        super().__init__()
        self.ui = Ui_PostForm()
        self.ui.setupUi(self)
        self._today, self._shown = today, post
        self._half_days = {key: self._box(key) for key in _half_days()}
        fill_codes(self.ui.post_profession, rules.table("mediator_profession"), today)
        self.ui.post_name.setText(post.name)
        choose(self.ui.post_profession, post.profession)
        self.ui.post_needed.setValue(post.needed)
        self.ui.post_priority.setValue(post.priority)
        for key in post.weekly_pattern:
            self._half_days[key].setChecked(True)
        self.ui.post_since.setText(show_day(post.since))
        self.ui.post_until.setText(show_day(post.until))
        self.ui.post_note.setText(post.note)

    def post(self) -> Post:
        """What the fields say. Raises `RuleBroken` at a day that cannot be read."""
        ui = self.ui
        return Post(
            id=self._shown.id,
            uid=self._shown.uid,
            name=line_of(ui.post_name),
            profession=chosen(ui.post_profession),
            needed=ui.post_needed.value(),
            weekly_pattern=[key for key, box in self._half_days.items() if box.isChecked()],
            priority=ui.post_priority.value(),
            since=day_of(ui.post_since, self._today),
            until=day_of(ui.post_until, self._today),
            note=line_of(ui.post_note),
        )

    def _box(self, key: str) -> QCheckBox:
        box: QCheckBox = getattr(self.ui, key)
        return box


class ClashForm(QWidget):
    """Two units of the directory, and why they are kept apart."""

    def __init__(self, units: Iterable[str]) -> None:
        super().__init__()
        self.ui = Ui_ClashForm()
        self.ui.setupUi(self)
        self.ui.clash_text.setText("这两个单位的轮驻人员不会排在同一个半天。")
        for field in (self.ui.one_unit, self.ui.other_unit):
            field.addItem("", "")
            for unit in sorted(filter(None, units)):
                field.addItem(unit, unit)

    def clash(self) -> tuple[str, str, str]:
        """(one unit, other unit, reason)."""
        return chosen(self.ui.one_unit), chosen(self.ui.other_unit), line_of(self.ui.clash_reason)


def post_pattern_in_words(post: Post) -> str:
    """When a post is manned: "周一、周三上午", "开放即设岗"."""
    if not post.weekly_pattern:
        return "开放即设岗"
    days = []
    for day, name in zip(WEEKDAYS, WEEKDAY_LABELS, strict=True):
        halves = [half for half in Half if f"{day}_{half.value}" in post.weekly_pattern]
        if halves:
            days.append(f"周{name}{halves[0].label if len(halves) == 1 else ''}")
    return "、".join(days)


def _posts_and_clashes(records: Records, _: Act) -> tuple[list[Post], list[UnitClash]]:
    return records.rosters.posts(), records.rosters.clashes()


def _half_days() -> list[str]:
    return [f"{day}_{half.value}" for half in Half for day in WEEKDAYS]


def _cells(post: Post, profession: str) -> tuple[str, ...]:
    span = f"{show_day(post.since)}—{show_day(post.until)}" if post.since or post.until else "一直"
    pattern = post_pattern_in_words(post)
    return post.name, profession, f"{post.needed}人", f"第{post.priority}级", pattern, span, post.note
