"""LaTeX markup in abstracts: which characters to drop and which to put in their place.

Abstracts are cut from sources whose preamble is lost, so this is no TeX: braces are dropped, known macros
become the sign they print, unknown macros become their own name (an author's `\\ours` is more useful than
nothing), and text that makes no sense is left alone. One pass from left to right, no recursion, linear time
on any text.
"""

from __future__ import annotations

import unicodedata

from leaderboard import expressions as re
from leaderboard.latex_macros import (
    BARE,
    BETWEEN,
    BLOCKS,
    DROPPED,
    LENGTHS,
    PARAGRAPH,
    PLURALS,
    SIGNS,
    STYLES,
)
from leaderboard.offsets import Edit

_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "H": "\u030b", "u": "\u0306", "r": "\u030a", "k": "\u0328", "d": "\u0323",
}  # fmt: skip
_ESCAPES = {",": " ", ";": " ", ":": " ", " ": " ", "\n": " ", "\t": " ", "\\": " ", ">": " ", "|": "‖"}
_ESCAPES |= dict.fromkeys("/!-@()[]+<", "")

# Every alternative begins with a fixed character, which lets `re` skip quickly to the next candidate.
_TOKEN = re.compile(
    r"\\[A-Za-z]+\*?|\\[\s\S]|\{,\}|\{|\}|\$\$?|~|\^|_|%|``|''|----*|--",
)
_ACCENTED = re.compile(
    r"""\\(?:['`^"~=.]\s*+|[cvHurkd](?:\s++|(?=\{)))\{?\s*+(\\[ij](?![A-Za-z])|[A-Za-z])\s*\}?"""
)
_OPTION = re.compile(r"\s*(\[[^\[\]{}]{0,200}\]\s*){0,2}(?=\{)|")
_DEGREE = re.compile(r"\^\s*+\{?\s*+\\(?:circ|degree)(?![A-Za-z])(?:\s*+\}|\s++(?=[CF]\b))?")
_ORDINAL = re.compile(
    r"\^\s*+\{?\s*+(?:\\(?:text|textrm|mathrm|rm|mathit|textup)\s*+\{?)?"
    r"\s*(?:st|nd|rd|th)(?![A-Za-z])"
)
_LENGTH = re.compile(r"\s*+=?\s*+-?[\d.]+\s*+(?:\\?[a-z]+)?")
_UNICODE = re.compile(r"\s*\{\s*(?:x([0-9A-Fa-f]{1,5})|([0-9]{1,6}))\s*\}")
_VERB = re.compile(r"([^A-Za-z0-9\s{*])([^\n]{0,200}?)\1")
_ENVIRONMENT = re.compile(r"\s*\{\s*([A-Za-z]{1,20}\*?)\s*\}(?:\s*\[[^\[\]{}]{0,100}\])?")
_BLANK = re.compile(r"\{\s*\}")
_BRACE = re.compile(r"\\[\s\S]|[{}]")
_PROSE = re.compile(r"(?<![\\A-Za-z{])[a-z]{3,}[,;]? +[a-z]{2,}(?![A-Za-z}])")


def latex_edits(text: str) -> list[Edit]:
    """Return the edits that turn LaTeX markup into plain characters, sorted and without overlap.

    >>> latex_edits(r"\\textbf{88.5\\%}")
    [(0, 8, ''), (12, 14, '%'), (14, 15, '')]
    """
    return _Scan(text).run()


class _Scan:
    """State of one pass: the edits so far, whether inside maths, and braces that print something."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.edits: list[Edit] = []
        self.maths = False
        self.maths_ends = -1  # where the `$` stands that closes the maths we are in
        self.brace_prints: dict[int, str] = {}  # the "}{" of \frac prints "/"
        self.closing: dict[int, int] | None = None
        self.unended: set[str] = set()  # environments known to have no \end in the rest of the text
        self.escapes_percent = "\\%" in text
        self.has_macros = "\\" in text

    def run(self) -> list[Edit]:
        text, edits = self.text, self.edits
        done = 0
        for match in _TOKEN.finditer(text):
            start = match.start()
            if start < done:
                continue  # inside something already dealt with
            token = match.group()
            char = token[0]
            end = match.end()
            new: str | None
            if char == "\\":
                if token == "\\%":
                    new = "%"
                elif len(token) > 2 or token[1].isalpha():
                    end, new = self.macro(start, end, token[1:])
                else:
                    end, new = self.escape(start, end, token[1])
            elif char == "{":
                new = "," if token == "{,}" else self.brace_prints.get(start, "")
            elif char == "}":
                new = self.brace_prints.get(start, "")
            elif char == "$":
                new = self.dollar(start, end)
            elif char == "~":
                new = self.tilde(start)
            elif char == "_":
                new = "" if self.maths else None
            elif char == "^":
                end, new = self.caret(start, end)
            elif char == "%":
                end, new = self.percent(start, end)
            elif char == "-":
                new = self.dashes(start, end)
            else:
                new = '"'
            if new is not None:
                edits.append((start, end, new))
                done = end
        return edits

    def macro(self, start: int, end: int, name: str) -> tuple[int, str]:
        """Deal with `\\name`: return where it ends, dropped arguments included, and what it prints."""
        text = self.text
        name = name.rstrip("*") if name[-1] == "*" else name
        after = text[end : end + 1]
        if name in STYLES:
            if name in PLURALS and after == "{":
                self.brace_prints[self.close_of(end)] = "s"
            elif name == "textsuperscript" and _raises_number(text, start, end):
                return end + 1 if after == "{" else end, "^"
            if after == " ":  # "{\bf word}", "\bf word": the space only ends the name
                end += 1
                after = text[end : end + 1]
            return end + 1 if after == "{" and end not in self.brace_prints else end, ""
        sign = SIGNS.get(name)
        if sign is not None:
            if after == "." and sign[-1] == "." and len(sign) > 1:
                sign = sign[:-1]
            return end, sign
        if name in DROPPED:
            return self.dropped(end, name)
        if name in BETWEEN:
            end = self.after_option(end)
            close = self.close_of(end)
            if close >= 0 and text[close + 1 : close + 2] == "{":
                self.brace_prints[close] = BETWEEN[name]
            return end, ""
        accent = _ACCENTED.match(text, start) if name in _ACCENTS or name[:1] in "cvHurkd" else None
        if accent is not None and len(name) == 1:
            return accent.end(), _compose(name, accent.group(1))
        if name == "unicode":
            code = _UNICODE.match(text, end)
            if code is not None:
                point = int(code.group(1), 16) if code.group(1) else int(code.group(2))
                return code.end(), chr(point) if 32 <= point < 0xD800 or 0xDFFF < point <= 0x10FFFF else ""
        if name == "verb":
            verbatim = _VERB.match(text, end)
            if verbatim is not None:
                return verbatim.end(), verbatim.group(2)
        if name == "iffalse":
            close = text.find("\\fi", end) if "fi" not in self.unended else -1
            if close >= 0:
                return close + 3, " "
            self.unended.add("fi")
            return end, " "
        # An author's own macro. With an argument it is taken for a style; alone for a name.
        if after == "{" and self.close_of(end) > end and _BLANK.match(text, end) is None:
            return end + 1, ""
        return end, name

    def dropped(self, end: int, name: str) -> tuple[int, str]:
        """Pass over a macro that prints nothing and the arguments that go with it."""
        text = self.text
        if name in {"begin", "end"}:
            environment = _ENVIRONMENT.match(text, end)
            if environment is None:
                return end, " "
            block = environment.group(1)
            if name == "begin" and block in BLOCKS and block not in self.unended:
                ending = "\\end{" + block + "}"
                close = text.find(ending, environment.end())
                if close >= 0:
                    return close + len(ending), PARAGRAPH
                self.unended.add(block)
            maths = block.rstrip("*") in {"equation", "align", "math", "displaymath", "gather", "eqnarray"}
            if maths:
                self.maths = name == "begin"
            return environment.end(), " " if maths else PARAGRAPH
        if name in LENGTHS:
            length = _LENGTH.match(text, end)
            return (length.end() if length else end), " "
        for _ in range(DROPPED[name]):
            opening = self.after_option(end)
            if text[opening : opening + 1] != "{":
                if text[opening : opening + 1] == "\\":  # \renewcommand\name{...}
                    following = _TOKEN.match(text, opening)
                    end = following.end() if following else end
                    continue
                break
            close = self.close_of(opening)
            if close < 0:
                return opening, " "
            end = close + 1
        if name in BARE:
            return end, ""
        return end, " "

    def escape(self, start: int, end: int, char: str) -> tuple[int, str]:
        """Deal with a backslash before anything but a letter."""
        if char in "'`^\"~=.":
            accent = _ACCENTED.match(self.text, start)
            if accent is not None:
                return accent.end(), _compose(char, accent.group(1))
            return end, "" if char != "~" else "~"
        if char in "([":
            self.maths = True
        elif char in ")]":
            self.maths = False
        new = _ESCAPES.get(char)
        if new is None:
            return start + 1, ""  # \_ \& \$: only the backslash goes
        if char == "\\" and self.text[end : end + 1] == "[":  # a line break with a length: \\[2mm]
            close = self.text.find("]", end, end + 12)
            if close >= 0:
                end = close + 1
        if new == " " and self.maths and char in ",;:":
            new = ""
        return end, new

    def dollar(self, start: int, end: int) -> str | None:
        """Return what a `$` prints: nothing at the ends of maths, itself (None) before an amount of money."""
        if start == self.maths_ends:
            self.maths, self.maths_ends = False, -1
            return ""
        if end - start == 2:
            self.maths = not self.maths
            return " "
        if self.maths:
            return ""
        text = self.text
        close = text.find("$", end)
        while close > 0 and text[close - 1] == "\\" and text[close - 2 : close] != "\\\\":
            close = text.find("$", close + 1)
        if close < 0:
            return None if text[end : end + 1].isdigit() else "" if self.has_macros else None
        body = text[end : min(close, end + 400)]
        if _PROSE.search(body) is not None and "\\" not in body:
            return None
        if text[end : end + 1].isdigit() and text[close + 1 : close + 2].isdigit() and " " in body:
            return None  # "$5 and $10"
        self.maths, self.maths_ends = True, close
        return ""

    def tilde(self, start: int) -> str | None:
        """Return a space for the tie of `Fig.~3`; one after a space means about."""
        text = self.text
        before = text[start - 1 : start]
        if not before or before.isspace() or before in "/([<>=~":
            return None
        number = before.isdigit() or (before in "%kKMGBT" and text[start - 2 : start - 1].isdigit())
        if number and text[start + 1 : start + 2].isdigit():
            return None  # a range: 14M~350M
        return " "

    def caret(self, start: int, end: int) -> tuple[int, str | None]:
        degree = _DEGREE.match(self.text, start)
        if degree is not None:
            return degree.end(), "°"
        if _ORDINAL.match(self.text, start) is not None and self.text[start - 1 : start] in set(
            "0123456789$ "
        ):
            return end, ""
        return end, None

    def percent(self, start: int, end: int) -> tuple[int, str | None]:
        """Drop a comment. Abstracts from listings write a plain percent sign, those from sources `\\%`."""
        text = self.text
        before = text[max(0, start - 40) : start].rstrip()
        if before and (before[-1].isdigit() or before[-1] in "$})"):
            return end, None
        newline = text.rfind("\n", max(0, start - 40), start)
        whole_line = (newline >= 0 or start <= 40) and not text[newline + 1 : start].strip()
        if not whole_line and not self.escapes_percent:
            return end, None
        if not whole_line and text[end : end + 1] in set(",.;:)-"):
            return end, None
        close = text.find("\n", end)
        if close < 0 and not whole_line and "\n" not in text:
            return end, ""  # the lines of the source have been joined: nothing tells where the comment ended
        if close < 0:
            return (len(text), "") if self.has_macros else (end, None)
        return close + 1 if whole_line else close, ""

    def dashes(self, start: int, end: int) -> str | None:
        """Return an en or em dash for `--` and `---`, but leave `--option`, `-->` and ruled lines."""
        text = self.text
        after = text[end : end + 1]
        if end - start > 3 or after == ">" or text[start - 1 : start] in {"<", "!"}:
            return None
        if end - start == 3:
            return "—"
        if text[start - 1 : start] in {"", " ", "\n", "`", "("} and after.isalpha():
            return None
        return "–"

    def after_option(self, end: int) -> int:
        """Pass over spaces and `[...]` in front of an argument."""
        option = _OPTION.match(self.text, end)
        return option.end() if option else end

    def close_of(self, opening: int) -> int:
        """Return where the brace closes that opens here, or -1. All braces are paired once, on first need."""
        if self.closing is None:
            pairs: dict[int, int] = {}
            stack: list[int] = []
            for match in _BRACE.finditer(self.text):
                token = match.group()
                if token == "{":
                    stack.append(match.start())
                elif token == "}" and stack:
                    pairs[stack.pop()] = match.start()
            self.closing = pairs
        return self.closing.get(opening, -1)


def _raises_number(text: str, start: int, end: int) -> bool:
    """Tell whether `\\textsuperscript` is a power: a digit on both sides."""
    return text[start - 1 : start].isdigit() and text[end : end + 3].lstrip("{-")[:1].isdigit()


def _compose(accent: str, letter: str) -> str:
    """Return the letter with its accent as one character where Unicode has one."""
    return unicodedata.normalize("NFC", letter.lstrip("\\") + _ACCENTS[accent])
