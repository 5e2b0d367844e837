"""Currencies as they are written in facts."""

from __future__ import annotations

from typing import Final

_CODES: Final = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN "
    "BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS "
    "GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW "
    "KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD "
    "NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD "
    "SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES "
    "VND VUV WST XAF XCD XDR XOF XPF YER ZAR ZMW "
)
ISO_4217: Final = frozenset(_CODES.split())
_NAMES: Final = {
    "USD": "دولار|دولارا|دولاراً|دولارات|دولار أميركي|دولار أمريكي|دولارا أميركيا|dollars|dollar|دلار|ڈالر|דולר",
    "EUR": "يورو|euro|euros|یورو",
    "GBP": "جنيه إسترليني|جنيهات إسترلينية|pounds sterling",
    "OMR": "ريال عماني|ريال عُماني|ريالات عمانية|ريالات عُمانية",
    "IRR": "ريال إيراني|ريالات إيرانية",
    "SAR": "ريال سعودي|ريالات سعودية",
    "QAR": "ريال قطري|ريالات قطرية",
    "YER": "ريال يمني|ريالات يمنية",
    "AED": "درهم إماراتي|دراهم إماراتية",
    "MAD": "درهم مغربي|دراهم مغربية",
    "KWD": "دينار كويتي|دنانير كويتية",
    "BHD": "دينار بحريني|دنانير بحرينية",
    "IQD": "دينار عراقي|دنانير عراقية",
    "JOD": "دينار أردني|دنانير أردنية",
    "TND": "دينار تونسي|دنانير تونسية",
    "DZD": "دينار جزائري|دنانير جزائرية",
    "LYD": "دينار ليبي|دنانير ليبية",
    "EGP": "جنيه مصري|جنيهات مصرية",
    "SDG": "جنيه سوداني|جنيهات سودانية",
    "LBP": "ليرة لبنانية|ليرات لبنانية",
    "SYP": "ليرة سورية|ليرات سورية",
    "TRY": "ليرة تركية|ليرات تركية",
    "RUB": "روبل|روبل روسي|روبلات",
    "CNY": "يوان|يوان صيني|يوانات",
    "JPY": "ين|ين ياباني",
    "INR": "روبية هندية|روبيات هندية",
}
_SYMBOLS: Final = {"$": "USD", "€": "EUR", "£": "GBP"}
_BY_NAME: Final = {name: code for code, names in _NAMES.items() for name in names.split("|")}
AMBIGUOUS: Final = frozenset(
    [
        "ريال",
        "ريالا",
        "ريالات",
        "درهم",
        "دراهم",
        "دينار",
        "دنانير",
        "جنيه",
        "جنيهات",
        "ليرة",
        "ليرات",
        "روبية",
        "روبيات",
    ]
)


def currency_code(words: str) -> str:
    """The ISO 4217 code of a currency by code, symbol or full name; "" when `words` name none, or more than one."""
    words = " ".join(words.split())
    if words.upper() in ISO_4217 and words.isupper():
        return words
    return _SYMBOLS.get(words) or _BY_NAME.get(words, "")
