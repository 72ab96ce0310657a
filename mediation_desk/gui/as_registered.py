"""What was registered for a case, as the registration form would say it: where a correction begins."""

from dataclasses import fields

from mediation_desk.domain.case import Case
from mediation_desk.gui.party_json import party_from_json, party_to_json
from mediation_desk.services.intake import Intake

_NOT_OF_THE_CASE = ("uid", "parties", "safety_flags", "from_draft")


def intake_of(case: Case, uid: str) -> Intake:
    """The registration of `case` as it stands now; its parties are copies. `uid` is that of the draft to drop."""
    same = {each.name: getattr(case, each.name) for each in fields(Intake) if each.name not in _NOT_OF_THE_CASE}
    parties = tuple(party_from_json(party_to_json(party)) for party in case.parties)
    return Intake(uid=uid, parties=parties, safety_flags=tuple(case.safety_flags), **same)
