"""Numbers as printed: value, range, sign, unit, and what sort of number each is.

A number's *sort* says what it can be. `percent`, `points`, `times`, `quantity`, `speed` (frames per second),
`decimal` and `integer` can be results; `year`, `size`, `shots`, `shape`, `listing` and `probability` never
are, so a rule cannot take them for one.
"""

from __future__ import annotations

from typing import NamedTuple

from leaderboard import expressions as re

NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2},\d{1,2}(?=\s?%)|\d+(?:\.\d+)?|\.\d+)"
_RUN_TOGETHER = r"\d+\.\d(?=\d{1,2}\.\d\s?%)|\d+\.\d\d(?=\d{1,2}\.\d\d\s?%)"
"""The first of two numbers that have lost the sign between them: "81.276.27%" is 81.27 give or take 6.27."""
_PERCENT = r"%|percent(?:age)?\b|per\s?cent\b|pct\b"
_POINTS = (
    r"(?:absolute\s|relative\s)?"
    r"(?:(?:%|percentage|percent|per\s?cent)[\s-]?points?|%p|points?|ppts?|pts?|pp|p\.p\.)(?!\w|\s?/)"
)
_TIMES = r"[x×X](?![\w×])|-?fold\b|times\b"
# What a system gets through, so many a second.
_HANDLED = (
    r"tokens?|tok|images?|imgs?|samples?|queries|requests?|sentences?|words?|messages?|transactions?|graphs?|"
    r"iterations?|predictions?|inferences?|pages?|documents?|clips?|packets?|simulations?"
)
# The same of what nobody could list: "120 phones per hour", "1.8 billion packets per second".
_PACE = (
    r"(?:[Mm]illion\s|[Bb]illion\s|)"
    r"(?:(?!(?:and|or|on|in|to|of|at|times?|beats?|breaths?|kilo\w+|km|miles?|met\w+|degrees?)\b)"
    r"[A-Za-z][\w-]+\s(?:[\w-]+\s)?per\s(?:second|minute|hour)|"
    r"[a-z]{3,}s/(?:s|sec|second|min|minute|hour))\b"
)
# Units of measurement, as printed. Where two spellings share a beginning, the longer stands first.
_UNITS = (
    r"frames?\s?(?:per|/)\s?sec(?:ond)?s?|frames?/s|fps|FPS|Fps|ms(?:/\w+)?|milliseconds?|msec|[µμ]s|us|ps|"
    r"microseconds?|ns|nanoseconds?|"
    r"seconds?|secs?|minutes?|mins?|hours?|hrs?|s(?![\w-])|h(?![\w-])|"
    r"dBFS|dB[mAci]|dB|kHz|MHz|GHz|Hz|"
    r"bps/Hz|bits?/s/Hz|[TGMK]i?[Bb](?:/s|ps)?(?![\w])|[TGMK]bps|[TGMkK]bits?/s|[GTMPE]?FLOPS|[GTMP]?FLOPs|[GTM]?MACs?|[TG]OPS(?:/W|/mm\^?2)?"
    r"|"
    r"bits?\s?(?:per|/)\s?(?:dimension|dim|character|char|byte|pixel|token|subpixel)s?|bpc|bpd|bpp|bpb|"
    rf"{_PACE}|(?:{_HANDLED}|steps?)"
    r"\s?(?:per|/)\s?(?:s|sec|second|minute|joule)s?\b|QPS|TPS|"
    r"mm|cm|km/h|mph|km|[µμ]m|um|nm|m/s|rad(?:ians?)?|meters?|metres?|centimeters?|millimeters?|m(?![\w-])|"
    r"pixels?|px|°\s?C|°|◦|degrees?|deg|"
    r"mJ|[µμ]J|pJ|nJ|kJ|J(?![\w&-])|mW|kW|[µμ]W|W(?![\w-])|kWh|mWh|Wh|mAh|V(?![\w-])|meV(?:/Å|/atom)?|eV(?:/Å|/atom)?|kcal/mol|kJ/mol|Å|"
    r"bpm|BPM|mmHg|mg/dL|[µμ]g/m3|m?N(?![\w-])|ppm|ppb|HU|Gy|kg(?:/m\^?[23])?(?![\w-])"
)
_KELVIN = (
    r"(?:(?<=\.\d)|(?<=\.\d\d))\sK"
    r"(?=[.,;:)]|\s?[(±]|\s(?:for|in|on|over|and|to|at|with|across|or|from|of)\b)"
)
"""A temperature; "1.2K" and "1.2 K images" are counts."""
_SIZE = r"[BMKk](?![\w])(?!/)|[TGM]?\s?(?:[Bb]illion|[Mm]illion|[Tt]rillion|[Tt]housand)(?:-[a-zA-Z]+)?\b"

_GIVE_OR_TAKE = r"plus[ -]minus|plus\sor\sminus"

_VALUE = re.compile(
    rf"""
    (?:(?<=\b[Ss]ub-)|(?<=[\d\s]dB/)|(?<![\w])(?<![^\W\d_][./@^_:-]))(?<!\d[.@^:_-])(?<![\w]-[.])(?<!\w\+\+)
    (?P<sign>(?:(?<=[\s(\[,;:=>~/])|^)(?:[+↑↓]\s?|(?<!\+/)[-−–](?=[\d.])|×(?=\d)|x(?=\d+\.\d)))?
    (?P<low>{_RUN_TOGETHER}|{NUMBER})
    (?:(?:\s?[x×*·⋅]\s?10\s?\^\s?|[eE]|(?P<power>(?<=\b10)\s?\^\s?))(?P<exponent>[-−–]\d{{1,2}}))?
    (?:
        (?P<ordinal>(?:st|nd|rd|th)(?![\w]))
      | (?P<shots>[\s-]?(?:shots?|way)(?![\w]))
      | (?P<shape>\s?[x×]\s?\d[\d.]*(?:\s?[x×]\s?\d+)*(?![\w.]\d)|\s?[*·⋅]\s?10\s?\^)
      | (?P<lost>(?<=\d\.\d)\d{{1,2}}\.\d(?=\s?%)|(?<=\d\.\d\d)\d{{1,2}}\.\d\d(?=\s?%))?
        (?:\s?\+(?=[\s%,.);]))?
        (?:\s?(?:±|\+/-|\+-|∓|{_GIVE_OR_TAKE})\s?{NUMBER})?
        (?:\s?\(\s?(?:±|{_GIVE_OR_TAKE})\s?{NUMBER}\s?%?\s?\))?
        (?:(?P<low_unit>\s?(?:{_PERCENT}|{_TIMES}|dB))?\s?(?:-|–|—|−|~|∼)\s?(?P<high>{NUMBER})(?![-\d]))?
        (?:\s?\+(?=[\s%,.);]))?
        (?:
            (?P<points>\s?-?{_POINTS})
          | (?P<percent>\s?-?(?:{_PERCENT}))
            (?:\s?(?:±|\+/-|\+-|{_GIVE_OR_TAKE})\s?{NUMBER}(?:\s?(?:{_PERCENT}))?)?
            (?P<percent_points>\s(?:absolute|relative|percentage)?\s?points?\b)?
          | (?P<times>\s?-?(?:{_TIMES}))
          | (?P<unit>\s?-?(?:{_UNITS})(?![\w])|{_KELVIN})
            (?:\s?(?:±|\+/-|\+-)\s?{NUMBER}\s?(?:{_UNITS})(?![\w]))?
          | (?P<size>\s?-?(?:{_SIZE}))
        )?
    )
    (?P<plus>\+)?
    (?![\w]|-(?!fold|point|times)[^\W\d]|[.,]\d|\.[^\W\d])
    """,
    re.VERBOSE,
)
_DECIMAL_COMMA = re.compile(r"\d{1,2},\d{1,2}$")
# Found three times as fast as \d+: what they begin with is one character.
_DIGITS = re.compile(r"\d\d*")
_ASCII_DIGITS = re.compile(r"[0-9][0-9]*")
_SIGN_BEFORE = re.compile(r"[+\-−–↑↓]\s?$|(?<![\w)\]}^])[x×]$")
_FRAME_RATE = re.compile(rf"fps|frames?|{_PACE}|(?:{_HANDLED}) ?(?:/|per)|QPS|TPS", re.IGNORECASE)
_YEAR = re.compile(r"(?:19[5-9]\d|20[0-4]\d)$")
_DECADE = re.compile(r"(?:1[89]|20)\d0s$")
_GAIN_AFTER = re.compile(
    r"(?:\s[\w-]+){0,3}\s(?:gains?|improvements?|increases?|drops?|leads?|margins?|boosts?|reductions?|advantages?|gaps?|"
    r"jumps?|rise|declines?|decreases?|differences?|uplift|lift|edge|better|higher|lower|worse)\b"
)
"""What follows a difference with a hyphen: "a 12-point gain", not "a 9-point font"."""
_TOPS = (4, 5, 6, 7, 10, 100)
"""The highest points of scales: "rated 4.60/5.00"."""
_SUM = re.compile(r"\+\s")
"""The sign between the terms of a sum: "2s + 1/b", unlike "(+ 1.3)"."""
_STANDARD = re.compile(r"802\.\d+|10\.\d{4,5}/")
"""Standards of the IEEE and prefixes of DOIs, which are printed as a number."""
_BEFORE_PROBABILITY = re.compile(
    r"\b[pP](?:[\s-]?values?)?\s?(?:<|>|=|≤|≥|≪|less than|of|below|under)+\s?$|"
    r"\b[pP][\s-]values?:?\s?$|\s-values?(?:\sof)?\s?[<>=≤≥]?\s?$|(?:χ2?|\bchi-?squared?)\s?=\s?$"
)
"""Before a p-value or the statistic that it is of."""
_BEFORE_SETTING = re.compile(
    r"(?:(?:\b(?:[A-JL-QS-Zb-jl-qs-zα-ικ-ςσ-ωΑ-Ω]|[Nn]\d)|\b(?:size|rate|seed|alpha|beta|gamma|delta|lambda|sigma|epsilon|eps|temperature|"
    r"threshold|batch|FP|INT))\s?(?:[<>~]?=|[<>≤≥])|"
    r"\b(?:learning rate|batch size|hidden size|window size|kernel size|patch size|embedding size|"
    r"weight decay|dropout(?: rate)?|temperature|threshold|radius|"
    r"(?<!per )dimension(?:ality)?|step size|budget|resolution|sequence length|context length|context window|"
    r"stride|momentum|perturbation|epsilon|mask(?:ing)? ratio|"
    r"scale|vocabulary|window) of|\bradius|"
    r"\b(?:at|with|under) (?:an? )?(?:t?IoU|IOU|iou)(?: threshold)?(?: of|=| =|@)?)\s?$"
)
_BEFORE_COEFFICIENT = re.compile(
    r"(?:(?:\b[rR]|[κρ])|(?:Pearson|Spearman|Kendall|Fleiss|Krippendorff|correlation)\S{0,2}\s\S{1,2})\s?=\s?$"
)
"""What tells a coefficient of correlation or agreement from a setting: "κ = 0.81", "Kendall's τ = 0.4"."""
_BEFORE_LISTING = re.compile(
    r"\b(?=[\w-]+(?: by| set)?[.\s~-]+$)"  # the last word, before the many are tried
    r"(?:fig(?:ure)?s?|tab(?:le)?s?|sec(?:tion)?s?|eqs?|equations?|alg(?:orithm)?s?|ref|refs|version|stage|"
    r"step|phase|task|level|class|chapter|part|theorem|lemma|layer|"
    r"appendix|question|rq|day|week|month|(?:test|testing|training|validation|data) ?set|scenario|"
    r"january|february|march|april|may|june|july|august|september|october"
    r"|november|december|"
    r"category|type|grade|track|subtask|epoch|fold|windows|ubuntu|python|web|industry|industrie|covid|sars-cov|"
    r"apache|mit|cc by|cc-by|tier|cuda|rule|line|group|order|experiment|model|arm|cohort|site)[.\s~-]+$",
    re.IGNORECASE,
)


_CROSS_VALIDATION = re.compile(r"\s(?:[a-z]+ )?(?:cross(?!talk)|CV\b)", re.IGNORECASE)
"""After the number of folds: "10-fold cross-validation"."""
_BEFORE_LENGTH = re.compile(r"(?:height|width|depth|skip|spacing(?: of)?|box\[|out of|type,)\s*-?$")
"""Before a length of TeX's in points, or what points are given out of."""
_BEFORE_PAIR = re.compile(r"\b(?:from|between|of|reach\w*) (?:\w+ )?$")
_AT = re.compile(r"\b[Aa]t (?:an? |the )?(?:\w+ )?$")
_RATES = ("bpp", "kHz", "MHz", "GHz")
"""Rates of compression and of clocks, which are conditions behind "at", as is a noise of -5 dB."""
_ITEM_AFTER = re.compile(r"\)")
_ITEM_BEFORE = re.compile(r"(?:^|[\s:;,.(])$")


_FACTORS = {
    "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0,
    "ten": 10.0, "twenty": 20.0,
}  # fmt: skip
_FACTOR = re.compile(
    rf"\b({'|'.join(_FACTORS)})(?:[\s-]times(?![\w-])|[\s-]?fold\b"
    r"(?=(?:\s[\w-]+){0,2}\s(?:reduc|decreas|improv|boost|speed|fast|few|less|lower|higher|small|compress)))",
    re.IGNORECASE,
)
"""A factor in words: "three times faster", "a fivefold reduction"; not the threefold ends of a paper."""


RESULT_SORTS = frozenset(("percent", "points", "times", "quantity", "speed", "decimal", "integer"))
"""The sorts of numbers that can be results."""


_COUNTING = re.compile(
    r"\s+(?!(?:and|or|to|on|for|in|at|with|over|vs|versus|compared|against|across|of|points?|respectively|"
    r"while|which|by|under|as|from|without|than|absolute|relative|overall|whereas|within|after|before|using|via|but|"
    r"higher|lower|better|more|less|fewer|faster|improvement|gain|increase|reduction)\b)"
    r"(?!(?:[\w-]+ ){0,2}(?:speed-?ups?|accelerations?)\b)[a-z][a-z-]*(?![\w-])"
)


class Number(NamedTuple):
    """A printed number. `start` and `end` enclose the bare number of `low`; `span_start` and `span_end` the
    whole mention.
    """

    span_start: int
    span_end: int
    start: int
    end: int
    value: float
    high: float | None
    unit: str
    sort: str
    signed: str
    """`+`, `-` or empty: a printed sign makes a level a difference."""
    is_scant: bool = False
    """A word before it calls it little: "only 41%"."""


def find_numbers(text: str, start: int = 0, end: int | None = None) -> list[Number]:
    """All numbers of `text[start:end]`, in order, none inside a word such as ResNet-50 or F1.

    >>> [(n.value, n.unit, n.sort) for n in find_numbers("from 30.23 dB to 91.5% in 2017")]
    [(30.23, 'dB', 'quantity'), (91.5, '%', 'percent'), (2017.0, '', 'year')]
    """
    found: list[Number] = []
    stop = len(text) if end is None else end
    position = start
    digits = _ASCII_DIGITS if text.isascii() else _DIGITS
    while digit := digits.search(text, position, stop):
        at = digit.start()
        if at > position and text[at - 1] == ".":
            at -= 1
        match = None
        if sign := _SIGN_BEFORE.search(text, max(position, at - 2), at):
            match = _VALUE.match(text, sign.start(), stop)
        match = match or _VALUE.match(text, at, stop)
        if match is None:
            position = digit.end()
            continue
        position = match.end()
        number = _classify(text, match)
        if number is None:
            continue
        if found and _spans_a_range(text, found[-1], number):
            low = found.pop()
            number = number._replace(
                span_start=low.span_start,
                start=low.start,
                end=low.end,
                value=low.value,
                high=number.value,
                signed=low.signed,
            )
        found.append(number)
    words = _factors_in_words(text, start, stop)
    return sorted(found + words, key=lambda number: number.span_start) if words else found


def _factors_in_words(text: str, start: int, stop: int) -> list[Number]:
    """The factors that a text spells out; to look for their second half first is faster."""
    if text.find("times", start, stop) < 0 and text.find("fold", start, stop) < 0:
        return []
    return [
        Number(*m.span(), *m.span(1), _FACTORS[m[1].lower()], None, "x", "times", "")
        for m in _FACTOR.finditer(text, start, stop)
    ]


def _spans_a_range(text: str, low: Number, high: Number) -> bool:
    """Whether two numbers are the ends of one range: "by 45 to 80%", not "from 45 to 80%"."""
    return (
        low.sort in ("integer", "decimal")
        and low.high is None
        and high.sort in ("percent", "times", "points")
        and text[low.span_end : high.span_start] in (" to ", "- to ", "-to ")
        and low.value < high.value
        and not _BEFORE_PAIR.search(text, max(0, low.span_start - 24), low.span_start)
    )


def could_be_result(text: str, number: Number) -> bool:
    """Whether a number is worth reading its sentence for: not a year, a size, a count of things ("5
    datasets").
    """
    return number.sort in RESULT_SORTS and not (
        number.sort == "integer" and _COUNTING.match(text, number.span_end)
    )


def _is_adjective(text: str, m: re.Match[str]) -> bool:
    """Whether points with a hyphen say of what kind something is: "a 9-point font", not "a 12-point gain"."""
    hyphen = (m["points"] or "").startswith("-")
    return hyphen and not m["sign"] and _GAIN_AFTER.match(text, m.end()) is None


def _to_float(printed: str) -> float:
    return float(printed.replace(",", "." if _DECIMAL_COMMA.match(printed) else ""))


def _classify(text: str, m: re.Match[str]) -> Number | None:
    low, high = _to_float(m["low"]), m["high"]
    if m["exponent"]:
        low = float(f"{1 if m['power'] else low}e-{m['exponent'][1:]}")
    span_start, span_end = m.span()
    before = text[max(0, span_start - 24) : span_start]
    sign = (m["sign"] or "").strip()
    unit, sort = _unit_and_sort(m)
    if sign in ("x", "×"):  # "up to x2.2 faster"
        if sort not in ("integer", "decimal", "times"):
            return None
        sign, unit, sort = "", "x", "times"
    if sort == "decimal" and before.endswith("/") and low in _TOPS:
        sort = "integer"
    if _SUM.match(m["sign"] or "") and before[-2:-1].isalnum() and sort in ("integer", "decimal"):
        return None
    value_high = _to_float(high) if high else None
    if m["lost"] and _to_float(m["lost"]) > low:
        value_high = _to_float(m["lost"])  # "1.02.0%" has lost the dash of a range
    if value_high is not None and value_high < low:
        if sort in ("integer", "decimal"):
            return None  # 40-36, 10-4: not a range, and not a result
        value_high = None
    if _STANDARD.match(text, m.start("low")) or _is_adjective(text, m):
        sort = "listing"
    elif unit == "s" and _DECADE.match(m.group()):
        sort = "year"
    elif sort in ("integer", "decimal"):
        if _BEFORE_PROBABILITY.search(before):
            sort = "probability"
        elif _BEFORE_SETTING.search(before) and not (
            sort == "decimal" and low <= 1 and _BEFORE_COEFFICIENT.search(before)
        ):
            sort = "setting"
        elif sort == "integer" and _YEAR.match(m["low"]) and not m["plus"]:
            sort = "year"
        elif (
            sort == "integer"
            and low <= 12
            and _ITEM_AFTER.match(text, span_end)
            and _ITEM_BEFORE.search(before)
        ) or (_BEFORE_LISTING.search(before) and (sort == "integer" or low < 10)):
            sort = "listing"
    if sort == "percent" and re.match(
        r"\s?(?:CI\b|CIs\b|confidence\b|credible\b|intervals?\b|prediction (?:interval|set|band)s?\b)",
        text[span_end : span_end + 24],
    ):
        sort = "probability"
    if sort == "times" and _CROSS_VALIDATION.match(text, span_end):
        sort = "listing"
    if sort == "points" and _BEFORE_LENGTH.search(before):
        sort = "size"
    if (unit in _RATES or (sign and unit.startswith("dB"))) and _AT.search(before):
        sort = "setting"
    signed = "+" if sign[:1] in "+↑" and sign else "-" if sign else ""
    end = m.end("exponent") if m["exponent"] else m.end("low")
    return Number(span_start, span_end, m.start("low"), end, low, value_high, unit, sort, signed)


def _unit_and_sort(m: re.Match[str]) -> tuple[str, str]:
    if m["ordinal"]:
        return "", "ordinal"
    if m["shots"]:
        return "", "shots"
    if m["shape"]:
        return "", "shape"
    if m["points"] or m["percent_points"]:
        return "points", "points"
    if m["percent"]:
        return "%", "percent"
    if m["times"]:
        return "x", "times"
    if m["unit"]:
        unit = m["unit"].strip(" -")
        return unit, "speed" if _FRAME_RATE.match(unit) else "quantity"
    if m["size"]:
        return m["size"].strip(" -"), "size"
    if m["low_unit"]:
        printed = m["low_unit"].strip()
        return (
            ("%", "percent")
            if printed.startswith(("%", "p"))
            else (("dB", "quantity") if printed == "dB" else ("x", "times"))
        )
    broken = m["exponent"] or "." in m["low"] or (m["high"] and "." in m["high"])
    return "", "decimal" if broken else "integer"
