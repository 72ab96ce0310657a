"""Nothing of a case comes out of the store for somebody who may not see it, whatever is asked."""

import inspect
import re
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple

import pytest

from mediation_desk.domain.call_out import Call, CallAnswer, CallOut
from mediation_desk.domain.case import AttachmentKind, Case
from mediation_desk.domain.errors import NotAllowed, NotFound
from mediation_desk.domain.ledger import Difficulty, What
from mediation_desk.domain.paper import BlankForm
from mediation_desk.domain.petition import ACCUSATION, Petition, PetitionStepKind
from mediation_desk.domain.query_code import query_code
from mediation_desk.domain.referral import Direction, Referral, ReferralKind, ReferralStep, ReferralStepKind
from mediation_desk.domain.relation import Relation, RelationKind
from mediation_desk.domain.report_period import Span
from mediation_desk.domain.search_query import SearchQuery
from mediation_desk.domain.stage import Stage
from mediation_desk.domain.statistics_form import Basis
from mediation_desk.services.afterwards import follow_up
from mediation_desk.services.agreements import draft_agreement
from mediation_desk.services.assignment import relieve
from mediation_desk.services.attachments import attach
from mediation_desk.services.mediation import add_confidential_note
from mediation_desk.services.paper_log import note_printed
from mediation_desk.store.cases import CaseFilter
from mediation_desk.store.records import Records
from mediation_desk.store.sight import Sight
from tests.desk import APPOINTED, LAPSED, NOW, ON_CALL, TODAY, Desk, photo, uid
from tests.procedure_facts import add_procedure

NOBODY = Sight()
LONG_AGO, LATER = TODAY - timedelta(days=400), TODAY + timedelta(days=400)
BEGAN, ENDS = (datetime.combine(day, time.min) for day in (LONG_AGO, LATER))
NAME, NUMBER, PHONE = "张三", "110000199001010013", "13800000001"
EVER = Span(LONG_AGO, LATER)
EASY = Difficulty(people=1, fen=1)


class Hidden(NamedTuple):
    """What belongs to cases of others: the case in which everything happened, and what hangs on it."""

    case: Case
    ids: set[int]
    call_out_id: int
    version_id: int
    blank: str


@pytest.fixture
def hidden(desk: Desk) -> Hidden:
    """Cases of one mediator at every stage, with papers, notes, files, calls and half-typed forms."""
    others = {desk.registered(), desk.in_mediation(), desk.drafted(), desk.closed()}
    case_id = desk.performing()
    desk.do(add_confidential_note, case_id, "张三私下愿意让步。")
    desk.do(attach, case_id, kind=AttachmentKind.EVIDENCE, file_name="借条.png", content=photo())
    desk.do(follow_up, case_id, done_on=TODAY, situation="履行中", visitor="赵和", due_on=TODAY)
    desk.do(note_printed, case_id, "D03", 0, "申请书", ["张三申请调解。"], "d" * 64, 1)
    with desk.database.writing() as records:
        call_out = CallOut(uid=uid(70), case_id=case_id, began_at=NOW, by_id=1, calls=[a_call(APPOINTED)])
        records.call_outs.add(call_out)
        for number, of in ((1, case_id), (2, None)):
            typed = {"matter": "张三说漏水。"}
            records.drafts.save(
                f"d{number}", centre_id=1, form="intake", user_id=1, content=typed, now=NOW, case_id=of, parked=True
            )
        case = records.cases.get(case_id)
        add_procedure(case, min(others))
        first = min(others)
        same = Relation(kind=RelationKind.SAME_DISPUTE, other_id=first, main_id=first, by_id=1, recorded_at=NOW)
        case.relations.append(same)
        case.referrals[0].due_on = TODAY
        out = {"direction": Direction.OUT, "kind": ReferralKind.HAND_OVER, "unit": "示例局", "sent_on": TODAY}
        case.referrals.append(Referral(no=2, by_id=1, recorded_at=NOW, **out))  # type: ignore[arg-type]  # any of these
        sent = Referral(
            no=1,
            direction=Direction.IN,
            kind=ReferralKind.FORWARD,
            unit="示例局",
            sent_on=TODAY,
            by_id=1,
            recorded_at=NOW,
        )
        signed = ReferralStep(kind=ReferralStepKind.SIGNED_FOR, happened_on=TODAY, by_id=1, recorded_at=NOW)
        sent.steps.append(signed)
        undecided = records.cases.get(min(others))
        undecided.referrals.append(sent)
        case.mark_flags(["violence"], 1, NOW)
        case.relations.append(
            Relation(
                kind=RelationKind.SAME_DISPUTE, other_id=min(others), main_id=min(others), by_id=1, recorded_at=NOW
            )
        )
        records.blanks.add([BlankForm(centre_id=1, code="D03", number="空2026-1", by_id=1, printed_at=NOW)])
        records.flush()
        [version] = records.versions.of_paper(case_id, "D03", 0)
        assert call_out.id is not None
        return Hidden(records.cases.get(case_id), others | {case_id}, call_out.id, version.id, "空2026-1")


def a_call(mediator_id: int, answer: CallAnswer = CallAnswer.WAITING) -> Call:
    return Call(
        mediator_id=mediator_id, place=1, called_at=NOW, answer_by=NOW + timedelta(hours=1), answer=answer, by_id=1
    )


Question = Callable[[Records, Hidden], object]

OF_CASES: dict[str, Question] = {
    "attachments.content": lambda records, hidden: records.attachments.content(hidden.case.attachments[0]),
    "became.facts": lambda records, hidden: records.became.facts(hidden.ids),
    "call_outs.calls": lambda records, _: records.call_outs.calls(BEGAN, ENDS),
    "call_outs.get": lambda records, hidden: records.call_outs.get(hidden.call_out_id),
    "call_outs.of_case": lambda records, hidden: records.call_outs.of_case(hidden.case.id or 0),
    "call_outs.running": lambda records, _: records.call_outs.running(),
    "cases.count": lambda records, _: records.cases.count(),
    "cases.get": lambda records, hidden: records.cases.get(hidden.case.id or 0),
    "cases.id_of_number": lambda records, hidden: records.cases.id_of_number(hidden.case.number),
    "cases.id_of_query_code": lambda records, hidden: records.cases.id_of_query_code(query_code(hidden.case.uid)),
    "cases.id_of_uid": lambda records, hidden: records.cases.id_of_uid(hidden.case.uid),
    "cases.ids": lambda records, _: [*records.cases.ids(), *records.cases.ids(CaseFilter(since=LONG_AGO))],
    "cases.ids_of_meeting": lambda records, hidden: records.cases.ids_of_meeting(
        hidden.case.conferences[0].meeting, hidden.case.conferences[0].held_on
    ),
    "cases.kept_paper": lambda records, hidden: records.cases.kept_paper(hidden.case.agreements[0]),
    "cases.notes": lambda records, hidden: records.cases.notes(hidden.case.id or 0),
    "cases.party_names": lambda records, hidden: records.cases.party_names(hidden.ids),
    "cases.rows": lambda records, hidden: records.cases.rows(hidden.ids),
    "drafts.find": lambda records, _: [each for each in map(records.drafts.find, ("d1", "d2")) if each],
    "drafts.of_user": lambda records, _: records.drafts.of_user(1),
    "drafts.parked": lambda records, _: records.drafts.parked(),
    "dues.conference_decisions": lambda records, _: records.dues.conference_decisions(),
    "cases.whole": lambda records, hidden: [case.id for case in records.cases.whole(sorted(hidden.ids))],
    "dues.for_court": lambda records, _: records.dues.for_court(LONG_AGO),
    "dues.follow_ups": lambda records, _: records.dues.follow_ups(LATER),
    "dues.obligations": lambda records, _: records.dues.obligations(),
    "dues.referrals": lambda records, _: records.dues.referrals(Direction.IN),
    "dues.supervision": lambda records, _: records.dues.supervision(),
    "dues.under_way": lambda records, _: records.dues.under_way(),
    "dues.undecided": lambda records, _: records.dues.undecided(),
    "hard_cases.ids": lambda records, _: records.hard_cases.ids(frozenset(Stage), LATER, 1),
    "hard_cases.times_repeated": lambda records, hidden: records.hard_cases.times_repeated(hidden.case),
    "indicators.applications": lambda records, _: records.indicators.applications(LONG_AGO, LATER),
    "indicators.conference_decisions": lambda records, _: records.indicators.conference_decisions(LONG_AGO),
    "indicators.effective": lambda records, _: records.indicators.effective(LONG_AGO, LATER),
    "indicators.ended": lambda records, _: records.indicators.ended(LONG_AGO, LATER),
    "indicators.held": lambda records, _: records.indicators.held(EVER),
    "indicators.orders": lambda records, _: records.indicators.orders(LONG_AGO),
    "indicators.petition_steps": lambda records, _: records.indicators.petition_steps(PetitionStepKind.OFFERED, EVER),
    "indicators.petitioned": lambda records, _: records.indicators.petitioned(*EVER),
    "indicators.promised": lambda records, _: records.indicators.promised(EVER),
    "indicators.rated": lambda records, _: records.indicators.rated(EVER),
    "indicators.suggested": lambda records, _: records.indicators.suggested(EVER),
    "indicators.under_way": lambda records, _: records.indicators.under_way(LATER),
    "ledger.case_entries": lambda records, _: [
        row
        for what in (What.ASSIGNED_SIMPLE, What.OPEN_SIMPLE, What.CLOSED_SIMPLE)
        for row in records.ledger.case_entries(what, LONG_AGO, LATER, TODAY, EASY, None)
    ],
    "ledger.case_numbers": lambda records, _: {
        what: number for what, number in records.ledger.case_numbers(LONG_AGO, LATER, TODAY, EASY).items() if number
    },
    "numbers.case_id_of": lambda records, hidden: records.numbers.case_id_of(hidden.case.number),
    "party_keys.candidates": lambda records, _: records.party_keys.candidates([f"i{NUMBER}", f"t{PHONE}"], [NAME]),
    "party_keys.people": lambda records, hidden: records.party_keys.people(hidden.ids),
    "petitions.unfinished": lambda records, _: records.petitions.unfinished(LONG_AGO),
    "referrals.received": lambda records, _: records.referrals.received(),
    "referrals.unsigned": lambda records, _: records.referrals.unsigned(),
    "procedure_dues.offers_to": lambda records, _: records.procedure_dues.offers_to(1),
    "procedure_dues.unreported": lambda records, _: records.procedure_dues.unreported(),
    "relations.later": lambda records, hidden: records.relations.later(min(hidden.ids)),
    "relations.linked": lambda records, hidden: records.relations.linked([min(hidden.ids)]),
    "relations.said_by_others": lambda records, hidden: records.relations.said_by_others(min(hidden.ids)),
    "relations.visits": lambda records, hidden: records.relations.visits([hidden.case.id or 0])[hidden.case.id or 0],
    "search.holding": lambda records, _: records.search.holding(NAME[:2], 9),
    "search.ids": lambda records, _: [
        *records.search.ids(SearchQuery(words=(NAME,))),
        *records.search.ids(SearchQuery(stages=frozenset({Stage.PERFORMING.value}))),
    ],
    "search.stories": lambda records, hidden: records.search.stories(list(hidden.ids)),
    "statistics.groups": lambda records, _: records.statistics.groups(Basis.ACCEPTED, EVER, EASY),
    "statistics.ids": lambda records, _: records.statistics.ids(Basis.ACCEPTED, EVER, EASY, {}),
    "statistics.results": lambda records, _: records.statistics.results(EVER),
    "track.known_parties": lambda records, _: records.track.known_parties(
        names=[NAME], id_numbers=[NUMBER], except_id=None
    ),
    "track.mediated": lambda records, hidden: records.track.mediated(hidden.ids),
    "waiting.standings": lambda records, _: records.waiting.standings(),
    "upstream.entered": lambda records, hidden: records.upstream.entered(list(hidden.ids)),
    "upstream.listed": lambda records, hidden: records.upstream.listed(list(hidden.ids)),
    "words.nearest": lambda records, _: records.words.nearest({"漏水": 1.0}, 9),
    "versions.get": lambda records, hidden: records.versions.get(hidden.version_id),
    "versions.last": lambda records, hidden: records.versions.last(hidden.case.id or 0, "D03", 0),
    "versions.of_case": lambda records, hidden: records.versions.of_case(hidden.case.id or 0),
    "versions.of_paper": lambda records, hidden: records.versions.of_paper(hidden.case.id or 0, "D03", 0),
    "versions.times_printed": lambda records, hidden: records.versions.times_printed(hidden.case.id or 0, "D03", 0),
    "versions.with_digest": lambda records, hidden: records.versions.with_digest(
        hidden.case.id or 0, "D03", 0, "d" * 64
    ),
}
"""Every question that has to do with cases, asked so that somebody who sees all is answered."""

HOW_BUSY = "says only how busy a colleague is or how they fare, and names no case"
LOG = "is open to whoever may read the log, which the service asks for, and to nobody else"
NOT_OF_CASES = {
    "audit.all": LOG,
    "audit.case_id_of": LOG,
    "audit.case_numbers": LOG,
    "audit.count": LOG,
    "audit.get": LOG,
    "audit.page": LOG,
    "audit.told": LOG,
    "audit.touching": LOG,
    "backups.newest_at": "of the store",
    "backups.proven": "of the store",
    "backups.standing": "of the store",
    "blanks.find": "a form in hand tells its number; what it became is an id that is asked for by `cases.get`",
    "call_outs.last_answers": HOW_BUSY,
    "centre.find": "of the house",
    "centre.get": "of the house",
    "centre.opening_pattern": "of the house",
    "credentials.find": "of the users",
    "credentials.fits": "of the users",
    "credentials.holders": "of the users",
    "credentials.is_among_last": "of the users",
    "credentials.last_logins": "of the users",
    "filters.named": "of one user",
    "filters.of_user": "of one user",
    "indicators.with_special_time": "narrows ids that are known",
    "ledger.comings": "of the roster",
    "ledger.leaves": "of the roster",
    "ledger.people": "of the directory",
    "ledger.shifts": "of the roster",
    "ledger.swaps": "of the roster",
    "mediators.all": "of the directory",
    "mediators.get": "of the directory",
    "mediators.open_cases": HOW_BUSY,
    "mediators.some": "of the directory",
    "numbers.is_issued": "else a number could be given out twice",
    "own.notices": "of the house",
    "own.settings": "of the house",
    "petitions.other_case": "tells of a case out of sight that it has that number, and nothing else of it",
    "presence.attendances": "of the roster",
    "presence.leave": "of the roster",
    "presence.leaves": "of the roster",
    "presence.open_attendance": "of the roster",
    "presence.opening_exceptions": "of the roster",
    "referrals.units": "names units and no case",
    "referrals.why_gone": "names units and no case",
    "rosters.clashes": "of the roster",
    "rosters.draft": "of the roster",
    "rosters.get": "of the roster",
    "rosters.has_published": "of the roster",
    "rosters.post": "of the roster",
    "rosters.posts": "of the roster",
    "rosters.published": "of the roster",
    "rosters.shifts": "of the roster",
    "rosters.swap": "of the roster",
    "rosters.swaps": "of the roster",
    "rosters.versions": "of the roster",
    "rosters.wishes": "of the roster",
    "track.ended": HOW_BUSY,
    "track.given": HOW_BUSY,
    "upstream.other_case": "else a number could be recorded twice; it tells no more than an id",
    "words.weights": "says only how rare words are",
}
_WRITES = "add add_note add_own add_rehearsal drop drop_content keep keep_paper next note orphan remove save"
WRITING = frozenset(_WRITES.split())


def questions(records: Records) -> Iterator[str]:
    """Every public method of the records that writes nothing: "cases.get"."""
    for name, part in vars(Records).items():
        if isinstance(part, cached_property) and name != "session":
            members = vars(type(getattr(records, name))).items()
            for member, value in members:
                if inspect.isfunction(value) and not member.startswith("_") and member not in WRITING:
                    yield f"{name}.{member}"


def answer(desk: Desk, hidden: Hidden, question: str, sight: Sight | None) -> object:
    """What somebody is told; nothing when they are refused."""
    with desk.database.reading(sight=sight) as records:
        try:
            return OF_CASES[question](records, hidden)
        except (NotAllowed, NotFound):
            return None


def test_every_question_to_the_records_is_known_to_have_to_do_with_cases_or_not(desk: Desk) -> None:
    with desk.database.reading() as records:
        assert set(questions(records)) == OF_CASES.keys() | NOT_OF_CASES.keys()


@pytest.mark.parametrize("question", OF_CASES)
def test_nobody_is_told_of_cases_out_of_their_sight(desk: Desk, hidden: Hidden, question: str) -> None:
    assert answer(desk, hidden, question, None), "somebody who sees all is to be answered"
    assert not answer(desk, hidden, question, NOBODY)
    assert not answer(desk, hidden, question, Sight(LAPSED, user_id=2))


def case_ids(desk: Desk, sight: Sight | None) -> set[int]:
    with desk.database.reading(sight=sight) as records:
        return set(records.cases.ids())


def test_mediators_see_the_cases_of_which_they_are_in_charge(desk: Desk, hidden: Hidden) -> None:
    own = hidden.ids - {min(hidden.ids)}  # the first was never given to anybody
    assert case_ids(desk, Sight(APPOINTED)) == own
    with desk.database.reading(sight=Sight(APPOINTED)) as records:
        assert [row.id for row in records.cases.rows(hidden.ids)] == [each for each in hidden.ids if each in own]
        assert records.cases.get(hidden.case.id or 0).uid == hidden.case.uid
        assert set(records.party_keys.candidates((), [NAME])) == own
        with pytest.raises(NotAllowed, match="不是您承办的"):
            records.cases.get(min(hidden.ids))


def test_a_mediator_who_is_relieved_sees_the_case_no_more(desk: Desk) -> None:
    case_id = desk.in_mediation()
    desk.do(relieve, case_id, APPOINTED, reason="回避")
    assert case_ids(desk, Sight(APPOINTED)) == set()


def test_a_case_that_is_not_there_is_not_found_by_anybody(desk: Desk) -> None:
    with desk.database.reading(sight=NOBODY) as records, pytest.raises(NotFound):
        records.cases.get(99)


@pytest.mark.parametrize(
    ("answered", "ended_at", "sees"),
    [
        (CallAnswer.WAITING, None, True),
        (CallAnswer.ACCEPTED, None, True),
        (CallAnswer.NO_ANSWER, None, True),
        (CallAnswer.DECLINED, None, False),
        (CallAnswer.WITHDRAWN, None, False),
        (CallAnswer.WAITING, NOW, False),
    ],
)
def test_whoever_is_being_called_sees_what_it_is_about(
    desk: Desk, answered: CallAnswer, ended_at: datetime | None, sees: bool
) -> None:
    case_id = desk.accepted()
    call_out = CallOut(
        uid=uid(71), case_id=case_id, began_at=NOW, ended_at=ended_at, by_id=1, calls=[a_call(ON_CALL, answered)]
    )
    with desk.database.writing() as records:
        records.call_outs.add(call_out)
    assert case_ids(desk, Sight(ON_CALL)) == ({case_id} if sees else set())
    assert case_ids(desk, Sight(LAPSED)) == set()


def test_searches_for_the_window_are_of_no_case_and_seen_by_everybody(desk: Desk) -> None:
    with desk.database.writing() as records:
        records.call_outs.add(CallOut(uid=uid(71), began_at=NOW, by_id=1, purpose="咨询", calls=[a_call(ON_CALL)]))
    with desk.database.reading(sight=NOBODY) as records:
        assert [each.purpose for each in records.call_outs.running()] == ["咨询"]


def test_whoever_keeps_the_files_sees_the_closed_ones(desk: Desk) -> None:
    desk.performing()
    closed = desk.closed()
    assert case_ids(desk, Sight(closed_files=True)) == {closed}
    assert case_ids(desk, Sight(APPOINTED, closed_files=True)) == case_ids(desk, None)


def test_half_typed_forms_are_seen_by_whoever_typed_them(desk: Desk, hidden: Hidden) -> None:
    assert hidden
    with desk.database.reading(sight=Sight(user_id=1)) as records:
        assert [each.uid for each in records.drafts.of_user(1)] == ["d2", "d1"]
    with desk.database.reading(sight=Sight(APPOINTED, user_id=2)) as records:
        assert [each.uid for each in records.drafts.parked()] == ["d1"]


def test_a_form_is_kept_again_by_whoever_typed_it(desk: Desk) -> None:
    for text in ("张", "张三"):
        with desk.database.writing(sight=Sight(user_id=1)) as records:
            records.drafts.save("d9", centre_id=1, form="note", user_id=1, content={"text": text}, now=NOW)
    with desk.database.reading(sight=Sight(user_id=1)) as records:
        draft = records.drafts.find("d9")
        assert draft is not None
        assert draft.content == {"text": "张三"}


def test_nobody_changes_a_case_out_of_their_sight(desk: Desk) -> None:
    case_id = desk.agreed()
    before = desk.contents()
    with pytest.raises(NotAllowed), desk.database.writing(sight=Sight(LAPSED)) as records:
        draft_agreement(records, desk.act, case_id)
    assert desk.contents() == before
    with desk.database.writing(sight=Sight(APPOINTED)) as records:
        draft_agreement(records, desk.act, case_id)


# --- accusations and the unit they are about

UNIT = "示例区住房和城乡建设局"


def seat(desk: Desk, mediator_id: int, unit: str) -> Sight:
    """The eyes of somebody of that unit who may otherwise see all cases."""
    with desk.database.writing() as records:
        records.mediators.get(mediator_id).unit = unit
    return Sight(person_id=mediator_id, all_cases=True)


def accuse(desk: Desk, case_id: int, unit: str = UNIT) -> None:
    with desk.database.writing() as records:
        case = records.cases.get(case_id)
        case.petition = case.petition or Petition(kind="", received_on=TODAY, by_id=1, recorded_at=NOW)
        case.petition.kind, case.petition.accused_unit = ACCUSATION, unit


@pytest.fixture
def accused(desk: Desk, hidden: Hidden) -> Hidden:
    for case_id in sorted(hidden.ids):
        accuse(desk, case_id)
    return hidden


@pytest.mark.parametrize("question", [each for each in OF_CASES if not each.startswith("drafts.")])
def test_no_question_brings_an_accusation_to_the_unit_it_is_about(desk: Desk, accused: Hidden, question: str) -> None:
    theirs, other = seat(desk, ON_CALL, UNIT), seat(desk, LAPSED, "示例区司法局")
    assert not answer(desk, accused, question, theirs)
    told, all_there_is = (repr(answer(desk, accused, question, eyes)) for eyes in (other, None))
    assert re.sub("0x[0-9a-f]+", "", told) == re.sub("0x[0-9a-f]+", "", all_there_is)


def test_not_even_whoever_is_in_charge_or_called_or_keeps_the_files_sees_it(desk: Desk, accused: Hidden) -> None:
    seat(desk, APPOINTED, UNIT)
    assert case_ids(desk, Sight(APPOINTED, closed_files=True, person_id=APPOINTED)) == set()
    assert case_ids(desk, Sight(APPOINTED, closed_files=True)) != set()
    with desk.database.reading(sight=Sight(user_id=1, person_id=APPOINTED, all_cases=True)) as records:
        assert [each.uid for each in records.drafts.of_user(1)] == ["d2"], "one is of no case"
        assert [each.uid for each in records.drafts.parked()] == ["d2"]


def test_it_is_told_of_as_if_it_were_not_there(desk: Desk) -> None:
    case_id, eyes = desk.registered(), seat(desk, ON_CALL, UNIT)
    accuse(desk, case_id)
    with desk.database.reading(sight=eyes) as records:
        sentences = []
        for wanted in (case_id, 99):
            with pytest.raises(NotFound) as refused:
                records.cases.get(wanted)
            sentences.append(str(refused.value))
    assert sentences[0] == sentences[1]


def test_whoever_may_otherwise_see_all_cases_sees_all_others(desk: Desk) -> None:
    kept, others, eyes = desk.registered(), {desk.registered(), desk.performing()}, seat(desk, ON_CALL, UNIT)
    accuse(desk, kept)
    assert case_ids(desk, eyes) == others
    with desk.database.reading(sight=eyes) as records:
        assert records.cases.count() == len(others)
        assert set(records.search.ids(SearchQuery(words=(NAME,)))) == others
        assert set(records.words.nearest({"漏水": 1.0}, 9)) == others
        assert set(records.party_keys.candidates((), [NAME])) == others


@pytest.mark.parametrize(
    ("unit", "sees"),
    [
        (UNIT, False),
        ("示例区 住房和城乡建设局", False),
        ("示例区住房和城乡建设局物业科", False),
        ("住房和城乡建设局", False),
        ("示例区司法局", True),
        ("", True),
    ],
)
def test_a_part_of_the_unit_or_another_writing_of_its_name_counts_as_the_unit(
    desk: Desk, unit: str, sees: bool
) -> None:
    case_id, eyes = desk.registered(), seat(desk, ON_CALL, unit)
    accuse(desk, case_id)
    assert case_ids(desk, eyes) == ({case_id} if sees else set())


def test_where_nobody_of_the_unit_is_accused_nothing_more_is_asked(desk: Desk) -> None:
    accuse(desk, desk.registered(), "示例区教育局")
    with desk.database.reading(sight=seat(desk, ON_CALL, UNIT)) as records:
        assert records.sight is None, "as somebody who sees all there is"


@pytest.mark.file_only
def test_an_accusation_is_looked_up_by_its_unit_and_not_among_all_items(desk: Desk) -> None:
    with desk.database.reading() as records:
        asked = "select case_id, accused_unit from petitions where centre_id = 1 and accused_unit > ''"
        told = " ".join(str(row) for row in records.connection.exec_driver_sql(f"explain query plan {asked}"))
    assert "ix_petitions_centre_id_accused_unit" in told
