"""The facts that tell what came of cases, of many at once."""

from mediation_desk.domain.case import DecisionKind, OutcomeKind
from mediation_desk.services.mediation import record_outcome
from mediation_desk.services.triage import accept
from tests.desk import Desk


def test_the_last_decision_and_outcome_count_and_agreements_come_whole(desk: Desk) -> None:
    performing, again, new = desk.performing(), desk.assigned(), desk.registered()
    desk.do(record_outcome, again, OutcomeKind.TERMINATED, reason_code="no_prospect")
    desk.do(accept, again, committee_id=1)
    with desk.database.reading() as records:
        facts = records.became.facts([performing, again, new, 999])
        assert facts.keys() == {performing, again, new, 999}
        [agreement] = facts[performing].agreements
        assert agreement.effective_on is not None
        assert [part.amount_fen for part in agreement.obligations[0].instalments] == [100_000, 200_000]
        assert facts[performing].names == {1: "张三", 2: "李四"}
        decision, outcome = facts[again].decision, facts[again].outcome
        assert decision is not None
        assert outcome is not None
        assert decision.kind is DecisionKind.ACCEPTED
        assert outcome.kind is OutcomeKind.TERMINATED
        assert facts[new][:2] == (None, None)
        assert facts[new].agreements == []
