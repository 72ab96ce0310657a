"""The sample dispute: one story told in full, with names that put fonts and forms to the test.

张𠮷样 lives below 买买提江·吐尔逊, whose bathroom leaks. They meet twice, agree on two instalments and a repair, sign,
and both keep their word. The people carry reserved numbers only.
"""

from datetime import date, datetime, time, timedelta
from random import Random

from mediation_desk.domain.agreement import Instalment, ObligationKind, SignatureKind, SignerRole
from mediation_desk.domain.case import Answer, ChosenBy, DecisionKind, OutcomeKind, SessionResult
from mediation_desk.domain.choice import RecusalAnswer
from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.money import amount_on_paper
from mediation_desk.domain.party import Agent, AgentKind, Party, Side
from mediation_desk.domain.uid import uuid7
from mediation_desk.domain.working_days import add_months, add_working_days
from mediation_desk.exchange.filed_case import (
    CaseFile,
    FiledAgreement,
    FiledAnswer,
    FiledAssignment,
    FiledClosing,
    FiledDecision,
    FiledFollowUp,
    FiledMediator,
    FiledObligation,
    FiledOutcome,
    FiledPerformance,
    FiledSession,
    FiledSignature,
    FiledTriage,
    Registration,
)
from mediation_desk.services.practice_cases import NO_SCANS, planned_until_now
from mediation_desk.services.practice_house import House

_A, _B = "张𠮷样", "买买提江·吐尔逊"
_PARTS_FEN = (300_000, 300_000)


def sample_case(house: House, *, closed: bool) -> CaseFile:
    """The story up to its closing; or, not `closed`, up to the first payment, with the second due in three days.

    Raises `NotFound` where nobody is in the directory who could preside.
    """
    return _Sample(house, closed=closed).file()


class _Sample:
    """The story's days, counted back from when the second instalment is due, and what happened on each."""

    def __init__(self, house: House, *, closed: bool) -> None:
        self.house = house
        self.closed = closed
        second_due = house.now.date() + timedelta(days=-20 if closed else 3)
        self.dues = (add_months(second_due, -1), second_due)
        self.made_on = self._working_days_before(self.dues[0] - timedelta(days=14), 1)
        self.first_met = self._working_days_before(self.made_on, 4)
        self.accepted_on = self._working_days_before(self.first_met, 2)
        self.requested_on = self._working_days_before(self.accepted_on, 1)
        self.repaired_by = self.made_on + timedelta(days=10)
        self.committee = house.committees[0]
        presiding = house.presiding(self.committee, self.requested_on)
        if not presiding:
            raise NotFound("名册中没有这个调委会聘任的调解员，不能生成样例纠纷。请先在名册中登记聘任。")
        self.mediator = presiding[0]

    def _working_days_before(self, day: date, number: int) -> date:
        return add_working_days(day, -number, self.house.rules.holidays)

    def file(self) -> CaseFile:
        moment, agreement = datetime.combine(self.requested_on, time(9)), self._agreement()
        return CaseFile(
            uid=uuid7(moment, Random(f"sample {self.house.now}").randbytes(10)),
            mediators=(FiledMediator(no=1, name=self.mediator.name, unit=self.mediator.unit),),
            registration=Registration(
                requested_on=self.requested_on,
                matter="我家住302。楼上402卫生间漏水，从去年冬天漏到现在，客厅天花板鼓包掉皮，衣柜板子泡开了。"
                "上门说过四五次，对方说自己家地面是干的，后来门也不开了。",
                demand="把漏水修好，赔天花板重新粉刷和衣柜的钱，一共6,000元。",
                occurred_on=self.requested_on - timedelta(days=90),
                occurred_at="示例大街8号楼2单元302室",
                dispute_kind="02",
                event_category="0201",
                case_source="application",
                channel="visit",
                people_involved=4,
                claimed_fen=sum(_PARTS_FEN),
            ),
            parties=self._parties(),
            willingness=(
                FiledAnswer(party_no=1, answer=Answer.AGREES, asked_at=moment, channel="visit"),
                FiledAnswer(party_no=2, answer=Answer.UNDECIDED, asked_at=moment, channel="phone", note="没有人接听。"),
                FiledAnswer(
                    party_no=2,
                    answer=Answer.AGREES,
                    asked_at=datetime.combine(self.accepted_on, time(8, 50)),
                    channel="phone",
                    note="愿意谈，希望由社区熟悉情况的人主持。",
                ),
            ),
            triage=FiledTriage(path="M1", decided_on=self.requested_on),
            decisions=(
                FiledDecision(
                    kind=DecisionKind.ACCEPTED,
                    decided_on=self.accepted_on,
                    mediation_committee=self.committee.name,
                ),
            ),
            assignments=(
                FiledAssignment(
                    mediator_no=1,
                    chosen_by=ChosenBy.PARTIES,
                    chosen_by_nos=(1, 2),
                    kinship=RecusalAnswer.NO,
                    same_employer=RecusalAnswer.NO,
                    earlier_role=RecusalAnswer.NO,
                    assigned_on=self.accepted_on,
                ),
            ),
            sessions=self._sessions(),
            outcomes=(FiledOutcome(kind=OutcomeKind.WRITTEN, ended_on=self.made_on),),
            agreements=(agreement,),
            follow_ups=self._follow_ups(agreement),
            closing=FiledClosing(closed_on=self.house.now.date(), despite_reason=NO_SCANS) if self.closed else None,
        )

    def _parties(self) -> tuple[Party, ...]:
        son = Agent(
            kind=AgentKind.ENTRUSTED, name="艾力·吐尔逊", relation="弟", powers=["evidence", "take_part_and_sign"]
        )
        return (
            Party(
                no=1,
                side=Side.CLAIMANT,
                name=_A,
                gender="1",
                ethnicity="01",
                birth_date=date(1990, 1, 1),
                id_paper="111",
                id_number="110000199001010013",
                address="示例大街8号楼2单元302室",
                phone="19900000001",
            ),
            Party(
                no=2,
                side=Side.RESPONDENT,
                name=_B,
                gender="1",
                ethnicity="05",
                birth_date=date(1949, 10, 1),
                id_paper="111",
                id_number="110000194910019995",
                address="示例大街8号楼2单元402室",
                phone="19900000002",
                agents=[son],
            ),
        )

    def _sessions(self) -> tuple[FiledSession, ...]:
        return (
            FiledSession(
                held_on=self.first_met,
                began=time(14),
                ended=time(15, 40),
                place="示例大街8号楼402室、302室",
                subject="查看漏水部位",
                present_nos=(1, 2),
                participants="楼内水暖工一名",
                participants_agreed=True,
                rights_told=True,
                record=f"调解员说明调解自愿、不收费，告知权利义务。双方一同看了302室的天花板和衣柜。{_B}同意开门查看，"
                f"水暖工查出402室卫生间地漏周边防水层老化。{_B}说不是不愿意修，是不知道自家漏。{_A}拿出照片和衣柜的购买单据。"
                f"{_B}对漏水的事实没有异议，数额要和家里商量，约定下次到调解室再谈。",
                result=SessionResult.CONTINUES,
                mediator_nos=(1,),
                recorder="登记员（练习）",
            ),
            FiledSession(
                held_on=self.made_on,
                began=time(9, 30),
                ended=time(11),
                place="第一调解室",
                subject="漏水的维修和赔偿",
                present_nos=(1, 2),
                rights_told=True,
                record=f"双方核对了粉刷和衣柜的报价。{_B}同意修好防水并赔偿6,000元，退休金不多，希望分两次给。{_A}体谅，"
                "同意分两期。双方握手，请调解员写成协议。",
                result=SessionResult.SETTLED,
                mediator_nos=(1,),
                recorder="登记员（练习）",
            ),
        )

    def _agreement(self) -> FiledAgreement:
        parts = tuple(Instalment(due_on=due, amount_fen=fen) for due, fen in zip(self.dues, _PARTS_FEN, strict=True))
        return FiledAgreement(
            facts=f"{_A}与{_B}系上下楼邻居。{_B}家卫生间地漏周边防水层老化渗漏，致{_A}家客厅天花板、衣柜受损。"
            "双方对渗漏原因和受损情况没有异议，就维修和赔偿发生争议。",
            clauses=(
                f"{_B}于{day_in_words(self.repaired_by)}前自费修复402室卫生间防水层，{_A}给予配合。",
                f"{_B}赔偿{_A}天花板粉刷费和衣柜损失共计{amount_on_paper(sum(_PARTS_FEN))}，分两期通过银行转账支付。",
                "今后发现渗漏，双方及时告知、互相查看，不再拒绝对方入户。",
                "本协议全部履行完毕后，双方就本次纠纷再无其他争议。",
            ),
            performance_terms=f"防水层于{day_in_words(self.repaired_by)}前修好；赔偿款分两期转账，"
            f"{day_in_words(self.dues[1])}前付清。",
            made_on=self.made_on,
            party_nos=(1, 2),
            mediator_nos=(1,),
            recorder="登记员（练习）",
            obligations=(self._repair(), self._payment(parts)),
            signatures=(
                FiledSignature(role=SignerRole.PARTY, party_no=1, signer_name=_A, signed_on=self.made_on),
                FiledSignature(
                    role=SignerRole.PARTY,
                    party_no=2,
                    signer_name=_B,
                    kind=SignatureKind.FINGERPRINT,
                    signed_on=self.made_on,
                    witness="艾力·吐尔逊",
                ),
                FiledSignature(
                    role=SignerRole.MEDIATOR, mediator_no=1, signer_name=self.mediator.name, signed_on=self.made_on
                ),
                FiledSignature(role=SignerRole.SEAL, kind=SignatureKind.STAMP, signed_on=self.made_on),
            ),
        )

    def _repair(self) -> FiledObligation:
        done_on = self.repaired_by - timedelta(days=2)
        return FiledObligation(
            kind=ObligationKind.ACT,
            payer_no=2,
            payee_no=1,
            what="修复402室卫生间防水层",
            due_on=self.repaired_by,
            performances=(FiledPerformance(done_on=done_on, note="闭水试验两天，302室没有再渗。"),),
        )

    def _payment(self, parts: tuple[Instalment, ...]) -> FiledObligation:
        paid = parts if self.closed else parts[:1]
        return FiledObligation(
            payer_no=2,
            payee_no=1,
            amount_fen=sum(_PARTS_FEN),
            what="天花板粉刷费和衣柜损失",
            means="银行转账",
            instalments=parts,
            performances=tuple(
                FiledPerformance(
                    done_on=each.due_on - timedelta(days=2), amount_fen=each.amount_fen, note="转账凭证已看过。"
                )
                for each in paid
            ),
        )

    def _follow_ups(self, agreement: FiledAgreement) -> tuple[FiledFollowUp, ...]:
        first, second = self.dues
        situations = {
            f"{day_in_words(self.repaired_by)}到期履行回访": "上门查看，防水层已修好，302室没有再渗。",
            f"{day_in_words(first)}到期履行回访": f"电话回访，{_A}说第一期已经收到，两家来往正常。",
            f"{day_in_words(second)}到期履行回访": f"上门回访，款项付清，天花板已重新粉刷，{_A}和{_B}都没有新的意见。",
        }
        return tuple(
            FiledFollowUp(
                due_on=each.due_on,
                done_on=each.due_on,
                situation=situations.get(each.subject, "与双方通话，协议履行顺利，没有新的争议。"),
                visitor=self.mediator.name,
            )
            for each in planned_until_now(self.house, agreement)
        )
