"""What a reader knows of a paper before the sentence at hand: the names of its system and of the benchmark it
introduces.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from leaderboard import expressions as re
from leaderboard.mentions.abbreviations import (
    NAME_IN_WORDS,
    before_expansion,
    begins_name,
    is_common,
    modifies,
    spells_out,
)
from leaderboard.mentions.kinds import NameKinds

_SEPARATORS = re.compile(r"[\W_]+")
_TITLE_NAME = re.compile(r"^\s*[\"“']?([^\s:][^:]{0,60}?)[\"”']?\s*(?::|\s[-–—]{1,3}\s)")
_INTRODUCED = re.compile(
    r"\b(?:[Ww]e|[Pp]aper|[Ww]ork|[Ss]tudy|[Aa]rticle|[Rr]eport|[Aa]uthors|[Tt]o this end|"
    r"[Hh]ere)\b[^.;]{0,60}?\b"
    r"(?:propos\w+|present\w*|introduc\w+|develop\w*|design\w*|describ\w+|releas\w+|construct\w*|buil[dt]\w*|"
    r"creat\w+|collect\w*|curat\w+|"
    r"establish\w*|contribut\w+|explor\w+|devis\w+|unveil\w*|nam\w+|call\w*|dub\w*|term\w*|abbreviate|"
    r"put forward|suggest\w*)\b"
)
_EVALUATES = re.compile(
    r"\b(?:evaluat\w+|benchmark(?:ed|ing)?|assess\w*|compar(?:e|ed|ing|ison)|investigat\w+|examin\w+|audit\w*"
    r"|analy[sz]\w+|test(?:ed)?|stud(?:y|ies|ied)|probe\w*)\b"
    r"[^.;]{0,90}?\b(?:LLMs|VLMs|MLLMs|LVLMs|LMMs|VLAs|language models|foundation models|"
    r"state-of-the-art models|chatbots|reasoning models|GPT-\S+|ChatGPT|Gemini|Claude)\b"
)
_PROPOSES = re.compile(
    r"\b(?:[Ww]e|[Pp]aper|[Ww]ork|[Ss]tudy|[Aa]rticle)\b[^.;]{0,40}?\b(?:propose|present|introduce|develop|"
    r"design|build|suggest|train|fine-tune|describe)\w*\b[^.;]{0,60}?"
    r"\b(?:method|model|framework|approach|network|algorithm|system|architecture|agent|strateg|module|"
    r"technique|pipeline|detector|mechanism|solution|classifier|ensemble|scheme|loss|paradigm|procedure)"
    r"|\b(?:our|the proposed|proposed) (?:\w+ ){0,2}(?:method|model|framework|approach|network|algorithm|"
    r"system|architecture|agent|pipeline|technique|solution|strategy)"
)
_MAY_INTRODUCE = (
    "propos", "present", "introduc", "develop", "design", "describ", "releas", "construct", "build", "built",
    "creat", "collect", "curat", "establish", "contribut", "explor", "devis", "unveil", "nam", "call", "dub",
    "term", "abbrev", "put forward", "suggest", "coined", "denot", "refer", "known as",
)  # fmt: skip
"""Parts of the words that introduce a name, quick to look for."""
_MAY_NAME = ("called", "name", "dub", "term", "coined", "denoted", "referred", "known", " call", "abbrev")
"""Parts of the words right before a name."""
_NAMED = re.compile(
    r"(?:called|named(?: as)?|dubbed|termed|coined|namely|denoted(?: as| by)?|referred to as|known as|"
    r"we call(?: it| this)?|which we (?:call|name|term|dub)|name it|abbreviated as)"
    r"\s+(?:the\s+|as\s+)?[\"“'‘]?"
)
_NAME_WORD = re.compile(r"[\"“'‘]?([^\W_][\w.]*(?:[-+&@*^][\w.]+)*\+*)[\"”'’]?")
_RESOURCE = re.compile(
    r"\b(?:benchmarks?|data\s?sets?|corpus|corpora|test\s?(?:suite|set|bed)|challenge|leaderboard|database|treebank|collection|testbed|suite)\b",
    re.IGNORECASE,
)
_RESOURCE_HEAD = re.compile(
    r"\b(?:benchmark(?:ing)?|data\s?set|corpus|corpora|test\s?(?:suite|set|bed)|challenge|leaderboard|"
    r"database(?!s)|treebank|suite)s?\b"
    r"\s*(?:for|of|to|on|with|from|and|in|towards?|,|:|\?|$|-)",
    re.IGNORECASE,
)
_EVALUATING = re.compile(
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
_BEATS = re.compile(r"\s*(?:Outperform|Surpass|Beat|Exceed|Improv|Solv)\w*\b")
_METHOD_TOO = re.compile(r"\b(?:and|with)\b[^:]*\b(?:method|baseline|model|framework)s?\b", re.IGNORECASE)
_RESOURCE_AFTER = re.compile(
    r"^(?:(?! (?:using|by|via|through|to (?:tackle|address|solve|overcome|mitigate|meet|handle|resolve)) )"
    r"[^.;]){0,90}?"
    r"\b(?:benchmarks?|data\s?sets?|corpus|corpora|test\s?(?:suite|set|bed)|challenge|leaderboard|"
    r"database|evaluation (?:suite|framework)|testbed)\b",
    re.IGNORECASE,
)
_METHOD_AFTER = re.compile(
    r"^[^.;]{0,60}?\b(?:methods?|models?|frameworks?|approach|approaches|networks?|algorithms?|systems?|"
    r"architectures?|transformers?|agents?|strateg\w+|modules?|techniques?|pipelines?|detectors?|"
    r"trackers?|paradigm|learning|mechanism|solution|toolkit|library|planner|policy|optimi[sz]er|loss|layers?|family)\b",
    re.IGNORECASE,
)
_CLAUSE_ENDS = re.compile(
    r"[.;,]|\b(?:for|to|that|which|using|based|by|with|in|on|of|from|via|into|at|as|"
    r"containing|consisting|comprising|covering|"
    r"and (?:train|use|us|evaluat|show|develop|propos|test)(?:e|ing)?)\b"
)
_FOR = re.compile(r"(?<!-)\b(?:for|in|on|from|of)\b(?!-)")
_OF_A_NOUN = re.compile(
    r"\s(?:prediction|detection|segmentation|recognition|classification|estimation|generation|reconstruction|"
    r"data|images?|scans?|signals?|features?)"
    r"(?=[,.;)]|\s(?:and|for|in|from|of|with|using|that|to|by|on|via|through)\b|$)"
)
"""What a name before it only tells more of: "HER2 prediction" is no system called HER2."""
_CONCEPT = re.compile(r"\(([A-Z][A-Za-z]{1,6}?)s?\)")
_PAREN_ACRONYM = re.compile(r"\(\s*[\"“']?([A-Za-z][\w.]*(?:[-+&][\w.]+)*\+*)[\"”']?(?:[,;][^)]{0,60})?\s*\)")
_COMMON = re.compile(r"^(?:[A-Z]?[a-z]+|[A-Z])$")
_ACRONYM = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z][A-Z0-9&\-+]{1,9}s?$|[A-Z]{1,3}\d{1,3}$")
_ADJECTIVE = re.compile(
    r"-(?:based|style|like|level|free|aware|guided|driven|trained|tuned|generated|specific|only|oriented|"
    r"inspired|enhanced|augmented|agnostic|"
    r"centric|wise|type|related|induced|derived|powered|enabled|assisted|labell?ed|sized|scale|shot|to-\w+|"
    r"end|class|party|invariant|equivariant)$"
)
_PREFIX = re.compile(r"(?:anti|cross|far|inter|intra|near|non|post|pre|semi)-")
_ENUMERATED = re.compile(
    r"(?:Sub-?)?(?:Task|Class|Type|Level|Stage|Phase|Track|Group|Set|Exp|Experiment|Model|Method|Case|Part|"
    r"Step|Category|Scenario)[-–]?(?:[A-Z]|\d+)$"
)
_DATA_NAME = re.compile(
    r"(?:[-_](?:DS|D|Bench|Test|Eval|QA|\d+[kKM])|Bench|Set|Data|Dataset|Corpus|Eval|DB)$"
)
_JOINTS = re.compile(r"[+&]")
_PARTS = re.compile(r"^|[-+ ](?=\w{4})")
_SEVERAL_RESOURCES = re.compile(r"\w+s\b")
_SEVERAL = re.compile(r"[a-z]?[A-Z]{2,}s$")
"""An abbreviation in the plural, which counts things: PDEs, GPUs."""
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]")
_PATCHES = re.compile(r"-(?:Ti|XL|[A-Z])/\d+$")
"""How models of images in patches are named: ViT-B/16."""
_METRIC_NAME = re.compile(
    r"[a-z\d-](?:Score|Acc|Error|Err|Loss|Rate|Sim|Recall|Precision|Dist|Corr|Rank|Index)$"
)
_BENCH_WORD = re.compile(r"(?:bench|eval|arena|qa|gym|challenge|suite)\d*(?:[-_]\w+)?\+*$", re.IGNORECASE)
_SURE_BENCH_WORD = re.compile(r"(?:bench|arena|challenge|suite)\d*(?:[-_]\w+)?\+*$", re.IGNORECASE)
_METHOD_HEAD = re.compile(
    r"\b(?:model|method|framework|approach|algorithm|system|network|architecture|technique|pipeline)s?\b(?!-)"
    r"\s*(?:for|of|to|that|with|using|from|via|,)",
    re.IGNORECASE,
)
_TITLE_RESOURCE = re.compile(
    r"^\s*(?:(?:The|A|An|Introducing)\s+)?([^\s:]*[A-Z\d][^\s:]*)\s+(?:\w+\s)?(?:Dataset|Benchmark|Corpus|Database)\b(?!s)"
)


def squeeze(name: str) -> str:
    """A name without case and separators, to compare names by."""
    if name.isalnum():
        return name.lower()
    return _SEPARATORS.sub("", name).lower()


@dataclass(slots=True)
class Context:
    """The paper's own names, and what kinds of word are names of systems.

    `own` holds the squeezed names of the paper's system, the main one first; `resources` those of benchmarks
    and data sets that the paper introduces, with the printed form.
    """

    own: dict[str, str] = field(default_factory=dict)
    resources: dict[str, str] = field(default_factory=dict)
    kinds: NameKinds = field(default_factory=lambda: NameKinds())
    is_resource_paper: bool = False
    """The paper introduces a benchmark and no system: its numbers are those of others' systems."""
    concepts: frozenset[str] = frozenset()
    """Squeezed abbreviations that stand for common nouns, as in "blood pressure (BP)"."""
    named_in_title: bool = False
    """The benchmark that the paper introduces is what its title begins with."""
    named_by_title: bool = False
    """The system's name is what the title begins with."""
    is_evaluation: bool = False
    """The paper compares others' systems and proposes none."""
    speaks_from: int = 0
    """Where the abstract begins to speak of the paper itself, or of its system by name: what stands before is
    about the world, or others.
    """
    called: Callable[[], str] = lambda: ""
    """What the paper calls its system, if none of its own names is known; looked for when a row needs it."""
    _known_symbols: dict[tuple[str, bool], str] = field(default_factory=dict)
    _known_own: dict[str, str] = field(default_factory=dict)

    @property
    def main_name(self) -> str:
        """The printed name of the paper's system, or empty."""
        return next(iter(self.own.values()), "")

    @property
    def main_resource(self) -> str:
        """The printed name of the benchmark that the paper introduces, or empty."""
        return next(iter(self.resources.values()), "")

    def symbol(self, printed: str, initial: bool) -> str:
        """The symbol of a word that the lexicon does not know; words come again and again, so each is looked
        at once.
        """
        key = (printed, initial)
        known = self._known_symbols.get(key)
        if known is None:
            known = self._known_symbols[key] = self.own_symbol(printed) or self.word_symbol(printed, initial)
        return known

    def own_symbol(self, printed: str) -> str:
        """`U` for the paper's own system (or a variant of its name), `B` for the benchmark that it
        introduces, else empty.
        """
        known = self._known_own.get(printed)
        if known is None:
            known = self._known_own[printed] = self._own_symbol(printed)
        return known

    def _own_symbol(self, printed: str) -> str:
        if not self.own and not self.resources:
            return ""
        key = squeeze(printed)
        if key in self.own:
            return "U"
        if key in self.resources:
            return "B"
        if len(key) < 4 or (key == printed and key.isascii() and key.isalpha()) or _COMMON.match(printed):
            return ""
        for name, own in self.own.items():
            if len(name) >= 3 and (
                (key.startswith(name) and not _DATA_NAME.search(printed))
                or (name.endswith("s") and len(name) > 4 and key.startswith(name[:-1]))
            ):
                return "U"
            if any(
                len(part) >= 5 and key != part and key.startswith(part)
                for part in map(squeeze, own.split("-")[1:])
            ):
                return "U"  # Scaled-YOLOv4 comes as YOLOv4-tiny
        if any(part in self.own for part in map(squeeze, _JOINTS.split(printed)) if len(part) > 2):
            return "U"  # RetinaNet+PVT
        for name in self.resources:
            if len(name) >= 4 and key.startswith(name) and not _ADJECTIVE.search(printed):
                return "B"
        return ""

    def word_symbol(self, printed: str, initial: bool) -> str:
        """The symbol of a word that the lexicon does not know: a name of some kind, or `w`."""
        if (printed.islower() and printed.isalpha()) or not looks_like_name(printed, initial):
            return "w"
        low = printed.lower()
        if printed.endswith(("'s", "’s")):
            return "w"
        if low in self.kinds.not_names or low.rstrip("s") in self.kinds.not_names:
            return "w"
        if "-" in low and all(part in self.kinds.not_names for part in low.split("-")):
            return "w"  # English-French
        if self.kinds.hardware.match(printed):
            return "H"
        if _BENCH_WORD.search(printed) is None and any(
            self.kinds.models.match(printed, part.end()) for part in _PARTS.finditer(printed)
        ):
            return "K"
        if _METRIC_NAME.search(printed):
            return "M"
        if _SEVERAL.match(printed):
            return "w"
        if _PATCHES.search(printed):
            return "K"
        return "A" if _ACRONYM.match(printed) else "N"


@lru_cache(maxsize=1 << 16)
def looks_like_name(word: str, initial: bool) -> bool:
    """Whether a word is printed like a proper name: capitals inside, digits with letters, or a capital in
    mid-sentence.

    >>> [looks_like_name(w, False) for w in ("nuScenes", "text8", "Cityscapes", "accuracy", "3D")]
    [True, True, True, False, False]
    """
    if _ENUMERATED.match(word) or _ADJECTIVE.search(word) or _PREFIX.match(word):
        return False
    letters = [c for c in word if c.isalpha()]
    if not letters or len(word) < 2:
        return False
    if word[0].isdigit() and (
        len(letters) == 1 or re.match(r"\d+-?[dD]\b|\d+-[a-z]|\d+[a-z]+$|\d+x\d+-", word)
    ):
        return False
    if any(c.isupper() for c in word[1:]) or any(c.isdigit() for c in word):
        return True
    return word[0].isupper() and not initial


def read_context(
    title: str, sentences: Sequence[str], is_benchmark: Callable[[str], bool], kinds: NameKinds
) -> Context:
    """Read the paper's own names from its title and from the sentences that introduce something.

    `is_benchmark` tells the names of the catalogue's benchmarks: those are nobody's system.
    """
    context = Context(kinds=kinds)
    by_title = False
    match = _TITLE_NAME.match(title)
    if match:
        name = match.group(1).strip()
        rest = title[match.end() :]
        words = name.split()
        if 1 <= len(words) <= 4 and (looks_like_name(words[0], len(words) > 1) or len(words) == 1):
            head, method = _RESOURCE_HEAD.search(rest), _METHOD_HEAD.search(rest)
            resource = bool(
                (head and not _BEATS.match(rest) and not (method and method.start() < head.start()))
                or _EVALUATING.match(rest)
            ) and not _METHOD_TOO.search(rest)
            if resource or not is_benchmark(name) or not _RESOURCE_HEAD.search(rest):
                _add(context, name, resource or bool(_SURE_BENCH_WORD.search(name)))
                context.named_by_title = bool(context.own)
                by_title = resource
                context.named_in_title = (
                    resource and head is not None and _SEVERAL_RESOURCES.match(head.group()) is None
                )
    elif (
        (match := _TITLE_RESOURCE.match(title))
        and looks_like_name(match.group(1), False)
        and not is_benchmark(match.group(1))
    ):
        _add(context, match.group(1), True)
    text = " ".join(sentences)
    introducing = [part for part in _MAY_INTRODUCE if part in text]
    for sentence in sentences:
        if not re.has_any(sentence, introducing):
            continue
        introduced = _INTRODUCED.search(sentence)
        for named in _NAMED.finditer(sentence) if re.has_any(sentence, _MAY_NAME) else ():
            if introduced is None and not re.search(r"\b(?:our|we|this)\b", sentence[: named.start()], re.I):
                continue
            word = _NAME_WORD.match(sentence, named.end())
            if word and begins_name(word.group(1), sentence[word.end() :]):
                _introduced_names(context, sentence[named.end() : named.end() + 260], is_benchmark)
            elif word and looks_like_name(word.group(1), False):
                before = sentence[max(0, named.start() - 60) : named.start()]
                resource = bool(_RESOURCE.search(before)) and not _METHOD_AFTER.search(sentence[word.end() :])
                _add(context, word.group(1), resource or bool(_BENCH_WORD.search(word.group(1))))
        if introduced is None:
            continue
        tail = sentence[introduced.end() : introduced.end() + 260]
        _introduced_names(context, tail, is_benchmark)
    context.concepts = frozenset(
        squeeze(short.group(1)) for short in _CONCEPT.finditer(text) if is_common(text, short)
    )
    proposes = bool(context.own) or bool(_PROPOSES.search(text))
    context.is_resource_paper = bool(context.resources) and ((by_title and not context.own) or not proposes)
    title_asks = any(_EVALUATING.match(part) and OTHERS_SYSTEMS.search(part) for part in title.split(":"))
    context.is_evaluation = (title_asks and not context.own) or (
        not proposes and bool(_EVALUATES.search(text))
    )
    return context


def _introduced_names(context: Context, tail: str, is_benchmark: Callable[[str], bool]) -> None:
    """Names right after "we propose": the first name-like word before the clause ends, and an acronym in
    parentheses.
    """
    not_names = context.kinds.not_names
    acronym = _PAREN_ACRONYM.search(tail)
    first = spelled = None
    ends = _CLAUSE_ENDS.search(tail)
    for word in _NAME_WORD.finditer(tail):
        printed = word.group(1).rstrip(".")
        if ends and ends.end() <= word.start():
            break
        if looks_like_name(printed, False) and printed.lower() not in not_names:
            if begins_name(printed, tail[word.end() :]):
                spelled = NAME_IN_WORDS.match(tail, word.start(1))
            else:
                first = word
            break
    if acronym is not None and _FOR.search(before_expansion(tail, acronym, _METHOD_AFTER)):
        acronym = None
    if first is not None and _OF_A_NOUN.match(tail, first.end()):
        first = None
    candidates = []
    if spelled is not None and acronym is None:
        candidates.append((spelled.group(), spelled.start(), spelled.end()))
    if first is not None:
        candidates.append((first.group(1).rstrip("."), first.start(1), first.end()))
    if (
        acronym is not None
        and looks_like_name(acronym.group(1), False)
        and not re.search(r"[.;]", tail[: acronym.start()])
        and acronym.start() < 120
    ):
        candidates.append((acronym.group(1), acronym.start(1), acronym.end()))
    for printed, start, end in candidates:
        key = squeeze(printed)
        if printed.lower() in not_names or len(key) < 2:
            continue
        if context.kinds.models.match(printed):
            continue
        before, after = tail[:start], tail[end:]
        resource = bool(_SURE_BENCH_WORD.search(printed)) or (
            (bool(_RESOURCE_AFTER.match(after)) and not _METHOD_AFTER.match(after))
            or (
                _names_resource(before)
                and not _METHOD_AFTER.search(before)
                and not modifies(before, printed, _RESOURCE)
            )
        )
        if resource or not is_benchmark(printed) or (len(printed) > 2 and spells_out(before, printed)):
            _add(context, printed, resource, introduced=True)


def _names_resource(before: str) -> bool:
    """Whether the words before a name call it a data set: "our dataset PetalSet", not "our dataset and X"."""
    last = next(reversed(list(_RESOURCE.finditer(before))), None)
    return last is not None and " and " not in before[last.end() :]


def _add(context: Context, printed: str, resource: bool, introduced: bool = False) -> None:
    """Note a name of the paper's own. What the abstract introduces as a benchmark is one, whatever the title
    made of it.
    """
    printed = printed.rstrip(".")
    key = squeeze(printed)
    if introduced and resource:
        context.own.pop(key, None)
    if (
        not key
        or key in context.own
        or key in context.resources
        or printed.lower() in context.kinds.not_names
    ):
        return
    (context.resources if resource else context.own)[key] = printed
    for part in printed.split() if not resource else ():
        if _INNER_CAPITAL.search(part) and len(part) > 3 and part.lower() not in context.kinds.not_names:
            context.own.setdefault(squeeze(part), printed)
