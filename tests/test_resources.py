"""The files that come with the program are found, whole and as they were checked."""

import hashlib
from pathlib import Path

import pytest

from mediation_desk import resources
from mediation_desk.resources import resource

FONTS = resource("fonts")
MANIFEST = [line.split("  ") for line in (FONTS / "MANIFEST.sha256").read_text(encoding="utf-8").splitlines()]


def test_a_file_is_found_in_the_checkout() -> None:
    assert resource("fonts", "MANIFEST.sha256").is_file()


def test_an_installed_file_comes_before_the_checkouts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed, checkout = tmp_path / "installed", tmp_path / "checkout"
    for place in (installed, checkout):
        (place / "rules").mkdir(parents=True)
    (checkout / "rules" / "only-here.json").touch()
    monkeypatch.setattr(resources, "_PLACES", (installed, checkout))
    assert resource("rules") == installed / "rules"
    assert resource("rules", "only-here.json") == checkout / "rules" / "only-here.json"


def test_a_missing_file_is_named_in_a_sentence() -> None:
    with pytest.raises(FileNotFoundError, match=r"程序文件不完整，缺少“fonts/none\.ttf”"):
        resource("fonts", "none.ttf")


@pytest.mark.parametrize(("digest", "name"), MANIFEST, ids=[name for _, name in MANIFEST])
def test_a_font_is_the_one_that_was_proven(digest: str, name: str) -> None:
    assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == digest


def test_no_font_is_left_out_of_the_manifest() -> None:
    assert {FONTS / name for _, name in MANIFEST} == set(FONTS.rglob("*.ttf"))
