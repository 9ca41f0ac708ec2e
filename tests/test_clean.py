"""`clean`: what each kind of markup becomes, and the way back to the original."""

from __future__ import annotations

import gzip
import json
import os
import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard.clean import clean
from leaderboard.offsets import apply_edits

# (marked-up text, clean text): forms met in titles and abstracts, in sentences of our own.
IN_THE_WILD = [
    # numbers and signs
    (r"gains 3.4\% on it", "gains 3.4% on it"),
    (r"\textbf{88.5\%} top-1", "88.5% top-1"),
    (r"a $2.5\times$ speedup", "a 2.5× speedup"),
    (r"runs 3\texttimes{} faster", "runs 3× faster"),
    (r"$71.2 \pm 0.3$ points", "71.2 ± 0.3 points"),
    (r"rises $40.1 \rightarrow 43.7$", "rises 40.1 → 43.7"),
    (r"at $\sim$5 ms and $\approx 7$ W", "at ~5 ms and ~ 7 W"),
    (r"$\geq 90\%$ or $\leqslant$ 5", "≥ 90% or ≤ 5"),
    (r"$\uparrow$2.1 and $\downarrow$ 0.4", "↑2.1 and ↓ 0.4"),
    (r"an error of $10^{-3}$ at $10^4$ steps", "an error of 10^-3 at 10^4 steps"),
    (r"within 5$^\circ$ and $30^{\circ}$", "within 5° and 30°"),
    (r"at 1.5^\circ resolution and 20^\circ C", "at 1.5° resolution and 20°C"),
    (r"$1{,}000$ classes", "1,000 classes"),
    (r"the 25$^{th}$ and 1\textsuperscript{st} place", "the 25th and 1st place"),
    (r"256$^2$ images, 10\textsuperscript{-6} loss", "256^2 images, 10^-6 loss"),
    (r"\num{0.4} and \SI{12}{\ms}", "0.4 and 12 ms"),
    (r"\(4.1\%\) lower", "4.1% lower"),
    # metrics with subscripts
    (r"F$_1$ of 80, F$_{1}$, $F_1$", "F1 of 80, F1, F1"),
    (r"AP$_{50}$ and $\text{mAP}_{75}$", "AP50 and mAP75"),
    (r"$R^2 = 0.9$", "R^2 = 0.9"),
    # names and styles
    (r"{\bf DeepThing} beats \emph{others}", "DeepThing beats others"),
    (r"\textsc{Fast}Net and \texttt{pip}", "FastNet and pip"),
    (r"our \fastfft yields", "our fastfft yields"),
    (r"\otiy\ is {\fullname}, \ours{} wins", "otiy is fullname, ours wins"),
    (r"\mymethod-large and \sysname's", "mymethod-large and sysname's"),
    (r"Name\xspace, Name\xspace is, Name\xspace-L", "Name, Name is, Name-L"),
    (r"\rev{added words} stay", "added words stay"),
    (r"$\mathcal{X}$ and $\alpha$-tuning", "X and α-tuning"),
    (r"\textcolor{red}{new} \href{http://a.b}{text}", "new text"),
    (r"\ac{GAN} and two \acp{GAN}", "GAN and two GANs"),
    (r"AT\&T, C\#, a\_b, \$5", "AT&T, C#, a_b, $5"),
    # accents
    (r"Fr\'echet, Erd\H{o}s, \c{c}a, Stra\ss e, na\"{\i}ve", "Fréchet, Erdős, ça, Straß e, naïve"),
    # what prints nothing
    (r"Resnet~\cite{he,sun} on COCO~\citep[see][p.~3]{lin}.", "Resnet on COCO."),
    (r"done\footnote{Code at \url{x.y}.} well", "done well"),
    ("text.\n\n\\keywords{a \\and b}\n\\vspace{-2pt}", "text."),
    (r"\begin{abstract}We win.\end{abstract}", "We win."),
    ("we win % why?\nby 3\\% here", "we win by 3% here"),
    ("% a remark\nwe win", "we win"),
    ("a \\begin{comment}hidden 5\\end{comment} b", "a\n\nb"),
    # short forms
    (r"\ie, \eg, \etal. \vs\ \wrt it", "i.e., e.g., et al. vs. w.r.t. it"),
    # dashes, quotes, spaces
    ("``quoted'' text -- and --- more", '"quoted" text – and — more'),
    (r"Fig.~3 at 5\,ms", "Fig. 3 at 5 ms"),
    ("one\nline and  two", "one line and two"),
    ("one.\n \nTwo.", "one.\n\nTwo."),
    ("  edges \n", "edges"),
    ("\\baselineskip=9pt\nWe win", "We win"),
    # HTML and publishers' XML
    ("AT&amp;T &lt; 5 &#37; &amp;lt;", "AT&T < 5% <"),
    ("<jats:p>CO<sub>2</sub> <i>and</i> 10<sup>3</sup></jats:p>", "CO2 and 10^3"),
    ("5&nbsp;ms<br/>more", "5 ms more"),
    # Unicode
    (
        "\uff15\uff10\uff05 \ufb01ne\u00a0\u22123 F\u2081 10\u207b\u00b3 re\u00adal",
        "50% fine -3 F1 10^-3 real",
    ),
    # tokenised text and broken words
    ("95 . 3 % , state - of - the - art ( 3.2 ) .", "95.3%, state-of-the-art (3.2)."),
    ("on NSL- KDD and state-of-\nthe-art", "on NSL-KDD and state-of-the-art"),
]

# Text that looks like markup and is not: it comes back as the same object.
NEGATIVE = [
    "A plain sentence with 71.2% (vs. 70.1) on state-of-the-art data.",
    "× ± → ≥ – and naïve é α µ stay",
    "pre- and post-processing",
    "it costs $5 and $10 a run",
    "under $0.15",
    "about ~5 ms, http://x.org/~me, 14M~350M parameters",
    "% is a sign",
    "100% of cases, a % of others",
    "AT&T and R&D; x < 5 and y > 3, <think> tags <s>",
    "pass --verbose, a --> b",
    "snake_case and x^2",
    "a - b is a dash",
    "blank\n\nline",
    "",
]

# What a reader would write and `clean` does not.
KNOWN_FAILURES = [
    (r"\def\x{Deep}\x wins", "Deep wins"),  # definitions are not carried out
    (r"costs 5\$ per \ourmodel s run", "costs 5$ per ourmodels run"),  # a name and a letter set apart
    ("we improve informa- tion flow", "we improve information flow"),  # a broken word in lower case
]


@pytest.mark.parametrize(("marked", "plain"), IN_THE_WILD)
def test_in_the_wild(marked: str, plain: str) -> None:
    assert clean(marked).text == plain


@pytest.mark.parametrize("text", NEGATIVE)
def test_plain_text_is_the_same_object(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.text is text
    assert cleaned.to_original(0, len(text)) == (0, len(text))


@pytest.mark.parametrize(("marked", "plain"), KNOWN_FAILURES)
@pytest.mark.xfail(strict=True)
def test_known_failures(marked: str, plain: str) -> None:
    assert clean(marked).text == plain


@pytest.mark.parametrize(
    ("marked", "number", "printed"),
    [
        (r"\textbf{88.5\%} wins", "88.5", "88.5"),
        (r"to $\mathbf{+2.5}\times$ it", "2.5", "2.5"),
        ("a score of 95 . 3 % now", "95.3", "95 . 3"),
        (r"with $1{,}024$ images", "1,024", "1{,}024"),
        ("<b>&nbsp;41.7</b> BLEU", "41.7", "41.7"),
        ("we \n\n  reach\n 12\n ", "12", "12"),
    ],
)
def test_numbers_lead_back(marked: str, number: str, printed: str) -> None:
    cleaned = clean(marked)
    at = cleaned.text.index(number)
    start, end = cleaned.to_original(at, at + len(number))
    assert marked[start:end] == printed


def test_edits_map_replacements_as_a_whole() -> None:
    text, back = apply_edits("a--b", [(1, 3, " to ")])
    assert text == "a to b"
    assert back.to_source(2, 4) == (1, 3)
    assert back.to_source(0, 1) == (0, 1)
    assert back.to_source(5, 6) == (3, 4)


# fmt: off
_PIECES = [
    "\\", "{", "}", "$", "%", "\\%", "~", "^", "_", "&", "&lt;", "<i>", "</p>", "\n", "\n\n", " ", "  ",
    "\t", "-", "--", "''", "``", "5", "3.1", "word", ".", ",", "(", ")", "\\textbf{", "\\cite{",
    "\\begin{table}", "\\end{table}", "\\'", "\\c ", "\\verb|", "\\frac{", "\\[", "\\(", "\\iffalse",
    "\\unicode{x2013}", "\\fi", "\\SI{1}{", "\\acp{", "\\foo", "\u2212", "\u00b3", "\ufb01", "\u200b",
    "&amp;", "\r", "\x0b",
]
# fmt: on
_MARKUP = st.lists(
    st.one_of(
        st.sampled_from(_PIECES),
        st.text(max_size=3),
    ),
    max_size=30,
).map("".join)


@given(_MARKUP)
def test_any_text_gives_valid_monotone_spans(text: str) -> None:
    cleaned = clean(text)
    spans = [cleaned.to_original(i, i + 1) for i in range(len(cleaned.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(spans))
    if spans:
        assert cleaned.to_original(0, len(spans)) == (spans[0][0], spans[-1][1])


@given(
    st.lists(st.sampled_from(["word", "5.1", "%", " ", "\n", "\n\n", ",", ".", "(", ")", "- ", "A"])).map(
        "".join
    )
)
def test_clean_text_stays_clean(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


@pytest.mark.parametrize(
    "piece", ["{", "\\cite{", "$5 ", "\\'   ", "^ { ", "&amp;", "<i ", " ( ", "\\begin{table}", " \n", "- "]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    clean(piece)
    times = []
    for size in (2_000, 32_000):
        text = piece * size
        started = time.process_time()
        clean(text)
        times.append(time.process_time() - started)
    assert times[1] < 1.0 + 40 * times[0]


_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?![0-9])")


def test_numbers_of_real_abstracts_survive() -> None:
    """All but a handful of the numbers in marked-up abstracts are found as printed at their place."""
    shared = Path(os.environ.get("LEADERBOARD_SHARED", Path(__file__).parents[2] / "shared"))
    corpus = shared / "corpus" / "sota-abstracts.jsonl.gz"
    if not corpus.exists():
        pytest.skip(f"no corpus at {corpus}: set LEADERBOARD_SHARED")
    found = differing = 0
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            original = json.loads(line)["abstract"]
            cleaned = clean(original)
            for match in _NUMBER.finditer(cleaned.text):
                start, end = cleaned.to_original(*match.span())
                found += 1
                differing += original[start:end] != match.group()
    assert found > 10_000
    assert differing / found < 0.003
