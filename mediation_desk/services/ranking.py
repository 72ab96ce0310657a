"""Gathers what decides who should mediate a case, and ranks everybody of the directory for it."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import NamedTuple

from mediation_desk.domain.case import AssignmentRole, Case
from mediation_desk.domain.choice import Stance, StanceKind
from mediation_desk.domain.half_day import HalfDay, half_days
from mediation_desk.domain.mediator import Mediator, Presence
from mediation_desk.domain.party import Party, PartyKind, Side
from mediation_desk.domain.presence import Attendance
from mediation_desk.domain.ranking import (
    NO_RECORD,
    WEIGHTS,
    Bar,
    Barred,
    Candidate,
    Duty,
    HistoryRule,
    Person,
    Ranked,
    Record,
    Tier,
    best_pair,
    draw_seed,
    family_of,
    rank,
    speciality_for,
)
from mediation_desk.domain.recusal import TABLE, Relations, as_compared
from mediation_desk.domain.rights import Right
from mediation_desk.services.act import Act, needs
from mediation_desk.services.staffing import Staffing, staffing
from mediation_desk.store.records import Records
from mediation_desk.store.track_record import EarlierMediation, Ended, KnownParty

MANDARIN = "普通话"
"""What a mediator without any language in the directory is taken to speak."""

_AHEAD = timedelta(days=14)
"""How far the next open half-day is looked for."""
_BOTH_SIDES = frozenset({Side.CLAIMANT, Side.RESPONDENT})
OWN_TITLES = ("people_mediation", "helper")
"""Codes of `mediator_document` that the role says already."""

_DAYS_A_YEAR = 365.25
_MOST_EARLIER = 50
"""How many earlier cases of the same parties are looked at, the newest."""


@needs(Right.ASSIGN)
def rank_for(records: Records, act: Act, case_id: int, role: AssignmentRole = AssignmentRole.PRESIDING) -> Ranked:
    """Who should take that part in the case; who has one already is left out."""
    return Situation(records, act).ranked(records.cases.get(case_id), role)


class Considered(NamedTuple):
    """What is in front of the person who chooses.

    Where a profession was asked for, `heads` could preside and `partners` help; `pair` is the best of both orders.
    """

    case: Case
    ranked: Ranked
    mediators: Mapping[int, Mediator]
    heads: Ranked | None = None
    partners: Ranked | None = None
    pair: tuple[Candidate, Candidate] | None = None


@needs(Right.ASSIGN)
def consider(
    records: Records, act: Act, case_id: int, role: AssignmentRole, partner_profession: str = ""
) -> Considered:
    """Rank everybody for a part in the case, and find the best pair with a helper of that profession."""
    case, situation = records.cases.get(case_id), Situation(records, act)
    ranked = situation.ranked(case, role)
    if not partner_profession:
        return Considered(case, ranked, situation.mediators)
    able = {number for number, each in situation.mediators.items() if partner_profession in each.professions}
    heads = ranked if role is AssignmentRole.PRESIDING else situation.ranked(case)
    partners = situation.ranked(case, AssignmentRole.HELPER).among(able)
    return Considered(case, ranked, situation.mediators, heads, partners, best_pair(heads, partners))


class Situation:
    """What holds for every case at this moment. Read once, it ranks as many cases as are asked for."""

    def __init__(self, records: Records, act: Act) -> None:
        self._records, self._act = records, act
        self.weights = {name: act.rules.setting(name, act.today) for name in WEIGHTS}
        self._whereabouts = _Whereabouts(records, act)
        self.mediators: Mapping[int, Mediator] = {
            each.id: each for each in self._whereabouts.mediators if each.id is not None and each.is_active(act.today)
        }
        self._open_cases = records.mediators.open_cases()
        self._given = records.track.given(act.today.replace(day=1))
        self._ended: dict[str, Mapping[int | None, Ended]] = {}

    def ranked(self, case: Case, role: AssignmentRole = AssignmentRole.PRESIDING) -> Ranked:
        """Rank everybody for a case as it was read."""
        rules, today = self._act.rules, self._act.today
        view = _View(
            case,
            role,
            Relations(case, rules, today),
            self._records_of(case.dispute_kind),
            family_of(case.dispute_kind, rules.table("dispute_kind")),
            any(party.languages for party in case.parties),
        )
        earlier = self._earlier(case)
        taken = {each.mediator_id for each in case.active_assignments}
        people = [
            self._person(view, mediator, earlier.get(number))
            for number, mediator in self.mediators.items()
            if number not in taken
        ]
        mean = Record(*view.ended.get(None, NO_RECORD))
        seed = draw_seed(case.uid, role.value, today)
        return rank(people, self.weights, mean=mean, seed=seed)

    def case_most(self, mediator: Mediator) -> int:
        """How many open cases somebody has at most."""
        return self.weights["mediator_most_open_cases"] if mediator.case_most is None else mediator.case_most

    def open_cases(self, mediator: Mediator) -> int:
        return self._open_cases.get(mediator.id or 0, 0)

    def _person(self, view: "_View", mediator: Mediator, earlier: EarlierMediation | None) -> Person:
        assert mediator.id is not None
        case, given = view.case, self._given[mediator.id]
        title = self._title(mediator, case, view.role)
        return Person(
            id=mediator.id,
            uid=mediator.uid,
            name=mediator.name,
            barred=tuple(self._barred(view, mediator, title, earlier)),
            unchecked=view.relations.unasked(mediator),
            tier=_tier(case, view.relations.stances(mediator)),
            speciality=speciality_for(case.dispute_kind, view.family, mediator.specialities),
            duty=self._whereabouts.duty_of(mediator),
            open_cases=self.open_cases(mediator),
            case_most=self.case_most(mediator),
            record=Record(*view.ended.get(mediator.id, NO_RECORD)),
            sides_understood=_sides_understood(case, mediator) if view.languages_known else 0,
            meets_gender_wish=bool(mediator.gender) and mediator.gender == case.mediator_gender_wish,
            settled_before=earlier.settled if earlier else None,
            given_this_month=given.since,
            last_given_on=given.last_on,
            title=title or "",
        )

    def _title(self, mediator: Mediator, case: Case, role: AssignmentRole) -> str | None:
        """The head under which somebody takes that part; None where there is none (人民调解法 art. 13, 14, 20)."""
        if role is AssignmentRole.HELPER or mediator.may_preside(self._act.today, case.committee_id):
            return ""
        professions = self._act.rules.table("mediator_profession")
        titles = (
            professions[each].extra.get("without_appointment", "")
            for each in mediator.professions
            if each in professions
        )
        return next((title for title in titles if title and title not in OWN_TITLES), None)

    def _barred(
        self, view: "_View", mediator: Mediator, title: str | None, earlier: EarlierMediation | None
    ) -> Iterable[Barred]:
        """Every reason at once, the gravest first."""
        avoided = earlier if self.weights["assign_history"] == HistoryRule.AVOID else None
        before = avoided.number or f"登记号{avoided.case_id}" if avoided else ""
        table = self._act.rules.table(TABLE)
        for ground in view.relations.grounds(mediator, mediated_before=before):
            said = f"{table.label(ground.code)}（{ground.shown_by}）" if ground.shown_by else table.label(ground.code)
            yield Barred(Bar.RECUSAL, said, ground.code)
        if away := self._whereabouts.away(mediator):
            yield Barred(Bar.LEAVE, away)
        open_cases, most = self.open_cases(mediator), self.case_most(mediator)
        if open_cases >= most:
            yield Barred(Bar.LIMIT, f"在办{open_cases}件，上限{most}件")
        asked = view.languages_known and not view.case.has_interpreter
        if asked and (alone := _not_understood(view.case, mediator)):
            yield Barred(Bar.LANGUAGE, f"与{'、'.join(alone)}没有共同语言，也没有翻译")
        if title is None:
            yield Barred(Bar.QUALIFICATION, "没有本调委会的有效聘任，只能协助调解")

    def _records_of(self, dispute_kind: str) -> Mapping[int | None, Ended]:
        """How cases of that kind ended, by mediator; under None for the whole centre."""
        if dispute_kind not in self._ended:
            days = round(self.weights["assign_success_years"] * _DAYS_A_YEAR)
            since = self._act.today - timedelta(days=days)
            self._ended[dispute_kind] = self._records.track.ended(dispute_kind, since) if dispute_kind else {}
        return self._ended[dispute_kind]

    def _earlier(self, case: Case) -> dict[int, EarlierMediation]:
        """By mediator the newest ended case in which at least two parties of this one took part."""
        known = self._records.track.known_parties(
            names={party.name for party in case.parties},
            id_numbers={party.id_number for party in case.parties},
            except_id=case.id,
        )
        met: dict[int, set[int]] = {}
        for row in known:
            met.setdefault(row.case_id, set()).update(party.no for party in case.parties if _is_same(party, row))
        both = sorted((number for number, nos in met.items() if len(nos) > 1), reverse=True)[:_MOST_EARLIER]
        found: dict[int, EarlierMediation] = {}
        for each in self._records.track.mediated(both) if both else ():
            if each.settled is not None:
                found.setdefault(each.mediator_id, each)
        return found


class _View(NamedTuple):
    """What holds for everybody in view of one case and role."""

    case: Case
    role: AssignmentRole
    relations: Relations
    ended: Mapping[int | None, Ended]
    family: frozenset[str]
    languages_known: bool


class _Whereabouts:
    """Who is where now: by roster and week, leave, and the door."""

    def __init__(self, records: Records, act: Act) -> None:
        known: Staffing = staffing(records, act, act.today, act.today + _AHEAD)
        now = HalfDay.of(act.at)
        attendances: list[Attendance] = records.presence.attendances(act.today, act.today)
        later = (
            each
            for each in half_days(now, HalfDay(act.today + _AHEAD, now.half))
            if each > now and known.opening.is_open(each)
        )
        coming = next(later, None)
        self.mediators = known.mediators
        self._away = {
            each.mediator_id: f"{each.kind.label}：{each.span_in_words}" for each in known.leaves if each.covers(now)
        }
        self._expected = {each.mediator_id: each for each in known.expected(now)}
        self._next = {each.mediator_id for each in known.expected(coming)} if coming else set()
        self._inside = {each.mediator_id for each in attendances if each.left_at is None}
        self._gone = {each.mediator_id for each in attendances if each.left_at is not None} - self._inside

    def away(self, mediator: Mediator) -> str:
        """Why somebody is away now and until when: "请假：11月23日–11月25日"; "" for who is not."""
        return self._away.get(mediator.id or 0, "")

    def duty_of(self, mediator: Mediator) -> Duty:
        """Who was seen leaving is not here, whatever the roster says."""
        expected = None if mediator.id in self._gone else self._expected.get(mediator.id or 0)
        if expected and (expected.post_id or expected.stands_in_for or expected.presence is Presence.ROTATING):
            return Duty.ON_DUTY
        if expected or mediator.id in self._inside:
            return Duty.IN_BUILDING
        if mediator.id in self._next:
            return Duty.NEXT
        return Duty.ON_CALL if mediator.presence is Presence.ON_CALL else Duty.AWAY


def _tier(case: Case, stances: Mapping[int, Stance]) -> Tier:
    if not stances:
        return Tier.OTHERS
    chose = {party.side for no in stances if (party := case.party(no)) and stances[no].kind is StanceKind.CHOOSES}
    if not chose or any(each.kind is StanceKind.OPPOSES for each in stances.values()):
        return Tier.OTHERS
    return Tier.BOTH if chose >= _BOTH_SIDES & {party.side for party in case.parties} else Tier.ONE


def _languages(mediator: Mediator) -> set[str]:
    return set(mediator.languages) or {MANDARIN}


def _sides_understood(case: Case, mediator: Mediator) -> int:
    """How many sides have somebody who is spoken to in a language of their own other than 普通话."""
    spoken = _languages(mediator) - {MANDARIN}
    return len({party.side for party in case.parties if party.side in _BOTH_SIDES and spoken & set(party.languages)})


def _not_understood(case: Case, mediator: Mediator) -> list[str]:
    """Parties whose languages are known and whom the mediator speaks to in none of them."""
    spoken = _languages(mediator)
    return [party.name for party in case.parties if party.languages and not spoken & set(party.languages)]


def _is_same(party: Party, row: KnownParty) -> bool:
    """Whether a party of another case is the same: by its number, else by name and phone, an organisation by name."""
    if party.id_number and row.id_number:
        return party.id_number == row.id_number
    if as_compared(party.name) != as_compared(row.name):
        return False
    if party.uscc and row.uscc:
        return party.uscc == row.uscc
    return party.kind is PartyKind.ORGANISATION or bool(party.phone and party.phone == row.phone)
