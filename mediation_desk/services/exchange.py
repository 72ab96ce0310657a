"""Taking a case over from a file and giving one away.

A file's facts are told to the very services a person at the desk uses (`replay.py`), inside the caller's transaction:
every rule holds for them, and a case is there whole or not at all.
"""

from dataclasses import replace
from datetime import timedelta
from itertools import count

from mediation_desk.domain.case import Case
from mediation_desk.domain.errors import FileRefused
from mediation_desk.domain.rights import Right
from mediation_desk.exchange.case_file import named_mediators, read_case_file, write_case_file
from mediation_desk.services.act import Act, needs
from mediation_desk.services.replay import replay
from mediation_desk.store.records import Records


@needs(Right.REGISTER)
def import_case(records: Records, act: Act, content: str | bytes) -> Case:
    """Take over the case a file describes. Its facts keep their days; recorded are they now, by whoever acts.

    This desk issues its own numbers; the old one stays in the timeline. Mediators are found by name and unit, else
    they come into the directory. Raises `FileRefused` with all faults and their places.
    """
    file = read_case_file(content, act.rules, act.today)
    if records.cases.id_of_uid(file.uid) is not None:
        raise FileRefused("这个案件已经导入过，没有重复导入，已有的记录没有改动。如需更新，请在案件中补充。")
    moments = count()
    # One after the other even within the same moment: which fact counts is told by the order of recording.
    whole = replace(act, rights=frozenset(Right))  # the facts are others', told of here by whoever takes them over
    case = replay(records, file, lambda _: replace(whole, at=act.at + timedelta(microseconds=next(moments))))
    origin = [f"原编号 {file.number}"] if file.number else []
    case.events[0].text = "；".join(["由案件文件导入", *origin, *(change.rstrip("。") for change in file.changes)])
    records.flush()
    return case


@needs(Right.PRINT)
def export_case(records: Records, _act: Act, case_id: int) -> str:
    """The exchange file of a case, without confidential notes (人民调解法 art. 15) and contents of attachments."""
    case = records.cases.get(case_id)
    return write_case_file(case, records.centre.get(), records.mediators.some(named_mediators(case)))
