"""Compiles the Qt Designer forms beside this file into `mediation_desk/gui/forms/`.

`run.py` does this before every start, hatchling when a wheel is made (see pyproject.toml).
By hand: `python ui/compile.py`. What is up to date already costs nothing.
"""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # starting the program must not need a build tool
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

UI = Path(__file__).parent
FORMS = UI.parent / "mediation_desk" / "gui" / "forms"
RESOURCES = UI.parent / "resources"
NOT_FOR_THE_WHEEL = {"screenshots", "windows"}
UIC = [sys.executable, "-c", "from PySide6.scripts.pyside_tool import uic; uic()", "--no-autoconnection"]


def compile_forms(source: Path = UI, target: Path = FORMS) -> None:
    """Bring `target` up to date: one `ui_<form>.py` for every form in `source`, and no others of that name."""
    forms = {target / f"ui_{form.stem}.py": form for form in sorted(source.glob("*.ui"))}
    for compiled in target.glob("ui_*.py"):
        if compiled not in forms:
            compiled.unlink()
    for compiled, form in forms.items():
        if not is_current(compiled, form):
            unfinished = compiled.with_suffix(".part")  # a failed run must not leave a half-written form
            subprocess.run([*UIC, "-o", unfinished, form], check=True)
            unfinished.replace(compiled)


def is_current(compiled: Path, form: Path) -> bool:
    """Whether `compiled` is younger than its form and than the compiler that wrote it."""
    pyside = find_spec("PySide6")
    if pyside is None or pyside.origin is None:
        sys.exit("PySide6 is not installed for this Python; `python run.py` sets everything up.")
    made_of = [form, Path(pyside.origin)]
    return compiled.exists() and all(compiled.stat().st_mtime > part.stat().st_mtime for part in made_of)


def get_build_hook() -> "type[BuildHookInterface[Any]]":
    """What hatchling asks this file for before it makes a wheel, an editable one included."""
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class FormsHook(BuildHookInterface[Any]):
        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            compile_forms()
            if version == "standard":  # an editable install reads resources/ where it lies
                for folder in RESOURCES.iterdir():
                    if folder.name not in NOT_FOR_THE_WHEEL:
                        build_data["force_include"][str(folder)] = f"mediation_desk/resources/{folder.name}"

    return FormsHook


if __name__ == "__main__":
    compile_forms()
