"""Who serves at the window, who gets a case, who is called in: asked of the real window by somebody at the desk.

    PYTHONPATH=. /usr/bin/python3 tests/driven/right_person.py PYTHON FOLDER

PYTHON is the interpreter of the program's environment. The store, made of practice data, and the pictures are left in
FOLDER. The days are those of the machine's clock: the roster is that of the month to come, whatever day it is.
Ends with exit code 0 and the line "right person: done" when every step was seen to hold.
"""

import re
from datetime import date, timedelta
from pathlib import Path

from tests.driven.desk_steps import (
    Clerk,
    accept,
    answer,
    choose,
    confirm,
    fill,
    gone,
    open_case,
    open_registered,
    recorded,
    refused,
    register,
    triage,
)
from tests.driven.director import who_carried_most_weekends, who_is_missing_tomorrow, why_this_one
from tests.driven.driver import inside_a_session, press_keys, wait_for
from tests.driven.month_grid import Duty, first_duty, first_of_next_month, go_to, printed, show_month, state_has

PRACTICE = ("seed", "--cases", "20", "--people", "18")
COMMITTEE = "练习区示例街道人民调解委员会"
COUNSELLORS = (("咨询师练甲", "19900000011", "10"), ("咨询师练乙", "19900000012", "25"))
QUESTIONS = ("kinship", "interest", "same_employer", "earlier_role", "other_relation")


# ---- the roster


def make_and_publish(clerk: Clerk, month: date) -> None:
    """Have the month worked out, see it proven, publish it."""
    show_month(clerk, month)
    unknown = clerk.window.look_for(id="notice_text")
    if unknown is not None:  # nobody knows the holidays of that year yet: read it, and go on with a draft
        assert "放假安排未导入" in unknown.text, unknown.text
        clerk.picture("放假安排未导入")
    press_keys("F9")
    told = clerk.window.find("cell_text")
    wait_for(lambda: "已排好" in told.text, "the roster", 60)
    assert "已证明最优" in state_has(clerk, "草案"), told.text
    clerk.picture("排班草案")
    press_keys("ctrl+Return")
    dialog = clerk.dialog("发布")
    clerk.picture("发布")
    dialog.find("save").press()
    gone(dialog)
    state_has(clerk, "已发布第1版")
    assert clerk.records("roster", f"{month:%Y-%m}", "--check").strip() == "没有违反硬性规则"


def fall_ill(clerk: Clerk, duty: Duty, days: int = 0) -> int:
    """Sick leave from a shift on: that half-day, or so many days. How many published shifts are lost, as it is said."""
    go_to(clerk, duty)
    press_keys("q")
    dialog = clerk.dialog(f"请假：{duty.who}")
    choose(dialog, reason="病假")
    if days:
        fill(dialog, last_day=(duty.day + timedelta(days=days)).isoformat())
        choose(dialog, last_half="下午")
    clerk.picture("请假")
    dialog.find("save").press()
    gone(dialog)
    box = clerk.dialog("影响已发布排班的")
    lost = re.match(r"影响已发布排班的(\d+)个班次", box.name)
    assert lost, box.name
    refused(clerk, box.name)
    return int(lost[1])


def mend_after_illness(clerk: Clerk, month: date) -> str:
    """One falls ill after publishing: only the lost shifts change hands. Who it is."""
    duty = first_duty(clerk, month + timedelta(days=8))
    before = printed(clerk, month)
    lost = fall_ill(clerk, duty, days=10)
    press_keys("F9")
    dialog = clerk.dialog("与已发布对比")
    changes = dialog.find("changes").lines
    clerk.picture("改动前后对比")
    assert f"影响{lost}个班次，将改动{lost}个班次" in dialog.find("changes_text").text, dialog.find("changes_text").text
    assert len(changes) == lost, changes
    assert changes[0][:3] == [duty.when, duty.post, duty.who], changes
    assert {who for _, _, who, _ in changes} == {duty.who}, changes
    assert not {"", "（缺）", duty.who} & {taker for *_, taker in changes}, changes
    dialog.find("close_button").press()
    gone(dialog)
    press_keys("ctrl+Return")
    dialog = clerk.dialog("发布")
    fill(dialog, roster_reason=f"{duty.who}病假")
    clerk.picture("发布第2版")
    dialog.find("save").press()
    gone(dialog)
    state_has(clerk, "已发布第2版")
    changed = [old for old, new in zip(before, printed(clerk, month), strict=True) if old != new]
    assert [old.partition("  ")[0] for old in changed] == [when for when, *_ in changes], changed
    return duty.who


def swap(clerk: Clerk, month: date, but: str) -> None:
    """Somebody asks, it is said who could take the shift and what is fair then, the other agrees: version 3."""
    duty = first_duty(clerk, month + timedelta(days=20), but=but)
    go_to(clerk, duty)
    press_keys("h")
    dialog = clerk.dialog("申请换班")
    takers = dialog.find("taker").lines
    taker, can, *effects = takers[0]
    assert can == "能换", takers
    assert all("→" in effect for effect in effects), effects
    fill(dialog, swap_reason="当天开庭")
    clerk.picture("申请换班")
    dialog.find("save").press()
    gone(dialog)
    wait_for(lambda: "换班申请已登记" in clerk.window.find("cell_text").text, "the request")
    press_keys("ctrl+h")
    dialog = clerk.dialog("换班")
    swaps = dialog.find("swaps")
    fill(dialog, answer_note="可以")
    dialog.find("agree").press()
    wait_for(lambda: "enabled" in dialog.find("carry_out").states, "the swap to be agreed")
    dialog.find("carry_out").press()
    confirm(clerk, "换班生效后", "换班生效")
    wait_for(lambda: "第3版" in swaps.lines[0][4], "the swap to be carried out")
    clerk.picture("换班生效")
    _, given, to, _, history, _ = swaps.lines[0]
    assert duty.who in given, given
    assert duty.when in given, given
    assert to == taker, to
    assert "申请（当天开庭）" in history, history
    assert "答复（可以）" in history, history
    dialog.find("close_button").press()
    gone(dialog)
    state_has(clerk, "已发布第3版")
    [line] = [each for each in printed(clerk, month) if each.startswith(duty.when)]
    assert f"{duty.post}：{taker}" in line, line


def illness_tomorrow(clerk: Clerk) -> Duty:
    """Somebody who serves on the next open day calls in sick for half a day: that post is empty."""
    day = date.today()
    show_month(clerk, day)
    told = re.search(r"(\d+)月(\d+)日", clerk.window.find("tomorrow_text").text)
    if told:
        duty = first_duty(clerk, date(day.year, int(told[1]), int(told[2])))
    else:  # this month has no open day left: the next is in the month that was just made
        show_month(clerk, first_of_next_month(day))
        duty = first_duty(clerk, first_of_next_month(day))
    assert fall_ill(clerk, duty) == 1
    return duty


# ---- the case


def take_in(clerk: Clerk, visitor: str, other: str, matter: str, demand: str) -> None:
    """A walk-in matter between neighbours, as far as it is accepted."""
    register(clerk, visitor, other, matter, demand)
    open_registered(clerk)
    answer(clerk, "同意")
    triage(clerk, "邻里纠纷")
    accept(clerk, COMMITTEE)


def assign_first(clerk: Clerk, visitor: str) -> str:
    """Read why the first is the first, ask about bias, take the first. The name."""
    clerk.window.find("assign_button").press()
    dialog = clerk.dialog("指派")
    card = dialog.find("card_1")
    name = name_on(card.name)
    assert re.search(r"\d+ 在办\d+件（上限\d+件）", card.name), card.name
    assert "未核实5项" in card.name, card.name
    card.press()
    clerk.picture("指派前三位")
    choose(dialog, **dict.fromkeys(QUESTIONS, "无"))
    wait_for(lambda: "未核实" not in dialog.find("card_1").name, "the answers about bias")
    assert name_on(dialog.find("card_1").name) == name
    dialog.find("save_button").press()
    gone(dialog)
    told = clerk.window.find("mediators_text").text
    assert f"{name}　主持调解" in told, told
    assert "次序第1，" in told, told
    assert "无利害关系" in told, told
    assert mediators_recorded(clerk, visitor) == [name]
    return name


def assign_second(clerk: Clerk, visitor: str, why: str) -> str:
    """Take the second with one line why, and leave what nobody asked 未核实. The name."""
    clerk.window.find("assign_button").press()
    dialog = clerk.dialog("指派")
    name = name_on(dialog.find("card_2").name)
    dialog.find("card_2").press()
    fill(dialog, override_reason=why)
    clerk.picture("选第二位")
    dialog.find("save_button").press()
    confirm(clerk, "未核实与当事人关系", "未核实，仍要指派")
    gone(dialog)
    assert "未核实" in clerk.window.find("mediators_text").text
    assert mediators_recorded(clerk, visitor) == [name]
    return name


def name_on(card: str) -> str:
    """The name of a card that begins "1. 周练安　75分"."""
    found = re.match(r"\d\. (.+?)　\d+分", card)
    assert found, card
    return found[1]


def mediators_recorded(clerk: Clerk, visitor: str) -> list[str]:
    """Who was given the case of this visitor, in order."""
    case = recorded(clerk, visitor)
    names = {each["no"]: each["name"] for each in case["mediators"]}
    return [names[each["mediator_no"]] for each in case["assignments"]]


# ---- calling somebody in


def enter_counsellors(clerk: Clerk) -> None:
    """Two counsellors who can be called at any hour."""
    clerk.page("调解员")
    for name, phone, way in COUNSELLORS:
        clerk.window.find("add_mediator").press()
        dialog = clerk.dialog("调解员")
        fill(dialog, mediator_name=name, mediator_phone=phone)
        choose(dialog, mediator_profession="心理咨询师", mediator_presence="随驻")
        fill(dialog, mediator_response_minutes="15", mediator_travel_minutes=way)
        dialog.find("save").press()
        gone(dialog)


def call_in(clerk: Clerk, visitor: str) -> str:
    """From the case: the first on the list declines, the next accepts, comes, and helps. The name of the second."""
    open_case(clerk, visitor)
    clerk.window.find("call_out_button").press()
    dialog = clerk.dialog("呼叫随驻人员")
    fill(dialog, purpose="当事人情绪激动，请心理咨询师到场")
    choose(dialog, profession="心理咨询师")
    people = [each for each in dialog.find("order").parts() if each.role == "list item" and each.is_checked()]
    first, second = (each.name.partition("　")[0] for each in people[:2])
    clerk.picture("呼叫顺序")
    dialog.find("save_button").press()
    gone(dialog)
    dialog = clerk.dialog("呼叫随驻人员")
    calls = dialog.find("calls")
    wait_for(lambda: f"等待{first}答复" in dialog.find("clock_text").text, "the clock of the first call")
    fill(dialog, reason="在外地出差")
    dialog.find("decline_button").press()
    wait_for(lambda: "谢绝" in calls.lines[0], "the first to decline")
    clerk.picture("谢绝")
    dialog.find("next_button").press()
    wait_for(lambda: f"等待{second}答复" in dialog.find("clock_text").text, "the clock of the second call")
    dialog.find("accept_button").press()
    wait_for(lambda: "接受" in calls.lines[1], "the second to accept")
    dialog.find("arrived_button").press()
    wait_for(lambda: "到达" in calls.lines[1][-1], "the second to arrive")
    clerk.picture("接受到达")
    assert [line[1] for line in calls.lines] == [first, second], calls.lines
    assert calls.lines[0][-1] == "在外地出差", calls.lines
    dialog.find("assign_button").press()
    gone(dialog)
    help_with_it(clerk, second)
    return second


def help_with_it(clerk: Clerk, name: str) -> None:
    """The one who came is chosen already: give the case to help with."""
    dialog = clerk.dialog("指派")
    table = dialog.find("mediator")
    chosen = [row for row in range(table.rows) if "selected" in table.cell(row, 0).states]
    assert [table.cell(row, 0).name for row in chosen] == [name]
    if dialog.look_for(id="override_reason"):
        fill(dialog, override_reason="接受呼叫，已到场")
    clerk.picture("指派协助")
    dialog.find("save_button").press()
    confirm(clerk, "未核实与当事人关系", "未核实，仍要指派")
    gone(dialog)
    told = clerk.window.find("mediators_text").text
    assert f"{name}　协助调解" in told, told


def scenario(arguments: list[str]) -> None:
    python, folder = arguments
    clerk = Clerk(python, Path(folder), *PRACTICE)
    month, why = first_of_next_month(date.today()), "申请人与他相熟，愿意听他说"
    try:
        clerk.window.find("day_line")  # 今日 is there: the desk is open
        make_and_publish(clerk, month)
        ill = mend_after_illness(clerk, month)
        swap(clerk, month, but=ill)
        take_in(clerk, "练习住户甲", "练习住户乙", "楼上装修漏水，楼下天花板受损。", "赔偿修理费用")
        first = assign_first(clerk, "练习住户甲")
        take_in(clerk, "练习住户丙", "练习商户丁", "店外噪声扰民，争执多次。", "降低噪声")
        second = assign_second(clerk, "练习住户丙", why)
        enter_counsellors(clerk)
        helper = call_in(clerk, "练习住户甲")
        assert mediators_recorded(clerk, "练习住户甲") == [first, helper]
        lost = illness_tomorrow(clerk)
        who_is_missing_tomorrow(clerk, lost)
        why_this_one(clerk, "练习住户丙", second, why)
        who_carried_most_weekends(clerk)
        clerk.program.close()
    except Exception:
        clerk.picture("没有走通")
        raise
    finally:
        clerk.program.process.kill()
    print("right person: done")


if __name__ == "__main__":
    inside_a_session(scenario)
