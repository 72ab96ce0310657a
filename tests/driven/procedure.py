"""What goes on around mediation, done in the real window: the same dispute comes back, other units are written to.

    PYTHONPATH=. /usr/bin/python3 tests/driven/procedure.py PYTHON FOLDER

PYTHON is the interpreter of the program's environment. The store and the pictures are left in FOLDER. What happened on
earlier days is there before the window opens (`earlier_days`); everything else is done by keys, clicks and fields.
Ends with exit code 0 and the line "procedure: done" when every step was seen to hold.
"""

import os
import re
import sqlite3
import subprocess
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.driven.desk_steps import Clerk, choose, fill, gone, open_case, open_registered, store_in
from tests.driven.driver import Widget, inside_a_session, press_keys, wait_for

COMMITTEE = "示例街道人民调解委员会"
LEAK = "示人调字第1号"
"""The number of the case that was settled eight months ago, after its year."""
WHY_STOPPED = "委托鉴定或专家咨询：测噪声"


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
    case_ids = [each for (each,) in kept(clerk, "cases", "id")]
    first, now = case_ids[0], case_ids[-1]
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


# ---- a matter goes to another unit, and comes back


def a_unit_objects_and_is_right(clerk: Clerk) -> None:
    """Sent weeks ago, signed for the day after; its objection is of the fifth working day, and reaches the desk now."""
    today = date.today()
    sent_on, signed_on = today - timedelta(days=25), today - timedelta(days=24)
    open_case(clerk, "沿街住户")
    topic(clerk, "转办往来")
    clerk.window.find("send_out").press()
    dialog = clerk.dialog("受理决定")
    choose(dialog, referral_kind="转办")
    fill(
        dialog,
        handed_to="示例区住建委",
        document_no="示转〔2026〕7号",
        referral_matter="楼前搭棚占用消防通道",
        decision_reason="请依职权查处",
        due_on=(today + timedelta(days=10)).isoformat(),
        decided_on=sent_on.isoformat(),
    )
    clerk.picture("转办")
    dialog.find("save_button").press()
    gone(dialog)
    wait_for(lambda: clerk.window.find("stage_text").text == "已转办", "the matter to be away")
    assert "还没有签收" in next_step(clerk)
    assert topic(clerk, "转办往来") == "1项待答复"
    step(clerk, "sign_referral", "登记签收", person="周收发", happened_on=signed_on.isoformat())
    told = clerk.window.find("fact_text").text
    last_day = re.search(r"可以提出异议至：([0-9-]+)", told)
    assert last_day, told
    assert timedelta(days=4) < date.fromisoformat(last_day[1]) - signed_on < timedelta(days=20), told
    clerk.picture("已签收")
    clerk.window.find("object_to_referral").press()
    dialog = clerk.dialog("登记异议")
    assert f"住建委可以在{last_day[1]}以前提出异议" in dialog.find("step_hint").text, dialog.find("step_hint").text
    fill(dialog, person="周收发", step_text="搭棚由城管查处，不属住建委职权")
    dialog.find("save_button").press()
    late = dialog.find("happened_on_caption")
    wait_for(lambda: f"最后一日是{last_day[1]}" in late.text, "the refusal of an objection of today")
    clerk.picture("异议逾期")
    fill(dialog, happened_on=last_day[1])
    dialog.find("save_button").press()
    gone(dialog)
    assert "示例区住建委提出异议，请答复" in next_step(clerk)
    topic(clerk, "转办往来")
    step(clerk, "answer_objection", "答复异议", step_text="确属城管职权")
    clerk.picture("已退回")
    assert [line[2:] for line in facts(clerk)] == [["示例区住建委", "转办", facts(clerk)[0][4], "已退回"]]
    assert "示例区住建委已退回（异议成立）" in next_step(clerk)
    assert clerk.window.find("stage_text").text == "已分流"
    clerk.picture("回到本中心")
    assert kept(clerk, "referral_steps", "kind", "happened_on", "person") == [
        ("signed_for", signed_on.isoformat(), "周收发"),
        ("objected", last_day[1], "周收发"),
        ("objection_upheld", today.isoformat(), ""),
        ("returned", today.isoformat(), ""),
    ]


# ---- a case is late, and somebody asks why


def a_late_case_is_urged_and_answered(clerk: Clerk) -> None:
    """Taken sixty days ago: the thirty days are over for twenty, as ten of them did not count."""
    today = date.today()
    open_case(clerk, "受扰住户")
    assert topic(clerk, "期限") == "1项逾期"
    topic(clerk, "督办")
    clerk.window.find("issue_order_button").press()
    dialog = clerk.dialog("发督办单")
    choose(dialog, fault_code="超过规定期限")
    answer_by = (today + timedelta(days=3)).isoformat()
    fill(dialog, unit=COMMITTEE, demand="说明逾期原因，尽快办结", due_on=answer_by)
    clerk.picture("发督办单")
    dialog.find("save_button").press()
    gone(dialog)
    assert [line[-1] for line in facts(clerk)] == ["待回复，还有3天"], facts(clerk)
    save_how_it_was_counted(clerk, today)
    assert topic(clerk, "督办") == "1项待回复"
    clerk.window.find("reply_to_order_button").press()
    dialog = clerk.dialog("登记督办回复")
    fill(dialog, reply="测噪声以后没有及时恢复调解，本周内安排。")
    dialog.find("add_clock_button").press()
    reply = wait_for(lambda: answer_with_days(dialog), "the days in the reply")
    assert f"停计　共10天　{WHY_STOPPED}" in reply, reply
    assert reply.endswith(f"情况：截至{today}，逾期20天"), reply
    clerk.picture("附入计期说明")
    dialog.find("save_button").press()
    gone(dialog)
    step(clerk, "settle_order_button", "认定督办回复", settle_result="原因说明清楚，继续跟踪")
    assert [line[-1] for line in facts(clerk)] == ["已认定"], facts(clerk)
    clerk.picture("督办办结")
    days = ("issued_on", "due_on", "replied_on", "settled_on")
    [(unit, fault, said, *when)] = kept(clerk, "supervision_orders", "unit", "fault_code", "reply", *days)
    assert (unit, fault, said) == (COMMITTEE, "overdue", reply)
    assert when == [today.isoformat(), answer_by, today.isoformat(), today.isoformat()], when


def answer_with_days(dialog: Widget) -> str:
    """The reply, once the days were put into it."""
    reply = dialog.find("reply").text
    return reply if "计期说明" in reply else ""


def save_how_it_was_counted(clerk: Clerk, today: date) -> None:
    """The sheet that goes with the answer: each day with its number, those that did not count, and the end."""
    topic(clerk, "期限")
    table = clerk.window.find("facts", role="tree")
    row = next(row for row, line in enumerate(table.lines) if line[0].startswith("调解期限"))
    assert table.lines[row][-1] == "逾期20天", table.lines
    table.cell(row, 0).click()
    wait_for(lambda: WHY_STOPPED in clerk.window.find("fact_text").text, "the days of mediation")
    clerk.picture("期限逾期")
    clerk.window.find("save_clock_button").press()
    dialog = clerk.dialog("另存为")
    target = clerk.folder / "期限计算说明.pdf"
    fill(dialog, fileNameEdit=str(target))
    clerk.picture("另存为")
    press_keys("Return")
    gone(dialog)
    wait_for(target.exists, "the sheet")
    words = words_of(target)
    took = today - timedelta(days=60)
    for day, told in [(0, "起算"), (9, "第9日"), (10, "停计"), (19, "停计"), (20, "第10日"), (40, "第30日")]:
        when = took + timedelta(days=day)
        assert told == beneath(words, f"{when.month}-{when.day}"), (when, told, words)
    told = "".join(words.split())
    assert f"{COMMITTEE}的督办（第1号，" in told, words
    assert f"{WHY_STOPPED}届满：" in told, words
    assert "逾期20天" in told, words


def words_of(pdf: Path) -> str:
    """The text of a PDF, laid out as on the paper."""
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return done.stdout


def beneath(words: str, day: str) -> str:
    """What stands under a day of the calendar on the sheet: of its week, the entry at the same place."""
    lines = [line.split() for line in words.splitlines()]
    week = next(no for no, line in enumerate(lines) if day in line)
    return lines[week + 1][lines[week].index(day)]


def next_step(clerk: Clerk) -> str:
    """What 概况 says is to be done next."""
    clerk.tab("概况")
    return clerk.window.find("next_text").text


def step(clerk: Clerk, button: str, title: str, **texts: str) -> None:
    """Record a step of what is open in the tab 程序."""
    clerk.window.find(button).press()
    dialog = clerk.dialog(title)
    fill(dialog, **texts)
    dialog.find("save_button").press()
    gone(dialog)


def scenario(arguments: list[str]) -> None:
    python, folder = arguments
    remember_earlier_days(python, Path(folder))
    clerk = Clerk(python, Path(folder))
    try:
        the_same_pair_comes_back(clerk)
        a_unit_objects_and_is_right(clerk)
        a_late_case_is_urged_and_answered(clerk)
        clerk.program.close()
    except Exception:
        clerk.picture("没有走通")
        raise
    finally:
        clerk.program.process.kill()
    print("procedure: done")


if __name__ == "__main__":
    inside_a_session(scenario)
