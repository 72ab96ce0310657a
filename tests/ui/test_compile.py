"""The compiled forms are exactly what the Designer forms say."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
FORM = """<?xml version="1.0" encoding="UTF-8"?>
<ui version="4.0"><class>Sample</class><widget class="QWidget" name="Sample">
<property name="windowTitle"><string>样例</string></property></widget></ui>
"""


def load_compile() -> ModuleType:
    spec = importlib.util.spec_from_file_location("compile_forms", ROOT / "ui" / "compile.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


compiler = load_compile()


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    source, target = tmp_path / "表单 源", tmp_path / "forms"
    source.mkdir()
    target.mkdir()
    (source / "sample.ui").write_text(FORM, encoding="utf-8")
    return source, target


def test_the_forms_in_use_are_what_a_fresh_compilation_gives(tmp_path: Path) -> None:
    compiler.compile_forms(target=tmp_path)
    fresh = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert {path.name: path.read_bytes() for path in compiler.FORMS.glob("ui_*.py")} == fresh


def test_a_form_becomes_a_module_with_its_chinese_text(folders: tuple[Path, Path]) -> None:
    compiler.compile_forms(*folders)
    (module,) = folders[1].iterdir()
    assert module.name == "ui_sample.py"
    compiled = module.read_text(encoding="utf-8")
    assert "class Ui_Sample" in compiled
    assert "\\u6837\\u4f8b" in compiled or "样例" in compiled


def test_a_current_form_is_not_compiled_again(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    compiler.compile_forms(*folders)
    monkeypatch.setattr(compiler, "UIC", ["nothing-by-this-name"])
    compiler.compile_forms(*folders)


def test_a_form_younger_than_its_module_is_compiled_again(folders: tuple[Path, Path]) -> None:
    compiler.compile_forms(*folders)
    form, compiled = folders[0] / "sample.ui", folders[1] / "ui_sample.py"
    compiled.write_text("old", encoding="utf-8")
    set_time(compiled, form.stat().st_mtime - 1)
    compiler.compile_forms(*folders)
    assert "class Ui_Sample" in compiled.read_text(encoding="utf-8")


def test_a_new_compiler_compiles_every_form_again(folders: tuple[Path, Path]) -> None:
    compiler.compile_forms(*folders)
    form, compiled = folders[0] / "sample.ui", folders[1] / "ui_sample.py"
    compiled.write_text("old", encoding="utf-8")
    pyside = importlib.util.find_spec("PySide6")
    assert pyside
    assert pyside.origin
    installed = Path(pyside.origin).stat().st_mtime
    set_time(form, installed - 2)
    set_time(compiled, installed - 1)
    compiler.compile_forms(*folders)
    assert "class Ui_Sample" in compiled.read_text(encoding="utf-8")


def set_time(path: Path, seconds: float) -> None:
    os.utime(path, (seconds, seconds))


def test_a_compiled_form_without_its_source_is_removed_and_nothing_else(folders: tuple[Path, Path]) -> None:
    for name in ("ui_gone.py", "__init__.py"):
        (folders[1] / name).touch()
    compiler.compile_forms(*folders)
    assert {path.name for path in folders[1].iterdir()} == {"__init__.py", "ui_sample.py"}


def test_a_broken_form_stops_the_compilation_and_leaves_no_module(folders: tuple[Path, Path]) -> None:
    (folders[0] / "sample.ui").write_text("<ui", encoding="utf-8")
    with pytest.raises(subprocess.CalledProcessError):
        compiler.compile_forms(*folders)
    assert not (folders[1] / "ui_sample.py").exists()


def test_without_pyside_a_sentence_says_what_to_do(folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiler, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=r"run\.py"):
        compiler.compile_forms(*folders)


def test_compiling_needs_no_build_tool() -> None:
    line = "import sys; sys.modules['hatchling'] = None; import runpy; runpy.run_path(sys.argv[1], run_name='__main__')"
    subprocess.run([sys.executable, "-c", line, str(ROOT / "ui" / "compile.py")], check=True)


@pytest.mark.parametrize(("version", "expected"), [("standard", True), ("editable", False)])
def test_only_a_real_wheel_carries_the_resources(monkeypatch: pytest.MonkeyPatch, version: str, expected: bool) -> None:
    monkeypatch.setattr(compiler, "compile_forms", lambda: None)
    hook: Any = object.__new__(compiler.get_build_hook())
    build_data: dict[str, Any] = {"force_include": {}}
    hook.initialize(version, build_data)
    carried = build_data["force_include"]
    assert (carried.get(str(ROOT / "resources" / "fonts")) == "mediation_desk/resources/fonts") is expected
    assert not any("screenshots" in folder for folder in carried)
