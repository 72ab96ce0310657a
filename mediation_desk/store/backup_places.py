"""Where the back-ups of a store go: a small file beside it, readable when the store itself is not."""

import json
from dataclasses import dataclass
from pathlib import Path

from mediation_desk.domain.errors import CannotSave
from mediation_desk.store.backup import Backup, backups_folder, list_backups
from mediation_desk.store.copying import write_whole
from mediation_desk.store.troubles import why


@dataclass(frozen=True, kw_only=True)
class Places:
    """The folder of the back-ups, and a second one on another disk or a share, None where nobody chose one.

    `trouble` says that the file which names them could not be read, and is empty when it could.
    """

    folder: Path
    second: Path | None = None
    trouble: str = ""

    @property
    def folders(self) -> list[Path]:
        return [self.folder, self.second] if self.second else [self.folder]


def places_file(store: Path) -> Path:
    return store.with_name(store.name + ".backup.json")


def read_places(store: Path) -> Places:
    """Where the back-ups of the store at `store` go; the usual place where nobody said so or what was said is lost."""
    usual = backups_folder(store)
    try:
        told = json.loads(places_file(store).read_text(encoding="utf-8"))
        folder, second = str(told["folder"]), str(told["second"])
    except FileNotFoundError:
        return Places(folder=usual)
    except (OSError, ValueError, KeyError, TypeError):
        trouble = f"备份位置的设置“{places_file(store).name}”读不出来，暂用默认文件夹。请在“设置·备份”里重新选择。"
        return Places(folder=usual, trouble=trouble)
    return Places(folder=Path(folder) if folder else usual, second=Path(second) if second else None)


def write_places(store: Path, places: Places) -> None:
    """Raises `CannotSave` with a sentence; what was chosen before counts then."""
    told = {
        "folder": "" if places.folder == backups_folder(store) else str(places.folder),
        "second": str(places.second) if places.second else "",
    }
    try:
        write_whole(places_file(store), json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8"))
    except OSError as error:
        raise CannotSave(f"备份位置没有保存（{why(error)}），仍用原来的。请检查数据文件夹的权限。") from error


def all_backups(store: Path) -> list[Backup]:
    """The back-ups of a store in all its folders that can be reached, the newest first."""
    found = [each for folder in read_places(store).folders for each in list_backups(folder, store)]
    return sorted(found, key=lambda each: (each.made_at, each.audit_no, each.file_name), reverse=True)
