"""Sets up Mediation Desk and starts it; Python itself is all that must be there.

    python3 run.py                start the program (Windows: py run.py)
    python3 run.py test [...]     run the whole test suite; the rest goes to pytest
    python3 run.py cli ...        the console program
    python3 run.py bench [...]    the benchmarks; the rest goes to pytest

The first start makes an environment beside this file from a lock with hashes: `.venv` for the
program, `.venv-test` for tests and benchmarks. A stamp written last tells later starts that it
is whole and of this lock and this Python; anything else is made anew. Then the forms that have
changed are compiled, and the program starts.

On Debian, Ubuntu and their kin the system libraries that Qt needs are looked for first. Root
gets the missing ones installed, anybody else is told the one line that does it. Where no screen
can be reached, the program shows what it can do on a sample dispute and writes it to demo-output/.

All messages go to the error stream, so that the console program's output stays clean.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from sysconfig import get_platform

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python reads this far and gets a sentence
    sys.exit(f"需要 Python 3.11 或更高版本，现在用的是 {sys.version.split()[0]}。")

ROOT = Path(__file__).resolve().parent
DEMO = ROOT / "demo-output"

# system library -> the Debian package that brings it
FOR_QT = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libcups.so.2": "libcups2",
}
FOR_WINDOWS = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def main(arguments: list[str]) -> int:
    """Do what `arguments` ask for and return the exit code."""
    commands = {"test": test, "cli": console, "bench": bench}
    if arguments and arguments[0] in commands:
        return commands[arguments[0]](arguments[1:])
    return start(arguments)


def start(arguments: list[str]) -> int:
    """Start the program, or let it show itself in files where it has no screen."""
    claimed = "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    bring_packages(missing_packages(FOR_QT | FOR_WINDOWS if claimed else FOR_QT, can_be_loaded))
    python = environment(ROOT / ".venv", ROOT / "requirements.txt")
    compile_forms(python)
    if has_screen(sys.platform, os.environ, x_server_answers):
        return run(python, "-m", "mediation_desk", *arguments)
    arguments = arguments or ["--demo", str(DEMO)]
    if "--demo" in arguments:
        say(f"这里没有可用的屏幕：用一件示例纠纷演示全部过程，协议书和窗口截图写入 {DEMO}。")
    return run(python, "-m", "mediation_desk", *arguments, QT_QPA_PLATFORM="offscreen")


def test(arguments: list[str]) -> int:
    """Run the test suite, or the part of it that `arguments` name."""
    return run(test_environment(), "-m", "pytest", *arguments, cwd=ROOT)


def bench(arguments: list[str]) -> int:
    """Run the benchmarks, in their own order."""
    benches = ("-p", "no:randomly", "-o", "python_files=bench_*.py", "-s", "tests/bench")
    return run(test_environment(), "-m", "pytest", *benches, *arguments, cwd=ROOT)


def console(arguments: list[str]) -> int:
    """Run the console program, which needs neither Qt's libraries nor forms."""
    python = environment(ROOT / ".venv", ROOT / "requirements.txt")
    return run(python, "-m", "mediation_desk.cli", *arguments)


def test_environment() -> Path:
    """Make everything ready that tests need and return their Python."""
    bring_packages(missing_packages(FOR_QT, can_be_loaded))
    python = environment(ROOT / ".venv-test", ROOT / "requirements-dev.txt")
    compile_forms(python)
    return python


def environment(folder: Path, lock: Path) -> Path:
    """Return the Python of the environment in `folder`, making it first unless it is whole and of this `lock`."""
    python = python_in(folder, os.name)
    stamp = folder / "installed.txt"
    wanted = fingerprint(lock)
    if not is_ready(python, stamp, wanted):
        say(f"正在准备运行环境 {folder.name}，第一次需要一两分钟……")
        if find_spec("ensurepip") is None:
            bring_packages([f"python{sys.version_info.major}.{sys.version_info.minor}-venv"])
        make_environment(folder, python, lock)
        stamp.write_text(wanted, encoding="utf-8")
    return python


def python_in(folder: Path, system: str) -> Path:
    """Where an environment in `folder` keeps its Python."""
    return folder / ("Scripts/python.exe" if system == "nt" else "bin/python")


def fingerprint(lock: Path) -> str:
    """Tell environments apart by lock, Python and machine; a mere repair release of Python makes no difference."""
    return f"{hashlib.sha256(lock.read_bytes()).hexdigest()} {sys.implementation.cache_tag} {get_platform()}"


def is_ready(python: Path, stamp: Path, wanted: str) -> bool:
    """Whether the environment was made to the end, and as it is wanted now."""
    return python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted


def make_environment(folder: Path, python: Path, lock: Path) -> None:
    """Make `folder` from nothing, with exactly the packages of `lock`; what fails leaves nothing behind."""
    pip = [str(python), "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    try:
        subprocess.run([sys.executable, "-I", "-m", "venv", "--clear", str(folder)], check=True)
        # The lock names every package: nothing is looked for beyond it, also not for an extra like `coverage[toml]`.
        locked = ["--no-deps", "--require-hashes", "--only-binary=:all:", "-r", str(lock)]
        subprocess.run([*pip, *locked], check=True)
    except (OSError, subprocess.CalledProcessError, KeyboardInterrupt) as reason:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(reason, OSError):
            say(str(reason))
        sys.exit(
            "运行环境没有准备好，原因见上；半成品已清除，案件数据没有改动。\n"
            "多半是连不上软件源或磁盘空间不足：请检查后重新运行同一条命令。"
        )


def compile_forms(python: Path) -> None:
    """Compile the forms that have changed since the last start."""
    if run(python, str(ROOT / "ui" / "compile.py")) != 0:
        sys.exit("窗口文件编译失败，原因见上；程序没有启动，案件数据没有改动。")


def run(python: Path, *arguments: str, cwd: Path | None = None, **variables: str) -> int:
    """Run `python` with the checkout's code until it ends and return its exit code."""
    try:
        return subprocess.call(
            [str(python), "-X", "utf8", *arguments],
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        )
    except KeyboardInterrupt:
        return 130  # as shells have it


def has_screen(system: str, environ: Mapping[str, str], x_answers: Callable[[], bool]) -> bool:
    """Whether a window can appear: on Linux where a display server can be reached, elsewhere always."""
    if not system.startswith("linux"):
        return True
    if environ.get("QT_QPA_PLATFORM"):
        return environ["QT_QPA_PLATFORM"].partition(":")[0] not in {"offscreen", "minimal"}
    wayland = environ.get("WAYLAND_DISPLAY")
    if wayland and Path(environ.get("XDG_RUNTIME_DIR", "/"), wayland).exists():
        return True
    return bool(environ.get("DISPLAY")) and x_answers()


def x_server_answers() -> bool:
    """Whether the X server of $DISPLAY lets this user in."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not refused


def missing_packages(needed: Mapping[str, str], loads: Callable[[str], bool]) -> list[str]:
    """Return the packages of those `needed` libraries that cannot be loaded.

    The dynamic loader is asked, not the package list: it is what Qt will ask, and the names of packages change.
    """
    return [package for library, package in needed.items() if not loads(library)]


def can_be_loaded(library: str) -> bool:
    """Whether the dynamic loader finds `library` and all that it needs."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def bring_packages(packages: list[str]) -> None:
    """Install Debian `packages` if we may, else say how and stop; do nothing where Debian's packages are not in use."""
    if not packages or not shutil.which("apt-get"):
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() != 0:
        line = f"sudo apt-get update && sudo {' '.join(install)}"
        sys.exit(f"缺少系统组件，程序没有启动。请先运行下面这一行，再重新运行本命令：\n    {line}")
    say(f"正在安装缺少的系统组件：{'、'.join(packages)}")
    unattended = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update"], install):
        if subprocess.call(step, env=unattended, stdout=subprocess.DEVNULL) != 0:
            sys.exit(f"系统组件没有装上，原因见上。请检查网络后重新运行本命令。失败的一步：{' '.join(step)}")


def say(text: str) -> None:
    """Tell the person at the console."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
