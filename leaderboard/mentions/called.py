"""What a paper calls its system where neither its title nor "we propose X" tells: "our X", "a method, X,"."""

from __future__ import annotations

from collections.abc import Callable

from leaderboard import expressions as re
from leaderboard.mentions.context import BENCH_WORD
from leaderboard.mentions.wording import Wording

_COINING = 100
"""Characters before a name in which its introduction stands."""
_TITLED = re.compile(
    r"\s*(?:(?:An?|The) )?+(?P<name>[A-Z][\w-]*(?: (?:[A-Z][\w-]*|\d[\w.]*)){1,4})(?<!-)"
    r"\s*(?::|(?:for|in|on)\b)"
)
_CODE = re.compile(r"github\.com/[\w.-]{1,60}/(?P<name>[\w.-]{1,100})(?![\w.-])")
_CODE_NAME = re.compile(r"(?=[^.]*[A-Z][^.]*[A-Z])(?:[A-Z\d]\w{1,15}(?:-|$)){1,3}$")
_CODE_SUFFIX = re.compile(
    r"(?:\.git|\.|[-_](?:[Cc]ode|[Pp]y[Tt]orch|[Tt]orch|[Oo]fficial|main|release|[A-Z]{3,8}-?\d{2,4}))+$"
)
_CODE_PREFIX = re.compile(r"^(?:official|[Pp]y[Tt]orch)[-_]")
_NOT_A_SYSTEM_CODE = re.compile(
    r"_|\d{4}|^[A-Z]+\d\d$|(?:^|-)[A-Z][a-z]+-[A-Z][a-z]+(?:-|$)|(?i:data|bench|eval|paper|project|code|challenge|survey|study|analysis|comparison|awesome)"
)
IsName = Callable[[str], bool]

_NOT_PRINTED_SO = re.compile(r"@|-(?:specific|level|[a-z]+ed)$|^[A-Z]-[a-z]+$|\d{4}")
"""How the names of systems are not printed."""
_MOST_WORDS = 6
_SENTENCE_END = re.compile(r"[.?!] ")


def called(text: str, is_name: IsName, wording: Wording) -> str:
    """The name of a paper's system by its abstract, or empty.

    `is_name` says whether a word may be the name of a system: printed like one, and nothing else's.

    >>> called("Our framework, RoadNet, works.", lambda name: True, Wording({"systems": ["framework"]}))
    'RoadNet'
    """
    for pattern in (wording.ours, wording.new, wording.apposed, wording.aside, wording.dubbed):
        for match in pattern.finditer(text):
            name, short = match.group("name"), match.group("short")
            too_long = name.count(" ") >= _MOST_WORDS
            if too_long or not _may_be(name, wording) or wording.of_another.match(text, match.end()):
                continue
            if is_name(short or name):
                return short or name
    return ""


def acting(title: str, text: str, is_name: IsName, wording: Wording) -> str:
    """The only name of which an abstract says what it brings about, if the title has it or if it is spelled
    out, or empty.

    >>> wording = Wording({"does": ["cuts"], "systems": ["method"]})
    >>> acting("Clear Roads", "We mark roads. The RoadMarker (RM) cuts delays.", bool, wording)
    'RM'
    """
    names = (match.group("short") or match.group("name") for match in wording.doing.finditer(text))
    told = {name for name in names if not name.endswith("s") and is_name(name)}
    name = told.pop() if len(told) == 1 else ""
    return name if name in title or f"({name})" in text else ""


def working(title: str, text: str, is_name: IsName, wording: Wording) -> str:
    """The only name that an abstract shows at work, or empty. What stands in the first sentence is rather
    what others have, unless the title has it.

    >>> wording = Wording({"works": ["cuts"], "fails": ["lacks"]})
    >>> working("Clear Roads", "Roads are full. RoadMarker cuts delays.", bool, wording)
    'RoadMarker'
    """
    told: dict[str, bool] = {}
    end = _SENTENCE_END.search(text)
    first = end.start() if end else len(text)
    for match in wording.working.finditer(text):
        name = match.group("name")
        if (
            not name.endswith("s")
            and BENCH_WORD.search(name) is None
            and not wording.of_another.match(text, match.end("name"))
            and is_name(name)
        ):
            late = match.start("name") > first or (name in title and not match.group("apposed"))
            told[name] = told.get(name, False) or late
    return next((name for name, late in told.items() if late and len(told) == 1), "")


def titled(title: str, text: str, is_name: IsName, wording: Wording) -> str:
    """What a title begins with, up to a colon or a preposition, if the abstract introduces it or if it is a
    system by its last word, or empty.

    >>> wording = Wording({"kinds": ["policy"], "plain": ["neural"], "coin": ["introduce"]})
    >>> titled("Patch Fields: Finding Defects", "We introduce patch fields, which ...", bool, wording)
    'Patch Fields'
    >>> titled("A Doubly Recurrent Policy for Quadrupeds", "We ...", bool, wording)
    'Doubly Recurrent Policy'
    >>> titled("Neural Policy for Quadrupeds", "We ...", bool, wording)
    ''
    """
    title = title.replace("\n", " ")
    match = _TITLED.match(title)
    if match and _is_introduced(match.group("name"), text, is_name, wording):
        return match.group("name")
    match = wording.titled_system.match(title)
    if not match or wording.tells.search(name := match.group("name")):
        return ""
    return name if _may_be(name, wording) and is_name(name) else ""


def _is_introduced(name: str, text: str, is_name: IsName, wording: Wording) -> bool:
    """Whether an abstract introduces what its title begins with."""
    if not _may_be(name, wording):
        return False
    words = re.escape(name).replace("\\ ", r"[\s-]")
    for said in re.compile(rf"{words}\b", re.IGNORECASE).finditer(text):
        if wording.coined.search(text, max(0, said.start() - _COINING), said.start()):
            return not wording.of_another.match(text, said.end()) and is_name(name)
    return False


def _may_be(name: str, wording: Wording) -> bool:
    """Whether a name may be a system's: no kind of system, and printed and worded like one."""
    return not (wording.kind.match(name) or wording.no_system.search(name) or _NOT_PRINTED_SO.search(name))


def repository(original: str, is_name: IsName) -> str:
    """The name of the repository with a paper's code, if it is printed like a system's name, or empty.

    >>> repository("Code is at https://github.com/roads/RoadNet.", lambda name: True)
    'RoadNet'
    """
    for match in _CODE.finditer(original):
        name = _CODE_SUFFIX.sub("", _CODE_PREFIX.sub("", match.group("name")))
        if _CODE_NAME.match(name) and not _NOT_A_SYSTEM_CODE.search(name) and is_name(name):
            return name
    return ""
