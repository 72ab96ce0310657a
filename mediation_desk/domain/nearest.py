"""Finds the known word that a mistyped or traditional one may stand for: offered to a person, never taken over."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from unicodedata import normalize

_LEAST_LIKENESS = 0.5

_TRADITIONAL = (
    "師师諮咨詢询調调員员檢检幹干關关機机構构織织監监護护會会協协議议書书記记錄录處处長长務务業业職职單单請请願愿愛爱鎖锁崗岗週周實实際际開开結结時时間间數数種种類类別别號号碼码電电話话紙纸頁页張张劉刘陳陈"
    "楊杨黃黄趙赵吳吴孫孙馬马羅罗鄭郑謝谢許许韓韩馮冯鄧邓蕭萧葉叶蘇苏盧卢蔣蒋賈贾鍾钟陸陆魯鲁範范顧顾龍龙萬万錢钱湯汤賴赖龔龚嚴严溫温蘭兰閻阎倫伦齊齐莊庄聶聂畢毕譚谭鄒邹駱骆顏颜歐欧國国偉伟強强軍军傑杰誌志"
    "華华興兴榮荣貴贵慶庆寶宝濤涛鵬鹏飛飞麗丽蓮莲鳳凤瓊琼艷艳嬌娇潔洁靜静紅红綺绮維维綱纲練练緒绪繼继續续總总經经絡络縣县鄉乡鎮镇區区縱纵醫医藥药衛卫險险隊队陽阳陰阴雙双對对與与應应斷断無无為为後后來来備备"
    "從从傳传億亿儀仪優优價价側侧兒儿內内兩两農农決决淨净減减創创劃划動动勝胜勞劳勢势匯汇臺台啟启圍围園园圖图團团場场報报壓压壯壮聲声夢梦學学寧宁審审寫写專专導导屬属層层岡冈島岛嶺岭帳帐帶带庫库廠厂廣广彥彦"
    "徵征懷怀態态戰战戶户擔担據据擇择損损換换揚扬敵敌斂敛晉晋暉晖曉晓東东條条極极樓楼樂乐樹树橋桥歡欢歲岁歷历殘残氣气漢汉滿满澤泽潤润濟济灣湾熱热燈灯爾尔環环現现產产畫画異异當当療疗發发盡尽眾众碩硕礦矿禮礼"
    "穩稳窮穷競竞筆笔節节簡简糧粮級级純纯細细終终組组絲丝統统給给聖圣聞闻聯联聽听肅肃脈脉舉举舊旧藝艺蘊蕴虧亏術术衝冲補补製制複复見见規规視视親亲覺觉訂订計计討讨訓训訪访設设訴诉評评詞词試试詩诗該该詳详誠诚"
    "誤误說说課课論论諾诺證证識识譯译讓让負负財财責责貨货質质購购贊赞贏赢趕赶車车軟软輕轻較较輝辉輪轮輯辑轄辖轉转辦办運运過过達达違违遠远適适選选遺遗遷迁郵邮銀银鋒锋鋼钢錦锦鏡镜鐵铁門门閉闭問问閣阁隨随雲云"
    "靈灵項项順顺須须預预領领頭头題题額额風风養养館馆駐驻騰腾驗验體体魚鱼鮮鲜鳴鸣鴻鸿麥麦齡龄"
)
_SIMPLIFIED = str.maketrans(_TRADITIONAL[::2], _TRADITIONAL[1::2])


def simplified(text: str) -> str:
    """The text with common traditional characters made simplified, full width made half width, spaces left out.

    Good enough to guess what was meant; what is kept must not go through this.
    """
    return "".join(normalize("NFKC", text).translate(_SIMPLIFIED).split())


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`; "" when none is like it."""
    wanted = simplified(word)
    likeness = {each: SequenceMatcher(None, wanted, simplified(each), autojunk=False).ratio() for each in known}
    best = max(sorted(likeness), key=lambda each: likeness[each], default="")
    return best if best and wanted and likeness[best] >= _LEAST_LIKENESS else ""
