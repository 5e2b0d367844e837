"""A made-up site of `count` explainers, the same for every generator and on every machine.

An article depends on the seed, the size of the site and its own number alone, so it can be made without the others.
The pools of entities, topics, sources and shared facts grow with the site: a page that lists articles lists about as
many whatever the size, and the work of a page stays the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random

NOUNS = [
    "الاتفاق",
    "المفاعل",
    "الوقود",
    "التخصيب",
    "الوكالة",
    "التفتيش",
    "المنشأة",
    "المجلس",
    "القرار",
    "العقوبات",
    "الحكومة",
    "الوزارة",
    "المفاوضات",
    "الوفد",
    "الجولة",
    "البيان",
    "التقرير",
    "الخبراء",
    "المراقبون",
    "الدولة",
    "المنطقة",
    "الأزمة",
    "الاقتصاد",
    "النفط",
    "الطاقة",
    "السوق",
    "الشركة",
    "المصرف",
    "القانون",
    "المحكمة",
    "المعاهدة",
    "الملحق",
    "الموقع",
    "الميناء",
    "الحدود",
    "السكان",
    "المدينة",
    "الجامعة",
    "الباحثون",
    "الصحيفة",
    "الوثيقة",
    "الرسالة",
    "المبادرة",
    "الخطة",
    "المرحلة",
    "الشروط",
    "الضمانات",
    "الخلاف",
    "التسوية",
    "الهدنة",
    "الأمن",
    "الدفاع",
    "الرئيس",
    "الوزير",
    "السفير",
    "المندوب",
    "الوسيط",
    "الطرف",
    "التحالف",
    "المنظمة",
    "اللجنة",
    "المؤتمر",
    "القمة",
    "الاجتماع",
    "اللقاء",
    "الحوار",
    "الانتخابات",
    "البرلمان",
    "الحزب",
    "المجتمع",
    "الصحة",
    "التعليم",
    "المناخ",
    "المياه",
    "الزراعة",
    "الغذاء",
    "التجارة",
    "الاستثمار",
    "الموازنة",
    "الضريبة",
    "العملة",
    "الهجرة",
    "الإغاثة",
    "التمويل",
    "الصناعة",
    "النقل",
    "الجسر",
    "السد",
    "المستشفى",
    "المدرسة",
    "المكتبة",
    "المتحف",
    "الأرشيف",
    "الخريطة",
    "القياس",
    "العينة",
    "المختبر",
    "المخزون",
]
VERBS = [
    "أعلن",
    "أكد",
    "نفى",
    "رفض",
    "وافق",
    "وقّع",
    "ناقش",
    "بحث",
    "درس",
    "راجع",
    "سجّل",
    "بلغ",
    "ارتفع",
    "انخفض",
    "تراجع",
    "تجاوز",
    "حدّد",
    "وضع",
    "نشر",
    "أرسل",
    "تسلّم",
    "استأنف",
    "علّق",
    "أوقف",
    "فرض",
    "رفع",
    "خفّف",
    "مدّد",
    "أنهى",
    "بدأ",
    "واصل",
    "قدّم",
    "طلب",
    "اشترط",
    "اقترح",
    "حذّر",
    "دعا",
    "شدّد",
    "أشار",
    "أوضح",
    "ذكر",
    "كشف",
    "رصد",
    "قاس",
    "حلّل",
    "جمع",
    "وزّع",
]
ADJECTIVES = [
    "الجديد",
    "السابق",
    "الأول",
    "الثاني",
    "الثالث",
    "المشترك",
    "الدولي",
    "الإقليمي",
    "المحلي",
    "السلمي",
    "المدني",
    "السياسي",
    "الاقتصادي",
    "القانوني",
    "الفني",
    "العلمي",
    "الرسمي",
    "العلني",
    "المؤقت",
    "الدائم",
    "الجزئي",
    "الكامل",
    "الشامل",
    "المحدود",
    "الواسع",
    "الكبير",
    "الصغير",
    "المتوسط",
    "الطويل",
    "القصير",
    "السريع",
    "البطيء",
    "المهم",
    "الرئيسي",
]
LINKS = [
    "في",
    "من",
    "إلى",
    "على",
    "عن",
    "مع",
    "بعد",
    "قبل",
    "خلال",
    "حول",
    "ضد",
    "بين",
    "عند",
    "حتى",
    "لأن",
    "لكن",
    "كما",
    "بينما",
    "حيث",
    "بسبب",
    "رغم",
    "وفق",
    "نحو",
    "تحت",
    "فوق",
    "أمام",
    "وراء",
    "دون",
    "ضمن",
    "عبر",
]
WORDS = NOUNS * 2 + [f"و{it}" for it in NOUNS] + VERBS * 2 + ADJECTIVES * 2 + LINKS * 3

BODIES = ("وكالة", "حكومة", "منظمة", "اتحاد", "هيئة", "وزارة", "شركة", "لجنة", "مجلس", "مركز")
PLACES = [
    "طهران",
    "واشنطن",
    "بروكسل",
    "فيينا",
    "جنيف",
    "لندن",
    "باريس",
    "برلين",
    "موسكو",
    "بكين",
    "الرياض",
    "القاهرة",
    "بغداد",
    "دمشق",
    "بيروت",
    "الدوحة",
    "مسقط",
    "الكويت",
    "المنامة",
    "صنعاء",
    "الخرطوم",
    "طرابلس",
    "تونس",
    "الجزائر",
    "الرباط",
    "أنقرة",
    "روما",
    "مدريد",
    "أثينا",
    "أوسلو",
]
DATE_LABELS = ("تاريخ التوقيع", "تاريخ التنفيذ", "تاريخ الانسحاب", "موعد المراجعة", "تاريخ الإعلان")
PERCENT_LABELS = ("نسبة التخصيب", "نسبة الالتزام", "حصة السوق", "معدل التضخم", "نسبة المخزون", "نسبة التصويت")
PARTY_LABELS = ("الطرف الموقّع", "الوسيط", "الجهة المنفّذة", "جهة الرقابة", "الطرف المعترض")
TEXT_LABELS = ("المكان", "الوضع المعلن", "الإطار القانوني", "المدة")
FIRST_DAY = date(2012, 1, 1)


@dataclass(frozen=True)
class Named:
    """An entity or a topic."""

    id: str
    name: str
    summary: str


@dataclass(frozen=True)
class Source:
    """A publication that articles cite."""

    id: str
    title: str
    publisher: str
    date: str


@dataclass(frozen=True)
class Fact:
    """A labelled value; `type` is date, percent, party (an entity's id) or text. Only shared ones have an id."""

    label: str
    type: str
    value: str
    id: str = ""
    subject: str = ""
    source: str = ""


@dataclass(frozen=True)
class Mark:
    """A reference in a text: an `entity`, `article`, `fact` or `source` by its id, shown as `words`."""

    kind: str
    id: str
    words: str


Text = tuple["str | Mark", ...]


@dataclass(frozen=True)
class Block:
    """A piece of a body: heading2, heading3, paragraph, bullets, numbers, quote, or table (rows of cells)."""

    kind: str
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Article:
    """An explainer; `shared` are ids of facts of the registry, `cited` ids of sources."""

    id: str
    title: str
    date: str
    summary: str
    answer: str
    facts: tuple[Fact, ...]
    shared: tuple[str, ...]
    parties: tuple[str, ...]
    topics: tuple[str, ...]
    cited: tuple[str, ...]
    body: tuple[Block, ...]


def article_id(number: int) -> str:
    """The id of an article by its number."""
    return f"art-{number:06d}"


class Corpus:
    """The site with `count` articles that grows from `seed`."""

    def __init__(self, count: int, seed: int = 1) -> None:
        self.count = count
        self.seed = seed

    @cached_property
    def entities(self) -> tuple[Named, ...]:
        """The parties of the stories: one for every twenty articles."""
        random = Random(f"{self.seed} {self.count} entities")
        named = []
        for number in range(max(12, self.count // 20)):
            name = f"{BODIES[number % len(BODIES)]} {PLACES[number // len(BODIES) % len(PLACES)]}"
            again = number // (len(BODIES) * len(PLACES))
            name += f" {random.choice(ADJECTIVES)} {number}" if again else ""
            named.append(Named(f"e-{number:05d}", name, _sentence(random, 12)))
        return tuple(named)

    @cached_property
    def topics(self) -> tuple[Named, ...]:
        """One for every twenty-five articles."""
        random = Random(f"{self.seed} {self.count} topics")
        return tuple(
            Named(
                f"t-{n:05d}", f"{random.choice(NOUNS)} {random.choice(ADJECTIVES)} {n}", _sentence(random, 12)
            )
            for n in range(max(12, self.count // 25))
        )

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """One for every ten articles."""
        random = Random(f"{self.seed} {self.count} sources")
        return tuple(
            Source(f"s-{n:05d}", _words(random, 7), f"صحيفة {random.choice(PLACES)}", _day(random, 4000))
            for n in range(max(12, self.count // 10))
        )

    @cached_property
    def shared(self) -> tuple[Fact, ...]:
        """The registry: one fact for every twenty articles, each shown by about forty."""
        random = Random(f"{self.seed} {self.count} shared")
        found = []
        for number in range(max(12, self.count // 20)):
            kind = random.choice(("date", "percent", "text"))
            label, value = _worth(random, kind)
            subject, source = random.choice(self.entities).id, random.choice(self.sources).id
            found.append(Fact(f"{label} رقم {number}", kind, value, f"f-{number:05d}", subject, source))
        return tuple(found)

    def article(self, number: int) -> Article:
        """The article with that number, 600 to 900 words long."""
        random = Random(f"{self.seed} {self.count} {number}")
        parties = tuple(random.sample(self.entities, random.randint(3, 6)))
        shared = tuple(random.sample(self.shared, 2))
        cited = tuple(random.sample(self.sources, 3))
        return Article(
            id=article_id(number),
            title=_words(random, 6),
            date=_day(random, 4900),
            summary=_sentence(random, 22),
            answer=_sentence(random, 18),
            facts=tuple(_own_fact(random, parties) for _ in range(random.randint(4, 8))),
            shared=tuple(it.id for it in shared),
            parties=tuple(it.id for it in parties),
            topics=tuple(it.id for it in random.sample(self.topics, random.randint(2, 3))),
            cited=tuple(it.id for it in cited),
            body=tuple(self._body(random, parties, shared, cited)),
        )

    def _body(
        self, random: Random, parties: tuple[Named, ...], shared: tuple[Fact, ...], cited: tuple[Source, ...]
    ) -> list[Block]:
        others = [
            Mark("article", article_id(random.randrange(self.count)), _words(random, 3)) for _ in range(3)
        ]
        named = [Mark("entity", it.id, it.name) for it in (*parties[:3], random.choice(parties))]
        said = [Mark("fact", it.id, it.label) for it in shared]
        notes = [Mark("source", it.id, "") for it in cited]
        blocks = [_paragraph(random, 5, named[0], others[0], notes[0])]
        blocks += [_heading(random, 2), _paragraph(random, 5, named[1], said[0])]
        blocks += [_paragraph(random, 4, named[2], others[1], notes[1])]
        blocks += [_heading(random, 2), _paragraph(random, 4), _list(random, "bullets")]
        blocks += [Block("quote", (_sentences(random, 2),))]
        blocks += [_heading(random, 3), _paragraph(random, 5, said[1])]
        if random.random() < 0.4:
            blocks.append(_table(random))
        blocks += [_heading(random, 2), _paragraph(random, random.randint(4, 8), others[2], notes[2])]
        blocks += [_list(random, "numbers"), _paragraph(random, random.randint(3, 7), named[3])]
        return blocks


def _words(random: Random, count: int) -> str:
    return " ".join(random.choices(WORDS, k=count))


def _sentence(random: Random, count: int) -> str:
    return _words(random, count) + "."


def _day(random: Random, within: int) -> str:
    return (FIRST_DAY + timedelta(days=random.randrange(within))).isoformat()


def _worth(random: Random, kind: str) -> tuple[str, str]:
    match kind:
        case "date":
            return random.choice(DATE_LABELS), _day(random, 4500)
        case "percent":
            return random.choice(PERCENT_LABELS), f"{random.uniform(0.3, 90):.2f}%"
        case _:
            return random.choice(TEXT_LABELS), _words(random, 3)


def _own_fact(random: Random, parties: tuple[Named, ...]) -> Fact:
    kind = random.choices(("date", "percent", "party", "text"), (4, 4, 3, 1))[0]
    if kind == "party":
        return Fact(random.choice(PARTY_LABELS), kind, random.choice(parties).id)
    label, value = _worth(random, kind)
    return Fact(label, kind, value)


def _sentences(random: Random, count: int, *marks: Mark) -> Text:
    """Sentences with emphasis, numbers, code and commas here and there, and each mark in one of them."""
    sentences: list[list[str | Mark]] = []
    for _ in range(count):
        words: list[str | Mark] = list(random.choices(WORDS, k=random.randint(9, 20)))
        extra = [
            (0.25, f"**{_words(random, 2)}**"),
            (0.12, f"*{random.choice(NOUNS)}*"),
            (0.10, f"{random.randint(1, 97)}.{random.randint(0, 9)}%"),
            (0.05, "`UF6`"),
        ]
        for chance, piece in extra:
            if random.random() < chance:
                words.insert(random.randrange(len(words)), piece)
        if random.random() < 0.25:
            words.insert(len(words) // 2, f"{random.choice(NOUNS)}،")
        sentences.append(words)
    for mark in marks:
        words = random.choice(sentences)
        words.insert(random.randrange(1, len(words)), mark)
    return tuple(piece for words in sentences for piece in _spaced(words))


def _spaced(words: list[str | Mark]) -> list[str | Mark]:
    """A sentence as runs of text between its marks, with its full stop and a space after it."""
    pieces: list[str | Mark] = []
    run: list[str] = []
    for word in words:
        if isinstance(word, str):
            run.append(word + " ")
        else:
            pieces += ["".join(run), word, " "]
            run = []
    return [*pieces, "".join(run).rstrip() + ". "]


def _paragraph(random: Random, count: int, *marks: Mark) -> Block:
    return Block("paragraph", (_sentences(random, count, *marks),))


def _heading(random: Random, level: int) -> Block:
    return Block(f"heading{level}", ((_words(random, random.randint(3, 5)),),))


def _list(random: Random, kind: str) -> Block:
    return Block(kind, tuple(_sentences(random, 1) for _ in range(random.randint(3, 5))))


def _table(random: Random) -> Block:
    rows = [tuple(random.sample(NOUNS, 3))]
    rows += [
        (_words(random, 2), str(random.randint(1990, 2025)), f"{random.uniform(0, 60):.2f}%")
        for _ in range(random.randint(3, 7))
    ]
    return Block("table", tuple((" | ".join(row),) for row in rows))
