"""The recovery sheet: the twenty words that open an encrypted store when nobody's password does, for the safe.

It is made in memory and goes to the printer from there. The program keeps the words nowhere, so it can never be printed
again; whoever can open the store can have a new one.
"""

from datetime import date

from mediation_desk.documents.fonts import HEADING
from mediation_desk.documents.line import Align, Style
from mediation_desk.documents.page import CAPTION, FIELDS, PAPER_TITLE, SMALL, SUBTITLE, Frame, Sheet
from mediation_desk.documents.paragraph import Blank
from mediation_desk.domain.dates import day_in_words
from mediation_desk.domain.recovery_words import RecoveryWords

TITLE = "数据恢复单"
_WORDS = Style(HEADING, 24, 46, align=Align.LEFT)
_GAP = 8.0
_SIGNATURE, _DAY = 150.0, 130.0
_PURPOSE = (
    "忘记口令、更换电脑或者钥匙库失效时，用下面4行20个词可以打开全部数据。"
    "程序不保存这些词，本单遗失后不能补印，只能在数据还打得开的时候换一份新单。"
)
_USE = (
    "1. 在登录窗口选“用恢复单打开”，逐行输入；写错的行会标出来。打开以后设一个新口令。",
    "2. 换电脑时，把数据文件和它旁边同名的“.keys”文件一起复制到新电脑，再用本单打开。",
    "3. 见到这些词的人就能打开全部数据：请锁入柜中，与电脑分开放；不拍照，不存入电脑、手机。",
    "4. 换过新单以后，本单作废，请销毁。",
)
_BESIDE_CODE = "二维码里是同样的20个词。\n请只用不联网的设备扫描。"


def recovery_sheet(centre_name: str, words: RecoveryWords, day: date, *, is_practice: bool = False) -> bytes:
    """The PDF, one page of A4. Raises `GlyphMissing` for a name of the centre that cannot be printed."""
    sheet = Sheet(Frame(TITLE, centre_name, day_in_words(day), ("练习",) if is_practice else ()))
    sheet.add(TITLE, style=PAPER_TITLE)
    sheet.add(f"{centre_name}　{day_in_words(day)}", style=SUBTITLE, place="综治中心名称")
    sheet.add(_PURPOSE, style=FIELDS)
    sheet.add_gap(_GAP)
    for number, line in enumerate(words.lines, start=1):
        sheet.add(f"{number}　{'　'.join(line)}", style=_WORDS, keep=True)
    sheet.add_gap(_GAP)
    for sentence in _USE:
        sheet.add(sentence, style=SMALL)
    sheet.add_qr(words.text, _BESIDE_CODE.splitlines())
    sheet.add("保管人", style=CAPTION, keep=True)
    sheet.add("签名：", Blank("", _SIGNATURE), "　日期：", Blank("", _DAY), style=FIELDS)
    sheet.add("存放处：", Blank("", _SIGNATURE + _DAY), style=FIELDS)
    return sheet.pdf()
