"""Tells a person what cannot be done, at the field it belongs to; and what to do when the program itself fails."""

import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QScrollArea, QWidget

from mediation_desk.domain.errors import DeskError, Fault, RuleBroken

_REFUSED = "color: #b3261e; font-weight: bold;"
_OWN_TEXT = "ownText"
_DEFECT_BOX = "defect_box"


@contextmanager
def telling(window: QWidget, fields: Mapping[str, QWidget] | None = None) -> Iterator[None]:
    """Do what is in the block; if the desk refuses, say so and go on, with everything that was typed still there.

    Each sentence appears in the label of the field it belongs to: `fields` by place, else the widget of that name in
    `window`. What belongs to no field, or to one that is not shown, is said in a box.
    """
    clear_refusals(window)
    try:
        yield
    except RuleBroken as refusal:
        show_refusals(window, refusal, fields or {})
    except DeskError as error:
        tell(window, str(error))


def show_refusals(window: QWidget, refusal: RuleBroken, fields: Mapping[str, QWidget]) -> None:
    """Mark every field that was refused, and go to the first of them."""
    loose: list[Fault] = []
    first: QWidget | None = None
    for fault in refusal.faults:
        field = fields.get(fault.place) or _field_called(window, fault.place)
        label = _label_of(window, field) if field is not None and field.isVisibleTo(window) else None
        if field is None or label is None:
            loose.append(fault)
            continue
        _mark(label, field, fault.sentence)
        first = first or field
    if first is not None:
        first.setFocus()
        _scroll_to(first)
    if loose:
        tell(window, "\n".join(fault.sentence for fault in loose))


def clear_refusals(window: QWidget) -> None:
    """Take back what the last attempt marked."""
    for label in window.findChildren(QLabel):
        own_text = label.property(_OWN_TEXT)
        if own_text is not None:
            label.setTextFormat(Qt.TextFormat.AutoText)
            label.setText(own_text)
            label.setStyleSheet("")
            label.setProperty(_OWN_TEXT, None)
            if label.buddy() is not None:
                label.buddy().setAccessibleDescription("")


def tell(window: QWidget, sentence: str) -> None:
    """Say something in a box that stays until it is read. Does not block the program; says nothing twice."""
    if any(box.isVisible() and box.text() == sentence for box in window.findChildren(QMessageBox, "refusal_box")):
        return
    box = QMessageBox(QMessageBox.Icon.Warning, "提示", sentence, QMessageBox.StandardButton.Ok, window)
    box.setTextFormat(Qt.TextFormat.PlainText)  # names and texts are shown as they were typed
    box.setObjectName("refusal_box")
    box.setAccessibleName(sentence)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def _field_called(window: QWidget, place: str) -> QWidget | None:
    """The widget of that name; dialogs that are open over the window have fields of their own."""
    if not place:
        return None
    called = window.findChildren(QWidget, place)
    return next((field for field in called if field.window() is window.window()), None)


def _scroll_to(field: QWidget) -> None:
    above = field.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(field)
        above = above.parentWidget()


def _label_of(window: QWidget, field: QWidget) -> QLabel | None:
    return next((label for label in window.findChildren(QLabel) if label.buddy() is field), None)


def _mark(label: QLabel, field: QWidget, sentence: str) -> None:
    if label.property(_OWN_TEXT) is None:
        label.setProperty(_OWN_TEXT, label.text())
    else:  # a field may be refused for several reasons
        sentence = f"{field.accessibleDescription()}{sentence}"
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(f"{label.property(_OWN_TEXT)}  {sentence.replace('&', '&&')}")
    label.setWordWrap(True)
    label.setStyleSheet(_REFUSED)
    field.setAccessibleDescription(sentence)


def watch_for_defects() -> None:
    """From now on a defect is written to the log (without data) and told in one dialog; typed drafts are safe."""
    sys.excepthook = _log_and_tell


def _log_and_tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    sys.excepthook = sys.__excepthook__  # a defect while telling of a defect must not recurse
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    logging.getLogger("mediation_desk.gui").critical("defect", exc_info=(kind, error, trace))
    shown = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    if shown and not any(window.objectName() == _DEFECT_BOX for window in shown):
        _tell_of_defect(QApplication.activeWindow() or shown[0])
    watch_for_defects()


def _tell_of_defect(window: QWidget) -> None:
    box = QMessageBox(
        QMessageBox.Icon.Critical,
        "程序出错",
        "程序遇到意外错误。已保存的内容和草稿都在。请关闭后重新打开；如再出现，请把日志交给技术人员。",
        QMessageBox.StandardButton.Ok,
        window,
    )
    box.setObjectName(_DEFECT_BOX)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
