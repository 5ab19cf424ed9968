"""What gives somebody away by its shape, and the word that stands for it afterwards. Data alone.

`FIRST` is looked for before `nlu.entities.numbers` takes anything for a number of a person, `THEN` in what is left.
"""

from __future__ import annotations

import re

from intents.given_names import KIN, PEOPLE

SOMEBODY, SOMEWHERE, SOME_DAY, A_DOOR, A_NUMBER = "某某", "某地", "某月某日", "某号", "号码"
MAIL, ADDRESS, PLATE = "邮箱", "网址", "车牌号"
OURS = (SOMEBODY, SOMEWHERE, SOME_DAY, A_DOOR, A_NUMBER, MAIL, ADDRESS, PLATE)
"""The words put in by what stands here; those of `nlu.entities.numbers` beside them."""

_PLATES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_NUM = r"[\d零〇一二三四五六七八九十]"
_SAID = "零〇一二三四五六七八九幺两壹贰貳叁參肆伍陆陸柒捌玖"
"""Digits as they are read out, and as banks write them."""
_PERSON = "|".join(sorted({*KIN.split(), *PEOPLE.split()}, key=len, reverse=True))
_YEARS = r"(?:19|20)\d\d-20\d\d(?!\d)"
"""Two years, as of a school year, are no number."""
_LATIN = r"[A-Za-z][a-z]+(?:(?:[ ·.]{1,2}|(?=[A-Z]))[A-Za-z][a-z]+){0,3}"
_WHOLE = r"[A-Z][a-z]+(?: ?[A-Z][a-z]+){1,3}"
_IS = r"(?:[:：是为叫]|\s)*"
_CHAT = r"微信|薇信|威信|[Vv]信|扣扣|企鹅|抖音|支付宝|陌陌|微博"
_CHAT_LATIN = r"(?<![A-Za-z])(?:[VvWw][Xx]|[Ww]e[Cc]hat|[Qq][Qq])"
_ACCOUNT = r"(?:账号|帐号|号码|号|[Ii][Dd])?"
_DIGITS_TOO = r"(?!1[3-9]\d{9}(?!\d))(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{5,20}(?![A-Za-z0-9_-])"
_FILE = (
    r"病历|病案|住院|门诊|就诊|挂号|检查|报告|工|学|学籍|考生|准考证|档案|证书|证件|护照|社保|医保|参保|电脑|保单|合同|订单|"
    r"运单|快递|单|编|账|帐|存折|户|案"
)
_STRONG = "单元|栋|幢|弄|座|号楼"
_NO = rf"{_NUM}+(?:-\d+)*"
_ANY = f"{_STRONG}|号|室|楼|层|房"

FIRST = (
    (re.compile(r"(?<![A-Za-z0-9])wxid_[\w-]+", re.I | re.ASCII), A_NUMBER),
    (re.compile(rf"({_CHAT}){_ACCOUNT}{_IS}(?:[A-Za-z][A-Za-z0-9_-]{{4,19}}(?![A-Za-z0-9_-])|{_DIGITS_TOO})"),
     rf"\1{A_NUMBER}"),
    (re.compile(rf"({_CHAT_LATIN}){_ACCOUNT}{_IS}{_DIGITS_TOO}"), rf"\1{A_NUMBER}"),
    (re.compile(rf"((?:{_FILE})号)码?{_IS}(?:[A-Za-z]{{1,4}}-?\d{{3,}}|\d{{5,}})[A-Za-z0-9-]*"), r"\1码"),
)
THEN = (
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+", re.ASCII), MAIL),
    (re.compile(r"(?:https?://|www\.)[^\s，。]+", re.I), ADDRESS),
    (re.compile(rf"[{_PLATES}][A-Z][·.]?[A-Z0-9]{{5,6}}(?![A-Z0-9])", re.I), PLATE),
    (re.compile(rf"{_NUM}{{4}}\s*[-/.年]\s*{_NUM}{{1,3}}\s*[-/.月]\s*{_NUM}{{1,3}}[日号]?"), SOME_DAY),
    (re.compile(rf"(?<![0-9A-Za-z])(?!{_YEARS})(?=(?:[A-Za-z-]*\d){{6}})[0-9A-Za-z][0-9A-Za-z-]{{7,}}"), A_NUMBER),
    (re.compile(rf"(?=(?:{_NO}(?:{_ANY}))*{_NO}(?:{_STRONG}))(?:{_NO}(?:{_ANY})){{2,}}(?:{_NUM}+[室号房]?)?"), A_DOOR),
    (re.compile(r"\d+(?:-\d+)*号\d+(?:-\d+)*室|(?<=[路街道巷里村苑园区城])\d+号(?:\d+室?)?"), A_DOOR),
    (re.compile(rf"({SOMEWHERE}){_NUM}{{3,4}}[室号房]?(?![\d零〇一二三四五六七八九十百千万元块年岁])"), r"\1"),
    (re.compile(rf"{_NUM}{{1,3}}(?:{_STRONG}|楼){_NUM}{{3,4}}(?:室|号|房)?(?!{_NUM})"), A_DOOR),
    (re.compile(r"(?<![\d-])\d{1,3}-\d{1,2}-\d{3,4}(?![\d-])"), A_DOOR),
    (re.compile(rf"(?<!\d)(?!{_YEARS})\d(?:[ -]?\d){{6,}}[A-Za-z]*"), A_NUMBER),
    (re.compile(rf"(?<!\d)(?!{_YEARS})[{_SAID}\d](?:[ -]?[{_SAID}\d]){{6,}}"), A_NUMBER),
    (re.compile(rf"((?:叫做?|姓名|名字)(?:[:：是叫]|\s)*){_LATIN}"), rf"\1{SOMEBODY}"),
    (re.compile(rf"((?:我是|{_PERSON})(?:[:：是]|\s)*){_WHOLE}"), rf"\1{SOMEBODY}"),
)
