"""A pasted text as the extractor reads it, and beside it an editor for the rules."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from parts.shared import empty, opened

from leaderboard.authoring.discover import discover
from leaderboard.errors import LeaderboardError
from leaderboard.explanation import explain
from leaderboard.models import Paper
from leaderboard.views import drafts, papers
from leaderboard.views import playground as views
from leaderboard.views.catalogue import unnamed_rows
from leaderboard.views.html import plain_markdown, said
from leaderboard.views.source import rule_folders, users_folder

LONGEST = 20_000
NEW, KNOWN, FOUND, PATTERN = "New benchmark", "Known benchmark", "Name the rules miss", "Pattern"

data = opened(
    "Playground",
    "Paste an abstract and see what is read in it, and why. Then teach the rules what they missed.",
    needs_rows=False,
)


def example_chosen() -> None:
    """The example's texts take the place of what was pasted."""
    title, text = views.EXAMPLES[st.session_state["example"]]
    st.session_state["title"], st.session_state["text"] = title, text


first = next(iter(views.EXAMPLES))
for name, value in zip(("title", "text"), views.EXAMPLES[first], strict=True):
    st.session_state.setdefault(name, value)

# --- the text ---------------------------------------------------------------------------------------------

paste, read = st.columns([1, 1.25], gap="large")
with paste:
    st.pills(
        "Examples",
        list(views.EXAMPLES),
        key="example",
        default=first,
        required=True,
        on_change=example_chosen,
    )
    title = st.text_input("Title", key="title", persist_state="session", max_chars=500, live="400ms")
    text = st.text_area("Abstract", key="text", persist_state="session", height=260, max_chars=LONGEST)
    st.html('<p class="lb-sub">Leave the box, or press Ctrl+Enter, to read it.</p>')

if not (text or "").strip() and not (title or "").strip():
    with read:
        empty("Nothing to read yet.", "Paste a title or an abstract on the left, or choose an example.")
    explanation = None
else:
    explanation = explain(text or "", title or "", data.rules)
    rows = views.frame_of(explanation.rows)
    with read:
        st.html(f'<h2 class="lb-h3">{len(rows)} result{"" if len(rows) == 1 else "s"}</h2>' + papers.legend())
        st.html(views.text_html(explanation, title or "", text or ""))
        if rows.empty:
            empty("No number of this text is a result.", "The tabs below say what each word was taken for.")
        else:
            st.html(papers.hover_style(rows) + papers.row_list(rows))

if explanation:
    tokens, fired = st.tabs(["Token sequences", "Rules that fired and lost"])
    with tokens:
        st.html(
            '<p class="lb-sub">Each sentence as the rules see it: typed tokens; articles and praise are '
            "left out.</p>"
        )
        st.html("".join(views.tokens_html(sentence) for sentence in explanation.sentences))
    with fired:
        st.html(
            '<p class="lb-sub">Every claim on a number. For each field the claim of the highest priority '
            "wins.</p>"
        )
        claims = [(sentence.text, views.claims_html(sentence)) for sentence in explanation.sentences]
        st.html(
            "".join(f'<p class="lb-evidence">{said(sentence)}</p>{html}' for sentence, html in claims if html)
            or "<p>No rule fired.</p>"
        )

# --- the rules --------------------------------------------------------------------------------------------

folder = users_folder(data.named)
shown_folder = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
st.html(
    '<h2 class="lb-h2">Write a rule</h2><p class="lb-sub">Add a benchmark, edit a known one, or write a '
    "pattern. Nothing changes until you save.</p>"
)


def start_from(text: str) -> None:
    """Put a text into the editor."""
    st.session_state["draft"] = text
    st.session_state["file"] = drafts.name_of(text)
    st.session_state.pop("trial", None)


def begin() -> None:
    """The entry that was asked for goes into the editor; what keeps it from being made is said."""
    st.session_state.pop("begin_problem", None)
    how, name = st.session_state["how"], (st.session_state.get("name") or "").strip()
    try:
        if how == PATTERN:
            start_from(drafts.PATTERN)
        elif how == FOUND:
            start_from("benchmarks:\n" + st.session_state["missing"].entry + "\n")
        elif name:
            start_from(
                drafts.entry_text(data.rules, name) if how == KNOWN else drafts.new_entry(data.rules, name)
            )
        else:
            st.session_state["begin_problem"] = "Give the benchmark's name first."
    except LeaderboardError as error:
        st.session_state["begin_problem"] = str(error)


with st.container(horizontal=True, vertical_alignment="bottom", key="begin"):
    how = st.segmented_control(
        "Start from", [NEW, KNOWN, FOUND, PATTERN], key="how", default=NEW, required=True
    )
    if how == FOUND:
        missing = (
            data.kept("missing", lambda: discover(unnamed_rows(data.rows), data.rules, min_papers=1)[:200])
            if len(data.rows)
            else []
        )
        if missing:
            st.selectbox(
                "Name",
                missing,
                key="missing",
                format_func=lambda one: f"{one.name} · {one.papers} paper{'' if one.papers == 1 else 's'}",
                width=280,
            )
        else:
            st.html('<p class="lb-sub">The rules know every name in these rows.</p>')
    elif how != PATTERN:
        st.text_input("Name of the benchmark", key="name", placeholder="as papers print it", width=280)
    st.button("Start", on_click=begin, disabled=how == FOUND and not missing)
if problem := st.session_state.get("begin_problem"):
    st.warning(plain_markdown(problem))

st.session_state.setdefault(
    "draft", "benchmarks:\n- id: zorbbench\n  name: ZorbBench\n  metrics: [accuracy]\n"
)
st.session_state.setdefault("file", "zorbbench")
write, change = st.columns([1, 1.1], gap="large")
with write:
    with st.container(key="editor"):
        draft = st.text_area(
            "Rules (YAML)", key="draft", height=340, max_chars=200_000, persist_state="session"
        )
    found = drafts.problems_of(draft or "")
    st.html(views.problems_html(found) or '<p class="lb-sub">The YAML can be read.</p>')
    file = st.text_input(
        "File",
        key="file",
        persist_state="session",
        max_chars=90,
        help="Lower case letters, digits and hyphens.",
    )
    with st.container(horizontal=True):
        try_it = st.button("Try it", type="primary", disabled=any(one.severity == "error" for one in found))
        replace = st.checkbox("Replace the file if it exists", key="replace")
    st.html(f'<p class="lb-sub">Saved rules go to <code>{said(shown_folder)}</code>.</p>')

question = (draft, file, title, text)
if try_it:
    corpus = list(data.loaded.papers.values()) or [
        Paper(id=key, title=str(part["title"].iloc[0]), abstract=" ".join(dict.fromkeys(part["sentence"])))
        for key, part in data.rows.head(2000).groupby("paper_id", sort=False)
    ]
    sample = drafts.sample_of(corpus, draft)
    with change, st.spinner(f"Trying the rules on your text and on {len(sample)} papers …"):
        try:
            pasted = Paper(title=title or "", abstract=text or "")
            st.session_state["trial"] = (
                question,
                drafts.tried(draft, file, pasted, rule_folders(data.named), sample),
            )
        except LeaderboardError as error:
            st.session_state["trial"] = (question, drafts.Trial(stopped=str(error)))


def save() -> None:
    """Write the draft; the rules are read again with the next run of the page."""
    try:
        path = drafts.save(draft, file, folder, replace=replace)
        st.session_state["saved"] = f"Saved as {path.relative_to(folder)}; the rules are in use now."
        st.session_state.pop("trial", None)
    except LeaderboardError as error:
        st.session_state["saved"] = str(error)


with change:
    asked, trial = st.session_state.get("trial", (None, None))
    if saved := st.session_state.pop("saved", ""):
        st.info(plain_markdown(saved), icon=":material/save:")
    if trial is None:
        empty(
            "Not tried yet.",
            "“Try it” shows which rows change, on the pasted text and on papers of the loaded corpus. "
            "Then you can save.",
        )
    elif asked != question:
        empty("The rules or the text have changed since the trial.", "Try it again.")
    else:
        if trial.stopped:
            st.error(plain_markdown(trial.stopped), icon=":material/timer_off:")
        st.html(views.problems_html(trial.problems) or '<span class="lb-sub">No problems.</span>')
        if trial.usable:
            st.html('<h3 class="lb-h3">On the pasted text</h3>')
            st.html(views.difference_html(trial.on_text) or '<p class="lb-sub">The same rows as before.</p>')
            st.html(f'<h3 class="lb-h3">On {trial.difference.papers} papers of the corpus</h3>')
            st.html(
                views.difference_html(trial.difference)
                or f'<p class="lb-sub">The same {trial.difference.same} rows as before.</p>'
            )
            st.button("Save the rules", icon=":material/save:", on_click=save)
        else:
            st.html('<p class="lb-sub">Mend this before the rules can be tried on papers.</p>')
