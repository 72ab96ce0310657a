"""Drives the program from outside, as a person with keyboard, mouse and screen reader: none of its code is imported.

A scenario gets a private screen (Xvfb with openbox), a private D-Bus session, and reads the window by AT-SPI, which
finds widgets by role, accessible name and objectName. Keys and clicks are real (xdotool). Runs on the system's Python,
because PyGObject comes from there:

    PYTHONPATH=. /usr/bin/python3 tests/driven/whole_way.py PYTHON FOLDER

Debian packages: xvfb xdotool openbox at-spi2-core dbus dbus-daemon python3-gi gir1.2-atspi-2.0 poppler-utils
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

_INSIDE = "MEDIATION_DESK_DRIVEN"
_SCREEN = "1366x768x24"

T = TypeVar("T")


class Missing(Exception):
    """What the scenario waited for did not come."""


def inside_a_session(scenario: Callable[[list[str]], None]) -> None:
    """Run this script again on a screen and a bus of its own, then `scenario` with the script's arguments."""
    if os.environ.get(_INSIDE):
        import gi

        gi.require_version("Atspi", "2.0")
        scenario(sys.argv[1:])
        return
    folder = tempfile.mkdtemp(prefix="driven-")
    Path(folder).chmod(0o700)
    screen, display = _start_screen(folder)
    surroundings = {
        **os.environ,
        _INSIDE: "1",
        "DISPLAY": display,
        "XDG_RUNTIME_DIR": folder,
        **{f"XDG_{kind}_HOME": folder for kind in ("CONFIG", "DATA", "STATE", "CACHE")},
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "LC_ALL": "C.UTF-8",
        "QT_IM_MODULE": "",
        "XMODIFIERS": "",
    }
    for name in ("DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY"):
        surroundings.pop(name, None)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    manager = subprocess.Popen(["openbox", "--sm-disable"], env=surroundings, **quiet)  # type: ignore[call-overload]
    try:
        code = subprocess.call(["dbus-run-session", "--", sys.executable, *sys.argv], env=surroundings)
    finally:
        for process in (manager, screen):
            process.terminate()
            process.wait()
    sys.exit(code)


def _start_screen(folder: str) -> "tuple[subprocess.Popen[bytes], str]":
    reading, writing = os.pipe()
    with Path(folder, "xvfb.log").open("wb") as log:
        screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", _SCREEN, "-nolisten", "tcp"],
            pass_fds=(writing,),
            stderr=log,
        )
    os.close(writing)
    number = b""
    while not number.endswith(b"\n"):
        piece = os.read(reading, 16)
        if not piece:
            raise Missing("Xvfb did not start")
        number += piece
    return screen, f":{number.decode().strip()}"


def wait_for(fact: Callable[[], T], what: str, seconds: float = 20) -> T:
    """Ask `fact` until it is true; widgets may come and go meanwhile."""
    from gi.repository import GLib

    end = time.monotonic() + seconds
    while True:
        try:
            found = fact()
            if found:
                return found
        except GLib.Error:
            pass  # it went away while we looked: look again
        if time.monotonic() > end:
            raise Missing(what)
        time.sleep(0.05)


class Widget:
    """Something on the screen, as a screen reader knows it."""

    def __init__(self, accessible: Any) -> None:
        self._accessible = accessible

    @property
    def role(self) -> str:
        return str(self._accessible.get_role_name())

    @property
    def name(self) -> str:
        return str(self._accessible.get_name() or "")

    @property
    def id(self) -> str:
        """The objectName."""
        return str(self._accessible.get_accessible_id() or "").rpartition(".")[2]

    @property
    def states(self) -> set[str]:
        return {state.value_nick for state in self._accessible.get_state_set().get_states()}

    @property
    def text(self) -> str:
        text = self._accessible.get_text_iface()
        return str(text.get_text(0, text.get_character_count())) if text else self.name

    def is_there(self) -> bool:
        return "visible" in self.states

    def parts(self) -> "list[Widget]":
        self._accessible.clear_cache()
        children = (self._accessible.get_child_at_index(at) for at in range(self._accessible.get_child_count()))
        return [Widget(child) for child in children if child]

    def everything(self, depth: int = 16) -> "Iterator[Widget]":
        yield self
        if depth and self.role not in ("table", "tree table"):
            for part in self.parts():
                yield from part.everything(depth - 1)

    def look_for(self, *, id: str = "", name: str = "", role: str = "") -> "Widget | None":  # noqa: A002
        for widget in self.everything():
            fits = (
                (not id or widget.id == id) and (not name or widget.name == name) and (not role or widget.role == role)
            )
            if fits and widget.is_there():  # scrolled out of view counts: a person scrolls
                return widget
        return None

    def find(self, id: str = "", *, name: str = "", role: str = "", seconds: float = 20) -> "Widget":  # noqa: A002
        """The first part that is shown and fits; waits for it."""
        what = " ".join(each for each in (role, name, id) if each)
        found = wait_for(lambda: self.look_for(id=id, name=name, role=role), f"“{what}” in “{self.name}”", seconds)
        assert found is not None
        return found

    def press(self) -> None:
        """Press a button, choose a tab, tick a box."""
        self.act("Press", "Toggle", "Select", "SetFocus")

    def act(self, *kinds: str) -> None:
        """Do the first of these actions that the widget offers."""
        actions = self._accessible.get_action_iface()
        names = [actions.get_action_name(at) for at in range(actions.get_n_actions())]
        wanted = next((each for each in kinds if each in names), None)
        if wanted is None:
            raise Missing(f"{' or '.join(kinds)} of “{self.name}”, which offers {names}")
        from gi.repository import GLib

        try:
            actions.do_action(names.index(wanted))
        except GLib.Error as error:
            if "timeout" not in str(error).lower() and "did not" not in str(error).lower():
                raise

    def write(self, text: str) -> None:
        """Put `text` into a field, whatever its script: as an input method commits it."""
        assert self._accessible.get_editable_text_iface().set_text_contents(text)

    def click(self) -> None:
        self.point_at()
        xdotool("click", "1")

    @property
    def box(self) -> Any:
        """Where it is on the screen: x, y, width, height."""
        from gi.repository import Atspi

        return self._accessible.get_component_iface().get_extents(Atspi.CoordType.SCREEN)

    def point_at(self) -> None:
        """Put the mouse over the middle of it."""
        box = self.box
        xdotool("mousemove", str(box.x + box.width // 2), str(box.y + box.height // 2))

    def scroll_down_to(self, part: "Widget") -> None:
        """Turn the wheel over this until all of `part` is in sight."""
        self.point_at()

        def is_seen() -> bool:
            seen = bool(part.box.y + part.box.height <= self.box.y + self.box.height)
            if not seen:
                xdotool("click", "5")
            return seen

        wait_for(is_seen, f"“{part.name}” in sight")

    def tick(self, *parts_of_names: str, except_for: str = "") -> None:
        """Tick just the entries of a list whose text has one of these in it, or all but one, walking it by keyboard."""
        self.focus()
        press_keys("Home")
        for entry in [each for each in self.parts() if each.role == "list item"]:
            wanted = not parts_of_names or any(part in entry.name for part in parts_of_names)
            wanted = wanted and not (except_for and except_for in entry.name)
            if entry.is_checked() != wanted:
                press_keys("space")
                wait_for(partial(entry.is_ticked_so, wanted), f"the tick of “{entry.name}”")
            press_keys("Down")

    def is_ticked_so(self, ticked: bool) -> bool:
        return self.is_checked() == ticked

    def focus(self) -> None:
        self._accessible.get_component_iface().grab_focus()
        wait_for(lambda: "focused" in self.states, f"the focus on “{self.name}”")

    def double_click(self) -> None:
        self.click()
        xdotool("click", "1")

    def choose(self, label: str) -> None:
        """Choose an entry of a combo box by walking its list with the keyboard."""
        self.act("ShowMenu", "Press")
        wait_for(lambda: self.current_entry() or "expanded" in self.states, f"the list of “{self.name}”")
        press_keys("Home")
        for _ in range(80):
            entry = self.current_entry()
            if entry == label:
                press_keys("Return")
                wait_for(lambda: self.shown_entry() == label, f"“{label}” in “{self.name}”")
                return
            press_keys("Down")
            wait_for(partial(self.has_moved_from, entry), f"an entry after “{entry}” in “{self.name}”", 3)
        raise Missing(f"“{label}” in “{self.name}”")

    def current_entry(self) -> str:
        """The entry the cursor is on while the list of a combo box is open."""
        for widget in self.everything(4):
            if widget.role == "list item" and {"selected", "focused"} & widget.states:
                return widget.name
        return ""

    def has_moved_from(self, entry: str) -> bool:
        return self.current_entry() != entry

    def shown_entry(self) -> str:
        value = self._accessible.get_text_iface()
        return str(value.get_text(0, value.get_character_count())) if value else self.name

    @property
    def rows(self) -> int:
        self._accessible.clear_cache()
        return int(self._accessible.get_table_iface().get_n_rows())

    def cell(self, row: int, column: int) -> "Widget":
        return Widget(self._accessible.get_table_iface().get_accessible_at(row, column))

    @property
    def lines(self) -> list[list[str]]:
        """What stands in each cell of a table, row by row."""
        columns = range(self._accessible.get_table_iface().get_n_columns())
        return [[self.cell(row, column).name for column in columns] for row in range(self.rows)]

    @property
    def headings(self) -> list[str]:
        table = self._accessible.get_table_iface()
        return [str(table.get_column_description(column)) for column in range(table.get_n_columns())]

    def is_checked(self) -> bool:
        self._accessible.clear_cache()
        return "checked" in self.states


class Program:
    """The running program."""

    def __init__(self, python: str, *arguments: str, scale: str = "1") -> None:
        self.python = python
        command = [python, "-X", "utf8", "-m", "mediation_desk", *arguments]
        self.process = subprocess.Popen(command, env={**os.environ, "QT_SCALE_FACTOR": scale})

    def window(self, title: str = "调解工作台", seconds: float = 40) -> Widget:
        """The window or dialog whose title has `title` in it."""
        from gi.repository import Atspi

        def look() -> Widget | None:
            desktop = Atspi.get_desktop(0)
            for at in range(desktop.get_child_count()):
                program = desktop.get_child_at_index(at)
                if program and program.get_process_id() == self.process.pid:
                    for shown in Widget(program).parts():
                        if (
                            shown.role in ("frame", "dialog", "window", "alert")
                            and title in shown.name
                            and shown.is_there()
                        ):
                            return shown
            return None

        found = wait_for(look, f"a window titled “{title}”", seconds)
        assert found is not None
        return found

    def photograph(self, picture: Path) -> None:
        """Take a picture of the screen; Pillow comes with the program's own environment."""
        code = (
            "import os, sys; from PIL import ImageGrab as g; g.grab(xdisplay=os.environ['DISPLAY']).save(sys.argv[1])"
        )
        subprocess.run([self.python, "-c", code, str(picture)], check=True)

    def close(self) -> None:
        press_keys("alt+F4")
        self.process.wait(20)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(20)


def xdotool(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True, stdout=subprocess.DEVNULL)


def press_keys(*keys: str) -> None:
    xdotool("key", *keys)


def type_keys(text: str) -> None:
    """Type plain ASCII with real key strokes."""
    xdotool("type", "--delay", "8", text)
