"""Makes up whole cases for practising, as if they had come in exchange files."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from mediation_desk.domain.agreement import Agreement, AgreementForm, SignatureKind, SignerRole
from mediation_desk.domain.case import (
    Answer,
    ChosenBy,
    DecisionKind,
    FollowUp,
    NumberKind,
    OutcomeKind,
    SessionResult,
)
from mediation_desk.domain.choice import RecusalAnswer
from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.instalments import equal_instalments
from mediation_desk.domain.money import amount_on_paper
from mediation_desk.domain.party import Party, Side
from mediation_desk.domain.path_aid import MEDIATION_PATH
from mediation_desk.domain.uid import uuid7
from mediation_desk.domain.working_days import add_months
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
from mediation_desk.services import practice_stories
from mediation_desk.services.agreements import planned_follow_ups
from mediation_desk.services.practice_house import House
from mediation_desk.services.practice_people import company, guardian, person, somebody
from mediation_desk.services.practice_stories import STORIES, Story
from mediation_desk.services.practice_ways import AGREEING, ENDED_OTHERWISE, NEARLY_NOW, Way

NO_SCANS = "练习数据，没有扫描件。"


def make_up(house: House, draw: Random, way: Way) -> CaseFile:
    """A case that has come that far. The same chance gives the same case."""
    return _Case(house, draw, way).file()


def planned_until_now(house: House, agreement: FiledAgreement) -> list[FollowUp]:
    """The follow-ups that were planned when the agreement took effect and whose day has come."""
    assert agreement.effective_on is not None
    owed = [each.as_owed(no) for no, each in enumerate(agreement.obligations, 1)]
    planned = planned_follow_ups(Agreement(no=1, obligations=owed), house.rules, agreement.effective_on)
    return [each for each in planned if each.due_on <= house.now.date()]


class _Case:
    """One case while it is made up. Days are places in the list of working days."""

    def __init__(self, house: House, draw: Random, way: Way) -> None:
        self.house = house
        self.draw = draw
        self.way = way
        handed_over = way is Way.HANDED_OVER
        self.story: Story = draw.choice([each for each in STORIES if (each.path != MEDIATION_PATH) == handed_over])
        self.parties = self._parties()
        self.names = {"a": self.parties[0].name, "b": self.parties[1].name}
        self.amount_fen = draw.randint(self.story.least // 100, self.story.most // 100) * 100_00
        self.payment = draw.choices(("at_once", "once", "instalments"), (35, 30, 35))[0]
        if way in (Way.CLOSED_ORAL, Way.PERFORMING):
            self.payment = {Way.CLOSED_ORAL: "at_once", Way.PERFORMING: "instalments"}[way]
        self.number_of_instalments = draw.randint(2, 4)
        self.paid = 0
        self._set_days()
        self.committee = draw.choice(house.committees)
        fitting = house.presiding(self.committee, self.day(self.requested))
        if not fitting:
            raise NotFound("名册中没有这个调委会聘任的调解员，不能生成练习案件。请先在名册中登记聘任。")
        self.mediator = draw.choice(fitting)

    def _parties(self) -> list[Party]:
        draw, story = self.draw, self.story
        born = self.house.now.year - 10
        first = person(1, Side.CLAIMANT, somebody(draw, born=(born - 3, born) if story.of_a_child else (1945, 2004)))
        if story.of_a_child:
            first.agents.append(guardian(draw))
        if story.companies:
            return [first, company(2, Side.RESPONDENT, draw.choice(story.companies), draw)]
        return [first, person(2, Side.RESPONDENT, somebody(draw))]

    def _set_days(self) -> None:
        """Choose when it came in, when it was accepted and given to somebody, when they met, when it was signed."""
        draw, last = self.draw, len(self.house.days) - 1
        steps = [draw.randint(0, 2), draw.randint(0, 2), draw.randint(1, 4)]
        if draw.random() < 0.3:
            steps.append(draw.randint(2, 5))
        if self.way is Way.PERFORMING:
            self.requested = max(0, self._before_instalments(sum(steps)))
        elif self.way in NEARLY_NOW:
            self.requested = last - draw.randint(*NEARLY_NOW[self.way])
        else:
            needed = sum(steps) + {"at_once": 30, "once": 60, "instalments": 130}[self.payment]
            self.requested = draw.randint(0, max(0, last - needed))
        places = [self.requested]
        for step in steps:
            places.append(min(last, places[-1] + step))
        _, self.decided, self.assigned, *self.met = places
        self.signed = min(last, self.met[-1] + (draw.random() < 0.15))

    def _before_instalments(self, length: int) -> int:
        """Begin so that an instalment falls due around today; those before it are paid, or the last of them is late."""
        draw, today = self.draw, self.house.now.date()
        self.paid = draw.randint(0, self.number_of_instalments - 1)
        self.first_due = add_months(
            today + timedelta(days=draw.choice((-9, -3, -1, 0, 0, 0, 1, 2, 3, 5, 9, 20))), -self.paid
        )
        made_on = self.first_due - timedelta(days=draw.randint(12, 25))
        made = max((place for place, day in enumerate(self.house.days) if day <= made_on), default=0)
        return made - length - 1

    def day(self, place: int) -> date:
        return self.house.days[place]

    def told(self, text: str) -> str:
        return text.format(**self.names)

    def file(self) -> CaseFile:
        """What happened to it, in the order of the way."""
        way = self.way
        is_decided = way not in (Way.REGISTERED, Way.TRIAGED)
        is_accepted = is_decided and way not in (Way.DECLINED, Way.HANDED_OVER)
        is_assigned = is_accepted and way is not Way.ACCEPTED
        is_met = is_assigned and way is not Way.ASSIGNED
        agreements = (self._agreement(),) if way in AGREEING else ()
        return CaseFile(
            uid=uuid7(datetime.combine(self.day(self.requested), time(9)), self.draw.randbytes(10)),
            number_kind=NumberKind.ORAL if way is Way.CLOSED_ORAL else NumberKind.CASE,
            mediators=(FiledMediator(no=1, name=self.mediator.name, unit=self.mediator.unit),),
            registration=self._registration(),
            parties=tuple(self.parties),
            willingness=self._answers(),
            triage=self._triage() if way is not Way.REGISTERED else None,
            decisions=(self._decision(),) if is_decided else (),
            assignments=(self._assignment(),) if is_assigned else (),
            sessions=self._sessions() if is_met else (),
            outcomes=self._outcomes(),
            agreements=agreements,
            follow_ups=self._follow_ups(agreements),
            closing=self._closing(agreements) if way.name.startswith("CLOSED") else None,
        )

    def _registration(self) -> Registration:
        draw, story, requested = self.draw, self.story, self.day(self.requested)
        return Registration(
            requested_on=requested,
            matter=self.told(story.matter),
            demand=self.told(story.demand),
            occurred_on=requested - timedelta(days=draw.randint(3, 200)),
            occurred_at=self.parties[-1].address,
            dispute_kind=story.kind,
            event_category=story.category,
            case_source=draw.choices(("application", "own_initiative", "referral_court_pre_filing"), (80, 12, 8))[0],
            channel=draw.choices(("visit", "phone", "hotline_12345", "grid"), (70, 8, 12, 10))[0],
            people_involved=draw.choice((2, 2, 2, 3, 4, 5, 8)),
            claimed_fen=self.amount_fen * draw.choice((10, 12, 15)) // 10 or None,
            safety_flags=("may_turn_criminal",) if draw.random() < 0.01 else (),
        )

    def _answers(self) -> tuple[FiledAnswer, ...]:
        asked_at = min(datetime.combine(self.day(self.requested), time(9)), self.house.now)
        answers = {1: Answer.AGREES, 2: Answer.AGREES}
        if self.way in (Way.REGISTERED, Way.HANDED_OVER):
            del answers[2]
        elif self.way is Way.DECLINED:
            answers[2] = Answer.REFUSES
        return tuple(
            FiledAnswer(party_no=no, answer=answer, asked_at=asked_at, channel="visit" if no == 1 else "phone")
            for no, answer in answers.items()
        )

    def _triage(self) -> FiledTriage:
        return FiledTriage(path=self.story.path, decided_on=self.day(self.requested))

    def _decision(self) -> FiledDecision:
        day = self.day(self.decided)
        if self.way is Way.HANDED_OVER:
            return FiledDecision(kind=DecisionKind.HANDED_OVER, decided_on=day, handed_to=self.story.organ)
        if self.way is Way.DECLINED:
            return FiledDecision(kind=DecisionKind.NOT_ACCEPTED, decided_on=day, reason_code="party_refuses")
        return FiledDecision(kind=DecisionKind.ACCEPTED, decided_on=day, mediation_committee=self.committee.name)

    def _assignment(self) -> FiledAssignment:
        chosen = self.draw.random() < 0.2
        return FiledAssignment(
            mediator_no=1,
            chosen_by=ChosenBy.PARTIES if chosen else ChosenBy.COMMITTEE,
            chosen_by_nos=(1, 2) if chosen else (),
            kinship=RecusalAnswer.NO,
            same_employer=RecusalAnswer.NO,
            earlier_role=RecusalAnswer.NO,
            assigned_on=self.day(self.assigned),
        )

    def _sessions(self) -> tuple[FiledSession, ...]:
        draw = self.draw
        sessions = []
        for index, place in enumerate(self.met):
            is_last = index == len(self.met) - 1
            result: SessionResult = SessionResult.CONTINUES
            ends: tuple[str, ...] = practice_stories.WHEN_NOT_YET
            if is_last and self.way in AGREEING:
                result, ends = SessionResult.SETTLED, practice_stories.WHEN_SETTLED
            elif is_last and self.way in ENDED_OTHERWISE:
                result, ends = SessionResult.FAILED, practice_stories.WHEN_FAILED
            said = [draw.choice(texts) for texts in (practice_stories.OPENINGS, practice_stories.SECOND_THOUGHTS, ends)]
            hour = draw.choice((9, 10, 14, 15))
            sessions.append(
                FiledSession(
                    held_on=self.day(place),
                    began=time(hour, draw.choice((0, 30))),
                    ended=time(hour + draw.choice((1, 2)), 30),
                    place=draw.choice(("第一调解室", "第二调解室", "社区调解室")),
                    subject=self.told(self.story.demand).rstrip("。"),
                    present_nos=(1, 2),
                    rights_told=True,
                    record=self.told("".join(said)),
                    result=result,
                    mediator_nos=(1,),
                    recorder="登记员（练习）",
                )
            )
        return tuple(sessions)

    def _outcomes(self) -> tuple[FiledOutcome, ...]:
        day = self.day(self.met[-1])
        if self.way in ENDED_OTHERWISE:
            kind, reason_code = ENDED_OTHERWISE[self.way]
            return (FiledOutcome(kind=kind, ended_on=day, reason_code=reason_code),)
        oral = self.way is Way.CLOSED_ORAL
        agreed = FiledOutcome(kind=OutcomeKind.ORAL if oral else OutcomeKind.WRITTEN, ended_on=day)
        return (agreed,) if self.way in AGREEING else ()

    def _agreement(self) -> FiledAgreement:
        made_on = self.day(self.met[-1])
        how, obligation = self._obligation(made_on)
        clauses = [
            f"{self.names['b']}向{self.names['a']}支付{self.story.due}{amount_on_paper(self.amount_fen)}，{how}。"
        ]
        clauses += [self.told(self.story.deed)] if self.story.deed else []
        return FiledAgreement(
            form=AgreementForm.ORAL if self.way is Way.CLOSED_ORAL else AgreementForm.WRITTEN,
            facts=self.told(self.story.facts),
            clauses=(*clauses, "本协议全部履行完毕后，双方就本次纠纷再无其他争议。"),
            performance_terms=f"{how}。",
            made_on=made_on,
            party_nos=(1, 2),
            mediator_nos=(1,),
            recorder="登记员（练习）",
            obligations=(obligation,),
            signatures=self._signatures(),
        )

    def _obligation(self, made_on: date) -> tuple[str, FiledObligation]:
        """(how it is to be paid, what is owed and what was paid)."""
        owed = FiledObligation(
            payer_no=2, payee_no=1, amount_fen=self.amount_fen, what=self.story.due, means="银行转账"
        )
        if self.payment == "at_once":
            paid = self._paid((made_on, self.amount_fen))
            return "签订本协议时当场付清", replace(owed, means="当场支付", at_once=True, performances=paid)
        if self.payment == "once":
            due_on = made_on + timedelta(days=self.draw.randint(7, 30))
            paid = self._paid((due_on, self.amount_fen))
            return f"于{day_in_words(due_on)}前通过银行转账一次付清", replace(owed, due_on=due_on, performances=paid)
        first_due = self.first_due if self.way is Way.PERFORMING else add_months(made_on, 1)
        parts = equal_instalments(self.amount_fen, self.number_of_instalments, first_due)
        paid = self._paid(*((part.due_on, part.amount_fen) for part in parts))
        how = f"分{len(parts)}期通过银行转账付清，最后一期在{day_in_words(parts[-1].due_on)}前"
        return how, replace(owed, instalments=tuple(parts), performances=paid)

    def _paid(self, *dues: tuple[date, int]) -> tuple[FiledPerformance, ...]:
        """All of it when the case is closed, the first parts while it is performing, nothing before it binds."""
        if self.way is Way.TO_BE_SIGNED:
            return ()
        wanted = dues[: self.paid] if self.way is Way.PERFORMING else dues
        earliest = self.day(self.signed)
        return tuple(
            FiledPerformance(
                done_on=due_on
                if self.payment == "at_once"
                else max(earliest, due_on - timedelta(days=self.draw.randint(0, 4))),
                amount_fen=amount_fen,
                note="" if self.payment == "at_once" else "转账凭证已看过",
            )
            for due_on, amount_fen in wanted
        )

    def _signatures(self) -> tuple[FiledSignature, ...]:
        made_on, last = self.day(self.met[-1]), self.day(self.signed)
        if self.way is Way.CLOSED_ORAL:
            return ()
        first, second = self.parties
        signer = first.guardians[0].name if first.guardians else first.name
        marks = [
            FiledSignature(role=SignerRole.PARTY, party_no=1, signer_name=signer, signed_on=made_on),
            FiledSignature(
                role=SignerRole.PARTY,
                party_no=2,
                signer_name=second.legal_representative or second.name,
                signed_on=last,
            ),
            FiledSignature(role=SignerRole.MEDIATOR, mediator_no=1, signer_name=self.mediator.name, signed_on=last),
            FiledSignature(role=SignerRole.SEAL, kind=SignatureKind.STAMP, signed_on=last),
        ]
        return tuple(marks[: self.draw.randint(0, 2)] if self.way is Way.TO_BE_SIGNED else marks)

    def _follow_ups(self, agreements: tuple[FiledAgreement, ...]) -> tuple[FiledFollowUp, ...]:
        """While it is performing most of the planned ones were made; a closed case was asked about once."""
        if self.way is Way.PERFORMING:
            due = [each.due_on for each in planned_until_now(self.house, agreements[0])]
            return tuple(self._follow_up(due_on, due_on) for due_on in due if self.draw.random() < 0.85)
        if self.way in (Way.CLOSED_WRITTEN, Way.CLOSED_ORAL):
            return (self._follow_up(self._last_paid(agreements[0]) + timedelta(days=1), None),)
        return ()

    def _follow_up(self, done_on: date, due_on: date | None) -> FiledFollowUp:
        situation = self.told(self.draw.choice(practice_stories.FOLLOW_UPS))
        return FiledFollowUp(due_on=due_on, done_on=done_on, situation=situation, visitor=self.mediator.name)

    def _last_paid(self, agreement: FiledAgreement) -> date:
        paid = [each.done_on for obligation in agreement.obligations for each in obligation.performances]
        return max([self.day(self.signed), *paid])

    def _closing(self, agreements: tuple[FiledAgreement, ...]) -> FiledClosing:
        last = self._last_paid(agreements[0]) if agreements else self.day(self.met[-1])
        day = min(self.house.now.date(), last + timedelta(days=self.draw.randint(1, 6)))
        return FiledClosing(closed_on=day, despite_reason=NO_SCANS)
