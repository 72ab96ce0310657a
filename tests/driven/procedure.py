"""What goes on around mediation, done in the real window: the same dispute comes back, other units are written to.

    PYTHONPATH=. /usr/bin/python3 tests/driven/procedure.py PYTHON FOLDER

PYTHON is the interpreter of the program's environment. The store and the pictures are left in FOLDER. What happened on
earlier days is there before the window opens (`earlier_days`); everything else is done by keys, clicks and fields.
Ends with exit code 0 and the line "procedure: done" when every step was seen to hold.
"""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.driven.desk_steps import Clerk, fill, open_registered, store_in
from tests.driven.driver import Widget, inside_a_session, wait_for

LEAK = "示人调字第1号"
"""The number of the case that was settled eight months ago, after its year."""


def remember_earlier_days(python: str, folder: Path) -> None:
    subprocess.run(
        [python, "-X", "utf8", "-m", "tests.driven.earlier_days", str(store_in(folder))], check=True, env=os.environ
    )


# ---- the tab 程序


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


def kept(clerk: Clerk, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """What the store holds in these columns, in the order it was recorded: the exchange format has no procedure."""
    with closing(sqlite3.connect(f"{clerk.store.as_uri()}?mode=ro", uri=True)) as store:
        return store.execute(f"select {', '.join(columns)} from {table} order by id").fetchall()


# ---- the same dispute comes back


def the_same_pair_comes_back(clerk: Clerk) -> None:
    """Eight months after an agreement nobody kept: known by the two names, before a word of the story is typed."""
    clerk.page("登记")
    fill(clerk.window, claimant_name="楼下住户")
    wait_for(lambda: shown_earlier(clerk).startswith("姓名相同"), "a case of somebody of that name")
    fill(clerk.window, respondent_name="楼上住户")
    wait_for(lambda: shown_earlier(clerk).startswith("双方相同"), "the case of the two")
    clerk.picture("认出以往案件")
    [line] = earlier_cases(clerk)
    assert LEAK in line.name, line.name
    assert "协议逾期未履行" in line.name, line.name
    result = clerk.window.find("earlier_result").text
    assert "达成书面协议" in result, result
    assert "逾期未履行：楼上住户付楼下住户3,000.00元" in result, result
    clerk.window.find("same_dispute").press()
    wait_for(lambda: shown_earlier(clerk).startswith("【同一纠纷】"), "the decision")
    fill(clerk.window, matter="同一处又漏水，答应的赔偿至今没有付。", demand="按协议赔偿并修好。")
    clerk.picture("认定同一纠纷")
    open_registered(clerk)
    assert topic(clerk, "关联案件") == "再次来访"
    [(how, which, _, _)] = facts(clerk)
    assert (how, LEAK in which) == ("同一纠纷", True), which
    clerk.picture("关联案件")
    [first, now] = [number for (number,) in kept(clerk, "cases", "id")]
    assert kept(clerk, "relations", "case_id", "kind", "other_id", "main_id") == [(now, "same_dispute", first, first)]
    clerk.window.find("open_related").press()
    wait_for(lambda: LEAK in clerk.window.find("number_text").text, "the earlier case to open")
    topic(clerk, "关联案件")
    assert [line[0] for line in facts(clerk)] == ["后来再次来访"]
    clerk.picture("前案的关联")


def earlier_cases(clerk: Clerk) -> list[Widget]:
    """The earlier cases beside the registration form."""
    panel = clerk.window.look_for(id="earlier_cases")
    return [each for each in panel.parts() if each.role == "list item"] if panel else []


def shown_earlier(clerk: Clerk) -> str:
    """What the first of them says, "" where there is none."""
    return next((each.name for each in earlier_cases(clerk)), "")


def scenario(arguments: list[str]) -> None:
    python, folder = arguments
    remember_earlier_days(python, Path(folder))
    clerk = Clerk(python, Path(folder))
    try:
        the_same_pair_comes_back(clerk)
        clerk.program.close()
    except Exception:
        clerk.picture("没有走通")
        raise
    finally:
        clerk.program.process.kill()
    print("procedure: done")


if __name__ == "__main__":
    inside_a_session(scenario)
