"""Nasty texts of any size: what somebody would write who wants the reader of abstracts to hang.

Each shape is a unit that is repeated, with what stands before and after it. `SHAPES` is used by the tests at
small sizes and by `python -m benchmarks hostile` at one megabyte.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """A text of any length: `before`, then `unit` again and again, then `after`."""

    unit: str
    before: str = ""
    after: str = ""

    def text(self, size: int) -> str:
        """About `size` characters of it."""
        return self.before + self.unit * max(1, size // len(self.unit)) + self.after


@dataclass(frozen=True, slots=True)
class Nested:
    """As many openings as closings, one within the other."""

    opening: str
    closing: str
    core: str = ""

    def text(self, size: int) -> str:
        """About `size` characters of it."""
        depth = max(1, size // (len(self.opening) + len(self.closing)))
        return self.opening * depth + self.core + self.closing * depth


SHAPES: dict[str, Shape | Nested] = {
    # markup
    "nested braces": Nested("{", "}", " 5.1% "),
    "braces never closed": Shape("{5 ", "We reach 5.1% on "),
    "nested macros": Nested(r"\textbf{", "}", "an accuracy of 91.2%"),
    "macros without argument": Shape(r"\textbf \emph \frac ", "We reach 91.2% "),
    "fractions": Shape(r"\frac{1}{2", "We reach $"),
    "dollars": Shape("$ 5 ", "It costs "),
    "environments that never end": Shape(r"\begin{table} 5% "),
    "tags that never close": Shape("<p class='5% ", "We reach "),
    "entities of entities": Shape("&amp;amp;amp;lt;5% "),
    "comments": Shape("%\n", "We reach 5.1% "),
    "carets": Shape("^{2", "We reach 10"),
    # digits
    "one number": Shape("9", "We reach an accuracy of ", "% on ImageNet."),
    "thousands": Shape(",000", "We reach 1", "% on ImageNet."),
    "points between digits": Shape("1.", "We reach "),
    "numbers": Shape("71.2% ", "On ImageNet we reach ", "accuracy."),
    "number list": Shape("71.2%, ", "On ImageNet and COCO we reach accuracies of ", "and 3%."),
    "integers": Shape("12 ", "We reach ", "points."),
    "plus and minus": Shape("+- ± ", "We reach 5", "% accuracy."),
    "ranges": Shape("5-6% to ", "from "),
    "shapes of tensors": Shape("3x", "inputs of 3x"),
    "numbers in parentheses": Shape("(71.2%) ", "accuracy on ImageNet "),
    "numbers in words": Shape("a1b2-", "We reach 5.1% "),
    "nested number parentheses": Nested("(5% ", ")", "accuracy"),
    # marks
    "commas": Shape(",", "We reach 5.1%", " accuracy."),
    "commas apart": Shape(", ", "We reach 5.1%", " accuracy."),
    "full stops": Shape(".", "We reach 5.1% accuracy"),
    "full stops apart": Shape(". ", "We reach 5.1% accuracy"),
    "abbreviations": Shape("e.g. ", "We reach 5.1% accuracy, "),
    "brackets never closed": Shape("( ", "We reach 5.1% accuracy "),
    "parentheses never opened": Shape(") ", "We reach 5.1% accuracy "),
    "quotes": Shape('."', "We reach 5.1% accuracy"),
    "hyphens": Shape("- ", "We reach 5.1% accuracy "),
    "slashes": Shape("CIFAR-10/100/", "We reach 5.1% on "),
    "spaces": Shape(" ", "We reach 5.1% accuracy", "on ImageNet."),
    "line breaks": Shape("\n", "We reach 5.1% accuracy", "on ImageNet."),
    "mixed white space": Shape(" \t\n \r", "We reach 5.1% accuracy", "on ImageNet."),
    # words
    "one word": Shape("a", "We reach 5.1% accuracy on ", "."),
    "one name": Shape("Aa1-", "We reach 5.1% accuracy on ", "."),
    "capitals": Shape("AB", "We propose ", ", which reaches 5.1% accuracy."),
    "one sentence without end": Shape(
        "the model is better than the others in most of the cases and ", "We reach 5.1% "
    ),
    "and list": Shape("accuracy and ", "We reach 5.1% "),
    "and list of numbers": Shape("5% and ", "We reach an accuracy of "),
    "names repeated": Shape("ImageNet ", "We reach 5.1% accuracy on "),
    "list of names": Shape("ImageNet, COCO, ", "We reach 5.1% accuracy on ", "and MNIST."),
    "names and numbers": Shape("71.2% on ImageNet, ", "We reach an accuracy of "),
    "many sentences of numbers": Shape("We reach 71.2% accuracy on ImageNet. "),
    "different levels": Shape("from 5.1% to 7.2% on COCO and by 3 points, outperforming BERT (4.1%), "),
    "introduced names": Shape("We propose Xnet-A, called Ynet. It reaches 5.1%. "),
    "names of own systems": Shape("we propose a method named Anet that ", "Anet: we reach 5.1%. "),
    "metrics": Shape("accuracy, F1, BLEU, ", "We reach 5.1%, 5.2% in "),
    "respectively": Shape("5.1% and 6.1% on COCO and ImageNet, respectively, "),
    "unknown names": Shape("Foo-X1 and ", "We reach 5.1% accuracy on "),
    "ranks": Shape("first place and second place in ", "We win "),
    "repository with many endings": Shape("-code", "We reach 5.1% accuracy. See github.com/a/b", "x"),
    "no number but benchmarks": Shape("We evaluate on ImageNet and COCO. ", "", "We reach 5.1% accuracy."),
    # letters
    "combining characters": Shape("\u0301", "We reach 5.1% accuracy on e", " ImageNet."),
    "combining on each letter": Shape("e\u0301\u0302 ", "We reach 5.1% accuracy on "),
    "zero width": Shape("\u200b", "We reach 5.1% accuracy on ", "ImageNet."),
    "wide letters": Shape("５％ ", "We reach "),
    "dotted capitals": Shape("\u0130", "We reach 5.1% accuracy on ", " ImageNet."),
    "astral digits": Shape("\U0001d7d9", "We reach ", "% accuracy."),
    "right to left": Shape("\u202e5% \u05d0 ", "We reach "),
    "surrogates": Shape("\ud800 5% ", "We reach "),
    "control characters": Shape("\x00\x01 5% ", "We reach "),
}


PLAIN = (
    "Deep networks have become the usual way to label images, but they are slow to train. In this "
    "paper we look at what makes them slow, and present LinNet, a network whose layers share their "
    "weights. Experiments on three data sets show that it learns in half the time. On ImageNet it "
    "reaches a top-1 accuracy of 81.3%, which is 1.2 points better than the best earlier network of "
    "its size. An ablation tells how much each part adds. The idea is simple and can be used with "
    "other networks too. We hope that it helps those who have no cluster. Many questions remain open,"
    " among them how far the sharing of weights can go before it harms the result. "
)
"""An abstract like many others, in sentences of its own kind: what the shapes are measured against."""
