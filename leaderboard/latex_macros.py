"""Tables of LaTeX macros: what each prints, or that it prints nothing.

Plain words apart by white space, so that a macro is added by writing its name where it belongs.
"""

from __future__ import annotations

_SIGNS = r"""
times × texttimes × pm ± textpm ± mp ∓ sim ~ simeq ~ approx ~ thicksim ~ textasciitilde ~ lesssim ~ gtrsim ~
rightarrow → to → Rightarrow → longrightarrow → textrightarrow → mapsto → leftarrow ← gets ← Leftarrow ←
leftrightarrow ↔ Leftrightarrow ↔ uparrow ↑ textuparrow ↑ Uparrow ↑ downarrow ↓ textdownarrow ↓ Downarrow ↓
nearrow ↗ searrow ↘ geq ≥ ge ≥ geqslant ≥ leq ≤ le ≤ leqslant ≤ gt > lt < textgreater > textless < gg ≫ ll ≪
neq ≠ ne ≠ cdot · cdotp · bullet • textbullet • ast * star * div ÷ percent % degree ° deg ° textdegree °
circ ° celsius °C micro µ mu μ textmu µ infty ∞ ldots … dots … cdots … textellipsis … dag † dagger † ddag ‡
prime ′ alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta θ iota ι kappa κ
lambda λ nu ν xi ξ pi π rho ρ varrho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ
Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ nabla ∇ partial ∂ sum Σ prod
Π sqrt √ in ∈ notin ∉ subset ⊂ subseteq ⊆ cup ∪ cap ∩ setminus ∖ forall ∀ exists ∃ wedge ∧ vee ∨ neg ¬ equiv
≡ propto ∝ mid | vert | Vert ‖ lVert ‖ rVert ‖ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ odot ⊙
oplus ⊕ otimes ⊗ perp ⊥ top ⊤ bot ⊥ textbar | textbackslash \ backslash \ textunderscore UNDERSCORE colon :
textemdash — textendash – textquotesingle ' textquoteright ’ textquoteleft ‘ textquotedblleft “
textquotedblright ” pounds £ euro € texteuro € copyright © textregistered ® texttrademark ™ S § checkmark ✓
ss ß o ø O Ø ae æ AE Æ oe œ OE Œ aa å AA Å l ł L Ł i ı j ȷ LaTeX LaTeX TeX TeX BibTeX BibTeX ie i.e. eg e.g.
etal et_al. etc etc. vs vs. wrt w.r.t. aka a.k.a. iid i.i.d. cf cf. Eg E.g. Ie I.e. sota state-of-the-art
SOTA SOTA SoTA SoTA st s.t. and , texttildelow ~ slash / threeD 3D twoD 2D quad _ qquad _ hfill _ hfil _
enspace _ thinspace _ newline _ linebreak _ tab _ par ¶ smallskip ¶ medskip ¶ bigskip ¶ item ¶ newpage ¶
clearpage ¶ pagebreak ¶
"""
_STYLES = """
textbf textit texttt textsc textsf textrm textsl textup textmd textnormal text textsuperscript textsubscript
emph mbox hbox fbox underline uline ul sout bm boldsymbol mathbf mathrm mathit mathsf mathtt mathcal mathbb
mathfrak mathscr mathnormal mathop mathbin mathrel operatorname pmb smash ensuremath hl uppercase lowercase
MakeUppercase MakeLowercase overline bar hat tilde widehat widetilde vec dot ddot acute check num ang uwave
textquote enquote ac acs acl acf acfull acshort aclong Ac Acf gls Gls glspl Glspl acp acsp acfp acrshort
acrlong acrfull title nolinkurl tcb red blue green rev new edit edits added NewCorrection tr revised
revision update it em bf tt sc sl sf rm cal itshape bfseries ttfamily scshape slshape sffamily rmfamily
normalfont normalsize small footnotesize scriptsize tiny large Large LARGE huge Huge boldmath unboldmath
centering noindent indent raggedright justifying left right big Big bigg Bigg bigl bigr Bigl Bigr biggl
biggr middle limits displaystyle textstyle protect relax selectfont maketitle null strut nonumber
mathstrut unskip ignorespaces sloppy leavevmode allowbreak nobreak obeylines frenchspacing doublespacing
singlespacing makeatletter makeatother
"""
_DROPPED: dict[int, str] = {
    0: """
        footnotemark vskip hskip baselineskip parskip parindent itemsep labelsep topsep
        leftmargin tolerance looseness def let hyperref makebox thefootnote IEEEpeerreviewmaketitle fi else
        ifx
        iftrue cameraready xspace
    """,
    1: """
        cite citep citet citealp citealt citeauthor citeyear citeyearpar Cite Citep Citet parencite textcite
        autocite footcite fullcite nocite onlinecite shortcite citenum citeA citeN supercite ref eqref
        pageref autoref cref Cref secref figref tabref label url path email doi footnote footnotetext
        blfootnote thanks titlenote tnoteref thanksref tnotetext keywords Keywords keyword IEEEkeywords
        subclass ccsdesc terms classification pacs vspace hspace includegraphics caption todo comment ignore
        hide del deleted begin end bibliography bibliographystyle thispagestyle pagestyle pagenumbering
        phantom color colorbox textcolor cellcolor rowcolor href hyperlink hypertarget texorpdfstring
        raisebox scalebox rotatebox parbox fontfamily foreignlanguage selectlanguage input include index
        fnsymbol orcid orcidID affiliation institute address author date received
    """,
    2: """
        captionof setcounter addtocounter setlength addtolength renewcommand newcommand providecommand
        fontsize resizebox markboth
    """,
    3: """
        category
    """,
}

_BLOCKS = """
comment keyword keywords IEEEkeywords CCSXML figure figure* table table* tikzpicture AMS MSCcodes
classification  picture wrapfigure teaserfigure filecontents
"""
_pairs = _SIGNS.split()
PARAGRAPH = "\n\n"
SIGNS = {
    name: {"_": " ", "¶": PARAGRAPH, "UNDERSCORE": "_"}.get(sign, sign.replace("_", " "))
    for name, sign in zip(_pairs[::2], _pairs[1::2], strict=True)
}
"""Macros that print a sign or a word: macro and print in turn; `_` is a space, `¶` a new paragraph."""
STYLES = frozenset(_STYLES.split())
"""Macros that change how what follows looks: they vanish and their argument stays."""
DROPPED = {name: count for count, names in _DROPPED.items() for name in names.split()}
"""Macros that vanish with their arguments, and how many those are."""
BARE = frozenset({"href", "textcolor", "texorpdfstring", "hyperlink", "colorbox", "color", "xspace"})
"""Those of `DROPPED` that leave no space, for a text follows that belongs to the one before."""
LENGTHS = frozenset(
    {"vskip", "hskip", "baselineskip", "parskip", "parindent", "itemsep", "labelsep", "topsep"}
)
"""Those of `DROPPED` that a length may follow without braces: `\\vskip 2mm`, `\\parindent=0pt`."""
PLURALS = frozenset({"acp", "acsp", "acfp", "glspl", "Glspl"})
"""Styles that add an s to their argument."""
BETWEEN = {"frac": "/", "tfrac": "/", "dfrac": "/", "nicefrac": "/", "sfrac": "/", "SI": " ", "qty": " "}
"""Macros of two arguments, and what is printed between them."""
BLOCKS = frozenset(_BLOCKS.split())
"""Environments that are no running text."""
