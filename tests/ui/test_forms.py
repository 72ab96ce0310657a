"""Every form can be used by keyboard, read aloud, driven from outside and shown on a small screen."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

UI = Path(__file__).parent.parent.parent / "ui"
FORMS = sorted(UI.glob("*.ui"))

FILLED_IN = {
    "QLineEdit", "QTextEdit", "QPlainTextEdit", "QComboBox", "QFontComboBox", "QSpinBox", "QDoubleSpinBox",
    "QDateEdit", "QTimeEdit", "QDateTimeEdit",
}  # fmt: skip
TICKED_OR_LISTED = {
    "QCheckBox", "QRadioButton", "QSlider", "QDial", "QCalendarWidget",
    "QListView", "QListWidget", "QTableView", "QTableWidget", "QTreeView", "QTreeWidget",
}  # fmt: skip
BUTTONS = {"QPushButton", "QToolButton", "QCommandLinkButton"}
CHINESE = re.compile(r"[\u3400-\u9fff]")
FOREIGN_WORD = re.compile(r"[A-Za-z]{4,}")
SHOWN = {"text", "title", "windowTitle", "placeholderText", "toolTip", "statusTip", "accessibleName"}


class Form:
    """A `.ui` file with its questions answered: which widgets there are, of what kind, with which properties."""

    def __init__(self, xml: str) -> None:
        self.root = ElementTree.fromstring(xml)
        self.top = self.root.find("widget")
        self.widgets = list(self.root.iter("widget"))
        self.bases = {
            str(custom.findtext("class")): str(custom.findtext("extends")) for custom in self.root.iter("customwidget")
        }

    def of(self, kinds: set[str]) -> list[Element]:
        return [widget for widget in self.widgets if self.kind(widget) in kinds]

    def kind(self, widget: Element) -> str:
        return self.bases.get(widget.attrib["class"], widget.attrib["class"])


def value(widget: Element, name: str) -> str:
    """The property's text, or ''."""
    found = widget.find(f"property[@name='{name}']")
    return "" if found is None else "".join(found.itertext()).strip()


def name(widget: Element) -> str:
    return widget.get("name", "")


# ---- the rules: each yields the names of the widgets that break it


def inputs_without_chinese_accessible_name(form: Form) -> Iterator[str]:
    for widget in form.of(FILLED_IN | TICKED_OR_LISTED):
        if not CHINESE.search(value(widget, "accessibleName")):
            yield name(widget)


def buttons_without_chinese_text(form: Form) -> Iterator[str]:
    for widget in form.of(BUTTONS):
        if not CHINESE.search(value(widget, "text") + value(widget, "accessibleName")):
            yield name(widget)


def labels_that_hide_what_they_say(form: Form) -> Iterator[str]:
    """A screen reader reads the accessible name of a label in place of its text, which then nobody hears."""
    for label in form.of({"QLabel"}):
        if value(label, "accessibleName"):
            yield name(label)


def inputs_without_buddy_label(form: Form) -> Iterator[str]:
    """A search field whose placeholder says everything declares the dynamic property `noBuddy`."""
    buddies = {value(label, "buddy") for label in form.of({"QLabel"})}
    for widget in form.of(FILLED_IN):
        if name(widget) not in buddies and value(widget, "noBuddy") != "true":
            yield name(widget)


def buddies_that_do_not_exist(form: Form) -> Iterator[str]:
    names = {name(widget) for widget in form.widgets}
    for label in form.of({"QLabel"}):
        if value(label, "buddy") not in names | {""}:
            yield name(label)


def inputs_without_place_in_tab_order(form: Form) -> Iterator[str]:
    inputs = [w for w in form.of(FILLED_IN | TICKED_OR_LISTED) if not value(w, "focusPolicy").endswith("NoFocus")]
    ordered = {stop.text for stop in form.root.iterfind("tabstops/tabstop")}
    if len(inputs) > 1:
        yield from (name(widget) for widget in inputs if name(widget) not in ordered)


def widgets_of_fixed_size(form: Form) -> Iterator[str]:
    for widget in form.widgets:
        policy = widget.find("property[@name='sizePolicy']/sizepolicy")
        fixed_by_policy = policy is not None and policy.get("hsizetype") == policy.get("vsizetype") == "Fixed"
        if fixed_by_policy or sides(widget, "minimumSize") & sides(widget, "maximumSize"):
            yield name(widget)


def sides(widget: Element, bound: str) -> set[tuple[str, str | None]]:
    size = widget.find(f"property[@name='{bound}']/size")
    return set() if size is None else {(side.tag, side.text) for side in size}


def widgets_outside_a_layout(form: Form) -> Iterator[str]:
    for widget in form.widgets:
        if widget is not form.top and widget.find("property[@name='geometry']") is not None:
            yield name(widget)


def widgets_not_named_by_meaning(form: Form) -> Iterator[str]:
    for widget in form.widgets:
        designers_own = rf"{widget.attrib['class'][1:]}(_\d+)?"  # lineEdit_2
        if widget is form.top:
            continue
        if re.fullmatch(designers_own, name(widget), re.IGNORECASE) or not re.fullmatch(
            r"[a-z][a-z0-9_]*", name(widget)
        ):
            yield name(widget)


def names_used_twice(form: Form) -> Iterator[str]:
    yield from (given for given, times in Counter(map(name, form.widgets)).items() if times > 1)


def texts_not_in_chinese(form: Form) -> Iterator[str]:
    for widget in form.root.iter():
        for shown in widget.iterfind("property"):
            text = shown.findtext("string") or ""
            if shown.get("name") in SHOWN and FOREIGN_WORD.search(text) and not CHINESE.search(text):
                yield name(widget)


Rule = Callable[[Form], Iterator[str]]
RULES: list[Rule] = [
    inputs_without_chinese_accessible_name,
    buttons_without_chinese_text,
    labels_that_hide_what_they_say,
    inputs_without_buddy_label,
    buddies_that_do_not_exist,
    inputs_without_place_in_tab_order,
    widgets_of_fixed_size,
    widgets_outside_a_layout,
    widgets_not_named_by_meaning,
    names_used_twice,
    texts_not_in_chinese,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_a_form_has_no(path: Path, rule: Rule) -> None:
    assert list(rule(Form(path.read_text(encoding="utf-8")))) == []


# ---- the rules themselves find what they are for, and only that

GOOD = """<ui version="4.0"><class>Good</class><widget class="QWidget" name="Good">
<property name="geometry"><rect><width>400</width><height>300</height></rect></property>
<layout class="QFormLayout"><item><widget class="QLabel" name="claimant_caption">
<property name="text"><string>来访人(&amp;N)</string></property>
<property name="buddy"><cstring>claimant_name</cstring></property>
</widget></item><item><widget class="NameEdit" name="claimant_name">
<property name="accessibleName"><string>来访人姓名</string></property></widget></item>
<item><widget class="QLineEdit" name="search"><property name="accessibleName"><string>查找</string></property>
<property name="noBuddy" stdset="0"><bool>true</bool></property></widget></item>
<item><widget class="QPushButton" name="save"><property name="text"><string>保存</string></property></widget></item>
</layout></widget><customwidgets><customwidget><class>NameEdit</class><extends>QLineEdit</extends></customwidget></customwidgets>
<tabstops><tabstop>claimant_name</tabstop><tabstop>search</tabstop></tabstops></ui>"""

NARROW = """<property name="minimumSize"><size><width>9</width><height>0</height></size></property>
<property name="maximumSize"><size><width>9</width><height>99</height></size></property>"""

SPOILED: dict[Rule, tuple[str, str, str]] = {  # what to replace in GOOD, by what, and who then breaks the rule
    inputs_without_chinese_accessible_name: ("来访人姓名", "name", "claimant_name"),
    buttons_without_chinese_text: ("保存", "OK", "save"),
    labels_that_hide_what_they_say: (
        '<property name="buddy">',
        '<property name="accessibleName"><string>姓名</string></property><property name="buddy">',
        "claimant_caption",
    ),
    inputs_without_buddy_label: ("<bool>true</bool>", "<bool>false</bool>", "search"),
    buddies_that_do_not_exist: ("<cstring>claimant_name", "<cstring>nobody", "claimant_caption"),
    inputs_without_place_in_tab_order: ("<tabstop>search</tabstop>", "", "search"),
    widgets_of_fixed_size: ('name="save">', f'name="save">{NARROW}', "save"),
    widgets_outside_a_layout: ('name="save">', 'name="save"><property name="geometry"><rect/></property>', "save"),
    widgets_not_named_by_meaning: ('name="save"', 'name="pushButton_2"', "pushButton_2"),
    names_used_twice: ('name="save"', 'name="search"', "search"),
    texts_not_in_chinese: ("来访人(&amp;N)", "Visitor", "claimant_caption"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_good_form_passes(rule: Rule) -> None:
    assert list(rule(Form(GOOD))) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_spoiled_form_is_caught(rule: Rule) -> None:
    good, spoiled, culprit = SPOILED[rule]
    assert list(rule(Form(GOOD.replace(good, spoiled, 1)))) == [culprit]


def test_a_fixed_size_policy_is_a_fixed_size() -> None:
    policy = '<property name="sizePolicy"><sizepolicy hsizetype="Fixed" vsizetype="Fixed"/></property>'
    assert list(widgets_of_fixed_size(Form(GOOD.replace('name="save">', f'name="save">{policy}')))) == ["save"]
