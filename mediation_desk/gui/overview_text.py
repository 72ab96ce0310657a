"""The facts of a case in short lines, as 概况 shows them. What was replaced or ended stays to be read."""

from collections.abc import Mapping
from datetime import datetime

from mediation_desk.domain.case import Assignment, Case, ChosenBy, Closing, Decision, DecisionKind, Triage, Willingness
from mediation_desk.domain.centre import Centre
from mediation_desk.domain.choice import RecusalAnswer
from mediation_desk.domain.dates import show_day, show_time
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.money import figures
from mediation_desk.domain.path_words import group_label, laws
from mediation_desk.domain.ranking_words import lines_of
from mediation_desk.domain.recusal import Relations, questions
from mediation_desk.domain.responsibility_words import responsible_in_words
from mediation_desk.domain.rules import Rules

_GAP = "　"
_INDENT = "　　"


def moment(at: datetime) -> str:
    """2026-11-23 9:30."""
    return f"{show_day(at.date())} {show_time(at.time())}"


class OverviewText:
    """One method for each group of 概况; each returns lines of plain text."""

    def __init__(self, case: Case, centre: Centre, rules: Rules, mediators: Mapping[int, Mediator]) -> None:
        self._case, self._centre, self._rules, self._mediators = case, centre, rules, mediators

    def kind(self) -> str:
        kind = self._rules.table("dispute_kind").full_label(self._case.dispute_kind)
        category = self._rules.table("event_category").full_label(self._case.event_category)
        return _joined(kind or "未填写", category and f"事件类别：{category}")

    def source(self) -> str:
        case = self._case
        source = self._rules.table("case_source").label(case.case_source)
        return _joined(source, case.source_document, self._rules.table("channel").label(case.channel)) or "未填写"

    def days(self) -> str:
        case = self._case
        occurred = _joined(show_day(case.occurred_on), case.occurred_at)
        return _joined(
            f"申请：{show_day(case.requested_on)}",
            f"登记：{moment(case.registered_at)}（{responsible_in_words(case, self._centre.user_name)}）",
            occurred and f"发生：{occurred}",
        )

    def scale(self) -> str:
        case = self._case
        people = f"{case.people_involved}人" if case.people_involved else ""
        return _joined(people, "" if case.claimed_fen is None else f"{figures(case.claimed_fen)}元") or "未填写"

    def safety(self) -> str:
        flags = "、".join(self._rules.table("safety_flag").label(flag) for flag in self._case.safety_flags)
        return _joined(flags, self._case.safety_note) or "没有标记"

    def willingness(self) -> str:
        lines = []
        for party in self._case.parties:
            lines.append(f"{party.name}（{party.side.label}）：{self._case.answer_of(party.no).label}")
            lines += [self._asked(each) for each in self._case.willingness if each.party_no == party.no]
        return "\n".join(lines)

    def _asked(self, asked: Willingness) -> str:
        channel = self._rules.table("channel").label(asked.channel)
        told = _joined(moment(asked.asked_at), channel, asked.answer.label, asked.note)
        return f"{_INDENT}{told}{self._recorded(asked.by_id, asked.recorded_at)}"

    def triage(self) -> str:
        """The way of the matter and those it took before, the last one first."""
        *earlier, now = map(self._triaged, self._case.triages) if self._case.triages else ["还没有分流。"]
        return "\n".join([now, *(f"{_INDENT}以前：{each}" for each in reversed(earlier))])

    def _triaged(self, triage: Triage) -> str:
        named = (group_label(self._rules, triage.path), laws(self._rules, triage.path))
        path = self._rules.table("statutory_path").label(triage.path) + f"（{'，'.join(filter(None, named))}）"
        recorded = self._recorded(triage.by_id, triage.recorded_at)
        return _joined(show_day(triage.decided_on), path, triage.reason) + recorded

    def decision(self) -> str:
        lines = [self._decided(each) for each in self._case.decisions] or ["还没有作出决定。"]
        for number in self._case.numbers:
            voided = f"{_GAP}已作废（{moment(number.voided_at)}）：{number.void_reason}" if number.voided_at else ""
            lines.append(f"{number.kind.label}编号：{number.text}{_GAP}{show_day(number.issued_at.date())}编号{voided}")
        return "\n".join(lines)

    def _decided(self, decision: Decision) -> str:
        committee = self._centre.committee(decision.committee_id)
        details = {
            DecisionKind.ACCEPTED: committee.name if committee else "",
            DecisionKind.NOT_ACCEPTED: self._rules.table("non_acceptance_reason").label(decision.reason_code),
            DecisionKind.HANDED_OVER: decision.handed_to and f"转给{decision.handed_to}",
        }
        told = _joined(show_day(decision.decided_on), decision.kind.label, details[decision.kind], decision.reason)
        return told + self._recorded(decision.by_id, decision.recorded_at)

    def mediators(self) -> str:
        assigned = "\n".join(self._assigned(each) for each in self._case.assignments) or "还没有指派调解员。"
        return "\n".join(filter(None, (self._wishes(), assigned)))

    def _wishes(self) -> str:
        """What the parties would like, and whether somebody interprets."""
        wish = self._rules.table("gender").label(self._case.mediator_gender_wish)
        return _joined(wish and f"当事人希望调解员为{wish}性", "有人翻译" if self._case.has_interpreter else "")

    def _assigned(self, each: Assignment) -> str:
        mediator = self._mediators.get(each.mediator_id)
        title = self._rules.table("mediator_document").label(each.title)
        chosen_by = each.chosen_by.label
        if each.chosen_by is ChosenBy.PARTIES:
            chosen_by = "、".join(self._case.party_name(no) for no in each.chosen_by_nos) + "选择"
        ended = f"{show_day(each.ended_on)}结束：{each.end_reason}" if each.ended_on else ""
        return _joined(
            mediator.name if mediator else f"（{each.mediator_id}）",
            f"{each.role.label}{f'（{title}）' if title else ''}",
            f"{show_day(each.assigned_on)}起",
            chosen_by,
            self._order(each),
            self._bias(each),
            each.despite_reason and f"继续的理由：{each.despite_reason}",
            ended,
        ) + self._recorded(each.by_id, each.recorded_at)

    def _bias(self, each: Assignment) -> str:
        """What was answered about bias, and what nobody asked: that is not "no".

        Assignments from before the questions were kept apart have three answers of their own.
        """
        mediator = self._mediators.get(each.mediator_id)
        kept = Relations(self._case, self._rules, each.assigned_on).answers(mediator) if mediator else {}
        answers = {code: answer for code, (answer, _) in kept.items()} or {
            "kinship": each.kinship,
            "same_employer": each.same_employer,
            "earlier_role": each.earlier_role,
        }
        asked = questions(self._rules, each.assigned_on)
        told = [code.label for code in asked if answers.get(code.code) is RecusalAnswer.YES]
        unasked = [code for code in asked if answers.get(code.code, RecusalAnswer.UNCHECKED) is RecusalAnswer.UNCHECKED]
        if unasked:
            which = "" if len(unasked) == len(asked) else f"：{'、'.join(code.extra['question'] for code in unasked)}"
            told.append(f"与当事人关系未核实{which}")
        return "；".join(told) or "无利害关系"

    def _order(self, each: Assignment) -> str:
        """Which place and score the order gave that was shown when the case was given, and why another was taken."""
        ranking = next((one for one in self._case.rankings if one.no == each.ranking_no), None)
        lines = lines_of(ranking) if ranking else []
        line = next((one for one in lines if one.mediator_id == each.mediator_id), None)
        if ranking is None or line is None or line.score is None:
            return ""
        override = f"，没有选首位：{ranking.override_reason}" if ranking.override_reason else ""
        return f"次序第{line.place}，{line.score}分{override}"

    def outcome(self) -> str:
        table = self._rules.table("termination_reason")
        return (
            "\n".join(
                _joined(show_day(each.ended_on), each.kind.label, table.label(each.reason_code), each.reason)
                + self._recorded(each.by_id, each.recorded_at)
                for each in self._case.outcomes
            )
            or "还没有登记调解结果。"
        )

    def closing(self) -> str:
        return "\n".join(self._closed(each) for each in self._case.closings) or "还没有结案。"

    def _closed(self, closing: Closing) -> str:
        missing = f"结案时缺：{'、'.join(closing.missing_papers)}" if closing.missing_papers else ""
        reason = closing.despite_reason and f"理由：{closing.despite_reason}"
        recorded = self._recorded(closing.by_id, closing.recorded_at)
        told = _joined(f"{show_day(closing.closed_on)}结案", missing, reason) + recorded
        if closing.reopened_on is None or closing.reopened_at is None:
            return told
        taken_up = _joined(f"{show_day(closing.reopened_on)}重新办理", f"理由：{closing.reopened_reason}")
        who = f"{self._centre.user_name(closing.reopened_by_id)} {moment(closing.reopened_at)}登记"
        return f"{told}\n{taken_up}（{who}）"

    def _recorded(self, by_id: int, recorded_at: datetime) -> str:
        late = "补记，" if self._case.is_late(recorded_at) else ""
        return f"（{late}{self._centre.user_name(by_id)} {moment(recorded_at)}登记）"


def _joined(*parts: str) -> str:
    return _GAP.join(filter(None, parts))
