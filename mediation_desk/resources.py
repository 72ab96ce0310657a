"""Finds the files that come with the program: fonts, icons, rule packs, schemas."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_PLACES = (_PACKAGE / "resources", _PACKAGE.parent / "resources")  # installed; else the checkout


def resource(*parts: str) -> Path:
    """Return the file or folder `parts` below `resources/`, as in `resource("rules", "holidays.json")`.

    Raises `FileNotFoundError`, whose text is a sentence for the user, if the installation lacks it.
    """
    for place in _PLACES:
        found = place.joinpath(*parts)
        if found.exists():
            return found
    raise FileNotFoundError(f"程序文件不完整，缺少“{'/'.join(parts)}”。已保存的数据没有改动，请重新安装本程序。")
