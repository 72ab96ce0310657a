"""Four real matters, taken through the real window by somebody who knows nothing of its code.

    /usr/bin/python3 tests/driven/whole_way.py PYTHON FOLDER

PYTHON is the interpreter of the program's environment. The store and the pictures are left in FOLDER. The facts of the
matters come from public reports; what a report leaves out stays empty, and people are called by their part in it. Ends with exit code 0 and the line "whole way: done" when every step was seen to hold.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from driver import Program, Widget, inside_a_session, press_keys, wait_for

COMMITTEE = "某街道人民调解委员会"
MEDIATORS = ("调解员甲", "调解员乙")


class Clerk:
    """Somebody at the desk: the steps of the trade, as keys, clicks and fields."""

    def __init__(self, python: str, folder: Path) -> None:
        self.python, self.folder = python, folder
        self.store = folder / "数据 库" / "desk.db"
        self.pictures = 0
        self.program = Program(python, "--store", str(self.store))
        self.window = self.program.window()

    def picture(self, name: str) -> None:
        self.pictures += 1
        self.program.photograph(self.folder / f"{self.pictures:02}-{name}.png")

    def dialog(self, title: str) -> Widget:
        return self.program.window(title)

    def page(self, name: str) -> None:
        wait_for(lambda: "active" in self.window.states, "the window to be the active one")
        press_keys({"今日": "ctrl+1", "登记": "ctrl+2", "案件": "ctrl+3", "调解员": "ctrl+4", "设置": "ctrl+5"}[name])

    def tab(self, name: str) -> None:
        self.window.find(name=name, role="page tab").press()

    def records(self, *command: str) -> Any:
        """What the console program says about the same store."""
        done = subprocess.run(
            [self.python, "-X", "utf8", "-m", "mediation_desk.cli", "--store", str(self.store), *command],
            check=True,
            stdout=subprocess.PIPE,
            encoding="utf-8",
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


def set_up_the_house(clerk: Clerk) -> None:
    wizard = clerk.dialog("首次")
    wizard.find("begin_centre").press()
    fill(wizard, centre_name="某区综治中心")
    wizard.find("next").press()
    fill(wizard, committee_name=COMMITTEE, committee_short_name="某")
    clerk.picture("首次设置")
    wizard.find("next").press()
    fill(wizard, user_name="窗口登记员")
    wizard.find("next").press()
    clerk.window = clerk.program.window("某区综治中心")
    clerk.window.find("user_choice")
    clerk.page("调解员")
    for name in MEDIATORS:
        clerk.window.find("add_mediator").press()
        dialog = clerk.dialog("调解员")
        fill(dialog, mediator_name=name)
        dialog.find("add_appointment").press()
        fill(dialog, appointment_since_1="2020-1-1")
        dialog.find("save").press()
        gone(dialog)
    clerk.picture("调解员")


def register(clerk: Clerk, visitor: str, other: str, matter: str, demand: str) -> None:
    clerk.page("登记")
    fill(clerk.window, claimant_name=visitor, respondent_name=other, matter=matter, demand=demand)


def open_registered(clerk: Clerk) -> None:
    clerk.window.find("register_button").press()
    clerk.window.find("open_case").press()
    clerk.window.find("next_button")


def everybody_agrees(clerk: Clerk) -> None:
    clerk.window.find("willingness_button").press()
    dialog = clerk.dialog("意愿")
    dialog.find("willing_parties").tick()
    choose(dialog, answer="同意")
    dialog.find("save_button").press()
    gone(dialog)


def triage(clerk: Clerk, kind: str) -> None:
    clerk.window.find("triage_button").press()
    dialog = clerk.dialog("分流")
    choose(dialog, dispute_kind=kind, statutory_path="人民调解或者行政调解")
    dialog.find("save_button").press()
    gone(dialog)


def accept(clerk: Clerk) -> None:
    clerk.window.find("decision_button").press()
    dialog = clerk.dialog("决定")
    dialog.find("save_button").press()
    gone(dialog)


def assign(clerk: Clerk, name: str) -> None:
    clerk.window.find("assign_button").press()
    dialog = clerk.dialog("指派")
    table = dialog.find("mediator")
    row = next(row for row in range(table.rows) if name in table.cell(row, 0).name)
    table.cell(row, 0).click()
    choose(dialog, kinship="无", same_employer="无", earlier_role="无")
    dialog.find("save_button").press()
    gone(dialog)


def mediate(clerk: Clerk, place: str, record: str, result: str = "调解成功") -> None:
    clerk.tab("调解记录")
    clerk.window.find("record_session").press()
    dialog = clerk.dialog("登记调解")
    fill(dialog, place=place, record=record)
    dialog.find("present_parties").tick()
    dialog.find("session_mediators").tick()
    choose(dialog, result=result)
    dialog.find("save").press()
    gone(dialog)


def scenario(arguments: list[str]) -> None:
    python, folder = arguments
    clerk = Clerk(python, Path(folder))
    try:
        whole_way(clerk)
    except Exception:
        clerk.picture("没有走通")
        raise
    finally:
        clerk.program.process.kill()
    print("whole way: done")


def whole_way(clerk: Clerk) -> None:
    set_up_the_house(clerk)
    leak_and_blows(clerk)
    clerk.program.close()


def leak_and_blows(clerk: Clerk) -> None:
    """A leak and blows between neighbours, sent by the court before filing; 2,000 yuan paid on the spot."""
    register(
        clerk,
        "楼下住户",
        "楼上住户",
        "两户上下相邻，楼房老旧，楼上多次漏水，损坏楼下房屋。最近一次漏水时双方发生肢体冲突，楼下住户起诉到法院。",
        "赔偿财产损失和医疗费用",
    )
    choose(clerk.window, case_source="接受委托移送调解·法院委托移送·法院委派（立案前）")
    clerk.picture("登记")
    open_registered(clerk)
    everybody_agrees(clerk)
    triage(clerk, "邻里纠纷")
    accept(clerk)
    assign(clerk, MEDIATORS[0])
    clerk.picture("概况")
    mediate(clerk, "当事人住处", "调解员上门查看，多年来几次维修都没有修好。双方愿意就赔偿达成一致。")
    clerk.picture("调解记录")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    inside_a_session(scenario)
