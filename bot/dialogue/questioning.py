"""Whether words ask something: by how Chinese puts a question, not by lists of what people happen to ask."""

from __future__ import annotations

import re

_EDGES = " \t\r\n，,。.！!；;：:～~…\"“”'（）()"
_PARTICLES = "啊呀哦喔哈呢嘛哪咯啦哩的"
_HAN = "[\u4e00-\u9fff]"
_NO_QUESTION = re.compile(
    r"(?:什么|什麼|啥|谁|哪(?:个|里|儿|天|种|样|家)?|怎么|咋|几个?)(?:都|也)|饿了么|[没无](?:什么|啥)|不怎么|多少(?:都|有)|差不多"
)
"""「哪个都行」, 「没什么」: the words of a question, and none is put."""
_MARK = re.compile(r"[?？]")
_HEAD = re.compile(
    r"什么|什麼|啥|谁(?!家)|哪(?!吒|怕)|怎|咋|如何|为何|何[时地处]|干[嘛吗哈啥]|难道|[是能可会]否|么[子事]|[乜咩]|点[解样]"
    r"|(?<![旁左右上下这那一里外西东南北])边[度个位]|几[多时耐钱]|好多钱|好久(?:能|才|可以|$)|请问|想问|问(?:一?下|一哈|个)|系咪|可曾"
    r"|(?<![0-9一二两三四五六七八九十百千万好差])多(?:少|久|大|长|高|重|远|快|贵|钱|厚|宽|深|耐)"
    r"|(?<![十百千好没前这那过头后等隔上下])几(?:个|天|号|点|岁|年|月|周|次|分|张|份|家|位|口|人|步|级|项|样|种|页|字|块|元|楼|$)"
)
"""Words that stand for what is asked: who, which, what, how many, and how they are said elsewhere."""
_A_NOT_A = re.compile(rf"(?<![不没])({_HAN})[不没唔冇未弗勿]\1|有[没木冇]|[能可]不可以")
_ENDS = re.compile(
    r"(?:吗|嘛(?<=[以行能有要是好对]嘛)|(?<![这那多要什])么|(?<![也都就才还从我俺他她并绝先暂是要])[不否](?:啦|咯)?|"
    r"(?<![也都就才还从我俺他她并绝先暂我你啥么])[没未冇]|[了过好完到]没有)\Z"
)
"""「安全不」, 「好了没」, 「行否」: a statement made a question by its last word."""
_AND_WHAT_OF = re.compile(r"(?:那|那么)?[^在没还正着不都就]{1,4}呢")
_OR = re.compile(r"(?P<one>[^，,。；;]+?)还是(?P<other>[^，,。；;]+)")
_LEADS = re.compile(r"(?:那|我|我们|俺|想想|最后|就|不过|算了|不用了|现在|但|可|一直|都|要不)*")
_AS_BEFORE = re.compile(r"原来|以前|老|那个|这个|按|不|没|先|再")
_WHOLE_NO = re.compile(r"[不没冇未否]")
"""「不」: an answer, and no question."""


def asks(text: str) -> bool:
    """Whether the words ask something."""
    plain = _NO_QUESTION.sub("", text.strip(_EDGES))
    if _MARK.search(plain) or _HEAD.search(plain) or _A_NOT_A.search(plain):
        return True
    last = plain.rstrip(_PARTICLES + _EDGES)
    if _AND_WHAT_OF.fullmatch(plain) or _chooses_between(plain):
        return True
    return not _WHOLE_NO.fullmatch(last) and any(_ENDS.search(one) for one in (plain, last))


def _chooses_between(plain: str) -> bool:
    """「大名还是小名」: two things that are set beside one another; 「还是原来的」 is an answer."""
    found = _OR.search(plain)
    if found is None or _LEADS.fullmatch(found["one"]) or _AS_BEFORE.match(found["other"]):
        return False
    return "是" in found["one"] or bool(set(found["one"]) & set(found["other"]))
