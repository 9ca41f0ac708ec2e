"""What a paper calls its system where neither the beginning of its title nor "we propose X" tells it: "our
X", "a new method, X,", the address of its code, or the words of its title.
"""

from __future__ import annotations

import re
from collections.abc import Callable

IsName = Callable[[str], bool]

_HEAD = (
    r"(?:models?|methods?|frameworks?|approach|networks?|systems?|algorithms?|architectures?|pipelines?|"
    r"agents?|detectors?|trackers?|planners?|parsers?|techniques?|solutions?|strateg(?:y|ies)|modules?|"
    r"schemes?|mechanism|ensemble|variants?)"
)
_CALLED = r"(?:called|named|namely|dubbed|termed|i\.e\.,)"
_ADJECTIVE = (
    r"(?:proposed|novel|new|best|improved|final|full|simple|yet|effective|efficient|lightweight|modified|"
    r"unified|[a-z]+-[a-z]+|[a-z]+(?:ed|ive|al))"
)
_WORD = r"[A-Z](?:\w|\.(?=\w))*(?:[-+&@*/]\w+)*\+*"
_NAME = (
    rf"[\"“'‘`]*(?P<name>(?:{_WORD}|[a-z]+[A-Z]\w*)(?: (?:{_WORD}|\d[\w.]*\w))*)"
    r"(?: \((?P<short>[A-Z][\w.]*(?:[-+&]\w+)*\+*)\))?"
)
_OURS = re.compile(
    rf"\b(?:[Oo]ur|[Pp]roposed)\s+(?:{_ADJECTIVE},?\s+){{0,3}}(?:{_HEAD}(?:\s*[,:])?\s+(?:{_CALLED}\s+)?)?{_NAME}"
)
_NEW = re.compile(
    r"\b(?:[Pp]ropos(?:e|es|ing|ed)|[Ii]ntroduc(?:e|es|ing|ed)|[Pp]resent(?:s|ing)?|[Dd]evelop(?:s|ed|ing)?|"
    rf"[Dd]esign(?:s|ed|ing)?|[Aa] (?:novel|new)|i\.e\.,|{_HEAD} {_CALLED})\s+"
    rf"(?:(?:an?|the|and|{_CALLED}|{_ADJECTIVE}|{_HEAD},)\s+){{0,6}}{_NAME}"
    rf"(?:(?<=\))|(?=,| that| which| to\b| for\b|\.| \(|$| {_HEAD}))"
)
_APPOSED = re.compile(rf"\b{_HEAD},(?: {_CALLED})? {_NAME}(?=,| that| which)")
_NOT_A_SYSTEM_AFTER = re.compile(
    r"['’]s|-[a-z]|\s+(?:test|tasks?|metric|score|challenge|CPU|GPU|loss)\b|"
    r"[^.;]{0,40}?\b(?:data\s?sets?|benchmark|corpus|database)\b"
)
_NOT_A_SYSTEM = re.compile(
    r"@|-(?:specific|level|[a-z]+ed)$|^[A-Z]-[a-z]+$|\d{4}|"
    r"\b(?:Corpus|Dataset|Score|Precision|Error|CPU|GPU|FPGA|Deep Learning|Machine Learning)\b"
)
_MOST_WORDS = 6
_REPOSITORY = re.compile(r"\bgithub\.com/[\w.-]+/([A-Za-z][\w.-]*)")
_OF_REPOSITORY = re.compile(
    r"(?i:\.git|[-_.](?:pytorch|torch|tf|tensorflow|jax|release|official|main|master|code|public|models?|"
    r"(?:cvpr|iccv|eccv|nips|neurips|icml|iclr|acl|emnlp|aaai|ijcai|miccai)[-_]?\d*|20\d\d))+[./]*$"
)
_NOT_A_REPOSITORY_OF_ONE = re.compile(r"_|-.*-|-[A-Z][a-z]{4,}[A-Z]|\d\d$")
_METHOD = (
    r"(?:Networks?|Models?|Transformers?|Attention|Autoencoders?|Ensembles?|Distillation|Loss|Classifiers?|"
    r"Detectors?|Trackers?|Planners?|Regression|Normalization|Decoding|Diffusion|Flows?|Sampling|Fusion|Reader|"
    r"Forests?|Graphs?|R?CNNs?|Augmentation|Routing|Pre-?[Tt]raining|Pruning|Prompting|Alignment|Guidance|"
    r"Adaptation|Encoders?|Tiling|Matching|Search|Framework|Learning|Machines?)"
)
_TITLE_WORD = r"(?:[A-Z]\w*(?:-\w+)*|[23]D)"
_TITLE_PHRASE = rf"({_TITLE_WORD}(?: (?:{_TITLE_WORD}|and|of|&)){{0,5}}? {_METHOD})"
_BEFORE_MORE = r"(?= (?:for|in|with|to|on|via|through|over|using|by|from)\b|$|:)"
_AT_BEGINNING = re.compile(rf"(?:(?:An?|The) )?{_TITLE_PHRASE}{_BEFORE_MORE}")
_BY_MEANS_OF = re.compile(rf"\b(?:via|through|using|by|with) (?:[Aa]n? )?{_TITLE_PHRASE}{_BEFORE_MORE}")
_ANYBODYS = re.compile(
    r"(?:(?:Curriculum|In-[Cc]ontext|Vision-[Ll]anguage|Distributed|Low-[Rr]ank|Active|Imitation|Deep|Convolutional|Recurrent|Graph|Neural|Large|Language|Vision|Machine|Transfer|Reinforcement|"
    r"Contrastive|(?:Self-|Semi-)?[Ss]upervised|Unsupervised|Weak|Multi-?[Tt]ask|(?:Few|Zero)-[Ss]hot|Continual|"
    r"Generative|Diffusion|Foundation|Adversarial|Federated|Representation|Knowledge|Dataset|Data|Domain|Hybrid|"
    r"Online|Joint|Protein|Bayesian|Lightweight|Efficient|Effective|Statistical|and|of|Simple|General|Unified|"
    r"Spiking|Metric|End-to-[Ee]nd|Pre-?[Tt]rained|Fully|Attention) )*"
    rf"{_METHOD}$"
)
"""A kind of system, or a field, that is nobody's name: "Graph Neural Networks", "Deep Learning"."""
_NO_NAME = re.compile(
    r"(?:\w+ing|Towards?|Beyond|Analy\w+|\w+(?:ment|tion)|Auto\w+|On|From|How|Why|What|When|Can|Do|Does|Is|Are|In|"
    r"Comparative|Performance|Analysis|Fast|Novel|Effective|Efficient|Improved|Enhanced|Simple|Supervised|"
    r"Real-[Tt]ime|Robust|Scalable|New)\b(?!-)"
)
"""How titles begin that tell what is done, not what it is called."""


def called(title: str, text: str, is_name: IsName) -> str:
    """The name of a paper's system by its title and its abstract, or empty.

    `is_name` says whether a word may be the name of a system: printed like one, and nothing else's.

    >>> called("Segmenting Roads", "Our framework, RoadNet, reaches 71.2%.", lambda name: True)
    'RoadNet'
    """
    return _ours(text, is_name) or _repository(text, is_name) or _titled(title, text)


def _ours(text: str, is_name: IsName) -> str:
    for pattern in (_OURS, _NEW, _APPOSED):
        for match in pattern.finditer(text):
            name, short = match.group("name"), match.group("short")
            if _NOT_A_SYSTEM_AFTER.match(text, match.end()) or _NOT_A_SYSTEM.search(name):
                continue
            if _ANYBODYS.match(name) or name.count(" ") >= _MOST_WORDS:
                continue
            if is_name(short or name):
                return short or name
    return ""


def _repository(text: str, is_name: IsName) -> str:
    for match in _REPOSITORY.finditer(text):
        name = _OF_REPOSITORY.sub("", match.group(1).rstrip("./"))
        if is_name(name) and not _NOT_A_REPOSITORY_OF_ONE.search(name):
            return name
    return ""


def _titled(title: str, text: str) -> str:
    """What a title says that a paper is about, if it is a method that the abstract speaks of in the same
    words: "Masked Ring Attention for Road Scenes".
    """
    phrases = (_AT_BEGINNING.match(title), _BY_MEANS_OF.search(title))
    names = [match.group(1) for match in phrases if match and match.group(1).lower() in text.lower()]
    return next((n for n in names if not _NO_NAME.match(n) and not _ANYBODYS.match(n)), "")
