"""Says at the field, while it is typed, what a name, a number or a telephone tells and what looks wrong about it.

Nothing is refused here: what looks wrong may be kept, and is told again by nobody.
"""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from mediation_desk.domain.identity import Finding, PaperFacts, Severity, check_phone
from mediation_desk.domain.names import clean_name, name_faults
from mediation_desk.domain.party import full_years
from mediation_desk.domain.rules import CodeTable

FULL_LENGTH = 18
"""Citizen numbers and organisation codes: before that many characters nothing is said while somebody types."""

_CAPTION = "caption"
_OWN_TEXT = "ownText"  # what a refusal keeps there (see errors.py); a newer remark takes its place
_COLOURS = {Severity.WRONG: "#b3261e", Severity.DOUBTFUL: "#8a5a00", None: "#1b5e20"}


def remark(label: QLabel, sentence: str, severity: Severity | None = None) -> None:
    """Say something behind the caption of a field, for the eye and for a screen reader; "" takes it back."""
    if label.property(_CAPTION) is None:
        label.setProperty(_CAPTION, label.text())
    label.setProperty(_OWN_TEXT, None)
    caption = label.property(_CAPTION)
    label.setText(f"{caption}  {sentence.replace('&', '&&')}" if sentence else caption)
    label.setStyleSheet(f"color: {_COLOURS[severity]};" if sentence else "")
    if label.buddy() is not None:
        label.buddy().setAccessibleDescription(sentence)


def caption(label: QLabel, text: str) -> None:
    """Give a field another caption; what was remarked goes."""
    label.setProperty(_CAPTION, text)
    remark(label, "")


def watch_name(field: QLineEdit | QComboBox, label: QLabel) -> None:
    """Clean a name when the field is left, and say what was changed; say at once what cannot be right."""
    line = _line_of(field)

    def look(typed: str) -> None:
        name = clean_name(typed)[0]
        faults = name_faults(name) if name else ()
        remark(label, " ".join(faults), Severity.WRONG)

    def settle() -> None:
        name, changes = clean_name(line.text())
        if name != line.text():
            line.setText(name)
            remark(label, " ".join([*changes, *name_faults(name)] if name else changes), Severity.DOUBTFUL)

    line.textChanged.connect(look)
    line.editingFinished.connect(settle)


def _line_of(field: QLineEdit | QComboBox) -> QLineEdit:
    line = field if isinstance(field, QLineEdit) else field.lineEdit()
    assert line is not None, "nothing can be typed into this box"
    return line


def watch_phone(field: QLineEdit, label: QLabel) -> None:
    """Bring a telephone number into its usual form when the field is left; one that looks unusual is kept too."""

    def settle() -> None:
        phone, findings = check_phone(field.text())
        if phone != field.text():
            field.setText(phone)
        _tell(label, findings, "")

    field.textChanged.connect(lambda *_: remark(label, ""))
    field.editingFinished.connect(settle)


class NumberCheck(QObject):
    """Watches a number: `facts_of` reads it, `found` is told the facts when nothing is wrong, `words` says them."""

    def __init__(
        self,
        field: QLineEdit,
        label: QLabel,
        facts_of: Callable[[str], PaperFacts],
        words: Callable[[PaperFacts], str],
        found: Callable[[PaperFacts], None] = lambda _: None,
    ) -> None:
        super().__init__(field)
        self._field, self._label = field, label
        self._facts_of, self._words, self._found = facts_of, words, found
        field.textChanged.connect(self._look)
        field.editingFinished.connect(self.settle)

    def _look(self, typed: str) -> None:
        if len(typed.strip()) < FULL_LENGTH:
            remark(self._label, "")
        else:
            self.tell()

    def settle(self) -> None:
        """The field is left: show the number as it will be kept, and judge it even if it is short."""
        number = self._facts_of(self._field.text()).number
        if number != self._field.text():
            self._field.setText(number)
        self.tell()

    def tell(self) -> None:
        """Say what the number that stands there tells."""
        facts = self._facts_of(self._field.text())
        _tell(self._label, facts.findings, self._words(facts))
        if facts.number and facts.is_sound:
            self._found(facts)


def _tell(label: QLabel, findings: tuple[Finding, ...], otherwise: str) -> None:
    wrong = any(finding.severity is Severity.WRONG for finding in findings)
    if findings:
        sentences = " ".join(finding.sentence for finding in findings)
        remark(label, sentences, Severity.WRONG if wrong else Severity.DOUBTFUL)
    else:
        remark(label, otherwise)


def in_words(facts: PaperFacts, genders: CodeTable, today: date) -> str:
    """What a number says: "男，1990-01-01出生（36岁），北京市", "" when it says nothing."""
    parts = [genders.label(facts.gender)] if facts.gender else []
    if facts.birth_date:
        parts.append(f"{facts.birth_date}出生（{full_years(facts.birth_date, today)}岁）")
    if facts.area:
        parts.append(facts.area)
    return "，".join(parts)


def asks_for_reason(papers: CodeTable, code: str) -> bool:
    """Whether this kind of paper means that there is none, so that a reason takes the place of a number."""
    return code in papers and papers[code].extra.get("reason") == "required"


def asks_for_nationality(papers: CodeTable, code: str) -> bool:
    """Whether a paper of this kind is only held by citizens of another country."""
    return code in papers and papers[code].extra.get("nationality") == "required"
