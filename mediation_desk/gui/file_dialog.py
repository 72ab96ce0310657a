"""A dialog that asks for a file or a folder: Qt's own, so that it is alike on every PC, and in Chinese throughout."""

from PySide6.QtWidgets import QFileDialog, QWidget

_LACKING = {QFileDialog.DialogLabel.LookIn: "位置：", QFileDialog.DialogLabel.FileType: "文件类型："}
"""Captions that the translation Qt brings with it leaves in English."""


def file_dialog(window: QWidget, name: str, title: str, start: str, what: str = "") -> QFileDialog:
    """Make one called `name` that begins at `start` and goes when it is closed; `what` are the kinds of file."""
    dialog = QFileDialog(window, title, start, what)
    dialog.setObjectName(name)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    for caption, text in _LACKING.items():
        dialog.setLabelText(caption, text)
    dialog.finished.connect(dialog.deleteLater)
    return dialog
