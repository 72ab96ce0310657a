"""What was scanned, or typed, into the search box: an empty form, a visitor's receipt, a finished paper."""

import re
import unicodedata
from typing import NamedTuple, TypeAlias

from mediation_desk.domain.errors import NotFound
from mediation_desk.domain.paper import is_blank_number
from mediation_desk.domain.query_code import read_query_code
from mediation_desk.services.act import Act
from mediation_desk.services.blank_forms import REGISTERING, find_blank
from mediation_desk.services.verification import parse_qr
from mediation_desk.store.records import Records

_QR_HEAD = re.compile(r"^mdesk\s*:\s*", re.IGNORECASE)


class ScannedCase(NamedTuple):
    """A case, and what there is to say besides."""

    case_id: int
    sentence: str = ""


class ScannedBlank(NamedTuple):
    """An empty form that was filled in by hand and not entered yet. `begins_case`: it is to be registered."""

    number: str
    title: str
    begins_case: bool


class ScannedPaper(NamedTuple):
    """A paper that is to be compared with what is on file."""

    number: str
    digest: str


Scanned: TypeAlias = ScannedCase | ScannedBlank | ScannedPaper


def look_up_scanned(records: Records, act: Act, typed: str) -> Scanned | None:
    """What a code stands for; None for words that are no code of ours, to be looked for in the cases.

    Full width and case do not matter, as a scanner types through whatever input method is on. Raises `NotFound` for
    the number of an empty form, or the QR code of a receipt, that this store does not know.
    """
    text = _QR_HEAD.sub("MDESK:", unicodedata.normalize("NFKC", typed).strip(), count=1)
    paper = parse_qr(text)
    if paper is not None:
        return ScannedPaper(*paper)
    if text.startswith("MDESK:"):
        return ScannedCase(records.cases.id_of_query_code(text.removeprefix("MDESK:")))
    if is_blank_number(text):
        return _blank(records, act, text)
    if read_query_code(text) is None:
        return None
    try:
        return ScannedCase(records.cases.id_of_query_code(text))
    except NotFound:  # eight digits may be part of a phone number as well
        return None


def _blank(records: Records, act: Act, number: str) -> Scanned:
    blank = find_blank(records, number)
    title = act.rules.form(blank.code).title if blank.code in act.rules.forms else blank.code
    if blank.case_id is None:
        return ScannedBlank(blank.number, title, blank.code in REGISTERING)
    return ScannedCase(blank.case_id, f"空白表{blank.number}（{title}）已经录入这个案件，不用再录。")
