"""What a paper is for: to propose a system, to compare those of others, or to hold a competition."""

from __future__ import annotations

from leaderboard import expressions as re

_EVALUATES = re.compile(
    r"\b(?:evaluat\w+|benchmark(?:ed|ing)?|assess\w*|compar(?:e|ed|ing|ison)|investigat\w+|examin\w+|audit\w*"
    r"|analy[sz]\w+|test(?:ed)?|stud(?:y|ies|ied)|probe\w*)\b"
    r"[^.;]{0,90}?\b(?:LLMs|VLMs|MLLMs|LVLMs|LMMs|VLAs|language models|foundation models|"
    r"state-of-the-art models|chatbots|reasoning models|GPT-\S+|ChatGPT|Gemini|Claude)\b"
)
PROPOSES = re.compile(
    r"\b(?:[Ww]e|[Pp]aper|[Ww]ork|[Ss]tudy|[Aa]rticle)\b[^.;]{0,40}?\b(?:propose|present|introduce|develop|"
    r"design|build|suggest|train|fine-tune|describe)\w*\b[^.;]{0,60}?"
    r"\b(?:method|model|framework|approach|network|algorithm|system|architecture|agent|strateg|module|"
    r"technique|pipeline|detector|mechanism|solution|classifier|ensemble|scheme|loss|paradigm|procedure)"
    r"|\b(?:our|the proposed|proposed) (?:\w+ ){0,2}(?:method|model|framework|approach|network|algorithm|"
    r"system|architecture|agent|pipeline|technique|solution|strategy)"
)
EVALUATING = re.compile(
    r"\s*(?:Benchmarking|Evaluating|Assessing|Measuring|Probing|Testing|Auditing|Can|Do|Does|Are|"
    r"How (?:Well|Far|Do))\b(?! We\b)"
    r"(?! and Improving)",
    re.IGNORECASE,
)
OTHERS_SYSTEMS = re.compile(
    r"\b(?:M?LLMs?|L?VLMs?|LMMs?|VLAs?|language models?|foundation models?|vision-language models?|"
    r"(?:reasoning|generative|multimodal|AI) models|AI (?:agents|assistants)|"
    r"chatbots?|ChatGPT|GPT-?\d\w*|Gemini|Claude)\b",
    re.IGNORECASE,
)
ENTERS = re.compile(r"\b(?:technical report|submission|solution|team)\b", re.IGNORECASE)
"""What tells of a title that it enters a challenge, and does not hold it."""
_COMPETITION = re.compile(r"\b(?:shared tasks?|challenge|competition|campaign)\b", re.IGNORECASE)
_ENTRANTS = re.compile(r"\b(?:teams|submissions|participants|competitors|entries)\b")
_TAKES_PART = re.compile(
    r"\bour (?:[\w-]+ ){0,2}(?:submission|system|team|solution|method|approach|model|framework|"
    r"entr(?:y|ie))s?\b"
    r"|\bwe (?:\w+ )?(?:participat|submit|rank|w[io]n|achiev|propose|place|use|train|fine-tune)",
    re.IGNORECASE,
)
"""What a paper that holds a competition does not say."""


def evaluates(title: str, text: str, has_own: bool, proposes: bool) -> bool:
    """Whether a paper tells the results of others' systems: it compares them, or holds the competition that
    they took part in.
    """
    asks = any(EVALUATING.match(part) and OTHERS_SYSTEMS.search(part) for part in title.split(":"))
    holds = (
        _COMPETITION.search(title) is not None
        and ENTERS.search(title) is None
        and _ENTRANTS.search(text) is not None
        and _TAKES_PART.search(text) is None
    )
    return (not has_own and (asks or holds)) or (not proposes and _EVALUATES.search(text) is not None)
