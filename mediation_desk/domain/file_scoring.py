"""The scoring sheet of a case file (卷宗评查), as far as a program can check it.

Items, points and grades are rules (`file_scoring`, `file_grade`). What the program sees wholly it scores; where a paper
that must be there is missing nothing is given; all else is left to the assessor, with what was found. Nothing is ever
guessed. What forges or unmakes a file decides alone (一票否决): of that the program sees missing signatures and seals.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mediation_desk.domain.agreement import Agreement, AgreementForm, SignerRole
from mediation_desk.domain.case import Answer, AttachmentKind, Case, NumberKind
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.party import Party, PartyKind
from mediation_desk.domain.rules import Rules

BY_THE_ASSESSOR = "待评查"


@dataclass(frozen=True, kw_only=True)
class FileToScore:
    """A case file as it is scored. `missing` holds the codes of the table `file_paper` that must be there and are not.

    `agreement_findings` are the sentences of the agreement review; `binding_faults` what went wrong when the file was
    bound, None while it was not.
    """

    case: Case
    mediators: Mapping[int, Mediator]
    rules: Rules
    today: date
    missing: frozenset[str] = frozenset()
    agreement_findings: Sequence[str] = ()
    binding_faults: Sequence[str] | None = None

    @property
    def agreements(self) -> list[Agreement]:
        """Those that belong into the file: final and not given up."""
        return [each for each in self.case.agreements if not each.is_draft and each.withdrawn_at is None]

    def name(self, mediator_id: int) -> str:
        return self.mediators[mediator_id].name if mediator_id in self.mediators else ""


@dataclass(frozen=True)
class ScoreLine:
    """An item: `given` of its `points`, None where the assessor decides."""

    item: str
    points: int
    given: int | None
    findings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ScoreSheet:
    """All items, and what decides alone."""

    lines: Sequence[ScoreLine]
    decisive: Sequence[str]

    @property
    def given(self) -> int:
        return sum(line.given or 0 for line in self.lines)

    @property
    def open_points(self) -> int:
        """What the assessor has yet to decide about."""
        return sum(line.points for line in self.lines if line.given is None)

    def best_grade(self, rules: Rules) -> str:
        """The grade that the file may still reach."""
        grades = rules.table("file_grade").codes
        reach = 0 if self.decisive else self.given + self.open_points
        return next((grade.label for grade in grades if reach >= int(grade.extra["least"])), "")

    def in_words(self, rules: Rules) -> str:
        """The result in one line."""
        said = [f"程序核对{self.given}分", f"待评查人打分{self.open_points}分", f"最高可评{self.best_grade(rules)}"]
        return "，".join(said) + (f"；一票否决：{'、'.join(self.decisive)}" if self.decisive else "") + "。"


def score(file: FileToScore) -> ScoreSheet:
    """Check a file and score what can be scored."""
    lines = []
    for item in file.rules.table("file_scoring").valid_on(file.today):
        findings = list(_CHECKS[item.code](file)) if item.code in _CHECKS else []
        points = int(item.extra["points"])
        given = None
        if file.missing.intersection(item.extra.get("file_papers", "").split()):
            given = 0
        elif item.extra.get("whole") and file.binding_faults is not None:
            given = 0 if findings else points
        lines.append(ScoreLine(item.label, points, given, findings))
    return ScoreSheet(lines, list(_decisive(file)))


def score_rows(sheet: ScoreSheet) -> list[list[str]]:
    """The sheet as rows of a table: number, item, points, score, findings."""
    return [
        [
            str(no),
            line.item,
            str(line.points),
            BY_THE_ASSESSOR if line.given is None else str(line.given),
            "".join(line.findings),
        ]
        for no, line in enumerate(sheet.lines, start=1)
    ]


# ---- the items


def _cover(file: FileToScore) -> Iterator[str]:
    case = file.case
    kinds = (NumberKind.CASE, NumberKind.ORAL)
    numbers = [each.text for each in case.numbers if each.kind in kinds and each.voided_at is None]
    if case.is_accepted and case.number not in numbers:
        yield "卷号与发出的案件编号不一致。"
    agreed = [each.text for each in case.numbers if each.kind is NumberKind.AGREEMENT and each.voided_at is None]
    for agreement in file.agreements:
        if agreement.form is AgreementForm.WRITTEN and agreement.number not in agreed:
            yield f"第{agreement.no}份协议的编号与发出的编号不一致。"
    if not case.parties:
        yield "没有登记当事人，卷名不完整。"


def _application(file: FileToScore) -> Iterator[str]:
    case = file.case
    if "01" in file.missing:
        yield "缺申请书或者受理登记表。"
    decision = case.decision
    if decision is None:
        yield "没有受理决定。"
    elif decision.decided_on < case.requested_on:
        yield f"受理日期{_day(decision.decided_on)}早于申请日期{_day(case.requested_on)}。"
    for party in case.parties:
        if case.is_accepted and case.answer_of(party.no) is not Answer.AGREES:
            yield f"没有{party.name}同意调解的登记。"


def _notice(file: FileToScore) -> Iterator[str]:
    if "02" in file.missing:
        yield "缺权利义务告知书。"
    for session in file.case.sessions:
        if not session.rights_told:
            yield f"第{session.no}次调解没有登记告知权利义务。"


def _identity(file: FileToScore) -> Iterator[str]:
    if "03" in file.missing:
        yield "缺当事人身份证明。"
    for party in file.case.parties:
        known = party.uscc if party.kind is PartyKind.ORGANISATION else party.id_number or party.no_paper_reason
        if not known:
            yield f"没有登记{party.name}的证件号码。"


def _inquiry(file: FileToScore) -> Iterator[str]:
    has_entries = any(entry.code == "D05" for entry in file.case.entries)
    if not has_entries and not _attached(file, AttachmentKind.EVIDENCE):
        yield "没有调查记录和证据材料，请核对是否需要。"


def _sessions(file: FileToScore) -> Iterator[str]:
    case = file.case
    if "07" in file.missing:
        yield "缺调解记录。"
    accepted_on = case.decision.decided_on if case.decision and case.is_accepted else None
    for session in case.sessions:
        which = f"第{session.no}次调解"
        if accepted_on and session.held_on < accepted_on:
            yield f"{which}的日期{_day(session.held_on)}早于受理日期{_day(accepted_on)}。"
        if not session.record.strip():
            yield f"{which}没有记录内容。"
        if not session.mediator_ids:
            yield f"{which}没有登记调解员。"
        if not session.recorder:
            yield f"{which}没有登记记录人。"
        for no in session.present_nos:
            if case.party(no) is None:
                yield f"{which}到场的当事人（{no}）不在当事人名单中。"
    if case.sessions and not _attached(file, AttachmentKind.SIGNED_RECORD):
        yield "没有签署的调解记录扫描件。"


def _agreement(file: FileToScore) -> Iterator[str]:
    if "08" in file.missing:
        yield "缺调解协议。"
    yield from file.agreement_findings
    began_on = min((session.held_on for session in file.case.sessions), default=None)
    for agreement in file.agreements:
        which = f"第{agreement.no}份协议"
        if agreement.made_on and began_on and agreement.made_on < began_on:
            yield f"{which}的日期{_day(agreement.made_on)}早于第一次调解的日期{_day(began_on)}。"
        for obligation in agreement.obligations:
            total = sum(part.amount_fen for part in obligation.instalments)
            if obligation.instalments and total != obligation.amount_fen:
                yield f"{which}第{obligation.no}项履行安排的各期合计与总额不一致。"
        for mediator_id in agreement.mediator_ids:
            mediator = file.mediators.get(mediator_id)
            if agreement.made_on and mediator and not mediator.may_preside(agreement.made_on, file.case.committee_id):
                yield f"{mediator.name}在{which}的日期没有本调委会的有效聘任。"
        left_out = [party.name for party in file.case.parties if party.no not in agreement.party_nos]
        if left_out:
            yield f"{which}没有列入{'、'.join(left_out)}，请核对份数和签名。"


def _signatures(file: FileToScore) -> Iterator[str]:
    yield from (f"缺{mark}。" for mark in _missing_marks(file))
    for agreement in file.agreements:
        if agreement.form is AgreementForm.WRITTEN and not _has_scan(file, agreement):
            yield f"没有第{agreement.no}份协议的签署扫描件。"
        for signature in agreement.signatures:
            party = file.case.party(signature.party_no)
            if signature.role is SignerRole.PARTY and party and signature.signer_name not in _may_sign(party):
                yield f"{signature.signer_name}签名，但不是{party.name}或者其登记的代理人。"
            named = file.name(signature.mediator_id or 0)
            if signature.role is SignerRole.MEDIATOR and named and signature.signer_name not in ("", named):
                yield f"{signature.signer_name}签名，与调解员{named}的姓名不一致。"


def _follow_up(file: FileToScore) -> Iterator[str]:
    case = file.case
    if not case.effective_agreements:
        return
    done = [each.done_on for each in case.follow_ups if each.done_on]
    if not done:
        yield "没有回访记录。"
    first = min(each.effective_on for each in case.effective_agreements if each.effective_on)
    yield from (f"回访日期{_day(day)}早于协议生效日期{_day(first)}。" for day in done if day < first)
    for agreement in case.effective_agreements:
        for obligation in agreement.obligations:
            due = obligation.next_due()
            if due and due[0] < file.today:
                yield f"第{agreement.no}份协议第{obligation.no}项{_day(due[0])}到期，没有履行记录。"
    if not _attached(file, AttachmentKind.RECEIPT):
        yield "没有履行凭证。"


def _binding(file: FileToScore) -> Iterator[str]:
    yield from file.binding_faults or ()


_CHECKS: Mapping[str, Callable[[FileToScore], Iterator[str]]] = {
    "cover": _cover,
    "application": _application,
    "notice": _notice,
    "identity": _identity,
    "inquiry": _inquiry,
    "sessions": _sessions,
    "agreement": _agreement,
    "signatures": _signatures,
    "follow_up": _follow_up,
    "binding": _binding,
}


def _decisive(file: FileToScore) -> Iterator[str]:
    """Of missing signatures, an unlawful clause, a forged signature and a missing seal: what a program can see."""
    yield from (f"缺{mark}" for mark in _missing_marks(file, SignerRole.PARTY, SignerRole.SEAL))


def _missing_marks(file: FileToScore, *roles: SignerRole) -> Iterator[str]:
    for agreement in file.agreements:
        for role, number in agreement.missing_marks():
            if roles and role not in roles:
                continue
            who = {
                SignerRole.PARTY: f"{file.case.party_name(number)}的签名",
                SignerRole.MEDIATOR: f"调解员{file.name(number or 0)}的签名",
            }
            yield who.get(role, "人民调解委员会的印章")


def _may_sign(party: Party) -> list[str]:
    agents = [agent.name for agent in party.agents]
    return ["", party.name, party.legal_representative, *agents]


def _attached(file: FileToScore, kind: AttachmentKind) -> bool:
    return any(attachment.kind is kind for attachment in file.case.standing_attachments)


def _has_scan(file: FileToScore, agreement: Agreement) -> bool:
    """Whether the agreement lies signed in the file; a scan that names none shows the only one there is."""
    shown = (agreement.no, None) if len(file.agreements) == 1 else (agreement.no,)
    scans = [each for each in file.case.standing_attachments if each.kind is AttachmentKind.SIGNED_AGREEMENT]
    return any(scan.agreement_no in shown for scan in scans)


def _day(day: date) -> str:
    return day.isoformat()
