"""The expressions by which a paper's own names are found, made of the words of `rules/lexicon.yaml`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from leaderboard import expressions as re
from leaderboard.lexicon import expand

_PAPER = r"[Ww]e|[Pp]aper|[Ww]ork|[Ss]tudy|[Aa]rticle"
_SPEAKER = rf"{_PAPER}|[Rr]eport|[Aa]uthors|[Tt]hesis|[Tt]o this end|[Hh]ere"
_NAME = r"[A-Z][\w.]*(?:[-+][\w.]+)*"
_PRAISE = (
    r"(?:proposed|novel|new|best|improved|final|full|simple|yet|effective|efficient|lightweight|modified|"
    r"unified|[a-z]+-[a-z]+|[a-z]+(?:ed|ive|al))"
)
_WORD = r"[A-Z](?:\w|\.(?=\w))*(?:[-+&@*/]\w+)*\+*"
_CALLED_NAME = (
    rf"[\"“'‘`]*(?P<name>(?:{_WORD}|[a-z]+[A-Z]\w*)(?: (?:{_WORD}|\d[\w.]*\w))*)"
    r"(?: \((?P<short>[A-Z][\w.]*(?:[-+&]\w+)*\+*)\))?"
)
"""A name, which may have several words, and its abbreviation in parentheses."""

_SIGNED_NAME = r"(?=[\w-]*[A-Z][\w-]*[A-Z])[A-Z]\w+(?:[-+]\w+)*\+*"
"""A name with two capitals."""
_TOP_ONE = r"the (?:high|b|low|great|large|small|strong)est\b"
_AFTER_VERB = (
    rf"(?!{_TOP_ONE})(?:the|an?|its|their|each|every|all|both|any|one|two|three|four|no|this|these|those|that|"
    r"them|it|how|what|which|from|to|up|only|just|more|less|fewer|not|most|multiple|several)\b|\W?\d"
)
"""What stands behind a verb, and not behind a noun in the plural: "adds the", not "models reach"; the best of
several models needs not be the paper's own.
"""

_EVENT = (
    r"(?:\d{1,2}(?:st|nd|rd|th) )?(?P<event>(?:[A-Z][\w@'’+/&-]*|(?:19|20)\d\d|\d[A-Z]\w*)"
    r"(?: (?:[A-Z][\w@'’+/&-]*|(?:19|20)\d\d|\d[A-Z]\w*|of|for|on|and|in|the|using|with|from)){0,10})"
)
"""The name of a competition, which may have several words."""

_PREPOSITION = r"(?i:for|in|on|with|via|to|by|using|from|of|at|under|through|and)\b"


class Wording:
    """What `rules/lexicon.yaml` says of how papers speak of what they bring, as expressions.

    >>> wording = Wording({"introduce": ["propose~"], "systems": ["model", "models"]})
    >>> bool(wording.introduced.search("We propose RoadNet.")), wording.may_introduce
    (True, ('propos',))
    """

    def __init__(
        self, words: Mapping[str, Iterable[str]], places: Mapping[str, Iterable[str]] | None = None
    ) -> None:

        def any_of(key: str, words: Mapping[str, Iterable[str]] = words) -> str:
            return re.branches(form for entry in words.get(key, ()) for form in expand(entry))

        self._read_places(lambda key: any_of(key, places or {}))

        systems, resources, propose = any_of("systems"), any_of("resources"), any_of("propose")
        naming = any_of("naming")
        self.may_introduce = _stems(
            entry for key in ("introduce", "naming", "called") for entry in words.get(key, ())
        )
        """What every word that introduces a name begins with: quick to look for."""
        self.may_name = _stems(entry for key in ("naming", "called") for entry in words.get(key, ()))
        """What every word right before a name begins with."""
        self.introduced = re.compile(rf"\b(?:{_SPEAKER})\b[^.;]{{0,60}}?\b(?:{any_of('introduce')})\b")
        self.proposes = re.compile(
            rf"\b(?:{_PAPER})\b[^.;]{{0,40}}?\b(?:{propose})\b"
            rf"[^.;]{{0,60}}?\b(?:{systems})\b|\b(?:our|the proposed|proposed) (?:\w+ ){{0,2}}(?:{systems})\b"
        )
        evaluate = any_of("evaluate")
        self.means_of_evaluation = re.compile(
            rf"(?<!and )\b(?:{evaluate})\b(?: (?:of|on)\b[^.;]*)?(?: (?!with )[\w-]+)? (?:{systems})$"
        )
        """What a proposal ends with that is no system: "an evaluation framework", "a study of six models"."""
        self.to_evaluate = re.compile(
            rf"(?: \([^()]*\))?,? (?:(?:for|to|that|which|designed to) )(?:\w+ly )?(?:{evaluate})\b(?! and )"
        )
        """What tells behind a proposal that it is one too: "a framework for evaluating agents"."""
        others = tuple(words.get("others", ()))
        self.evaluation = re.compile(rf"\b(?:{any_of('evaluate')})\b")
        self.evaluates = re.compile(
            rf"\b(?:{any_of('evaluate')})\b[^.;]{{0,90}}?\b(?:{re.branches(others)})\b"
        )
        self.others = re.compile(
            rf"\b(?:{re.branches((*others, *(entry.removesuffix('s') for entry in others)))})\b",
            re.IGNORECASE,
        )
        self.asks = re.compile(
            rf"\s*(?:{any_of('asks')})\b(?! We\b)(?! and Improving)",
            re.IGNORECASE,
        )
        self.reviews = re.compile(
            rf"\s*(?:an? )?(?:\w+ )?(?:{any_of('reviews')})(?=$|[,.]| (?:and|of|on|for)\b)", re.IGNORECASE
        )
        """What the part of a title begins with that tells what others have found."""
        self.competition = re.compile(rf"\b(?:{any_of('competitions')})\b", re.IGNORECASE)
        self.entrants = re.compile(rf"\b(?:{any_of('entrants')})\b")
        self.enters = re.compile(rf"\b(?:{any_of('enters')})\b", re.IGNORECASE)
        """What tells of a title that it enters a challenge, and does not hold it."""
        event, entry = rf"(?:the )?{_EVENT} (?i:{any_of('competitions')})\b", any_of("enters")
        self.entered = re.compile(
            rf"\b(?:[Ww]e|[Oo]ur|[Tt]his|[Pp]aper)\b[^.;]{{0,80}}?"
            rf"\b(?:(?:{entry})\b[^.;()]{{0,50}}? (?:for|to|in|at|of)|(?:{systems}) (?:for|to)) {event}"
        )
        """Our solution to a challenge, by the name of that."""
        self.title_entered = re.compile(rf"\b(?i:{entry})\b[^:]{{0,30}}? (?:for|to|in|at|of) {event}")
        self.takes_part = re.compile(
            rf"\bour (?:[\w-]+ ){{0,2}}(?:{any_of('enters')}|{systems})\b"
            rf"|\bwe (?:\w+ )?(?:{any_of('takes_part')})\b|\b(?:placed|ranked|put) us\b",
            re.IGNORECASE,
        )
        """What a paper that holds a competition does not say."""
        self.named = re.compile(
            rf"(?:{any_of('called')}|(?:we|which we) (?:{naming})(?: it| this)?|(?:{naming}) (?:it|"
            rf"(?:the|this|our) (?:(?:[\w-]+ ){{1,5}}?as\b|[a-z-]+(?: [a-z-]+){{0,3}}(?= [A-Z]))))"
            r"\s+(?:the\s+|as\s+)?[\"“'‘]?"
        )
        coined = re.branches(f for entry in words.get("coin", ()) for f in expand(entry) if f.endswith("ed"))
        self.made = re.compile(
            r"(?P<name>\b[A-Z][\w.+-]{0,40}[A-Z\d]\w{0,20})(?:\)| \([^()]{0,80}\))?"
            rf"(?: (?:{systems}))? is (?:(?:then|also|first|thus|further) )?(?:{coined})\b"
            r"(?! (?:by|in|for) (?:[A-Z]|\d{4}|et al|\[))"
            rf"|\b[Ww]e (?:(?:then|also|further) )?train (?P<trained>{_NAME}), (?:an?|our) "
        )
        """A name whose making is told otherwise than by "we propose"."""
        self.resource = re.compile(rf"\b(?:{resources})\b", re.IGNORECASE)
        self.noun = re.compile(rf"(?:{systems}|{resources})$", re.IGNORECASE)
        """A noun that is nobody's name."""
        self.resource_head = re.compile(
            rf"\b(?:benchmarking|{resources})\b\s*(?:for|of|to|on|with|from|and|in|towards?|,|:|\?|$|-)",
            re.IGNORECASE,
        )
        self.resource_after = re.compile(
            r"^(?: \([^()]{0,160}\))?(?:(?! (?:using|by|via|through|(?:trained|evaluated|tested) on|"
            r"(?:to|that|which) (?:tackle|address|solve|overcome|mitigate|meet|handle|resolve)(?:e?s)?) )"
            rf"[^.;]){{0,90}}?\b(?:{resources}|evaluation framework)\b"
            r"(?! (?!collec)\w+(?:tion|sis|ment)\b)",
            re.IGNORECASE,
        )
        """A data set, but no "dataset distillation"."""
        nouns = set(words.get("resources", ()))
        one = re.branches(noun for noun in nouns if noun[:-1] not in nouns)
        self.resource_apposed = re.compile(
            rf" (?:(?!{_PREPOSITION}|that\b|which\b)[\w/-]+,? |and ){{1,8}}?(?:{one})"
            rf"(?: (?:of|for) (?:[\w-]+ ){{0,4}}[\w-]+)?, (?P<name>{_WORD})(?=[,.]| \(| that\b| which\b|$)",
            re.IGNORECASE,
        )
        """What "we propose" goes on with: "a new benchmark, X, for"."""
        self.titled_resource = re.compile(
            rf"^\s*(?:(?:The|A|An|Introducing)\s+)?([^\s:]*[A-Z\d][^\s:]*)\s+(?:\w+\s)?(?i:{any_of('titled')})\b(?!s)"
        )
        self.method_after = re.compile(
            rf"^(?: \([^()]{{0,160}}\))?[^.;]{{0,60}}?\b(?:{systems}|{any_of('appositions')})\b",
            re.IGNORECASE,
        )
        self.method_right_after = re.compile(
            rf"\)?,? (?:which is )?(?:an?|the first) (?:[\w-]+ ){{0,3}}(?:{any_of('methods')})\b",
            re.IGNORECASE,
        )
        self.task_after = re.compile(rf"\)? (?:{any_of('tasks')})\b")
        """What only a task has behind its name, and neither a system nor a data set: "the X (XY) problem"."""
        self.by_means = re.compile(rf"(?<!-)\b(?:{any_of('means')})\b(?!-)")
        """What stands before the name of a means: "a framework that employs spatial transcriptomics (ST)"."""
        self.qualifies = re.compile(rf"\s(?:{any_of('qualified')})(?=[,.;)]|\s(?:that|as|{_PREPOSITION})|$)")
        """What a name before it only tells more of: "HER2 prediction" is no system called HER2."""
        self.method_head = re.compile(
            rf"\b(?:{systems})\b(?!-)\s*(?:for|of|to|that|with|using|from|via|and|,)", re.IGNORECASE
        )
        self.method_too = re.compile(
            rf"\b(?:and|with)\b[^:]*\b(?:{any_of('beside_resources')})\b", re.IGNORECASE
        )
        head, called = rf"(?:{systems})", rf"(?:{any_of('called')}|i\.e\.,)"
        kinds, plain, praise = any_of("kinds"), any_of("plain"), any_of("praise")
        self.kind = re.compile(rf"(?:(?:{kinds}|{plain}|{praise})(?:[ -]|$))+$", re.IGNORECASE)
        """A kind of system, which is nobody's name: "Graph Neural Networks"."""
        self.titled_system = re.compile(
            rf"\s*(?:(?i:an?|the|{praise}) )*+(?P<name>(?:(?!{_PREPOSITION})[A-Z\d][\w+/*-]* ){{1,5}}"
            rf"(?:[\w-]+-)?(?i:{kinds}))(?=\s*(?::|[-–]{{1,3}} |{_PREPOSITION}|$))"
        )
        """What a title begins with that is a system by its last word."""
        self.tells = re.compile(rf"^[A-Z][a-z]+ing |\b(?i:{any_of('tell')})\b")
        """What a title has that tells what its paper does or finds: "Improving Neural Networks"."""
        self.coined = re.compile(
            rf"\b(?:{any_of('coin')}|{naming}|our)\W{{1,4}}(?:\w[\w-]{{0,30}}\W{{1,4}}){{0,2}}$",
            re.IGNORECASE,
        )
        """What stands right before a name that is introduced: "we propose the new"."""
        self.no_system = re.compile(
            rf"(?<![\w-])(?:{resources}|{any_of('no_systems')})(?![\w-])", re.IGNORECASE
        )
        """What a name has that is no system's."""
        self.of_another = re.compile(
            rf"['’]s|-[a-z]|\s+(?:{any_of('no_systems')})\b|[^.;]{{0,40}}?\b(?:{resources})\b"
        )
        """What stands behind a name that only tells more of something else: "X's encoder", "X scores"."""
        self.ours = re.compile(
            rf"\b(?:[Oo]urs,\s+|(?:[Oo]ur|[Pp]roposed)\s+(?:(?:{_PRAISE},?\s+){{0,3}}"
            rf"(?:{head}(?:\s*[,:])?\s+(?:{called}\s+)?)?|(?:[a-z][\w-]*\s+){{1,3}}{head},?\s+(?:{called}\s+)?))"
            rf"{_CALLED_NAME}"
        )
        """"Our X", "our framework, X"."""
        self.new = re.compile(
            rf"\b(?i:{any_of('coin')}|a (?:novel|new)|i\.e\.,|{head} {called})\s+"
            rf"(?:(?:an?|the|and|{called}|{_PRAISE}|{head},)\s+){{0,6}}{_CALLED_NAME}"
            rf"(?:(?<=\))|(?=,| that| which| to\b| for\b|\.| \(|$| {head}))"
        )
        """"We propose X that", "a novel X (XY)"."""
        self.apposed = re.compile(rf"\b{head},(?: {called})? {_CALLED_NAME}(?=,| that| which)")
        """"A method, X, that"."""
        self.aside = re.compile(
            rf"\b(?:[Oo]ur|[Ww]e [a-z]+ (?:[^.;,]{{0,40}} )?an?) (?:[\w-]+ ){{0,3}}"
            rf"(?!(?:{resources})\b)[a-z]{{4,}}, (?P<name>{_SIGNED_NAME})"
            r"(?P<short>)(?=, (?!and\b|or\b|[A-Z])|,? (?:that|which)\b|\.(?: |$))"
        )
        """"Our curriculum, X, recovers", "we train a controller, X, that"."""
        self.dubbed = re.compile(
            rf"\b(?!(?:{resources}|{any_of('others')}),? )[a-z]{{4,}},? "
            rf"(?:called|named|dubbed|termed|coined|namely) (?P<name>{_SIGNED_NAME})(?P<short>)(?![\w-])"
        )
        """"A curriculum dubbed X"."""
        self.doing = re.compile(
            rf"(?:^|[.:;,] |\b(?:that|show|how) )(?:(?:[Tt]he|[Oo]ur|[Tt]his) )?{_CALLED_NAME}(?: {head})?"
            rf" (?:also |[a-z]+ly )?(?:{any_of('does')})\b"
        )
        """"X achieves", "that the X framework consistently reduces"."""
        self.working = re.compile(
            rf"(?:^|[.:;!?)] |[a-z]\)?, |\bthat )(?:(?:[Tt]he|[Oo]ur|[Tt]his) )?(?P<name>{_SIGNED_NAME})"
            rf"(?: (?:also |first |then |thus |therefore |[a-z]+ly )?"
            rf"(?!(?:{any_of('fails')})\b)"
            rf"(?:(?:{any_of('works')})\b(?! {_TOP_ONE})|[a-z]+[^\Ws]s(?= (?:{_AFTER_VERB})))|"
            r"(?P<apposed>, (?:an?|the|our) |, which (?!(?:is|was|has) )))"
        )
        """"X replaces the", "X, a pruner that", with a name that no common word is printed like."""

    def _read_places(self, any_of: Callable[[str], str]) -> None:
        data = any_of("data")
        self.elsewhere = re.compile(
            rf"\bon (?:an?|{any_of('others')})\b(?! (?:[\w-]+ ){{0,2}}held[- ]out)"
            rf"(?:(?! the )[^,.;:()]){{0,60}}\b(?:{data})\b|"
            rf"\b(?:on|in|for|across|under|over|through) (?:[\w-]+ ){{0,2}}(?:{any_of('sorts')})(?! time)"
            rf"(?<!\bfor real(?=-world))[ -](?:[\w-]+ ){{0,2}}?(?:{any_of('things')})s?\b|"
            rf"\b(?:{any_of('studies')})\b|\b(?:{any_of('trial_sorts')}) (?:{any_of('trials')})\b",
            re.IGNORECASE,
        )
        """Words for data or trials that nobody has named, of another sort than a public benchmark's."""
        self.that_data = re.compile(
            r"\b(?:on|in|for|over) (?:this|the|our|that) "
            r"(?:(?:new|novel|proposed|introduced|same|newly [a-z]+) )?"
            rf"(?:{data}|challenge)\b(?! of| from| with| for|['’])",
            re.IGNORECASE,
        )
        """Words for the data set that was spoken of."""


def _stems(entries: Iterable[str]) -> tuple[str, ...]:
    """What all forms of some entries of the lexicon begin with, none twice."""
    stems = set()
    for entry in entries:
        verb, is_verb, _ = entry.partition("~")
        stems.add(verb.split()[0].removesuffix("e") if is_verb else entry)
    return tuple(sorted(s for s in stems if not any(s != other and s.startswith(other) for other in stems)))
