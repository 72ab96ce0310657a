"""Fonts that do not come with the program: found, and read as far as needed to know what they have."""

from pathlib import Path

import pytest
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from mediation_desk.documents import font_files
from mediation_desk.documents.font_files import fonts_in, look_also_in, other_fonts, own_folder, system_folders
from tests.documents.made_fonts import font, save, save_collection

OF_EXT_I = "\U0002ebf0"


def having(char: str, folder: Path) -> list[tuple[str, int]]:
    return [(found.path.name, found.number) for found in fonts_in([folder]) if found.may_have(char)]


def test_a_font_says_which_characters_it_has(tmp_path: Path) -> None:
    save(tmp_path / "a.ttf", font(f"文{OF_EXT_I}"))
    assert having(OF_EXT_I, tmp_path) == having("文", tmp_path) == [("a.ttf", 0)]
    assert having("字", tmp_path) == having("\U0002ebf1", tmp_path) == []


def test_the_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    save(tmp_path / "deep" / "SimsunExtG.TTF", font("文"))
    assert having(OF_EXT_I, tmp_path) == []
    assert having("文", tmp_path) == [("SimsunExtG.TTF", 0)]


def test_every_face_of_a_collection_is_asked(tmp_path: Path) -> None:
    save_collection(tmp_path / "a.ttc", [font("文", name="One"), font(OF_EXT_I, name="Two")])
    assert having(OF_EXT_I, tmp_path) == [("a.ttc", 1)]


def test_folders_are_asked_in_their_order(tmp_path: Path) -> None:
    for folder in ("b", "a"):
        save(tmp_path / folder / f"{folder}.ttf", font("文"))
    found = fonts_in([tmp_path / "b", tmp_path / "away", tmp_path / "a"])
    assert [font.path.name for font in found] == ["b.ttf", "a.ttf"]


@pytest.mark.parametrize("may_embed", [0x0002, 0x0100, 0x0200])
def test_a_font_that_may_not_be_embedded_in_parts_is_passed_over(may_embed: int, tmp_path: Path) -> None:
    save(tmp_path / "a.ttf", font("文", may_embed=may_embed))
    assert fonts_in([tmp_path]) == []


@pytest.mark.parametrize("may_embed", [0x0004, 0x0008, 0x000A])
def test_a_font_for_printing_or_editing_may_be_embedded(may_embed: int, tmp_path: Path) -> None:
    save(tmp_path / "a.ttf", font("文", may_embed=may_embed))
    assert having("文", tmp_path) == [("a.ttf", 0)]


def test_a_font_without_the_table_of_rights_may_be_embedded(tmp_path: Path) -> None:
    made = font("文")
    del made["OS/2"]
    save(tmp_path / "a.ttf", made)
    assert having("文", tmp_path) == [("a.ttf", 0)]


def test_outlines_that_papers_cannot_hold_are_passed_over(tmp_path: Path) -> None:
    save(tmp_path / "a.ttf", font("文", outlines="CFF "))
    assert fonts_in([tmp_path]) == []


def test_a_broken_file_stops_nothing(tmp_path: Path) -> None:
    whole = save(tmp_path / "whole.ttf", font("文")).read_bytes()
    (tmp_path / "empty.ttf").touch()
    (tmp_path / "a folder.ttf").mkdir()
    (tmp_path / "text.ttf").write_text("no font", encoding="utf-8")
    (tmp_path / "many.ttc").write_bytes(b"ttcf" + b"\xff" * 40)
    for cut in range(4, len(whole), 7):
        (tmp_path / f"cut {cut}.ttf").write_bytes(whole[:cut])
    assert ("whole.ttf", 0) in having("文", tmp_path)


def test_windows_keeps_fonts_for_everybody_and_for_each_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINDIR", "win")
    monkeypatch.setenv("LOCALAPPDATA", "mine")
    assert system_folders() == [Path("win", "Fonts"), Path("mine", "Microsoft", "Windows", "Fonts")]


def test_elsewhere_fonts_are_in_the_shared_folders_and_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("WINDIR", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)
    folders = system_folders()
    assert folders[:2] == [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    assert folders[2] == Path.home() / ".local" / "share" / "fonts"


def test_a_folder_that_cannot_be_read_has_no_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*args: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "rglob", refused)
    assert fonts_in([tmp_path]) == []


def test_tables_of_other_kinds_say_nothing(tmp_path: Path) -> None:
    made = font("文")
    made["cmap"].tables.append(CmapSubtable.newSubtable(14))
    variations = made["cmap"].tables[-1]
    variations.platformID, variations.platEncID, variations.language = 0, 5, 0xFF
    variations.cmap, variations.uvsDict = {}, {0xE0100: [(ord("字"), None)]}
    save(tmp_path / "a.ttf", made)
    assert having("文", tmp_path) == [("a.ttf", 0)]
    assert having("字", tmp_path) == []


def test_the_folders_of_the_user_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(font_files, "system_folders", lambda: [tmp_path / "a"])
    for folder in ("a", "own"):
        save(tmp_path / folder / f"{folder}.ttf", font("文"))
    look_also_in(tmp_path / "own")
    assert [found.path.name for found in other_fonts()] == ["own.ttf", "a.ttf"]
    assert own_folder() == tmp_path / "own"
