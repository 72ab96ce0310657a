"""The recovery sheet on its way to the safe: printed, and proven to be on paper before anything relies on it."""

from datetime import date
from functools import cached_property
from random import Random

from PySide6.QtWidgets import QWidget

from mediation_desk.documents.recovery_sheet import TITLE, recovery_sheet
from mediation_desk.domain.errors import Faults
from mediation_desk.domain.nearest import simplified
from mediation_desk.domain.recovery_words import LINES, WORDS_IN_LINE, RecoveryWords
from mediation_desk.gui.errors import telling
from mediation_desk.gui.forms.ui_sheet import Ui_SheetForm
from mediation_desk.gui.live_checks import caption
from mediation_desk.gui.printing import print_paper, save_file


class SheetForm(QWidget):
    """Prints the sheet of `words`, and asks for two of them that only the paper tells.

    The words are shown only to somebody who wants to copy them by hand. `chance` chooses which two are asked for.
    """

    def __init__(self, centre_name: str, words: RecoveryWords, day: date, chance: Random) -> None:
        super().__init__()
        self.ui = Ui_SheetForm()
        self.ui.setupUi(self)
        self.centre_name, self.words, self._day = centre_name, words, day
        places = chance.sample(range(LINES * WORDS_IN_LINE), 2)
        self._asked = [divmod(place, WORDS_IN_LINE) for place in sorted(places)]
        ui = self.ui
        for (line, place), label in zip(self._asked, (ui.first_word_caption, ui.second_word_caption), strict=True):
            caption(label, f"第{line + 1}行第{place + 1}个词")
        ui.words_text.hide()
        ui.sheet_state.hide()
        ui.print_sheet.clicked.connect(self._print)
        ui.save_sheet.clicked.connect(self._save)
        ui.show_words.clicked.connect(self._show_words)

    def check(self) -> None:
        """Raise `RuleBroken` at each word that is not the one on the sheet."""
        faults = Faults()
        for (line, place), field in zip(self._asked, (self.ui.first_word, self.ui.second_word), strict=True):
            sentence = "请对照恢复单填写。" if not field.text().strip() else "与恢复单上的不同，请再核对。"
            faults.check(simplified(field.text()) == self.words.lines[line][place], sentence, field.objectName())
        faults.refuse_if_any()

    @cached_property
    def _pdf(self) -> bytes:
        return recovery_sheet(self.centre_name, self.words, self._day)

    def _print(self) -> None:
        with telling(self):
            print_paper(self, self._pdf, TITLE, 1, lambda _: self._say("已送往打印机。请取纸核对。"))

    def _save(self) -> None:
        with telling(self):
            save_file(
                self,
                self._pdf,
                f"{TITLE}.pdf",
                saved=lambda: self._say("已另存。见到这个文件的人就能打开全部数据：打印以后请把它删除。"),
            )

    def _show_words(self) -> None:
        """Show the words, or take them off the screen again."""
        shown = self.ui.words_text.isHidden()
        lines = (f"第{number}行　{'　'.join(line)}" for number, line in enumerate(self.words.lines, start=1))
        self.ui.words_text.setText("\n".join(lines) if shown else "")
        self.ui.words_text.setVisible(shown)
        self.ui.show_words.setText("不再显示(&W)" if shown else "显示出来抄写(&W)")

    def _say(self, sentence: str) -> None:
        self.ui.sheet_state.setText(sentence)
        self.ui.sheet_state.show()
