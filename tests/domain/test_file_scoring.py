"""What a program can see of a file is found and scored; the rest is left to the assessor, never guessed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mediation_desk.domain.agreement import (
    Agreement,
    AgreementForm,
    Instalment,
    Obligation,
    Performance,
    Signature,
    SignerRole,
)
from mediation_desk.domain.case import (
    Answer,
    Attachment,
    AttachmentKind,
    Case,
    Decision,
    DecisionKind,
    FollowUp,
    IssuedNumber,
    NumberKind,
    Session,
    SessionResult,
    Willingness,
)
from mediation_desk.domain.file_scoring import BY_THE_ASSESSOR, FileToScore, ScoreLine, score, score_rows
from mediation_desk.domain.mediator import Appointment, Mediator
from mediation_desk.domain.party import Agent, AgentKind, Party, PartyKind, Side
from mediation_desk.domain.rules import Rules

NOW = datetime(2026, 11, 23, 9, 30)
TODAY = NOW.date()
ASKED, ACCEPTED, HEARD, AGREED, VISITED = (TODAY - timedelta(days=days) for days in (50, 48, 45, 40, 5))
WHO: dict[str, Any] = {"by_id": 1, "recorded_at": NOW}


def number(kind: NumberKind, text: str) -> IssuedNumber:
    return IssuedNumber(committee_id=1, kind=kind, year=2026, seq=1, text=text, by_id=1, issued_at=NOW)


def attachment(kind: AttachmentKind) -> Attachment:
    return Attachment(kind=kind, file_name="a.jpg", media_type="image/jpeg", size=1, sha256="", **WHO)


def mark(role: SignerRole, name: str = "", **who: Any) -> Signature:
    return Signature(role=role, signer_name=name, signed_on=AGREED, **WHO, **who)


class File:
    """A file that lacks nothing, to be spoilt in one way."""

    def __init__(self, rules: Rules) -> None:
        self.obligation = Obligation(
            no=1,
            amount_fen=300,
            instalments=[Instalment(due_on=VISITED, amount_fen=100), Instalment(due_on=TODAY, amount_fen=200)],
            performances=[Performance(done_on=VISITED, amount_fen=100, **WHO)],
        )
        self.agreement = Agreement(
            no=1,
            number="协1",
            frozen_at=NOW,
            made_on=AGREED,
            party_nos=[1, 2],
            mediator_ids=[1],
            obligations=[self.obligation],
            signatures=[
                mark(SignerRole.PARTY, "张三", party_no=1),
                mark(SignerRole.PARTY, "周代理", party_no=2),
                mark(SignerRole.MEDIATOR, "赵和", mediator_id=1),
                mark(SignerRole.SEAL),
            ],
        )
        self.session = Session(
            no=1,
            held_on=HEARD,
            place="调解室",
            present_nos=[1, 2],
            rights_told=True,
            record="双方陈述。",
            result=SessionResult.SETTLED,
            mediator_ids=[1],
            recorder="马记录",
            **WHO,
        )
        agent = Agent(kind=AgentKind.ENTRUSTED, name="周代理")
        kinds = [each for each in AttachmentKind if each is not AttachmentKind.OTHER]
        self.case = Case(
            uid="case",
            centre_id=1,
            number="案1",
            requested_on=ASKED,
            registered_at=NOW,
            first_contact_id=1,
            matter="漏水",
            demand="赔偿",
            committee_id=1,
            parties=[
                Party(no=1, side=Side.CLAIMANT, name="张三", id_number="110000199001010013"),
                Party(
                    no=2, side=Side.RESPONDENT, name="示例公司", kind=PartyKind.ORGANISATION, uscc="1", agents=[agent]
                ),
            ],
            willingness=[Willingness(party_no=no, answer=Answer.AGREES, asked_at=NOW, **WHO) for no in (1, 2)],
            decisions=[Decision(kind=DecisionKind.ACCEPTED, decided_on=ACCEPTED, **WHO)],
            numbers=[number(NumberKind.CASE, "案1"), number(NumberKind.AGREEMENT, "协1")],
            sessions=[self.session],
            agreements=[self.agreement],
            follow_ups=[FollowUp(due_on=VISITED, subject="回访", done_on=VISITED)],
            attachments=[attachment(kind) for kind in kinds],
        )
        mediator = Mediator(
            id=1, uid="m", name="赵和", appointments=[Appointment(committee_id=1, since=date(2025, 1, 1))]
        )
        self.given = FileToScore(case=self.case, mediators={1: mediator}, rules=rules, today=TODAY)

    def line(self, item: str, **how: Any) -> ScoreLine:
        [found] = [line for line in score(replace(self.given, **how)).lines if line.item == item]
        return found

    def findings(self, item: str, **how: Any) -> list[str]:
        return self.line(item, **how).findings


@pytest.fixture
def file(rules: Rules) -> File:
    return File(rules)


def test_in_a_file_that_lacks_nothing_nothing_is_found_and_only_what_is_seen_wholly_is_scored(
    file: File, rules: Rules
) -> None:
    sheet = score(replace(file.given, binding_faults=[]))
    assert [line.findings for line in sheet.lines] == [[]] * 10
    assert {line.item: line.given for line in sheet.lines if line.given is not None} == {
        "封面和卷内目录": 5,
        "页码和装订": 5,
    }
    assert (sheet.given, sheet.open_points, sheet.decisive) == (10, 90, [])
    assert sheet.in_words(rules) == "程序核对10分，待评查人打分90分，最高可评优秀。"


def test_all_points_together_are_a_hundred(file: File) -> None:
    assert sum(line.points for line in score(file.given).lines) == 100


def test_before_it_is_bound_nothing_is_said_about_pages(file: File) -> None:
    assert file.line("页码和装订") == ScoreLine("页码和装订", 5, None, [])
    assert file.line("页码和装订", binding_faults=["第2件附件未能印出。"]).given == 0


@pytest.mark.parametrize(
    ("code", "item", "finding"),
    [
        ("01", "申请和受理", "缺申请书或者受理登记表。"),
        ("02", "权利义务告知", "缺权利义务告知书。"),
        ("03", "当事人身份证明", "缺当事人身份证明。"),
        ("07", "调解记录", "缺调解记录。"),
        ("08", "调解协议", "缺调解协议。"),
    ],
)
def test_without_a_paper_that_must_be_there_nothing_is_given(file: File, code: str, item: str, finding: str) -> None:
    line = file.line(item, missing=frozenset({code}))
    assert line.given == 0
    assert finding in line.findings


def test_numbers_must_be_those_that_were_issued(file: File) -> None:
    file.case.number, file.agreement.number = "案2", "协2"
    assert file.findings("封面和卷内目录") == ["卷号与发出的案件编号不一致。", "第1份协议的编号与发出的编号不一致。"]
    file.case.parties.clear()
    assert "没有登记当事人，卷名不完整。" in file.findings("封面和卷内目录")


def test_days_must_be_in_order(file: File) -> None:
    file.case.decisions[0].decided_on = ASKED - timedelta(days=1)
    assert file.findings("申请和受理") == ["受理日期2026-10-03早于申请日期2026-10-04。"]
    file.case.decisions[0].decided_on = HEARD + timedelta(days=1)
    assert file.findings("调解记录") == ["第1次调解的日期2026-10-09早于受理日期2026-10-10。"]
    file.agreement.made_on = HEARD - timedelta(days=1)
    assert file.findings("调解协议") == ["第1份协议的日期2026-10-08早于第一次调解的日期2026-10-09。"]
    file.case.follow_ups[0].done_on = AGREED - timedelta(days=1)
    assert file.findings("回访和履行") == ["回访日期2026-10-13早于协议生效日期2026-10-14。"]


def test_who_did_not_agree_to_mediation_is_named(file: File) -> None:
    file.case.willingness.pop()
    assert file.findings("申请和受理") == ["没有示例公司同意调解的登记。"]
    file.case.decisions.clear()
    assert file.findings("申请和受理") == ["没有受理决定。"]


def test_a_party_without_any_proof_of_identity_is_named(file: File) -> None:
    for party in file.case.parties:
        party.id_number = party.uscc = ""
    assert file.findings("当事人身份证明") == ["没有登记张三的证件号码。", "没有登记示例公司的证件号码。"]


def test_what_a_session_lacks_is_named(file: File) -> None:
    session = file.session
    session.rights_told, session.record, session.recorder = False, " ", ""
    session.mediator_ids, session.present_nos = [], [1, 9]
    assert file.findings("权利义务告知") == ["第1次调解没有登记告知权利义务。"]
    assert file.findings("调解记录") == [
        "第1次调解没有记录内容。",
        "第1次调解没有登记调解员。",
        "第1次调解没有登记记录人。",
        "第1次调解到场的当事人（9）不在当事人名单中。",
    ]


def test_papers_that_were_not_attached_are_asked_for(file: File) -> None:
    file.case.attachments.clear()
    assert file.findings("调查和证据") == ["没有调查记录和证据材料，请核对是否需要。"]
    assert file.findings("调解记录") == ["没有签署的调解记录扫描件。"]
    assert file.findings("签名、印章、指印") == ["没有第1份协议的签署扫描件。"]
    assert file.findings("回访和履行") == ["没有履行凭证。"]


def test_sums_appointments_and_left_out_parties_are_checked(file: File) -> None:
    file.obligation.amount_fen = 400
    file.given.mediators[1].appointments[0].until = HEARD
    file.agreement.party_nos = [1]
    assert file.findings("调解协议", agreement_findings=["第1条的大写金额不符。"]) == [
        "第1条的大写金额不符。",
        "第1份协议第1项履行安排的各期合计与总额不一致。",
        "赵和在第1份协议的日期没有本调委会的有效聘任。",
        "第1份协议没有列入示例公司，请核对份数和签名。",
    ]


def test_strange_signers_are_named(file: File) -> None:
    party, _, mediator, _ = file.agreement.signatures
    party.signer_name, mediator.signer_name = "张叁", "赵合"
    assert file.findings("签名、印章、指印") == [
        "张叁签名，但不是张三或者其登记的代理人。",
        "赵合签名，与调解员赵和的姓名不一致。",
    ]


def test_missing_signatures_and_seals_decide_alone(file: File, rules: Rules) -> None:
    file.agreement.signatures.clear()
    sheet = score(file.given)
    assert sheet.decisive == ["缺张三的签名", "缺示例公司的签名", "缺人民调解委员会的印章"]
    assert sheet.in_words(rules).endswith(
        "最高可评不合格；一票否决：缺张三的签名、缺示例公司的签名、缺人民调解委员会的印章。"
    )
    assert file.findings("签名、印章、指印")[2:] == ["缺调解员赵和的签名。", "缺人民调解委员会的印章。"]


def test_an_oral_agreement_needs_neither_number_nor_signatures(file: File) -> None:
    file.agreement.form, file.agreement.number = AgreementForm.ORAL, ""
    file.agreement.signatures.clear()
    assert score(file.given).decisive == []
    assert file.findings("封面和卷内目录") == []


def test_what_is_late_and_was_not_followed_up_is_named(file: File) -> None:
    file.obligation.performances.clear()
    file.case.follow_ups.clear()
    assert file.findings("回访和履行") == ["没有回访记录。", "第1份协议第1项2026-11-18到期，没有履行记录。"]
    file.agreement.withdrawn_at = NOW
    assert file.findings("回访和履行") == []


def test_a_draft_does_not_belong_to_the_file(file: File) -> None:
    file.agreement.frozen_at = None
    file.agreement.signatures.clear()
    assert score(file.given).decisive == []


def test_an_item_that_a_pack_adds_is_left_to_the_assessor(file: File, rules: Rules) -> None:
    table = rules.table("file_scoring")
    added = replace(table.codes[0], code="looks", label="整洁", extra={"points": "5"})
    tables = {**rules.tables, "file_scoring": replace(table, codes=(*table.codes, added))}
    assert file.line("整洁", rules=replace(rules, tables=tables)) == ScoreLine("整洁", 5, None, [])


def test_the_sheet_is_printed_as_a_table(file: File) -> None:
    file.case.willingness.clear()
    rows = score_rows(score(replace(file.given, missing=frozenset({"03"}))))
    assert rows[1] == ["2", "申请和受理", "10", BY_THE_ASSESSOR, "没有张三同意调解的登记。没有示例公司同意调解的登记。"]
    assert rows[3][3:] == ["0", "缺当事人身份证明。"]
