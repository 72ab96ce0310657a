"""Reviews who signs: parties that are missing or not spoken of, mediators who are biased or gone, copies for all."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from mediation_desk.domain.agreement import Agreement, AgreementKind
from mediation_desk.domain.case import Answer, Case
from mediation_desk.domain.finding import Finding, FindingKind
from mediation_desk.domain.mediator import Mediator
from mediation_desk.domain.numerals import NUMERAL, read_numeral
from mediation_desk.domain.paper_words import listed
from mediation_desk.domain.party import Party, PartyKind
from mediation_desk.domain.passages import Passage

_COPIES = re.compile(rf"一式\s{{0,2}}({NUMERAL})\s{{0,2}}份")
_BOTH = re.compile("双方|各方|三方|四方|全体当事人|当事人")
_SHORTEST_OF_ORGANISATION = 4


def signer_findings(case: Case, agreement: Agreement, passages: Sequence[Passage]) -> Iterator[Finding]:
    """Who has to do something, or is a party of the case, and is not among those who sign (人民调解法 art. 29 ¶2)."""
    signers = set(agreement.party_nos)
    owing = {each.payer_no for each in agreement.obligations if each.payer_no}
    for party in case.parties:
        if party.no in signers:
            continue
        if party.no in owing:
            sentence = f"{party.name}负有履行义务，但不在签署的当事人之中；不签名的，协议对其没有约束力。"
        elif _is_concerned(case, agreement, party, passages):
            sentence = f"{party.name}是本案当事人，但不在签署的当事人之中，请核对。"
        else:
            continue
        yield Finding(kind=FindingKind.SIGNER, sentence=sentence, place="parties")
    for index, obligation in enumerate(agreement.obligations):
        name = obligation.payer_name.strip()
        if obligation.payer_no is None and name:
            sentence = (
                f"第{index + 1}项履行安排：{name}不是签署的当事人，其不履行时仍由债务人承担责任（民法典第523条）。"
            )
            yield Finding(kind=FindingKind.SIGNER, sentence=sentence, place=f"obligations[{index}].payer")


def _is_concerned(case: Case, agreement: Agreement, party: Party, passages: Iterable[Passage]) -> bool:
    named = bool(party.name) and any(each.is_binding and party.name in each.text for each in passages)
    agreed = case.answer_of(party.no) is Answer.AGREES and agreement.kind is AgreementKind.MAIN
    return named or agreed


def mention_findings(case: Case, agreement: Agreement, passages: Sequence[Passage]) -> Iterator[Finding]:
    """Who signs and is spoken of nowhere."""
    texts = [passage.text for passage in passages]
    all_of_two = len(agreement.party_nos) == 2 and any(_BOTH.search(text) for text in texts)
    bound = {no for each in agreement.obligations for no in (each.payer_no, each.payee_no)}
    if all_of_two or not texts:
        return
    silent = [
        party.name
        for party in case.parties
        if party.no in agreement.party_nos
        and party.no not in bound
        and not any(name in text for name in _called(party) for text in texts)
    ]
    if silent:
        sentence = f"{listed(silent)}签署本协议，但事实、协议内容和履行安排都没有提到，请核对。"
        yield Finding(kind=FindingKind.UNMENTIONED, sentence=sentence, place="parties")


def _called(party: Party) -> list[str]:
    """The names by which a text may speak of a party; an organisation also by its first characters."""
    names = [party.name, *re.split(r"[、，,;；\s]+", party.aliases), *(agent.name for agent in party.agents)]
    if party.kind is PartyKind.ORGANISATION:
        names += [party.name[:_SHORTEST_OF_ORGANISATION], party.legal_representative]
    return [name for name in names if name]


def mediator_findings(
    case: Case, agreement: Agreement, mediators: Mapping[int, Mediator], today: date
) -> Iterator[Finding]:
    """Mediators related to a party, and those who have left or whose appointment has ended since."""
    biased = {each.mediator_id for each in case.assignments if each.is_biased}
    for mediator_id in agreement.mediator_ids:
        mediator, day = mediators.get(mediator_id), agreement.made_on
        if mediator is None or day is None:
            continue
        sentences = []
        if mediator_id in biased:
            sentences.append(
                "与当事人有亲属、同事等关系，应向各方说明，有人要求的应当回避（参照法释〔2016〕14号第15条）。"
            )
        if not mediator.is_active(day):
            sentences.append("在协议当日已离开调解岗位，请核对由谁签名。")
        elif mediator.may_preside(day, case.committee_id) and not mediator.may_preside(today, case.committee_id):
            sentences.append("的聘任今天已经届满，今天不能再补签。")
        for sentence in sentences:
            yield Finding(kind=FindingKind.MEDIATOR, sentence=f"{mediator.name}{sentence}", place="mediators")


def copies_findings(agreement: Agreement, passages: Iterable[Passage]) -> Iterator[Finding]:
    """Another number of copies than there are holders (人民调解法 art. 29 ¶2)."""
    for passage in passages:
        for said in _COPIES.finditer(passage.plain):
            if read_numeral(said[1]) != agreement.copies:
                sentence = f"写的是“{said[0]}”，按当事人、调委会和另送单位应为{agreement.copies}份。"
                yield passage.finding(FindingKind.COPIES, sentence, *said.span())
