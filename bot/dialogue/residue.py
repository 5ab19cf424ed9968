"""What a message says besides the choice that is named in it: little enough, and it is the answer; else it is about
something else, and the choice is only mentioned."""

from __future__ import annotations

import re
from collections.abc import Iterable

from forms.merging.merged import Question
from nlu.entities.kin import KIN_WORD

ENOUGH = 2
"""Characters with a meaning of their own, besides the choice, from which on a message is about something else."""
_FILLER = re.compile(
    rf"(?:帮我|给我|替我|我妈妈?|我爸爸?|{KIN_WORD}|我们家?|咱们?家?|俺们?家?|我家|他们|她们|你们?|您|妈|爸|爹|娘"
    r"|这个|那个|这边|那边|自己|本人|家里|的话|就是|还是|应该|大概|可能|估计|其实|目前|现在|已经|一直|刚刚|以及|另外|或者|因为"
    r"|所以|但是|不过|然后|一起|一块儿?|还有|选择|(?:选|办|弄)一下|办理|需要|想要|麻烦|谢谢|好的|可以|属于|情况|那种|这种|不是|而是"
    r"|登记|申请|申领|业务|手续|领取|[上落](?=[我俺他她 ])|[上落][在到]|肯定|当然|直接|主要|反正|跟着|按照|以上|选项"
    r"|暂时|不要|不用|不办|别办|不选|不上|一家|全家|大家|两个|三个|一个|几个|[两三四五]样)"
)
_SMALL = re.compile(
    r"[我俺咱他她它的了吧啊呀呢嘛啦咯哦喔哈噢呗嗯哎唉诶那这就是都也全要想选办弄整填写跟随按走用给请好行对算只和与及而但先再还在去有个把来着些嘞哒滴么呐哟]"
)
_DOING = re.compile(r"[等找翻忙哭睡喊错]")
"""What somebody does meanwhile, or wants put right: with one of these a choice is only mentioned."""
_WEAK = re.compile(r"[没有不要用还了的是无别未需先暂时办也都行可以]+")
"""Labels that are no more than a yes or a no: they count alone, 「还没」 is none in 「还没生」."""
_NOW_DOING = re.compile(r"(?:在|正在?)[^，,。]{1,4}呢")
_NO_WORD = re.compile(r"[^\u3400-\u9fffA-Za-z0-9]")


_NONE_HERE = str.maketrans({"冇": "没"})
_HAVE_NOT = re.compile(r"[没莫木冇么]得|[莫木冇]有")
"""How 「没有」 is said elsewhere, of the same length."""


def standard(text: str) -> str:
    """Text with 「没有」 for what is said instead of it elsewhere: 没得, 莫得, 冇. It stays as long as it is."""
    return _HAVE_NOT.sub("没有", text).translate(_NONE_HERE)


def beside(question: Question, text: str, hits: Iterable[tuple[int, int]]) -> int:
    """How many characters with a meaning of their own are said besides what stands at ``hits``."""
    return len(_left(question, text, hits))


def _left(question: Question, text: str, hits: Iterable[tuple[int, int]]) -> list[int]:
    """Where characters with a meaning of their own stand."""
    chars = list(standard(text))
    for start, end in hits:
        chars[start:end] = " " * (end - start)
    rest = _FILLER.sub(lambda found: " " * len(found[0]), "".join(chars))
    left = [char == " " or bool(_NO_WORD.match(char) or _SMALL.match(char)) for char in rest]
    topic = _topic(question)
    for at in range(len(rest) - 1):
        if rest[at:at + 2] in topic:
            left[at] = left[at + 1] = True
    return [at for at, small in enumerate(left) if not small]


def is_clean(
    question: Question, text: str, value: str | list[str], spoken: Iterable[tuple[int, int]] = ()
) -> bool:
    """Whether a message that names ``value``, by a label or by what stands at ``spoken``, says hardly anything else."""
    values, text = ([value] if isinstance(value, str) else value), standard(text)
    if _NOW_DOING.search(text):
        return False
    words = [(word, option.value) for option in question.options for word in (option.label, *option.aliases)
             if len(word) >= 2 and word in text]
    hits = [(found.start(), found.end()) for word, _ in words for found in re.finditer(re.escape(word), text)]
    spoken = tuple(spoken)
    weak = not spoken and all(is_weak(word) for word, whose in words if whose in values)
    left = _left(question, text, [*hits, *spoken])
    goes_on = any(text[at] not in question.ask for at in {end for _, end in hits} & set(left))
    return len(left) < (1 if weak else ENOUGH) and not goes_on and not any(_DOING.match(text[at]) for at in left)


def is_weak(word: str) -> bool:
    """Whether a label is no more than a yes or a no."""
    return bool(_WEAK.fullmatch(word))


def is_filler(question: Question, text: str) -> bool:
    """Whether words say nothing besides what was asked."""
    return beside(question, text, []) == 0


def _topic(question: Question) -> frozenset[str]:
    """Pairs of characters that the question itself is made of."""
    said = (question.ask, question.title, *(word for one in question.options for word in (one.label, *one.aliases)))
    return frozenset(word[at:at + 2] for word in said for at in range(len(word) - 1))
