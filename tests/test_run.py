"""`run.py` makes an environment once, notices when it must be made anew, and says what is missing."""

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent


def load_run() -> ModuleType:
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


run = load_run()


class Machine:
    """Stands in for everything `run.py` would call: remembers each command line, lets chosen ones fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls: list[list[str]] = []
        self.variables: list[dict[str, str]] = []
        self.failing = ""
        self.present = {"apt-get"}
        self.user = 0
        monkeypatch.setattr(run.subprocess, "call", self.call)
        monkeypatch.setattr(run.subprocess, "run", self.run)
        monkeypatch.setattr(run.shutil, "which", lambda name: name if name in self.present else None)
        monkeypatch.setattr(run.os, "geteuid", lambda: self.user, raising=False)

    def call(self, line: list[str], env: dict[str, str] | None = None, **_: object) -> int:
        self.calls.append(line)
        self.variables.append(env or {})
        return 1 if self.failing and self.failing in line else 0

    def run(self, line: list[str], **_: object) -> None:
        if "venv" in line:
            python: Path = run.python_in(Path(line[-1]), run.os.name)
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        if self.call(line):
            raise subprocess.CalledProcessError(1, line)

    def did(self, word: str) -> list[list[str]]:
        return [line for line in self.calls if word in line]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(monkeypatch)


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    lock = tmp_path / "requirements.txt"
    lock.write_text("package==1", encoding="utf-8")
    return lock


# ---- the environment


def test_the_environment_is_made_once_from_the_hashed_lock(machine: Machine, tmp_path: Path, lock: Path) -> None:
    first = run.environment(tmp_path / "我的 环境", lock)
    assert len(machine.did("venv")) == 1
    assert {"--no-deps", "--require-hashes", "--only-binary=:all:", str(lock)} <= set(machine.did("pip")[0])
    machine.calls.clear()
    assert run.environment(tmp_path / "我的 环境", lock) == first
    assert machine.calls == []


def test_a_new_lock_makes_a_new_environment(machine: Machine, tmp_path: Path, lock: Path) -> None:
    run.environment(tmp_path / "env", lock)
    lock.write_text("package==2", encoding="utf-8")
    run.environment(tmp_path / "env", lock)
    assert len(machine.did("venv")) == 2


def test_another_python_makes_a_new_environment(
    machine: Machine, tmp_path: Path, lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.environment(tmp_path / "env", lock)
    monkeypatch.setattr(run.sys.implementation, "cache_tag", "cpython-399")
    run.environment(tmp_path / "env", lock)
    assert len(machine.did("venv")) == 2


def test_an_environment_without_its_stamp_is_made_anew(machine: Machine, tmp_path: Path, lock: Path) -> None:
    run.environment(tmp_path / "env", lock)
    (tmp_path / "env" / "installed.txt").unlink()
    run.environment(tmp_path / "env", lock)
    assert len(machine.did("venv")) == 2


@pytest.mark.parametrize("step", ["venv", "pip"])
def test_a_failed_step_leaves_no_half_environment_and_says_so(
    machine: Machine, tmp_path: Path, lock: Path, step: str
) -> None:
    machine.failing = step
    with pytest.raises(SystemExit, match="半成品已清除"):
        run.environment(tmp_path / "env", lock)
    assert not (tmp_path / "env").exists()


def test_a_full_disk_leaves_no_half_environment_and_is_named(
    machine: Machine,
    tmp_path: Path,
    lock: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run.subprocess, "run", full)
    with pytest.raises(SystemExit, match="半成品已清除"):
        run.environment(tmp_path / "env", lock)
    assert "No space left on device" in capsys.readouterr().err


def test_windows_keeps_its_python_elsewhere() -> None:
    assert run.python_in(Path("env"), "nt") == Path("env", "Scripts", "python.exe")
    assert run.python_in(Path("env"), "posix") == Path("env", "bin", "python")


def test_a_python_without_venv_gets_its_package_first(
    machine: Machine, tmp_path: Path, lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "find_spec", lambda name: None)
    run.environment(tmp_path / "env", lock)
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    assert [package in line for line in machine.calls] == [False, True, False, False]  # update, install, venv, pip


# ---- system libraries


def test_only_what_cannot_be_loaded_is_missing() -> None:
    needed = {"libhere.so.1": "here", "libgone.so.2": "gone"}
    assert run.missing_packages(needed, loads=lambda library: library == "libhere.so.1") == ["gone"]


def test_a_library_that_does_not_exist_cannot_be_loaded() -> None:
    assert not run.can_be_loaded("libthat-nobody-has.so.9")


def test_root_gets_missing_packages_installed_after_an_update(machine: Machine) -> None:
    run.bring_packages(["libegl1"])
    assert [line[:2] for line in machine.calls] == [["apt-get", "update"], ["apt-get", "install"]]
    assert machine.calls[1][-1] == "libegl1"
    assert machine.variables[1]["DEBIAN_FRONTEND"] == "noninteractive"


def test_anybody_else_is_told_the_one_line(machine: Machine) -> None:
    machine.user = 1000
    with pytest.raises(SystemExit, match=r"\n    sudo apt-get update && sudo apt-get install .* libegl1 libgl1$"):
        run.bring_packages(["libegl1", "libgl1"])
    assert machine.calls == []


def test_nothing_is_asked_of_a_system_that_lacks_nothing(machine: Machine) -> None:
    run.bring_packages([])
    assert machine.calls == []


def test_a_system_with_other_packages_is_left_alone(machine: Machine) -> None:
    machine.present.clear()
    run.bring_packages(["libegl1"])
    assert machine.calls == []


@pytest.mark.parametrize("step", ["update", "install"])
def test_a_failed_installation_names_its_step(machine: Machine, step: str) -> None:
    machine.failing = step
    with pytest.raises(SystemExit, match=f"失败的一步：apt-get {step}"):
        run.bring_packages(["libegl1"])


# ---- the screen


@pytest.mark.parametrize(
    ("environ", "x_answers", "expected"),
    [
        ({}, True, False),
        ({"DISPLAY": ":0"}, True, True),
        ({"DISPLAY": ":0"}, False, False),
        ({"WAYLAND_DISPLAY": "no-such-socket", "XDG_RUNTIME_DIR": "/"}, False, False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, True, False),
        ({"QT_QPA_PLATFORM": "vnc:size=800x600"}, False, True),
    ],
)
def test_a_screen_is_one_that_can_be_reached(environ: dict[str, str], x_answers: bool, expected: bool) -> None:
    assert run.has_screen("linux", environ, lambda: x_answers) is expected


def test_a_wayland_socket_is_a_screen(tmp_path: Path) -> None:
    (tmp_path / "wayland-0").touch()
    environ = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert run.has_screen("linux", environ, lambda: False)


def test_windows_always_has_a_screen() -> None:
    assert run.has_screen("win32", {}, lambda: False)


def test_an_x_server_that_is_not_there_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")
    assert not run.x_server_answers()


# ---- the commands


@pytest.fixture
def ready(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.setattr(run, "environment", lambda folder, lock: Path(folder.name, lock.name))
    monkeypatch.setattr(run, "can_be_loaded", lambda library: True)
    monkeypatch.setattr(run, "has_screen", lambda *_: True)
    return machine


def test_the_program_starts_with_the_checkouts_code_after_its_forms_are_compiled(ready: Machine) -> None:
    assert run.main(["--store", "我的 案件.db"]) == 0
    compile_line, start_line = ready.calls
    python = str(Path(".venv", "requirements.txt"))
    assert compile_line == [python, "-X", "utf8", str(ROOT / "ui" / "compile.py")]
    assert start_line == [python, "-X", "utf8", "-m", "mediation_desk", "--store", "我的 案件.db"]
    assert ready.variables[1]["PYTHONPATH"] == str(ROOT)


def test_without_a_screen_the_program_shows_itself_in_files(
    ready: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "has_screen", lambda *_: False)
    run.main([])
    assert ready.calls[-1][-2:] == ["--demo", str(ROOT / "demo-output")]
    assert ready.variables[-1]["QT_QPA_PLATFORM"] == "offscreen"
    assert "没有可用的屏幕" in capsys.readouterr().err


def test_without_a_screen_other_wishes_are_passed_on(ready: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "has_screen", lambda *_: False)
    run.main(["--version"])
    assert ready.calls[-1][-2:] == ["mediation_desk", "--version"]


@pytest.mark.parametrize(
    ("display", "expected"), [("DISPLAY", True), ("WAYLAND_DISPLAY", True), ("", False)], ids=["x", "wayland", "none"]
)
def test_libraries_for_windows_are_brought_only_where_a_screen_is_claimed(
    ready: Machine, monkeypatch: pytest.MonkeyPatch, display: str, expected: bool
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    if display:
        monkeypatch.setenv(display, "0")
    monkeypatch.setattr(run, "can_be_loaded", lambda library: False)
    run.main([])
    (install,) = ready.did("install")
    assert "libegl1" in install
    assert ("libxcb-cursor0" in install) is expected


def test_the_suite_runs_in_its_own_environment_with_the_arguments_given(ready: Machine) -> None:
    run.main(["test", "-k", "money"])
    python = str(Path(".venv-test", "requirements-dev.txt"))
    assert ready.calls[-1] == [python, "-X", "utf8", "-m", "pytest", "-k", "money"]


def test_the_benchmarks_are_named(ready: Machine) -> None:
    run.main(["bench"])
    assert "tests/bench" in ready.calls[-1]


def test_the_console_program_needs_neither_forms_nor_qts_libraries(
    ready: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "can_be_loaded", lambda library: False)
    run.main(["cli", "list", "--json"])
    assert [line[3:] for line in ready.calls] == [["-m", "mediation_desk.cli", "list", "--json"]]


def test_a_form_that_does_not_compile_stops_the_start(ready: Machine) -> None:
    ready.failing = str(ROOT / "ui" / "compile.py")
    with pytest.raises(SystemExit, match="窗口文件编译失败"):
        run.main([])
    assert len(ready.calls) == 1


def test_the_programs_exit_code_is_passed_on(ready: Machine) -> None:
    ready.failing = "mediation_desk.cli"
    assert run.main(["cli"]) == 1


def test_an_interrupted_program_ends_without_a_traceback(ready: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(run.subprocess, "call", interrupted)
    assert run.main(["cli"]) == 130


def test_an_old_python_can_read_as_far_as_the_sentence_meant_for_it() -> None:
    source = (ROOT / "run.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 7))
    check = next(node for node in tree.body if isinstance(node, ast.If))
    assert not any(isinstance(node, ast.FunctionDef | ast.Assign) for node in tree.body[: tree.body.index(check)])
    assert "需要 Python 3.11" in (ast.get_source_segment(source, check) or "")
