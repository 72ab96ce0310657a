"""Reviews an agreement before it becomes final: what must be mended, and what a person should look at once more.

`agreement_check` holds what must be mended. The rest are findings of the `review_…` modules, each along its own matter;
they warn, and a named person may let them stand for a reason.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from mediation_desk.domain.agreement import Agreement
from mediation_desk.domain.agreement_check import agreement_faults
from mediation_desk.domain.case import Case
from mediation_desk.domain.finding import PARTS, Finding, FindingKind
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.passages import passages_of
from mediation_desk.domain.review_days import day_findings, far_findings, order_findings, term_findings
from mediation_desk.domain.review_instalments import instalment_findings
from mediation_desk.domain.review_interest import interest_findings
from mediation_desk.domain.review_names import name_findings
from mediation_desk.domain.review_owed import owed_findings
from mediation_desk.domain.review_people import copies_findings, mediator_findings, mention_findings, signer_findings
from mediation_desk.domain.review_privacy import privacy_findings
from mediation_desk.domain.review_sums import capitals_findings, items_findings
from mediation_desk.domain.review_support import support_findings
from mediation_desk.domain.review_wording import (
    duplicate_findings,
    leftover_findings,
    numbering_findings,
    punctuation_findings,
    reference_findings,
)
from mediation_desk.domain.rules import Rules
from mediation_desk.domain.word_check import word_findings

_ORDER = (*PARTS, "made_on", "parties", "mediators")


def review(
    case: Case, agreement: Agreement, mediators: Mapping[int, Mediator], rules: Rules, today: date
) -> list[Finding]:
    """Return all findings: those that must be mended first, then the others, each in the order of the page.

    `mediators` are those of the agreement, by id.
    """
    hard = [
        Finding(kind=FindingKind.REQUIRED, sentence=fault.sentence, place=fault.place, is_hard=True)
        for fault in agreement_faults(case, agreement, mediators, today)
    ]
    found = dict.fromkeys([*hard, *_soft(case, agreement, mediators, rules, today)])
    return sorted(found, key=lambda finding: (not finding.is_hard, _rank(finding.place)))


def _soft(
    case: Case, agreement: Agreement, mediators: Mapping[int, Mediator], rules: Rules, today: date
) -> Iterator[Finding]:
    passages = passages_of(agreement)
    day = agreement.made_on or today
    checks = rules.word_checks_on(day)
    yield from word_findings(checks, passages, confirmation_wanted=agreement.confirmation_wanted)
    yield from support_findings(case, agreement, passages)
    yield from leftover_findings(case, passages)
    yield from punctuation_findings(passages)
    yield from numbering_findings(agreement, passages)
    yield from reference_findings(agreement, passages)
    yield from duplicate_findings(agreement)
    yield from capitals_findings(passages)
    unequal = [*items_findings(passages), *instalment_findings(agreement, passages)]
    yield from unequal
    yield from owed_findings(agreement, passages, {finding.place for finding in unequal})
    yield from interest_findings(
        passages, rules.setting("lpr_one_year", day), rules.setting("loan_interest_lpr_times", day)
    )
    yield from day_findings(passages)
    yield from order_findings(case, agreement, passages)
    yield from far_findings(agreement, passages, rules.setting("far_due_years", day))
    yield from term_findings(agreement, passages)
    yield from signer_findings(case, agreement, passages)
    yield from mention_findings(case, agreement, passages)
    yield from mediator_findings(case, agreement, mediators, today)
    yield from copies_findings(agreement, passages)
    yield from name_findings(case, agreement, mediators, passages)
    yield from privacy_findings(passages)


def _rank(place: str) -> tuple[int, int]:
    """Where a place comes on the page; what is not on it (the outcome) comes first."""
    part, _, rest = place.partition("[")
    return (_ORDER.index(part) if part in _ORDER else -1, int(rest.partition("]")[0] or 0))
