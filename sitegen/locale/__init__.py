"""How a language writes numbers, dates, quantities and lists, as isolated HTML and as isolated plain text.

Each formatter comes twice: `percent(...)` gives `Markup` with `<bdi>` (and `<data>` or `<time>`), `percent_text(...)` the
same words with U+2066–U+2069 for places without markup. Values are primitives; `sitegen.core.formatting` adapts facts.
"""

from sitegen.locale.dates import DateStyle as DateStyle
from sitegen.locale.dates import Moment as Moment
from sitegen.locale.dates import bare_date as bare_date
from sitegen.locale.dates import date as date
from sitegen.locale.dates import date_text as date_text
from sitegen.locale.dates import interval as interval
from sitegen.locale.dates import interval_text as interval_text
from sitegen.locale.dates import month_names as month_names
from sitegen.locale.dates import stamp as stamp
from sitegen.locale.hijri import HijriError as HijriError
from sitegen.locale.hijri import hijri as hijri
from sitegen.locale.hijri import hijri_text as hijri_text
from sitegen.locale.isolates import html as html
from sitegen.locale.isolates import ltr as ltr
from sitegen.locale.isolates import rtl as rtl
from sitegen.locale.lists import listing as listing
from sitegen.locale.lists import listing_text as listing_text
from sitegen.locale.money import money as money
from sitegen.locale.money import money_text as money_text
from sitegen.locale.numbers import bare_number as bare_number
from sitegen.locale.numbers import number as number
from sitegen.locale.numbers import number_text as number_text
from sitegen.locale.numbers import percent as percent
from sitegen.locale.numbers import percent_text as percent_text
from sitegen.locale.prose import prose as prose
from sitegen.locale.prose import prose_html as prose_html
from sitegen.locale.tags import DigitChoice as DigitChoice
from sitegen.locale.tags import Locale as Locale
from sitegen.locale.tags import Months as Months
from sitegen.locale.tags import PercentSide as PercentSide
from sitegen.locale.tags import UnknownLocaleError as UnknownLocaleError
from sitegen.locale.tags import get_locale as get_locale
from sitegen.locale.units import UnitForm as UnitForm
from sitegen.locale.units import counted as counted
from sitegen.locale.units import counted_text as counted_text
from sitegen.locale.units import duration as duration
from sitegen.locale.units import duration_text as duration_text
from sitegen.locale.units import plural as plural
from sitegen.locale.units import plural_category as plural_category
from sitegen.locale.units import quantity as quantity
from sitegen.locale.units import quantity_text as quantity_text
from sitegen.locale.units import unit_id as unit_id
from sitegen.locale.units import unit_names as unit_names
from sitegen.locale.words import Bound as Bound
from sitegen.locale.words import Words as Words
from sitegen.locale.words import bounded as bounded
from sitegen.locale.words import words as words
