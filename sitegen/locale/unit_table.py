"""Units and counted things: how they are written by language, and the spellings recognised on input."""

from __future__ import annotations

from msgspec import Struct


class Unit(Struct, frozen=True):
    """A unit: Arabic forms are (one, two, 3-10, 11-99, other), Hebrew (one, two, other), English and Urdu (one, other).

    The forms for one and two in Arabic and Hebrew include the count. Persian does not inflect.
    """

    ar: tuple[str, str, str, str, str]
    en: tuple[str, str]
    fa: str
    ur: tuple[str, str]
    he: tuple[str, str, str]
    symbols: dict[str, str] = {}  # by language, where prose uses a symbol
    spellings: tuple[str, ...] = ()  # more words recognised, beyond all of the above


def _masculine(one: str, few: str) -> tuple[str, str, str, str, str]:
    """يوم -> يوم واحد، يومان، أيام، يوماً، يوم."""
    accusative = one if one.endswith("اء") else one + "اً"
    return (f"{one} واحد", f"{one}ان", few, accusative, one)


def _feminine(one: str, few: str) -> tuple[str, str, str, str, str]:
    """سنة -> سنة واحدة، سنتان، سنوات، سنةً، سنة; one ends in ة."""
    return (f"{one} واحدة", f"{one[:-1]}تان", few, one, one)


def _symbols(ar: str, en: str, he: str = "", fa: str = "", ur: str = "") -> dict[str, str]:
    return {"ar": ar, "en": en, "he": he or en, "fa": fa or ar, "ur": ur or en}


UNITS: dict[str, Unit] = {
    # -- weight, length, volume, power ------------------------------------------------------------
    "kg": Unit(
        _masculine("كيلوغرام", "كيلوغرامات"),
        ("kilogram", "kilograms"),
        "کیلوگرم",
        ("کلوگرام", "کلوگرام"),
        ("קילוגרם אחד", "שני קילוגרם", "קילוגרם"),
        _symbols("كغ", "kg", 'ק"ג', "کیلوگرم", "کلوگرام"),
        ("كلغ", "كجم", "كغم", "كيلو غرام", "كيلوجرام", "كيلو"),
    ),
    "g": Unit(
        _masculine("غرام", "غرامات"),
        ("gram", "grams"),
        "گرم",
        ("گرام", "گرام"),
        ("גרם אחד", "שני גרם", "גרם"),
        _symbols("غ", "g", "גרם", "گرم", "گرام"),
        ("جرام", "جم"),
    ),
    "mg": Unit(
        _masculine("ملليغرام", "ملليغرامات"),
        ("milligram", "milligrams"),
        "میلی‌گرم",
        ("ملی گرام", "ملی گرام"),
        ("מיליגרם אחד", "שני מיליגרם", "מיליגרם"),
        _symbols("ملغ", "mg", 'מ"ג', "میلی‌گرم", "ملی گرام"),
        ("مليغرام", "ملجم"),
    ),
    "t": Unit(
        _masculine("طن", "أطنان"),
        ("tonne", "tonnes"),
        "تن",
        ("ٹن", "ٹن"),
        ("טון אחד", "שני טון", "טון"),
        spellings=("ton", "tons", "أطنان"),
    ),
    "km": Unit(
        _masculine("كيلومتر", "كيلومترات"),
        ("kilometre", "kilometres"),
        "کیلومتر",
        ("کلومیٹر", "کلومیٹر"),
        ("קילומטר אחד", "שני קילומטרים", "קילומטרים"),
        _symbols("كم", "km", 'ק"מ', "کیلومتر", "کلومیٹر"),
        ("كيلو متر", "kilometer", "kilometers"),
    ),
    "m": Unit(
        _masculine("متر", "أمتار"),
        ("metre", "metres"),
        "متر",
        ("میٹر", "میٹر"),
        ("מטר אחד", "שני מטרים", "מטרים"),
        _symbols("م", "m", "מ׳", "متر", "میٹر"),
        ("meter", "meters"),
    ),
    "cm": Unit(
        _masculine("سنتيمتر", "سنتيمترات"),
        ("centimetre", "centimetres"),
        "سانتی‌متر",
        ("سینٹی میٹر", "سینٹی میٹر"),
        ("סנטימטר אחד", "שני סנטימטרים", "סנטימטרים"),
        _symbols("سم", "cm", 'ס"מ', "سانتی‌متر", "سینٹی میٹر"),
    ),
    "mile": Unit(
        _masculine("ميل", "أميال"),
        ("mile", "miles"),
        "مایل",
        ("میل", "میل"),
        ("מייל אחד", "שני מיילים", "מיילים"),
    ),
    "l": Unit(
        _masculine("لتر", "لترات"),
        ("litre", "litres"),
        "لیتر",
        ("لیٹر", "لیٹر"),
        ("ליטר אחד", "שני ליטרים", "ליטרים"),
        spellings=("liter", "ليتر", "ليترات"),
    ),
    "barrel": Unit(
        _masculine("برميل", "براميل"),
        ("barrel", "barrels"),
        "بشکه",
        ("بیرل", "بیرل"),
        ("חבית אחת", "שתי חביות", "חביות"),
    ),
    "mw": Unit(
        ("ميغاواط واحد", "ميغاواطان", "ميغاواط", "ميغاواط", "ميغاواط"),
        ("megawatt", "megawatts"),
        "مگاوات",
        ("میگا واٹ", "میگا واٹ"),
        ("מגוואט אחד", "שני מגוואט", "מגוואט"),
        spellings=("MW", "ميجاوات", "ميغاوات"),
    ),
    # -- time -------------------------------------------------------------------------------------
    "second": Unit(
        _feminine("ثانية", "ثوانٍ"),
        ("second", "seconds"),
        "ثانیه",
        ("سیکنڈ", "سیکنڈ"),
        ("שנייה אחת", "שתי שניות", "שניות"),
        spellings=("ثواني", "ثوان"),
    ),
    "minute": Unit(
        _feminine("دقيقة", "دقائق"),
        ("minute", "minutes"),
        "دقیقه",
        ("منٹ", "منٹ"),
        ("דקה אחת", "שתי דקות", "דקות"),
        spellings=("min",),
    ),
    "hour": Unit(
        _feminine("ساعة", "ساعات"),
        ("hour", "hours"),
        "ساعت",
        ("گھنٹہ", "گھنٹے"),
        ("שעה אחת", "שעתיים", "שעות"),
    ),
    "day": Unit(
        _masculine("يوم", "أيام"), ("day", "days"), "روز", ("دن", "دن"), ("יום אחד", "יומיים", "ימים")
    ),
    "week": Unit(
        _masculine("أسبوع", "أسابيع"),
        ("week", "weeks"),
        "هفته",
        ("ہفتہ", "ہفتے"),
        ("שבוע אחד", "שבועיים", "שבועות"),
    ),
    "month": Unit(
        _masculine("شهر", "أشهر"),
        ("month", "months"),
        "ماه",
        ("مہینہ", "مہینے"),
        ("חודש אחד", "חודשיים", "חודשים"),
        spellings=("شهور",),
    ),
    "year": Unit(
        _feminine("سنة", "سنوات"),
        ("year", "years"),
        "سال",
        ("سال", "سال"),
        ("שנה אחת", "שנתיים", "שנים"),
        spellings=("سنين", "عام", "عاما", "أعوام", "عامان", "عامين"),
    ),
    # -- things counted ---------------------------------------------------------------------------
    "person": Unit(
        _masculine("شخص", "أشخاص"),
        ("person", "people"),
        "نفر",
        ("شخص", "افراد"),
        ("אדם אחד", "שני אנשים", "אנשים"),
        spellings=("persons",),
    ),
    "prisoner": Unit(
        _masculine("سجين", "سجناء"),
        ("prisoner", "prisoners"),
        "زندانی",
        ("قیدی", "قیدی"),
        ("אסיר אחד", "שני אסירים", "אסירים"),
    ),
    "inspector": Unit(
        _masculine("مفتش", "مفتشين"),
        ("inspector", "inspectors"),
        "بازرس",
        ("معائنہ کار", "معائنہ کار"),
        ("פקח אחד", "שני פקחים", "פקחים"),
        spellings=("مفتشون",),
    ),
    "site": Unit(
        _masculine("موقع", "مواقع"),
        ("site", "sites"),
        "سایت",
        ("مقام", "مقامات"),
        ("אתר אחד", "שני אתרים", "אתרים"),
    ),
    "facility": Unit(
        _feminine("منشأة", "منشآت"),
        ("facility", "facilities"),
        "تأسیسات",
        ("تنصیب", "تنصیبات"),
        ("מתקן אחד", "שני מתקנים", "מתקנים"),
    ),
    "source": Unit(
        _masculine("مصدر", "مصادر"),
        ("source", "sources"),
        "منبع",
        ("ذریعہ", "ذرائع"),
        ("מקור אחד", "שני מקורות", "מקורות"),
    ),
    "device": Unit(
        _masculine("جهاز", "أجهزة"),
        ("device", "devices"),
        "دستگاه",
        ("آلہ", "آلات"),
        ("מכשיר אחד", "שני מכשירים", "מכשירים"),
    ),
    "centrifuge": Unit(
        ("جهاز طرد واحد", "جهازا طرد", "أجهزة طرد", "جهاز طرد", "جهاز طرد"),
        ("centrifuge", "centrifuges"),
        "سانتریفیوژ",
        ("سینٹری فیوج", "سینٹری فیوج"),
        ("צנטריפוגה אחת", "שתי צנטריפוגות", "צנטריפוגות"),
        spellings=("جهاز طرد مركزي", "أجهزة طرد مركزي"),
    ),
    "cascade": Unit(
        _feminine("سلسلة", "سلاسل"),
        ("cascade", "cascades"),
        "آبشار",
        ("سلسلہ", "سلسلے"),
        ("אשד אחד", "שני אשדים", "אשדים"),
    ),
    "reactor": Unit(
        _masculine("مفاعل", "مفاعلات"),
        ("reactor", "reactors"),
        "راکتور",
        ("ری ایکٹر", "ری ایکٹر"),
        ("כור אחד", "שני כורים", "כורים"),
    ),
    "round": Unit(
        _feminine("جولة", "جولات"),
        ("round", "rounds"),
        "دور",
        ("دور", "ادوار"),
        ("סבב אחד", "שני סבבים", "סבבים"),
    ),
    "session": Unit(
        _feminine("جلسة", "جلسات"),
        ("session", "sessions"),
        "نشست",
        ("اجلاس", "اجلاس"),
        ("ישיבה אחת", "שתי ישיבות", "ישיבות"),
    ),
    "meeting": Unit(
        _masculine("اجتماع", "اجتماعات"),
        ("meeting", "meetings"),
        "دیدار",
        ("ملاقات", "ملاقاتیں"),
        ("פגישה אחת", "שתי פגישות", "פגישות"),
    ),
    "state": Unit(
        _feminine("دولة", "دول"),
        ("state", "states"),
        "کشور",
        ("ریاست", "ریاستیں"),
        ("מדינה אחת", "שתי מדינות", "מדינות"),
        spellings=("country", "countries", "بلد", "بلدان"),
    ),
    "party": Unit(
        _masculine("طرف", "أطراف"),
        ("party", "parties"),
        "طرف",
        ("فریق", "فریق"),
        ("צד אחד", "שני צדדים", "צדדים"),
    ),
    "vote": Unit(
        _masculine("صوت", "أصوات"),
        ("vote", "votes"),
        "رأی",
        ("ووٹ", "ووٹ"),
        ("קול אחד", "שני קולות", "קולות"),
    ),
    "report": Unit(
        _masculine("تقرير", "تقارير"),
        ("report", "reports"),
        "گزارش",
        ("رپورٹ", "رپورٹیں"),
        ('דו"ח אחד', "שני דוחות", "דוחות"),
    ),
    "missile": Unit(
        _masculine("صاروخ", "صواريخ"),
        ("missile", "missiles"),
        "موشک",
        ("میزائل", "میزائل"),
        ("טיל אחד", "שני טילים", "טילים"),
    ),
    "time": Unit(
        _feminine("مرة", "مرات"),
        ("time", "times"),
        "بار",
        ("بار", "بار"),
        ("פעם אחת", "פעמיים", "פעמים"),
    ),
}
