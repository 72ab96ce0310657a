"""Shows the program where there is no screen: the way of a sample dispute, its papers, pictures of the window."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEvent, QEventLoop, QMessageLogContext, QSettings, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from mediation_desk.domain.case import Case
from mediation_desk.domain.rules import Rules
from mediation_desk.exchange.rule_packs import load_rules
from mediation_desk.gui.application import add_rare_faces, prepare
from mediation_desk.gui.closed_file_dialog import ClosedFileDialog
from mediation_desk.gui.desk import Desk
from mediation_desk.gui.main_window import PAGES, MainWindow
from mediation_desk.resources import resource
from mediation_desk.services.case_papers import papers_of
from mediation_desk.services.dossier import make_dossier
from mediation_desk.services.papers import draw_paper
from mediation_desk.services.practice import make_practice_store, sample_dispute
from mediation_desk.store.database import open_store

SIZE = (1366, 768)


def show_without_a_screen(folder: Path) -> int:
    """Write papers and pictures of a practice dispute into `folder` and say what was written.

    Returns 0 when all is well, 1 when nothing can be written there.
    """
    qInstallMessageHandler(_say_what_matters)
    app = QApplication(sys.argv[:1])
    prepare(app)
    add_rare_faces(app)
    rules = load_rules(resource("rules"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(ignore_cleanup_errors=True) as place:
            # nobody's window is to come up as big as the pictures
            QSettings.setDefaultFormat(QSettings.Format.IniFormat)
            QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, place)
            written = _show(Path(place) / "练习.db", rules, folder)
    except OSError as error:
        print(f"无法写入“{folder}”（{error.strerror}）。请换一个可写的文件夹。", file=sys.stderr)  # noqa: T201
        return 1
    print(f"没有屏幕：已用样例纠纷（练习数据）走完全程，写入 {folder}：")  # noqa: T201 - this is what it is for
    for file in written:
        print(f"  {file.name}")  # noqa: T201
    return 0


def _show(store: Path, rules: Rules, folder: Path) -> list[Path]:
    make_practice_store(store, rules, datetime.now(), cases=12)
    database = open_store(store)
    try:
        desk = Desk(database, rules)
        case_id = desk.do(sample_dispute)
        return _write_papers(desk, case_id, folder) + _take_pictures(desk, case_id, folder)
    finally:
        database.close()


def _write_papers(desk: Desk, case_id: int, folder: Path) -> list[Path]:
    case: Case = desk.look(lambda records, _: records.cases.get(case_id))
    written: list[Path] = []
    for paper in papers_of(case, desk.act()):
        file = folder / f"{paper.code}-{paper.title}.pdf"
        file.write_bytes(desk.look(draw_paper, case_id, paper.code, paper.no))
        written.append(file)
    dossier = folder / "调解卷宗.pdf"
    dossier.write_bytes(desk.look(make_dossier, case_id).pdf)
    return [*written, dossier]


def _take_pictures(desk: Desk, case_id: int, folder: Path) -> list[Path]:
    window = MainWindow()
    window.resize(*SIZE)
    window.show()
    window.begin(desk)
    written: list[Path] = []

    def take(name: str, show: Callable[[], None]) -> None:
        show()
        _let_it_settle(window)
        file = folder / f"{len(written) + 1:02}-{name}.png"
        window.grab().save(str(file))
        written.append(file)

    for key, label in PAGES:
        take(label, lambda key=key: window.open_page(key))  # type: ignore[misc]  # bound now, called at once
    window.open_case(case_id)
    for asking in window.findChildren(ClosedFileDialog):
        asking.ui.closed_reason.setCurrentText("卷宗评查")
        asking.accept()
    take("案件详情", lambda: window.open_case(case_id))
    take("协议与履行", lambda: window.open_case(case_id, "agreement"))
    take("文书", lambda: window.open_case(case_id, "papers"))
    window.close()
    return written


def _say_what_matters(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:  # noqa: ARG001 - Qt's
    if "propagateSizeHints" not in message:  # there is no screen to give hints to
        print(message, file=sys.stderr)  # noqa: T201


def _let_it_settle(window: QWidget, milliseconds: int = 300) -> None:
    """Let pages fill themselves and background previews arrive, as they would before a person looks."""
    loop = QEventLoop(window)
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
