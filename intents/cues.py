"""Words that say that something is no request, whatever statistics think: complaints, commands to us, noise."""

from __future__ import annotations

import re

from intents.understanding import OutKind
from nlu.normalise import has_words
from nlu.scope import asked

_COMPLAINT = re.compile(
    r"投诉|举报|没人管|没人理|扰民|拖欠(?!.{0,8}名单)|乱收费|曝光|告你们|态度(?:太|很|真|特别)?(?:差|恶劣|不好)|说理|吃坏|讨个?说法|"
    r"给我做主|跑路|骗(?:了|钱|走)|太气人|欺负|黑心|缺斤少两|违建|不作为|推诿|踢皮球"
)
_INJECTION = re.compile(
    r"(?:忽略|无视|忘掉|忘记|抛开).{0,8}(?:指令|规则|设定|要求|上文|限制|身份)|系统提示|系统命令|提示词|开发者模式|越狱|"
    r"管理员(?:权限|身份|登录)|扮演.{0,8}管理员|ignore .{0,16}instruction|system prompt|"
    r"drop\s+table|select\s+.{1,20}from|<script|"
    r"跳过审核|绕过|直接(?:给我)?(?:通过|批准|批了)|伪造|repeat the text|jndi:|\{\{.{0,20}\}\}|"
    r"(?:输出|打印|导出|告诉我|显示).{0,12}(?:密钥|密码表|接口地址|数据库|所有(?:人|用户)|全部用户)"
)
_PURE_SIGNS = re.compile(r"^[\W\d_]*$")


def cue(plain: str) -> OutKind | None:
    """The kind of out-of-scope that a normalised message gives away by its words; None when there is no such word."""
    if not plain or _PURE_SIGNS.match(plain) or not has_words(plain):
        return "gibberish"
    if _INJECTION.search(plain):
        return "injection"
    return "complaint" if _COMPLAINT.search(asked(plain)) else None
