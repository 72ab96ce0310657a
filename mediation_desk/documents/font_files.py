"""Fonts that do not come with the program: those in the user's font folder, then those of the PC.

They are asked only for what the bundle lacks, and by what is in the file, never by its name. To know which characters
a file says it has, its `cmap` alone is read; a file that cannot be read, or that may not be embedded, is passed over.
"""

import os
import struct
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

_KINDS = (".ttf", ".ttc")
_COLLECTION = b"ttcf"
_WINDOWS = (("WINDIR", "Fonts"), ("LOCALAPPDATA", "Microsoft/Windows/Fonts"))
_ELSEWHERE = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts")
_UNICODE_PLATFORMS = (0, 3)
_SEGMENTS, _GROUPS = 4, 12  # formats of a cmap; the others are of symbols, of old encodings or of stand-in glyphs
_RESTRICTED, _LESS_RESTRICTED, _NO_PARTS = 0x2, 0xC, 0x300  # of OS/2 fsType, the least strict bit counts

_MOST_BYTES = 4_000_000  # no cmap is so long; a broken file may say it is

_own_folders: list[Path] = []

_Tables = dict[bytes, tuple[int, int]]
"""Where each table of a face stands in its file: (offset, length) by tag."""


class FontFile(NamedTuple):
    """A face in a file of TrueType outlines, `number` within a collection, and the code points it says it has."""

    path: Path
    number: int
    codes: tuple[range, ...]

    def may_have(self, char: str) -> bool:
        """Whether it is worth opening for a character; there may still be no glyph, or an empty one."""
        return any(ord(char) in codes for codes in self.codes)


def look_also_in(*folders: Path) -> None:
    """Ask the fonts in these folders before those of the PC. To be called at the start: they are read once."""
    _own_folders[:] = folders
    other_fonts.cache_clear()


def own_folder() -> Path | None:
    """Where the user may put a font that is needed."""
    return next(iter(_own_folders), None)


@cache
def other_fonts() -> list[FontFile]:
    """All faces outside the bundle, in the order in which they are to be asked. Takes about half a ms for each file."""
    return fonts_in([*_own_folders, *system_folders()])


def system_folders() -> list[Path]:
    """Where this PC keeps its fonts: on Windows for everybody and for this user, else after the XDG folders."""
    windows = [Path(os.environ[root], below) for root, below in _WINDOWS if root in os.environ]
    return windows or [Path(folder).expanduser() for folder in _ELSEWHERE]


def fonts_in(folders: Iterable[Path]) -> list[FontFile]:
    """The faces that can be embedded in a paper, folder by folder, by path."""
    return [face for folder in folders for path in _files(folder) for face in _faces(path)]


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.rglob("*") if path.suffix.lower() in _KINDS)
    except OSError:
        return []


def _faces(path: Path) -> list[FontFile]:
    try:
        with path.open("rb") as file:
            return list(_read_faces(file, path))
    except (OSError, struct.error, KeyError):
        return []


def _read_faces(file: BinaryIO, path: Path) -> Iterator[FontFile]:
    for number, start in enumerate(_starts(file)):
        tables = _tables(file, start)
        if b"glyf" in tables and _may_be_embedded(file, tables):
            yield FontFile(path, number, tuple(_codes(file, tables)))


def _starts(file: BinaryIO) -> tuple[int, ...]:
    kind, _, count = _unpack(file, 0, ">4sLL")
    return _unpack(file, 12, f">{count}L") if kind == _COLLECTION else (0,)


def _tables(file: BinaryIO, start: int) -> _Tables:
    (count,) = _unpack(file, start + 4, ">H")
    entries = struct.iter_unpack(">4s4xLL", _bytes(file, start + 12, 16 * count))
    return {tag: (offset, length) for tag, offset, length in entries}


def _may_be_embedded(file: BinaryIO, tables: _Tables) -> bool:
    if b"OS/2" not in tables:
        return True
    (rights,) = _unpack(file, tables[b"OS/2"][0] + 8, ">H")
    return not rights & _NO_PARTS and not (rights & _RESTRICTED and not rights & _LESS_RESTRICTED)


def _codes(file: BinaryIO, tables: _Tables) -> Iterator[range]:
    start, _ = tables[b"cmap"]
    _, count = _unpack(file, start, ">HH")
    entries = struct.iter_unpack(">HHL", _bytes(file, start + 4, 8 * count))
    for offset in {offset for platform, _, offset in entries if platform in _UNICODE_PLATFORMS}:
        at = start + offset
        (kind,) = _unpack(file, at, ">H")
        if kind == _SEGMENTS:
            (doubled,) = _unpack(file, at + 6, ">H")
            lasts = _unpack(file, at + 14, f">{doubled // 2}H")
            firsts = _unpack(file, at + 16 + doubled, f">{doubled // 2}H")
            yield from (range(first, last + 1) for first, last in zip(firsts, lasts, strict=True))
        elif kind == _GROUPS:
            (groups,) = _unpack(file, at + 12, ">L")
            for first, last, _ in struct.iter_unpack(">LLL", _bytes(file, at + 16, 12 * groups)):
                yield range(first, last + 1)


def _unpack(file: BinaryIO, at: int, layout: str) -> tuple[Any, ...]:
    return struct.unpack(layout, _bytes(file, at, struct.calcsize(layout)))


def _bytes(file: BinaryIO, at: int, length: int) -> bytes:
    file.seek(at)
    return file.read(min(length, _MOST_BYTES))
