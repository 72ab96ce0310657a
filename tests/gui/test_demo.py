"""Where there is no screen, the program shows itself in files."""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

from mediation_desk.gui.demo import SIZE
from mediation_desk.gui.main_window import PAGES


def demonstrate(folder: Path, home: Path) -> "subprocess.CompletedProcess[str]":
    homes = {f"XDG_{kind}_HOME": str(home / kind) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "mediation_desk", "--demo", str(folder)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen"},
    )


def test_papers_and_pictures_of_a_dispute_are_written_and_told(tmp_path: Path) -> None:
    folder, home = tmp_path / "演示 输出", tmp_path / "home"
    told = demonstrate(folder, home)
    assert (told.returncode, told.stderr) == (0, "")
    written = sorted(file.name for file in folder.iterdir())
    assert sorted(line.strip() for line in told.stdout.splitlines()[1:]) == written
    papers = [name for name in written if name.endswith(".pdf")]
    pictures = [name for name in written if name.endswith(".png")]
    assert any("人民调解协议书" in name for name in papers)
    assert "调解卷宗.pdf" in papers
    assert all((folder / name).read_bytes().startswith(b"%PDF") for name in papers)
    assert [name[3:-4] for name in pictures] == [*(label for _, label in PAGES), "案件详情", "协议与履行", "文书"]
    for name in pictures:
        picture = QImage(str(folder / name))
        assert (picture.width(), picture.height()) == SIZE
    assert len({(folder / name).read_bytes() for name in pictures}) == len(pictures)
    assert not [file for file in home.rglob("*") if file.is_file() and file.suffix in (".conf", ".ini", ".db")]


def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("别的文件", encoding="utf-8")
    told = demonstrate(tmp_path / "file", tmp_path / "home")
    assert told.returncode == 1
    assert "无法写入" in told.stderr
    assert "Traceback" not in told.stderr
    assert (tmp_path / "file").read_text(encoding="utf-8") == "别的文件"
