"""Somebody at the desk, and the steps of the trade that every scenario goes through: keys, clicks and fields."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from tests.driven.driver import Program, Widget, press_keys, wait_for


def store_in(folder: Path) -> Path:
    """Where a scenario has its store: a path with a blank and Chinese letters, as people have them."""
    return folder / "数据 库" / "desk.db"


class Clerk:
    """Somebody at the desk: has the window open, can ask the console program, takes pictures."""

    def __init__(self, python: str, folder: Path, *before: str) -> None:
        """`before` is a command of the console program that is done before the window opens."""
        self.python, self.folder = python, folder
        self.store = store_in(folder)
        self.pictures = 0
        self.password = ""
        if before:
            self.records(*before)
        self.program = Program(python, "--store", str(self.store))
        self.window = self.program.window()

    def picture(self, name: str) -> None:
        self.pictures += 1
        self.program.photograph(self.folder / f"{self.pictures:02}-{name}.png")

    def dialog(self, title: str) -> Widget:
        return self.program.window(title)

    def page(self, name: str) -> None:
        wait_for(lambda: "active" in self.window.states, "the window to be the active one")
        pages = ("今日", "登记", "案件", "排班", "调解员", "设置")
        press_keys(f"ctrl+{pages.index(name) + 1}")

    def tab(self, name: str) -> None:
        self.window.find(name=name, role="page tab").press()

    def records(self, *command: str) -> Any:
        """What the console program says about the same store."""
        done = subprocess.run(
            [self.python, "-X", "utf8", "-m", "mediation_desk.cli", "--store", str(self.store), *command],
            check=True,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "MEDIATION_DESK_PASSWORD": self.password},
        )
        return json.loads(done.stdout) if "--json" in command else done.stdout


def fill(form: Widget, **texts: str) -> None:
    """Write each text into the field of that objectName."""
    for name, text in texts.items():
        form.find(name).write(text)


def choose(form: Widget, **labels: str) -> None:
    for name, label in labels.items():
        form.find(name).choose(label)


def gone(form: Widget) -> None:
    """Wait until a dialog has closed: it does only when the desk accepted what it says."""
    wait_for(lambda: "showing" not in form.states, f"the end of “{form.name}”")


def register(clerk: Clerk, visitor: str, other: str, matter: str, demand: str) -> None:
    clerk.page("登记")
    fill(clerk.window, claimant_name=visitor, respondent_name=other, matter=matter, demand=demand)


def open_registered(clerk: Clerk) -> None:
    clerk.window.find("register_button").press()
    clerk.window.find("open_case").press()
    clerk.window.find("next_button")


def answer(clerk: Clerk, said: str, *parties: str, except_for: str = "", note: str = "") -> None:
    """Record what parties said to mediation; all of them when none is named."""
    clerk.window.find("willingness_button").press()
    dialog = clerk.dialog("意愿")
    dialog.find("willing_parties").tick(*parties, except_for=except_for)
    choose(dialog, answer=said)
    fill(dialog, willingness_note=note)
    dialog.find("save_button").press()
    gone(dialog)


def triage(clerk: Clerk, kind: str, reason: str = "") -> None:
    clerk.window.find("triage_button").press()
    dialog = clerk.dialog("分流")
    choose(dialog, dispute_kind=kind, statutory_path="人民调解或者行政调解")
    fill(dialog, triage_reason=reason)
    dialog.find("save_button").press()
    gone(dialog)


def accept(clerk: Clerk, committee: str = "") -> None:
    """Accept the case; where there are several committees, name the one."""
    clerk.window.find("decision_button").press()
    dialog = clerk.dialog("决定")
    if committee:
        choose(dialog, committee=committee)
    dialog.find("save_button").press()
    gone(dialog)


def refused(clerk: Clerk, sentence: str) -> None:
    """The desk says no in a box with this in it; read it and go on."""
    box = clerk.dialog(sentence)
    press_keys("Return")
    gone(box)


def confirm(clerk: Clerk, question: str, button: str) -> None:
    """The desk asks something with this in it; say yes."""
    box = clerk.dialog(question)
    box.find(name=button, role="push button").press()
    gone(box)


def recorded(clerk: Clerk, visitor: str) -> Any:
    """What the store holds of the case of this visitor."""
    [row] = clerk.records("list", "--query", visitor, "--json")
    return clerk.records("show", row["number"], "--json", "--reason", "核对录入")


def open_case(clerk: Clerk, visitor: str) -> None:
    """Find the case of a visitor by the search box, and open it."""
    wait_for(lambda: "active" in clerk.window.states, "the window to be the active one")
    fill(clerk.window, search_box=visitor)
    press_keys("ctrl+k", "Return")
    found = clerk.window.find("case_table")
    wait_for(lambda: found.rows == 1, f"the case of {visitor}")
    found.cell(0, 0).click()
    press_keys("Return")
    clerk.window.find("mediators_text")


def topic(clerk: Clerk, name: str) -> str:
    """Open a topic of the tab 程序. What stands beside its name, such as how many days it is late."""
    clerk.tab("程序")
    topics = clerk.window.find("topics")
    line = next(each for each in topics.parts() if each.name.partition("　")[0] == name)
    mark = line.name.partition("　")[2]
    line.click()
    wait_for(lambda: "selected" in line.states, f"the topic {name}")
    return mark


def facts(clerk: Clerk) -> list[list[str]]:
    """The lines of the topic that is open."""
    return clerk.window.find("facts", role="tree").lines  # cells of lists that are not shown bear the name too


def step(clerk: Clerk, button: str, title: str, **texts: str) -> None:
    """Record a step of what is open in the tab 程序."""
    clerk.window.find(button).press()
    dialog = clerk.dialog(title)
    fill(dialog, **texts)
    dialog.find("save_button").press()
    gone(dialog)
