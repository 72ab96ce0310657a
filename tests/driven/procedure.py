"""What goes on around mediation, done in the real window: petitions, other units, delay, a dispute that is back.

    PYTHONPATH=. /usr/bin/python3 tests/driven/procedure.py PYTHON FOLDER

PYTHON is the interpreter of the program's environment. The store and the pictures are left in FOLDER. What happened on
earlier days is there before the window opens (`earlier_days`); everything else is done by keys, clicks and fields.
Ends with exit code 0 and the line "procedure: done" when every step was seen to hold.
"""

import re
import sqlite3
import subprocess
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.driven.desk_steps import (
    Clerk,
    accept,
    answer,
    choose,
    facts,
    fill,
    gone,
    open_case,
    open_registered,
    recorded,
    register,
    step,
    store_in,
    topic,
    triage,
)
from tests.driven.driver import Widget, inside_a_session, press_keys, wait_for
from tests.driven.whole_way import assign, draft, freeze, mediate, owe, settle, sign

COMMITTEE = "示例街道人民调解委员会"
MEDIATOR = "赵和"
LEAK = "示人调字第1号"
"""The number of the case that was settled eight months ago, after its year."""
RESULT = "双方达成调解协议，当场签署"
WHY_STOPPED = "委托鉴定或专家咨询：测噪声"


def remember_earlier_days(python: str, folder: Path) -> None:
    subprocess.run([python, "-X", "utf8", "-m", "tests.driven.earlier_days", str(store_in(folder))], check=True)


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
    dialog = clerk.dialog("转办决定")
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


# ---- a petition item is mediated


def a_petition_item_is_settled(clerk: Clerk) -> None:
    """From the petition office to an agreement that everybody signed, and back as finished."""
    register(clerk, "加装电梯住户", "底层住户", "加装电梯挡了底层的光，双方各自信访半年。", "补偿采光损失")
    choose(clerk.window, case_source="接受委托移送调解·信访部门委托移送")
    clerk.picture("登记信访来的纠纷")
    open_registered(clerk)
    answer(clerk, "同意")
    triage(clerk, "邻里纠纷")
    assert "请登记信访编号和种类" in next_step(clerk)
    clerk.window.find("next_button").press()
    clerk.window.find("record_petition").press()
    dialog = clerk.dialog("信访事项")
    choose(dialog, petition_kind="申诉求决")
    fill(dialog, petition_number="XF2026-0001")
    clerk.picture("登记信访事项")
    dialog.find("save_button").press()
    gone(dialog)
    petition_step(clerk, "书面告知")
    assert "告知可以调解" in next_step(clerk)
    petition_step(clerk, "告知可以调解", "当面告知")
    petition_step(clerk, "转入调解")
    clerk.picture("转入调解")
    assert "请决定是否受理" in next_step(clerk)
    accept(clerk)
    assign(clerk, MEDIATOR)
    mediate(clerk, "第一调解室", "双方看了采光测算，愿意按测算补偿。")
    settle(clerk, "达成书面协议")
    draft(
        clerk,
        "加装电梯影响底层采光，双方对补偿有争议。",
        ["加装电梯住户补偿底层住户采光损失。", "双方就加装电梯再无其他争议。"],
        "当场支付。",
    )
    owe(clerk, "加装电梯住户", "底层住户", "8000", "采光损失", "当场支付")
    freeze(clerk)
    sign(clerk)
    assert "请登记信访事项“调解达成协议”" in next_step(clerk)
    petition_step(clerk, "调解达成协议")
    petition_step(clerk, "办结", RESULT)
    assert topic(clerk, "信访事项") == "已办结"
    assert [line[1:] for line in facts(clerk)] == [
        ["收到申诉求决", "XF2026-0001"],
        ["书面告知", "信访事项受理告知书"],
        ["告知可以调解", "当面告知"],
        ["转入调解", ""],
        ["调解达成协议", ""],
        ["办结", RESULT],
    ]
    clerk.picture("信访事项办结")
    topic(clerk, "期限")
    [(*_, state)] = [line for line in facts(clerk) if line[0] == "信访事项办结"]
    assert state == f"{date.today()}办结，未逾期", state
    clerk.picture("信访期限")
    steps = [kind for (kind,) in kept(clerk, "petition_steps", "kind")]
    assert steps == ["notice", "offered", "taken_up", "agreed", "finished"], steps
    [agreement] = recorded(clerk, "加装电梯住户")["agreements"]
    assert [each["role"] for each in agreement["signatures"]] == ["party", "party", "mediator", "seal"], agreement


def petition_step(clerk: Clerk, kind: str, words: str = "") -> None:
    """Record what was done with the petition item of the case."""
    topic(clerk, "信访事项")
    clerk.window.find("petition_step_button").press()
    dialog = clerk.dialog("信访事项办理")
    choose(dialog, petition_step=kind)
    fill(dialog, step_text=words)
    dialog.find("save_button").press()
    gone(dialog)


def next_step(clerk: Clerk) -> str:
    """What 概况 says is to be done next."""
    clerk.tab("概况")
    return clerk.window.find("next_text").text


def scenario(arguments: list[str]) -> None:
    python, folder = arguments
    remember_earlier_days(python, Path(folder))
    clerk = Clerk(python, Path(folder))
    try:
        a_petition_item_is_settled(clerk)
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
