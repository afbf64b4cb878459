"""What every page is made of: language, sidebar, title, text sections, questions, controls, player, footer."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dlcore.run import Run
from dlcore.specs import Spec
from ui import address, controls, lesson, take_home
from ui.course import GROUPS, HOME, CoursePage, built_pages, find_page, neighbours
from ui.player import Player, play
from ui.quiz import show_question
from ui.sign_in import require_sign_in, show_sign_out
from ui.text import LANGUAGES, Labels, read_labels, read_sections

STYLE = """
.stMainBlockContainer { padding: 3.5rem clamp(1rem, 3vw, 4rem) 4rem; max-width: 1500px; }
.katex-display { overflow: auto hidden; padding: 0.2rem; }
.stMarkdown table { display: block; overflow-x: auto; width: fit-content; max-width: 100%; }
"""  # a formula or a table that is too wide for a telephone scrolls by itself, not the page

# shown in the browser's tab; one of Streamlit's own icons would come from another host
ICON = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><g stroke="#56B4E9" stroke-width="1.2">
<path d="M3 4 8 3M3 4 8 8M3 4 8 13M3 12 8 3M3 12 8 8M3 12 8 13M8 3 13 8M8 8H13M8 13 13 8"/></g><g fill="#0072B2">
<circle cx="3" cy="4" r="2"/><circle cx="3" cy="12" r="2"/><circle cx="8" cy="3" r="2"/><circle cx="8" cy="8" r="2"/>
<circle cx="8" cy="13" r="2"/><circle cx="13" cy="8" r="2.2" fill="#E69F00"/></g></svg>"""

LONGEST_WORD = 4000  # characters of the address bar that a part may fill which writes there itself
Value = TypeVar("Value")

NOTES = {  # sections that open on a click, and their icons
    "how_to_read_pictures": ":material/visibility:",
    "what_to_notice": ":material/search:",
    "where_it_goes_wrong": ":material/warning:",
}


@dataclass
class Page:
    """One page in the reader's language; its methods draw, in the order of their calls."""

    slug: str
    language: str
    labels: Labels
    sections: Mapping[str, str]
    scopes: dict[str, str] = field(default_factory=dict)  # scope → prefix in the address bar
    query: dict[str, str] = field(default_factory=dict)  # what else the address bar says
    words: set[str] = field(default_factory=set)  # in the address bar that the browser alone writes
    is_told: bool = True  # the address speaks of the tab that is shown, not of the one that was left
    is_running: bool = True  # all of it, not one of its parts alone
    root: Page | None = None  # of a part: the whole page
    parts: dict[str, Page] = field(default_factory=dict)

    def text(self, section: str) -> None:
        """A section of the page's text file."""
        st.markdown(self.sections[section])

    def note(self, section: str, title: str) -> None:
        """A section that opens on a click, under a title of `NOTES`."""
        with st.expander(self.labels[title], icon=NOTES[title]):
            st.markdown(self.sections[section])

    def quiz(self, name: str) -> None:
        """A predict-first question, from the section `quiz_<name>`."""
        show_question(self.sections[f"quiz_{name}"], f"{self.slug}.quiz.{name}.{self.language}", self.labels)

    def tabs(self) -> str:
        """The row of the page's tabs, kept in the address bar; only the chosen one is computed."""
        names = find_page(self.slug).tabs
        key = f"{self.slug}.tab"
        asked = st.query_params.get("tab", "")
        if asked in names and address.is_news(key, asked):
            st.session_state[key] = asked
        st.session_state.setdefault(key, st.session_state.get(f"{self.slug}:tab", names[0]))
        if lesson.is_hidden(lesson.TABS):
            self.query["tab"] = st.session_state[key]
            return st.session_state[key]
        chosen: Any = st.segmented_control(
            self.labels[f"page_{self.slug}"],
            names,
            format_func=lambda name: self.labels[f"tab_{name}"],
            key=key,
            required=True,
            wrap=True,
            label_visibility="collapsed",
            on_change=address.a_widget_moved,
        )
        st.session_state[f"{self.slug}:tab"] = chosen
        address.wrote(key, chosen)
        self.query["tab"] = chosen
        self.is_told = asked not in names or asked == chosen
        return chosen

    def spec(self, spec_class: type[Spec], scope: str, prefix: str = "", fixed: Mapping[str, Any] | None = None) -> Any:
        """The spec that the reader has set in this scope, with what had to be corrected."""
        scope = f"{self.slug}.{scope}"
        self.scopes[scope] = prefix
        spec = controls.read_spec(spec_class, scope, prefix, fixed, self.is_told)
        controls.show_corrections(scope, self.labels)
        return spec

    def begin_with(self, spec_class: type[Spec], scope: str, prefix: str, **values: Any) -> None:
        """Values that suit a tab better than the defaults, where neither the reader nor a link has said anything yet.

        From then on the link says that they were set, so that it opens the defaults too, if the reader returns.
        """
        is_said = self.is_told and any(name.startswith(prefix) for name in st.query_params)
        if f"{self.slug}.{scope}:texts" not in st.session_state and not is_said:
            self.set_fields(spec_class, scope, **values)
        self.query[f"{prefix}{controls.BEGUN}"] = "yes"

    def fields(self, spec: Spec, scope: str, names: Iterable[str], fixed: Mapping[str, Any] | None = None) -> None:
        """Widgets for some fields of the spec."""
        controls.show_fields(spec, f"{self.slug}.{scope}", names, self.labels, fixed)

    def field_columns(
        self,
        spec: Spec,
        scope: str,
        groups: Sequence[str | Iterable[str]],
        fixed: Mapping[str, Any] | None = None,
        widths: Sequence[float] = (),
    ) -> None:
        """Widgets side by side: in each column one field, or a group of them one below the other."""
        for column, group in zip(st.columns(widths or len(groups), gap="medium"), groups, strict=True):
            with column:
                self.fields(spec, scope, (group,) if isinstance(group, str) else group, fixed)

    def choose(
        self, field: str, choices: Sequence[str], chosen: str, scope: str, on_choose: Callable[[str], None]
    ) -> None:
        """The choices of one field in a row; `on_choose` takes another one, with the settings that suit it."""
        if lesson.is_hidden(field):
            return
        key = f"{self.slug}.{scope}.chosen"
        controls.make_say(key, chosen)
        st.segmented_control(
            self.labels[field],
            choices,
            format_func=functools.partial(self.labels.choice, field),
            key=key,
            required=True,
            wrap=True,
            help=self.labels[f"{field}_help"],
            disabled=lesson.is_locked(field),
            on_change=_chosen,
            args=(key, on_choose),
        )

    def set_fields(self, spec_class: type[Spec], scope: str, **values: Any) -> None:
        """Change fields from code: presets, placed points."""
        address.a_widget_moved()
        controls.set_fields(spec_class, f"{self.slug}.{scope}", **values)

    def play(
        self,
        spec: Spec,
        panels: Sequence[dict[str, Any]],
        key: str,
        scope: str | None = None,
        group: str | None = None,
        on_click: Callable[[float, float, int], None] | None = None,
        rerun_at_end: bool = False,
        compact: bool = False,
        pace: float = 15,
        shortcuts: Sequence[Mapping[str, Any]] = (),
        drawn: Sequence[str] = (),
    ) -> Run:
        """The player; with a `scope` its run can be forked, and the fork becomes the scope's spec.

        `shortcuts` are forks at one click: field, value, label, icon. When only a `drawn` field changes, the training
        that was on the screen is done again at once, with something else drawn of it.
        """
        on_fork: Callable[[Spec], None] | None = None
        if scope is not None:

            def on_fork(forked: Spec) -> None:
                self.set_fields(type(forked), scope, edits=forked.edits)

        player = Player(
            spec, f"{self.slug}.{key}", self.labels, on_fork, on_click, rerun_at_end, pace, compact, shortcuts, drawn
        )
        return play(player, panels, group)

    def edits(self, spec: Spec, scope: str) -> None:
        """The forks in force, each with a button that takes it back."""
        for number, (step, name, value) in enumerate(spec.edits):
            said = self.labels.format("fork_edit", step=step, field=self.labels[name], value=f"{value:g}")
            st.button(
                said,
                key=f"{self.slug}.{scope}.edit.{number}",
                icon=":material/close:",
                help=self.labels["remove_fork"],
                on_click=self.set_fields,
                args=(type(spec), scope),
                kwargs={"edits": spec.edits[:number]},
            )

    def asked(self, name: str) -> str | None:
        """What the address bar says of a part that moves in the browser alone and writes it there; it stays there."""
        self.words.add(name)
        return st.query_params.get(name)

    def keep(self, key: str, name: str, start: Value, allowed: Collection[Value]) -> tuple[str, Value]:
        """Key and value for a widget that is no setting of a run: which digit, unit or sentence is looked at.

        Its value is one of `allowed`, outlives the tab, and is in the link under `name` unless it is `start`.
        """
        for place in (f"{self.slug}.{key}", f"{self.slug}:{key}"):
            if st.session_state.get(place, start) not in allowed:  # of which there may have been more
                st.session_state.pop(place, None)
        return self._keep(key, name, start, lambda said: next((one for one in allowed if str(one) == said), start))

    def keep_text(self, key: str, name: str, start: str, longest: int) -> tuple[str, str]:
        """The same for a text of at most so many characters."""
        return self._keep(key, name, start, lambda said: said[:longest])

    def _keep(self, key: str, name: str, start: Value, read: Callable[[str], Value]) -> tuple[str, Value]:
        widget, kept = f"{self.slug}.{key}", f"{self.slug}:{key}"
        if widget in st.session_state:
            st.session_state[kept] = st.session_state[widget]
        value = self.recall(key, name, start, read)
        controls.make_say(widget, value)
        return widget, value

    def recall(
        self, key: str, name: str, start: Value, read: Callable[[str], Value], write: Callable[[Any], str] = str
    ) -> Value:
        """What the session holds under this page's `key`, else `start`, or a new address says; see `address.recall`."""
        return address.recall(self.query, f"{self.slug}:{name}", f"{self.slug}:{key}", start, read, write)

    def take_home(self, spec: Spec, run: Run, key: str) -> None:
        """Script, notebook, weights and history of this spec, and the link to it."""
        link = controls.said_by(*(self.root or self)._said())
        take_home.show_menu(spec, run, link, f"{self.slug}.{key}", self.labels)

    def cards(self, n_cards: int) -> Iterator[DeltaGenerator]:
        """Bordered containers, two in a row and equally high; enter each one while iterating."""
        for number in range(n_cards):
            if number % 2 == 0:
                row = st.columns(2, gap="medium")
            yield row[number % 2].container(border=True, height="stretch")

    def chart(self, chart: Any, alt: str) -> None:
        """An Altair chart with a text for those who cannot see it."""
        st.altair_chart(chart.properties(description=alt), width="stretch")

    def part(self, name: str, show: Callable[[Page], None]) -> None:
        """A part of the page, or of one of its parts, that runs again alone when one of its widgets moves.

        What it shows may depend on nothing that other parts change.
        """
        _show_part(self, name, show)

    def close(self) -> None:
        """The address bar and the way to the neighbouring pages; a page's last call."""
        self._end_run()
        self.is_running = False
        if self.slug != HOME:
            self._show_neighbours()

    def link(self, target: CoursePage, label: str | None = None, icon: str | None = None, **query: str) -> None:
        """A link to another page of the course that keeps the language; `query` are settings to open it with."""
        st.page_link(
            target.path,
            label=label or self.labels[target.label_key],
            icon=icon,
            query_params={"lang": self.language, **query},
        )

    def link_or_map(self, slug: str) -> None:
        """A link to another page; while that is not built, to the course map, which says so."""
        wanted = find_page(slug)
        target = wanted if wanted.is_built else find_page(HOME)
        self.link(target, self.labels[wanted.label_key], ":material/arrow_outward:")

    def _said(self) -> tuple[dict[str, str], dict[str, str]]:
        """Scopes and other words in the address bar, with those of all parts."""
        words = {name: st.query_params[name][:LONGEST_WORD] for name in self.words if name in st.query_params}
        scopes, query = dict(self.scopes), self.query | words
        for part in self.parts.values():
            more, said = part._said()
            scopes, query = scopes | more, query | said
        return scopes, query

    def _end_run(self) -> None:
        controls.write_address(*self._said())
        address.end_run()

    def _show_neighbours(self) -> None:
        before, after = neighbours(self.slug)
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            if before is not None:
                self.link(before, icon=":material/arrow_back:")
            if after is not None:
                self.link(after, icon=":material/arrow_forward:")

    def _show_sidebar(self) -> None:
        with st.sidebar:
            self.link(find_page(HOME), icon=":material/school:")
            pages = built_pages()
            for group in GROUPS:
                here = [page for page in pages if page.group == group]
                if here:
                    st.caption(self.labels[f"course_{group}"])
                for page in here:
                    self.link(page)
            st.segmented_control(
                self.labels["language"],
                list(LANGUAGES),
                format_func=LANGUAGES.__getitem__,
                key="language_switch",
                required=True,
                on_change=_language_chosen,
            )
            show_sign_out(self.labels)


def open_page(slug: str) -> Page:
    """Each page's first call: configures the page, finds language and reader, draws sidebar and title."""
    address.begin_run()
    language = _find_language()
    labels = read_labels(language)
    title = labels[find_page(slug).label_key]
    st.set_page_config(page_title=f"{title} · {labels['page_home']}", page_icon=ICON, layout="wide")
    st.html(f"<style>{STYLE}</style>")
    st.session_state["language_switch"] = language
    page = Page(slug, language, labels, read_sections(slug, language), query={"lang": language})
    require_sign_in(labels)
    if not st.context.is_embedded:  # in a course site's frame the course is the site's
        page._show_sidebar()
    st.title(title)
    return page


@st.fragment
def _show_part(page: Page, name: str, show: Callable[[Page], None]) -> None:
    """Outside a run of the whole page it listens to the address, and writes it, by itself."""
    root = page.root or page
    if not root.is_running:
        address.begin_run()
    page.parts[name] = part = replace(page, root=root, scopes={}, query={}, words=set(), parts={})
    show(part)
    if not root.is_running:
        root._end_run()


def _find_language() -> str:
    """`?lang=`, else the session's, else the browser's."""
    asked = st.query_params.get("lang", "")
    kept = st.session_state.get("language", "")
    locale = (st.context.locale or "en")[:2]
    wished = (asked, kept, locale) if address.is_news("lang", asked) else (kept, asked, locale)
    language = next((name for name in wished if name in LANGUAGES), "en")
    st.session_state["language"] = language
    address.wrote("lang", language)
    return language


def _chosen(key: str, on_choose: Callable[[str], None]) -> None:
    address.a_widget_moved()
    on_choose(st.session_state[key])


def _language_chosen() -> None:
    address.a_widget_moved()
    st.session_state["language"] = st.query_params["lang"] = st.session_state["language_switch"]
