"""Four real matters, taken through the real window by somebody who knows nothing of its code.

    PYTHONPATH=. /usr/bin/python3 tests/driven/whole_way.py PYTHON FOLDER

PYTHON is the interpreter of the program's environment. The store and the pictures are left in FOLDER. The facts of the
matters come from public reports; what a report leaves out stays empty, and people are called by their part in it.
Ends with exit code 0 and the line "whole way: done" when every step was seen to hold.
"""

import re
import subprocess
from pathlib import Path

from tests.driven.desk_steps import (
    Clerk,
    accept,
    answer,
    choose,
    confirm,
    fill,
    gone,
    open_registered,
    recorded,
    refused,
    register,
    topic,
    triage,
)
from tests.driven.driver import Program, Widget, inside_a_session, press_keys, type_keys, wait_for

COMMITTEE = "某街道人民调解委员会"
PASSWORD = "Men2-kai!"
MEDIATORS = ("调解员甲", "调解员乙")


def set_up_the_house(clerk: Clerk) -> None:
    wizard = clerk.dialog("首次")
    wizard.find("begin_centre").press()
    fill(wizard, centre_name="某区综治中心")
    wizard.find("next").press()
    fill(wizard, committee_name=COMMITTEE, committee_short_name="某")
    clerk.picture("首次设置")
    wizard.find("next").press()
    fill(wizard, user_name="窗口登记员", new_password=PASSWORD, password_again=PASSWORD)
    wizard.find("next").press()
    assert wizard.find("encrypt").is_checked(), "encrypted unless somebody says otherwise"
    clerk.picture("保护数据")
    wizard.find("next").press()
    copy_two_words(wizard)
    clerk.picture("恢复单")
    wizard.find("next").press()
    clerk.window = clerk.program.window("某区综治中心")
    clerk.window.find("user_button")
    clerk.password = PASSWORD
    assert not clerk.store.read_bytes().startswith(b"SQLite format 3")
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


def copy_two_words(wizard: Widget) -> None:
    """Somebody without a printer copies the words by hand, and types the two that are asked for."""
    wizard.find("show_words").press()
    words = [line.split()[1:] for line in wizard.find("words_text").text.splitlines()]
    for asked in ("first_word", "second_word"):
        line, place = re.findall(r"[0-9]+", wizard.find(f"{asked}_caption").text)
        fill(wizard, **{asked: words[int(line) - 1][int(place) - 1]})
    wizard.find("show_words").press()


def lock_and_come_back(clerk: Clerk) -> None:
    """What is half typed is gone from the screen while somebody is away, and back afterwards."""
    register(clerk, "来访人丁", "", "排水沟堵塞", "")
    wait_for(lambda: "active" in clerk.window.states, "the window to be the active one")
    press_keys("F12")
    door = clerk.dialog("已锁定")
    wait_for(lambda: not clerk.window.is_there(), "nothing on the screen")
    clerk.picture("已锁定")
    door.find("login_password").focus()
    type_keys("falsch")
    press_keys("Return")
    wait_for(lambda: "还可以试4次" in door.find("login_trouble").text, "the refusal")
    type_keys(PASSWORD)
    press_keys("Return")
    clerk.window = clerk.program.window("某区综治中心")
    assert clerk.window.find("claimant_name").text == "来访人丁"
    fill(clerk.window, claimant_name="", matter="")


def log_in_again(clerk: Clerk) -> None:
    """The next morning: nothing opens without the password."""
    clerk.program.close()
    clerk.program = Program(clerk.python, "--store", str(clerk.store))
    door = clerk.dialog("登录")
    clerk.picture("登录")
    wait_for(lambda: "focused" in door.find("login_password").states, "the cursor in the password")
    type_keys(PASSWORD)
    press_keys("Return")
    clerk.window = clerk.program.window("某区综治中心")
    clerk.window.find("user_button")


def assign(clerk: Clerk, name: str) -> None:
    clerk.window.find("assign_button").press()
    dialog = clerk.dialog("指派")
    table = dialog.find("mediator")
    row = next(row for row in range(table.rows) if name in table.cell(row, 0).name)
    table.cell(row, 0).click()
    choose(dialog, kinship="无", interest="无", same_employer="无", earlier_role="无", other_relation="无")
    if row:
        fill(dialog, override_reason="当事人认识这位调解员")
    dialog.find("save_button").press()
    gone(dialog)


def mediate(clerk: Clerk, place: str, record: str, result: str = "调解成功", absent: str = "") -> None:
    clerk.tab("调解记录")
    clerk.window.find("record_session").press()
    dialog = clerk.dialog("登记调解")
    fill(dialog, place=place, record=record)
    dialog.find("present_parties").tick(except_for=absent)
    dialog.find("session_mediators").tick()
    choose(dialog, result=result)
    dialog.find("save").press()
    gone(dialog)


def settle(clerk: Clerk, outcome: str, *, reason: str = "") -> None:
    """Record how mediation ended."""
    clerk.tab("概况")
    clerk.window.find("outcome_button").press()
    dialog = clerk.dialog("登记调解结果")
    choose(dialog, outcome_kind=outcome)
    if reason:
        choose(dialog, termination_reason=reason)
    dialog.find("save_button").press()
    gone(dialog)


def draft(clerk: Clerk, facts: str, clauses: list[str], performance_terms: str) -> None:
    clerk.tab("协议与履行")
    clerk.window.find("begin_written").press()
    fill(clerk.window, facts=facts, performance_terms=performance_terms)
    for number, clause in enumerate(clauses, start=1):
        clerk.window.find("add_blank").press()
        clerk.window.find(f"clause_{number}").write(clause)


def owe(clerk: Clerk, payer: str, payee: str, amount: str, what: str, means: str, due_on: str = "") -> None:
    """Add an obligation; performed on the spot unless a day is given."""
    clerk.window.find("add_obligation").press()
    dialog = clerk.dialog("履行安排")
    choose(dialog, payer=payer, payee=payee)
    fill(dialog, amount=amount, what=what, means=means)
    if due_on:
        fill(dialog, due_on=due_on)
    else:
        dialog.find("at_once").press()
    dialog.find("save_button").press()
    gone(dialog)


def freeze(clerk: Clerk, despite: str = "") -> None:
    """Make the draft final; where the review found something to look at, say why it may stand."""
    clerk.window.find("freeze").press()
    dialog = clerk.program.window("定稿")
    if despite:
        fill(dialog, despite_reason=despite)
    dialog.find(name="定稿", role="push button").press()
    clerk.window.find("sign")


def sign(clerk: Clerk) -> None:
    """Everybody put a mark on the paper today."""
    clerk.window.find("sign").press()
    dialog = clerk.dialog("登记签署")
    dialog.find("tick_all").press()
    dialog.find("save_button").press()
    gone(dialog)
    clerk.window.find("follow_up")


def pay(clerk: Clerk, amount: str) -> None:
    clerk.window.find("perform").press()
    dialog = clerk.dialog("登记履行")
    fill(dialog, paid_amount=amount)
    dialog.find("save_button").press()
    gone(dialog)


def follow_up(clerk: Clerk, situation: str) -> None:
    clerk.window.find("follow_up").press()
    dialog = clerk.dialog("回访")
    fill(dialog, situation=situation)
    dialog.find("save_button").press()
    gone(dialog)


def close(clerk: Clerk, reason: str) -> None:
    clerk.tab("概况")
    clerk.window.find("close_case_button").press()
    dialog = clerk.dialog("结案")
    fill(dialog, despite_reason=reason)
    dialog.find("save_button").press()
    gone(dialog)


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
    answer(clerk, "同意")
    triage(clerk, "邻里纠纷")
    accept(clerk)
    assign(clerk, MEDIATORS[0])
    clerk.picture("概况")
    mediate(clerk, "当事人住处", "调解员上门查看，多年来几次维修都没有修好。双方愿意就赔偿达成一致。")
    clerk.picture("调解记录")
    settle(clerk, "达成书面协议")
    draft(
        clerk,
        "楼上多次漏水，损坏楼下房屋；最近一次漏水时双方发生肢体冲突。双方对财产损失和医疗费用的赔偿有争议。",
        ["楼上住户赔偿楼下住户财产损失和医疗费用。", "双方就本次漏水和冲突再无其他争议。"],
        "当场支付。",
    )
    owe(clerk, "楼上住户", "楼下住户", "2000", "财产损失和医疗费用", "当场支付")
    clerk.picture("起草协议")
    freeze(clerk)
    clerk.picture("定稿")
    sign(clerk)
    pay(clerk, "2000")
    follow_up(clerk, "电话回访，楼下住户表示已收到赔偿。")
    clerk.picture("履行和回访")
    close(clerk, "材料扫描件随后补入")
    clerk.picture("结案")
    case = recorded(clerk, "楼下住户")
    [agreement] = case["agreements"]
    [obligation] = agreement["obligations"]
    assert obligation["amount"] == "2000.00", obligation
    assert obligation["performances"][0]["amount"] == "2000.00", obligation
    assert case["closing"], case
    clerk.records("agreement", case["number"], "-o", str(clerk.folder / "协议-漏水.pdf"), "--reason", "交当事人")


def wages_of_nine(clerk: Clerk) -> None:
    """Nine building workers by two of them, a contractor who does not come, a project that pays; two mediators."""
    register(
        clerk,
        "工人代表一",
        "承包人",
        "九名工人两个月没有拿到工资，中午来中心反映。承包人不愿到场，项目负责人到场。",
        "支付拖欠的工资",
    )
    further = [
        ("申请方", "工人代表二、" + "、".join(f"工人{number}" for number in "三四五六七八九")),
        ("其他方", "项目部"),
    ]
    for side, names in further:
        choose(clerk.window, further_side=side)
        fill(clerk.window, further_names=names)
        clerk.window.find("add_further").press()
    clerk.window.find("further_parties").find(name="工人代表二").act("Press", "Select", "Toggle")
    clerk.window.find("mark_representative").press()
    clerk.window.find("claimant_more").press()
    dialog = clerk.dialog("当事人")
    dialog.find("represents_group").press()
    dialog.find("save").press()
    gone(dialog)
    fill(clerk.window, people_involved="9")
    clerk.picture("登记九名工人")
    open_registered(clerk)
    answer(clerk, "同意", except_for="承包人")
    answer(clerk, "未表态", "承包人", note="电话联系，不愿到场")
    triage(clerk, "劳动争议纠纷·拖欠农民工工资纠纷", "已告知可以申请劳动监察和劳动仲裁，工人和项目部选择调解。")
    accept(clerk)
    for mediator in MEDIATORS:
        assign(clerk, mediator)
    mediate(clerk, "综治中心", "项目负责人承认拖欠，愿意在中心监督下支付。", absent="承包人")
    settle(clerk, "达成书面协议")
    draft(
        clerk,
        "九名工人两个月工资没有支付。承包人没有到场，项目部承认拖欠。",
        ["项目部在综治中心监督下支付九名工人工资共计人民币65,000.00元（大写：陆万伍仟元整）。"],
        "在综治中心监督下支付。",
    )
    clerk.picture("十方协议")
    freeze(clerk, despite="九名工人在协议中合称，款项由项目部直接付给各人，数额见工资表")
    sign(clerk)
    clerk.tab("文书")
    clerk.picture("文书")
    close(clerk, "支付由中心监督，凭证随后补入")
    case = recorded(clerk, "工人代表一")
    [agreement] = case["agreements"]
    assert len(agreement["party_nos"]) == 10, agreement
    assert len(agreement["mediator_nos"]) == 2, agreement
    representatives = [each["name"] for each in case["parties"] if each.get("represents_group")]
    assert representatives == ["工人代表一", "工人代表二"], representatives


def wages_of_eight(clerk: Clerk) -> None:
    """Eight installers, amounts recalculated from attendance; both sides want the court to confirm."""
    register(
        clerk,
        "安装工人代表",
        "用工方",
        "八名光伏板安装工人被拖欠工资超过十八万元，没有书面合同，双方对金额有争议。",
        "支付拖欠的工资",
    )
    fill(clerk.window, people_involved="8")
    open_registered(clerk)
    answer(clerk, "同意")
    triage(clerk, "劳动争议纠纷·拖欠农民工工资纠纷", "双方选择调解。")
    accept(clerk)
    assign(clerk, MEDIATORS[1])
    mediate(clerk, "综治中心", "核对考勤，重新计算每人应得工资，双方确认。")
    settle(clerk, "达成书面协议")
    draft(
        clerk,
        "双方对拖欠工资的金额有争议，已按考勤重新计算。",
        ["用工方按双方签字的工资确认单支付工资。"],
        "按工资确认单。",
    )
    freeze(clerk)
    sign(clerk)
    wait_for(
        lambda: any("司法确认" in each.text for each in clerk.window.everything() if each.role == "label"),
        "the last day of the joint application",
    )
    clerk.picture("司法确认期限")
    court_pack(clerk)
    case = recorded(clerk, "安装工人代表")
    bound_file(clerk)
    paper_in_hand(clerk, case["number"], case["agreements"][0]["number"])


def court_pack(clerk: Clerk) -> None:
    """Both consider it, at that court: the joint application is found among the papers, and there to be printed."""
    assert topic(clerk, "司法确认") == ""
    clerk.window.find("record_confirmation").press()
    dialog = clerk.dialog("司法确认")
    choose(dialog, confirmation_state="考虑中")
    fill(dialog, court="某区人民法院")
    dialog.find("save_button").press()
    gone(dialog)
    assert topic(clerk, "司法确认") == "考虑中"
    clerk.picture("司法确认")
    clerk.tab("文书")
    wait_for(lambda: clerk.window.find("papers").is_there(), "the papers")
    fill(clerk.window, paper_filter="司法确认申请书")
    clerk.window.find("papers").find(name="司法确认申请书（个人与个人）").click()
    clerk.window.find("enter").press()
    dialog = clerk.dialog("司法确认申请书")
    fill(dialog, reason="双方因工资发生纠纷，已经调解达成协议。")
    dialog.find("save").press()
    gone(dialog)
    clerk.picture("司法确认申请书")
    fill(clerk.window, paper_filter="")


def bound_file(clerk: Clerk) -> None:
    """The whole file in one PDF, with what it lacks named."""
    clerk.window.find("bind_file").press()
    dialog = clerk.dialog("装订卷宗")
    assert "身份证明" in dialog.find("missing_text").text, dialog.find("missing_text").text
    dialog.find("make_dossier").press()
    wait_for(lambda: "enabled" in dialog.find("print_shown").states, "the bound file")
    clerk.picture("装订卷宗")
    dialog.find("close_button").press()
    gone(dialog)


def paper_in_hand(clerk: Clerk, case_number: str, number: str) -> None:
    """Whether the paper that somebody brings is the one on file."""
    target = clerk.folder / "协议-确认.pdf"
    clerk.records("agreement", case_number, "-o", str(target))
    words = subprocess.run(["pdftotext", str(target), "-"], check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    [digest] = set(re.findall(r"校验码 ?([0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4})", words))
    for typed, verdict in ((digest, "就是本台存档的那一份"), ("0000-0000-0000", "不是")):
        clerk.window.find("verify_paper").press()
        dialog = clerk.dialog("核对纸质文书")
        fill(dialog, paper_number=number, paper_digest=typed)
        dialog.find("verify_button").press()
        wait_for(lambda: verdict in dialog.find("verdict_headline").text, f"the verdict “{verdict}”")  # noqa: B023
        dialog.find("close_button").press()
        gone(dialog)


def door_that_stays_shut(clerk: Clerk) -> None:
    """The other side denies, keeps the door shut, blocks the number: no mediation before consent; later, perhaps."""
    register(
        clerk,
        "受损住户",
        "洗衣机漏水住户",
        "洗衣机漏水，对方不承认，不让进门，屏蔽了调解员的电话。",
        "查明漏水并赔偿",
    )
    open_registered(clerk)
    answer(clerk, "同意", "受损住户")
    answer(clerk, "未表态", "洗衣机漏水住户", note="上门，不开门")
    answer(clerk, "未表态", "洗衣机漏水住户", note="电话被屏蔽")
    triage(clerk, "邻里纠纷")
    accept(clerk)
    clerk.tab("调解记录")
    clerk.window.find("record_session").press()
    refused(clerk, "尚未表示同意")
    clerk.tab("概况")
    answer(clerk, "拒绝", "洗衣机漏水住户", note="当面表示不同意调解")
    clerk.window.find("assign_button").press()
    dialog = clerk.dialog("指派")
    dialog.find("mediator").cell(0, 0).click()
    dialog.find("save_button").press()
    confirm(clerk, "未核实", "未核实，仍要指派")
    refused(clerk, "已拒绝调解")
    press_keys("Escape")
    gone(dialog)
    settle(clerk, "终止调解", reason="当事人一方拒绝继续调解或者撤回申请")
    clerk.picture("一方拒绝")
    answer(clerk, "同意", "洗衣机漏水住户", note="事后来电，愿意调解")
    accept(clerk)
    case = recorded(clerk, "受损住户")
    assert [each["answer"] for each in case["willingness"]] == ["agrees", "undecided", "undecided", "refuses", "agrees"]
    assert "sessions" not in case, case["sessions"]


def scenario(arguments: list[str]) -> None:
    python, folder = arguments
    clerk = Clerk(python, Path(folder))
    try:
        set_up_the_house(clerk)
        lock_and_come_back(clerk)
        log_in_again(clerk)
        leak_and_blows(clerk)
        wages_of_nine(clerk)
        wages_of_eight(clerk)
        door_that_stays_shut(clerk)
        clerk.page("今日")
        clerk.picture("今日")
        clerk.program.close()
    except Exception:
        clerk.picture("没有走通")
        raise
    finally:
        clerk.program.process.kill()
    print("whole way: done")


if __name__ == "__main__":
    inside_a_session(scenario)
