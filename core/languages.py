"""Languages that people speak or read here. Codes: ISO 639, BCP 47 where a script matters."""

from enum import StrEnum


class Language(StrEnum):
    """A language. The first eleven are those that the pages and posters are written in."""

    ENGLISH = "en"
    POLISH = "pl"
    ROMANIAN = "ro"
    PUNJABI = "pa"
    BENGALI = "bn"
    URDU = "ur"
    ARABIC = "ar"
    PERSIAN = "fa"
    CHINESE = "zh-Hans"
    SOMALI = "so"
    UKRAINIAN = "uk"
    BULGARIAN = "bg"
    CANTONESE = "yue"
    DARI = "prs"
    FRENCH = "fr"
    GREEK = "el"
    GUJARATI = "gu"
    HINDI = "hi"
    HUNGARIAN = "hu"
    ITALIAN = "it"
    KURDISH = "ckb"
    LATVIAN = "lv"
    LITHUANIAN = "lt"
    MALAYALAM = "ml"
    PASHTO = "ps"
    PORTUGUESE = "pt"
    RUSSIAN = "ru"
    SIGN = "bfi"
    SPANISH = "es"
    SWAHILI = "sw"
    TAGALOG = "tl"
    TAMIL = "ta"
    TIGRINYA = "ti"
    TURKISH = "tr"
    VIETNAMESE = "vi"

    @property
    def english(self) -> str:
        """The language's name in English."""
        return _NAMES[self][0]

    @property
    def own(self) -> str:
        """The language's name in itself."""
        return _NAMES[self][1]

    @property
    def is_right_to_left(self) -> bool:
        """Whether it is written from the right."""
        return self in _RIGHT_TO_LEFT


WRITTEN = tuple(Language)[:11]
"""What is told and printed in every installation."""

_NAMES = {
    Language.ENGLISH: ("English", "English"),
    Language.POLISH: ("Polish", "Polski"),
    Language.ROMANIAN: ("Romanian", "Română"),
    Language.PUNJABI: ("Punjabi", "ਪੰਜਾਬੀ"),
    Language.BENGALI: ("Bengali", "বাংলা"),
    Language.URDU: ("Urdu", "اردو"),
    Language.ARABIC: ("Arabic", "العربية"),
    Language.PERSIAN: ("Persian", "فارسی"),
    Language.CHINESE: ("Chinese (Simplified)", "简体中文"),
    Language.SOMALI: ("Somali", "Soomaali"),
    Language.UKRAINIAN: ("Ukrainian", "Українська"),
    Language.BULGARIAN: ("Bulgarian", "Български"),
    Language.CANTONESE: ("Cantonese", "廣東話"),
    Language.DARI: ("Dari", "دری"),
    Language.FRENCH: ("French", "Français"),
    Language.GREEK: ("Greek", "Ελληνικά"),
    Language.GUJARATI: ("Gujarati", "ગુજરાતી"),
    Language.HINDI: ("Hindi", "हिन्दी"),
    Language.HUNGARIAN: ("Hungarian", "Magyar"),
    Language.ITALIAN: ("Italian", "Italiano"),
    Language.KURDISH: ("Kurdish (Sorani)", "کوردی"),
    Language.LATVIAN: ("Latvian", "Latviešu"),
    Language.LITHUANIAN: ("Lithuanian", "Lietuvių"),
    Language.MALAYALAM: ("Malayalam", "മലയാളം"),
    Language.PASHTO: ("Pashto", "پښتو"),
    Language.PORTUGUESE: ("Portuguese", "Português"),
    Language.RUSSIAN: ("Russian", "Русский"),
    Language.SIGN: ("British Sign Language", "British Sign Language"),
    Language.SPANISH: ("Spanish", "Español"),
    Language.SWAHILI: ("Swahili", "Kiswahili"),
    Language.TAGALOG: ("Tagalog", "Tagalog"),
    Language.TAMIL: ("Tamil", "தமிழ்"),
    Language.TIGRINYA: ("Tigrinya", "ትግርኛ"),
    Language.TURKISH: ("Turkish", "Türkçe"),
    Language.VIETNAMESE: ("Vietnamese", "Tiếng Việt"),
}
_RIGHT_TO_LEFT = frozenset(
    {Language.URDU, Language.ARABIC, Language.PERSIAN, Language.DARI, Language.KURDISH, Language.PASHTO}
)
