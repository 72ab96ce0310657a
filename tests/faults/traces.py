"""A day at the desk with people who must leave no trace, ended by a kill: run as a program of its own.

    python -m tests.faults.traces FOLDER KIND CASES

It works in `FOLDER` (store, back-ups, logs, settings, temp folder), says "ready" amid a write that is not folded into
the file yet, and waits to be killed. What must not be found afterwards is `needles`.
"""

import os
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from time import sleep

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from mediation_desk.domain.case import AttachmentKind
from mediation_desk.domain.recovery_words import RecoveryWords
from mediation_desk.domain.thinning import BackupReason
from mediation_desk.services.attachments import attach, remove_attachment
from mediation_desk.services.case_papers import papers_of
from mediation_desk.services.intake import Intake, correct
from mediation_desk.services.papers import see_paper
from mediation_desk.store import key_file
from mediation_desk.store.backup import back_up, backups_folder
from mediation_desk.store.database import Database, create
from tests.desk import NOW, Desk, claimant, intake, respondent, uid
from tests.faults.stores import RULES
from tests.keys import CHEAP, KEY

PASSWORD = "Bu-Liu-Hen-Ji-1"
WORDS: RecoveryWords = key_file.word_list().words_for(bytes(range(70, 86)))

NAMES = ("欧阳泠泠", "司徒鹤鸣")
NUMBERS = ("110000199001010013", "110000200002290024", "13800000000")
MATTER, DRAFT, ATTACHED, REMOVED = (
    "屋顶太阳能架子被大风吹落",
    "半句没写完的草稿文字",
    "借条原件照片说明",
    "误传的别人病历",
)
SECRETS = (PASSWORD.encode(), KEY, KEY.hex().encode(), WORDS.secret, WORDS.secret.hex().encode())


def needles(cases: int) -> dict[str, list[bytes]]:
    """Every text that was put in, in each way that it could stand on a disk."""
    numbered = [name for number in range(0, cases, max(1, cases // 50)) for name in (_numbered(number),)]
    texts = [*NAMES, *NUMBERS, MATTER, DRAFT, ATTACHED, REMOVED, *numbered]
    return {text: [text.encode(each) for each in ("utf-8", "utf-16-le", "gbk")] for text in texts}


def _numbered(number: int) -> str:
    """The name of somebody in a large store."""
    letters = "梅兰竹菊松柏桂枫榆槐"
    return "端木" + "".join(letters[int(digit)] for digit in f"{number:06}")


def picture(text: str) -> bytes:
    """A picture that says something in words, uncompressed."""
    file, told = BytesIO(), PngInfo()
    told.add_itxt("Comment", text)
    Image.new("RGB", (300, 200), "red").save(file, "PNG", pnginfo=told)
    return file.getvalue()


def set_up(folder: Path, kind: str) -> Database:
    path = folder / "desk.db"
    key = KEY if kind == "encrypted" else None
    if key is not None:
        key_file.make(path, key, WORDS, costs=CHEAP)
        key_file.set_password(path, key, uid(3), "登记员", PASSWORD)
    return create(path, key)


def _typed(number: int, **facts: object) -> Intake:
    parties = (
        claimant(name=NAMES[0], id_number=NUMBERS[0], phone=NUMBERS[2]),
        respondent(name=NAMES[1], id_number=NUMBERS[1]),
    )
    return intake(number, **{"parties": parties, "matter": f"{MATTER}。"} | facts)


def work(folder: Path, kind: str, cases: int) -> Desk:
    """Register, draft, attach, remove, print, back up, look at it in a window."""
    desk = Desk(set_up(folder, kind), RULES)
    desk.furnish()
    case_id = desk.registered(parties=_typed(1).parties, matter=f"{MATTER}。")
    for number in range(cases):
        desk.registered(parties=(claimant(name=_numbered(number)), respondent()))
    _draft(desk, 900, DRAFT)
    _draft(desk, 901, DRAFT)
    desk.write(lambda records: records.drafts.drop(uid(901)))
    for text in (ATTACHED, REMOVED):
        name, content = f"{text}.png", picture(text)
        case = desk.do(attach, case_id, kind=AttachmentKind.OTHER, file_name=name, content=content)
    wrong = case.attachments[-1].id
    assert wrong is not None
    desk.do(remove_attachment, case_id, wrong, "误传")
    _remove_a_party(desk, case_id)
    for paper in desk.look(lambda records, act: papers_of(records.cases.get(case_id), act)):
        assert desk.look(see_paper, case_id, paper.code, paper.no).pdf.startswith(b"%PDF")
    back_up(desk.database, backups_folder(folder / "desk.db"), reason=BackupReason.ASKED, now=NOW, pause=0)
    return desk


def _draft(desk: Desk, number: int, text: str) -> None:
    def save(records: object) -> None:
        content = {"matter": text, "name": NAMES[0]}
        records.drafts.save(uid(number), centre_id=1, form="intake", user_id=1, content=content, now=NOW)  # type: ignore[attr-defined]  # Records

    desk.write(save)


def _remove_a_party(desk: Desk, case_id: int) -> None:
    case = desk.case(case_id)
    shown = _typed(1, parties=(*case.parties, respondent(3, NAMES[1], id_number=NUMBERS[1])))
    case = desk.do(correct, case_id, case.version_id, shown)
    desk.do(correct, case_id, desk.case(case_id).version_id, _typed(1, parties=tuple(desk.case(case_id).parties[:2])))


def look(desk: Desk) -> None:
    """Open the case with its papers in a window, as if somebody read them."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from mediation_desk.gui.application import prepare
    from mediation_desk.gui.desk import Desk as WindowDesk
    from mediation_desk.gui.main_window import MainWindow

    app = QApplication.instance() or QApplication(["traces"])
    assert isinstance(app, QApplication)
    prepare(app)
    window = MainWindow()
    window.show()
    window.begin(WindowDesk(desk.database, RULES, clock=lambda: NOW))
    for tab in ("overview", "papers", "attachments"):
        window.open_case(1, tab)
        loop = QEventLoop()
        QTimer.singleShot(700, loop.quit)
        loop.exec()
    window.close()


def main(folder: Path, kind: str, cases: int) -> None:
    desk = work(folder, kind, cases)
    look(desk)
    with desk.database.reading():  # keeps the log from being folded in
        _draft(desk, 902, DRAFT)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sleep(600)


def environment(folder: Path) -> dict[str, str]:
    """Where the program puts things, all of them below `folder`."""
    places = {
        name: str(folder / part)
        for name, part in {
            "HOME": "home",
            "TMPDIR": "tmp",
            "TEMP": "tmp",
            "TMP": "tmp",
            "APPDATA": "home",
            "LOCALAPPDATA": "home",
            "XDG_CACHE_HOME": "home/cache",
            "XDG_CONFIG_HOME": "home/config",
            "XDG_DATA_HOME": "home/data",
            "XDG_STATE_HOME": "home/state",
            "SQLITE_TMPDIR": "tmp",
        }.items()
    }
    for place in places.values():
        Path(place).mkdir(parents=True, exist_ok=True)
    return os.environ | places | {"QT_QPA_PLATFORM": "offscreen"}


def files_below(folder: Path) -> Iterator[bytes]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield file.read_bytes()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
