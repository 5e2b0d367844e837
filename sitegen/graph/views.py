"""What templates see: decisions already made, so that a template only loops, tests and includes.

`Markup` is finished HTML (numbers isolated, names linked); `str` is plain text that Jinja escapes. Empty means
absent: "" or () or None. Every field is documented in `templates/README.md`; a test keeps the two together.
"""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct


class LinkView(Struct, frozen=True):
    url: str  # "" when there is nothing to link to
    text: Markup
    lang: str = ""  # when the words are not in the page's language


class CrumbView(Struct, frozen=True):
    url: str
    text: Markup


class NavView(Struct, frozen=True):
    url: str
    text: str
    current: bool


class PagerView(Struct, frozen=True):
    """The pages of a long list, as one of them shows the way to the others."""

    position: Markup  # "صفحة 2 من 417"
    previous: str  # URL, or ""
    next: str  # URL, or ""
    pages: tuple[NavView, ...]  # first, last and those around; one without a URL stands for those left out


class AlternateView(Struct, frozen=True):
    lang: str
    url: str
    title: str


class ListsView(Struct, frozen=True):
    """URLs of the lists a page may point to; "" where the site has none."""

    articles: str = ""
    topics: str = ""
    entities: str = ""
    terms: str = ""
    timeline: str = ""
    facts: str = ""
    sources: str = ""


class AssetsView(Struct, frozen=True):
    """Hashed URLs of the theme's files."""

    css: str
    js: str
    icon: str
    fonts: tuple[str, ...]  # to preload


class SiteView(Struct, frozen=True):
    title: str
    tagline: Markup
    description: Markup
    lang: str
    dir: str  # rtl or ltr
    home: str  # URL of the home page, with the path of base_url
    nav: tuple[NavView, ...]
    publisher: str
    corrections_email: str
    as_of: Markup  # the day a frozen site stands for, or empty
    assets: AssetsView
    feed: str  # URL of atom.xml
    lists: ListsView = ListsView()


class PageView(Struct, frozen=True):
    kind: str  # article entity term topic timeline fact facts articles entities terms topics sources home not-found
    url: str  # root-relative, percent-encoded
    canonical: str  # absolute
    title: str
    description: str  # cut at a word
    lang: str
    dir: str
    crumbs: tuple[CrumbView, ...]
    alternates: tuple[AlternateView, ...]
    json_ld: Markup  # safe inside <script type="application/ld+json">
    image: str  # absolute URL, or ""
    image_alt: str
    published: str  # ISO, for og
    modified: str  # ISO
    ribbon: str  # "draft", "future" or "" (preview of what is not published)
    robots: str  # "noindex" or ""
    locale: str = ""  # for Open Graph: ar_AR
    pager: PagerView | None = None  # on a list of more than one page
    digits: str = "latn"  # latn arab arabext: the markers of ordered lists follow it


class SourceView(Struct, frozen=True):
    """A source as listed; `number` counts on this page, 0 where sources are not numbered."""

    id: str
    number: int
    title: Markup
    publisher: str
    date: Markup
    kind: str  # news agency official reference academic media other
    url: str  # outside URL or ""
    archived: str
    page: str  # its place on the sources page
    lang: str
    note: Markup
    via: LinkView | None
    locator: Markup
    mark: str = ""  # `number` in the digits of the page


class PositionView(Struct, frozen=True):
    by: LinkView
    says: Markup
    sources: tuple[SourceView, ...]


class FactView(Struct, frozen=True):
    id: str  # "" for a fact written in one article only
    url: str  # its page, or ""
    label: Markup
    value: Markup
    text: str  # the value as plain text
    type: str  # date percent quantity money party place person quote agreement event url text boolean unknown
    certainty: str  # confirmed reported disputed unknown
    status: str  # current superseded corrected retracted
    as_of: Markup
    basis: Markup
    subject: LinkView | None
    attribution: LinkView | None
    via: LinkView | None
    positions: tuple[PositionView, ...]
    sources: tuple[SourceView, ...]
    note: Markup
    duration: Markup
    superseded_by: LinkView | None
    featured: bool
    sensitive: bool
    used_in: Markup  # "3 صفحات", or empty


class MarkView(Struct, frozen=True):
    """A mark on a gauge."""

    x: float  # 0–100 from the low end
    value: Markup
    text: str  # the value as plain text, for SVG: numbers between U+2066 and U+2069
    label: Markup
    plain: str  # the label as plain text, for SVG
    kind: str  # fact or threshold
    bound: str  # exact about up_to at_least less_than more_than
    highlight: bool
    url: str
    as_of: Markup
    certainty: str
    row: int  # the line its words stand on, 0 nearest the axis


class GaugeView(Struct, frozen=True):
    """A scale with marks. `note` says what they are and, on a curated scale, that distances mean nothing."""

    id: str  # unique on the page
    label: Markup
    note: Markup
    proportional: bool  # False: positions are curated, only their order means something
    marks: tuple[MarkView, ...]  # from low to high


class TickView(Struct, frozen=True):
    x: float
    text: str


class MomentView(Struct, frozen=True):
    """One entry of a timeline."""

    date: Markup  # <time datetime>
    text: str  # the date as plain text
    year: str
    first_of_year: bool
    label: Markup  # without links where `url` is set
    plain: str  # the label as plain text
    url: str
    certainty: str
    status: str
    parties: tuple[LinkView, ...]
    sources: tuple[SourceView, ...]
    x: float  # 0–100 from the earliest; the theme mirrors it for RTL
    width: float  # of an interval, else 0
    row: int


class TimelineView(Struct, frozen=True):
    id: str
    title: Markup
    url: str  # of the whole timeline
    items: tuple[MomentView, ...]
    ticks: tuple[TickView, ...]
    years: tuple[str, ...]


class EntityView(Struct, frozen=True):
    """An entity as shown in a list, a card or a who's-who."""

    id: str
    url: str
    kind: str
    name: Markup
    short: Markup
    name_en: str
    summary: Markup
    role: Markup  # in this story, or in the file as a whole
    side: str
    during: Markup


class TermView(Struct, frozen=True):
    id: str
    url: str
    term: Markup
    term_en: str
    definition: Markup


class ArticleCardView(Struct, frozen=True):
    """An article as shown in a list."""

    url: str
    title: Markup
    short_title: Markup
    kind: str
    summary: Markup
    as_of: Markup
    updated: Markup
    published: Markup
    topics: tuple[LinkView, ...]
    ribbon: str


class MentionView(Struct, frozen=True):
    """A sentence of another page that refers to this one."""

    page: LinkView  # with the fragment of the nearest heading
    sentence: Markup


class QuestionView(Struct, frozen=True):
    question: Markup
    answer: Markup


class DisputeView(Struct, frozen=True):
    question: Markup
    fact: FactView | None
    note: Markup


class CorrectionView(Struct, frozen=True):
    date: Markup
    severity: str  # typo clarification correction retraction
    was: Markup
    now: Markup
    facts: tuple[LinkView, ...]
    page: LinkView | None  # where it was made, in lists


class ChangeView(Struct, frozen=True):
    date: Markup
    note: Markup
    page: LinkView | None


class QuoteView(Struct, frozen=True):
    text: Markup
    speaker: LinkView | None
    role: Markup
    original: Markup
    original_lang: str
    original_dir: str
    translation: str
    date: Markup
    sources: tuple[SourceView, ...]


class PictureView(Struct, frozen=True):
    url: str
    alt: str
    credit: Markup
    caption: Markup
    width: int
    height: int


class TocView(Struct, frozen=True):
    level: int
    id: str
    text: Markup


class BlockView(Struct, frozen=True):
    """What `blocks/<name>.html` gets as `block`; only the fields of its kind are filled."""

    name: str
    id: str
    title: Markup
    body: Markup = Markup("")
    items: tuple[Markup, ...] = ()
    facts: tuple[FactView, ...] = ()
    entities: tuple[EntityView, ...] = ()
    terms: tuple[TermView, ...] = ()
    questions: tuple[QuestionView, ...] = ()
    disputes: tuple[DisputeView, ...] = ()
    timeline: TimelineView | None = None
    gauge: GaugeView | None = None
    quote: QuoteView | None = None
    since: Markup = Markup("")
    dir: str = "rtl"  # of the page
    corrections: tuple[CorrectionView, ...] = ()


class ArticleView(Struct, frozen=True):
    card: ArticleCardView
    title: Markup
    kind: str
    summary: Markup
    answer: Markup
    why_it_matters: Markup
    as_of: Markup
    published: Markup
    updated: Markup
    authors: tuple[LinkView, ...]
    toc: tuple[TocView, ...]
    body: Markup
    facts: tuple[FactView, ...]
    known: tuple[Markup, ...]
    unknown: tuple[Markup, ...]
    disputed: tuple[DisputeView, ...]
    parties: tuple[EntityView, ...]
    people: tuple[EntityView, ...]
    questions: tuple[QuestionView, ...]
    terms: tuple[TermView, ...]  # that the text links to
    timeline: TimelineView | None
    sources: tuple[SourceView, ...]  # numbered by first appearance
    corrections: tuple[CorrectionView, ...]
    changes: tuple[ChangeView, ...]
    related: tuple[ArticleCardView, ...]
    backlinks: tuple[MentionView, ...]
    more_backlinks: Markup  # "وفي 12 موضعاً آخر", or empty
    picture: PictureView | None
    topics: tuple[LinkView, ...]
    withdrawn: bool


class PostView(Struct, frozen=True):
    role: Markup
    org: LinkView | None
    during: Markup


class EntityPageView(Struct, frozen=True):
    card: EntityView
    aliases: tuple[Markup, ...]
    wikidata: str  # URL
    body: Markup
    posts: tuple[PostView, ...]
    parties: tuple[EntityView, ...]  # of an event or agreement
    member_of: tuple[LinkView, ...]
    members: tuple[EntityView, ...]  # people and bodies that belong to it
    parent: LinkView | None
    date: Markup
    about: tuple[FactView, ...]  # it is their subject
    said: tuple[FactView, ...]  # it is their attribution
    all_facts: LinkView | None  # where there are more than `about` and `said` show
    timeline: TimelineView | None
    backlinks: tuple[MentionView, ...]
    more_backlinks: Markup  # "وفي 12 موضعاً آخر", or empty
    articles: tuple[ArticleCardView, ...]
    all_articles: LinkView | None  # where there are more of them
    sources: tuple[SourceView, ...]


class ContrastView(Struct, frozen=True):
    term: LinkView
    why: Markup


class TermPageView(Struct, frozen=True):
    card: TermView
    aliases: tuple[Markup, ...]
    body: Markup
    not_to_confuse: tuple[ContrastView, ...]
    backlinks: tuple[MentionView, ...]
    more_backlinks: Markup  # "وفي 12 موضعاً آخر", or empty
    sources: tuple[SourceView, ...]


class TopicPageView(Struct, frozen=True):
    id: str
    title: Markup
    summary: Markup
    state_of_play: Markup
    as_of: Markup
    body: Markup
    key_facts: tuple[FactView, ...]
    articles: tuple[ArticleCardView, ...]  # in reading order
    all_articles: LinkView | None  # where there are more of them
    changes: tuple[ChangeView, ...]
    timeline: TimelineView | None
    parties: tuple[EntityView, ...]
    open_questions: tuple[Markup, ...]
    terms: tuple[TermView, ...]
    sources: tuple[SourceView, ...]


class TimelinePageView(Struct, frozen=True):
    timeline: TimelineView
    filters: tuple[NavView, ...]  # whole, per topic, per party
    downloads: tuple[LinkView, ...] = ()


class FactPageView(Struct, frozen=True):
    fact: FactView
    value_long: Markup
    gauge: GaugeView | None
    history: tuple[FactView, ...]  # the chain this fact is part of, oldest first
    series: tuple[FactView, ...]  # same subject and property at other dates
    equivalent: LinkView | None
    mentions: tuple[MentionView, ...]
    more_mentions: Markup  # "وفي 12 موضعاً آخر", or empty
    sources: tuple[SourceView, ...]  # of this fact and of those beside it
    citation: Markup  # ready to copy
    report: str  # mailto: URL or ""


class GroupView(Struct, frozen=True):
    """A titled group in an index page."""

    id: str
    title: Markup
    url: str
    facts: tuple[FactView, ...] = ()
    entities: tuple[EntityView, ...] = ()
    terms: tuple[TermView, ...] = ()
    articles: tuple[ArticleCardView, ...] = ()
    sources: tuple[SourceView, ...] = ()


class IndexPageView(Struct, frozen=True):
    """Lists of articles, entities, terms, facts or sources."""

    title: str
    groups: tuple[GroupView, ...]
    count: Markup  # "64 حقيقة"
    sorts: tuple[NavView, ...]  # the same list in other orders (facts)
    downloads: tuple[LinkView, ...]


class HomeView(Struct, frozen=True):
    lead: ArticleCardView | None
    articles: tuple[ArticleCardView, ...]
    topics: tuple[TopicCardView, ...]
    all_topics: LinkView | None  # where there are more of them
    changes: tuple[ChangeView, ...]
    corrections: tuple[CorrectionView, ...]
    key_facts: tuple[FactView, ...]


class TopicCardView(Struct, frozen=True):
    url: str
    title: Markup
    summary: Markup
    as_of: Markup
    count: Markup  # "10 شروح"
