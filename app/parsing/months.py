"""Names of months and weekdays in the languages that people write dates in, as patterns.

Tests compare them with what CLDR knows of the same languages.
"""

from __future__ import annotations

import re

from app.parsing.alternation import any_of

_MONTHS: dict[str, str] = {
    "English": (
        "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug"
        " september|sep|sept october|oct november|nov december|dec"
    ),
    "German": (
        "januar|jän|jänner februar|feber märz|mär|mrz april mai juni juli august september"
        " oktober|okt november dezember|dez"
    ),
    "French": (
        "janvier|janv février|févr|fév mars avril|avr mai juin juillet|juil août|aout septembre"
        " octobre novembre décembre|déc"
    ),
    "Spanish": (
        "enero|ene febrero marzo abril|abr mayo junio julio agosto|ago septiembre|setiembre"
        " octubre noviembre diciembre|dic"
    ),
    "Italian": (
        "gennaio|gen febbraio marzo aprile maggio|mag giugno|giu luglio|lug agosto settembre|set"
        " ottobre|ott novembre dicembre"
    ),
    "Portuguese": (
        "janeiro fevereiro|fev março abril maio|mai junho julho agosto setembro outubro|out"
        " novembro dezembro"
    ),
    "Dutch": (
        "januari februari maart|mrt april mei juni juli augustus september oktober november"
        " december"
    ),
    "Catalan": (
        "gener febrer|febr març abril maig juny juliol agost|ag setembre octubre novembre desembre"
    ),
    "Romanian": (
        "ianuarie|ian februarie martie aprilie mai iunie|iun iulie|iul august septembrie octombrie"
        " noiembrie decembrie"
    ),
    "Swedish": (
        "januari februari mars april maj juni juli augusti september oktober november december"
    ),
    "Danish and Norwegian": (
        "januar februar marts|mars april maj juni juli august september oktober november"
        " desember|des"
    ),
    "Finnish": (
        "tammikuuta|tammikuu|tammik|tammi helmikuuta|helmikuu|helmik|helmi"
        " maaliskuuta|maaliskuu|maalisk|maalis huhtikuuta|huhtikuu|huhtik|huhti"
        " toukokuuta|toukokuu|toukok|touko kesäkuuta|kesäkuu|kesäk|kesä"
        " heinäkuuta|heinäkuu|heinäk|heinä elokuuta|elokuu|elok|elo syyskuuta|syyskuu|syysk|syys"
        " lokakuuta|lokakuu|lokak|loka marraskuuta|marraskuu|marrask|marras"
        " joulukuuta|joulukuu|jouluk|joulu"
    ),
    "Polish": (
        "stycznia|styczeń|sty lutego|luty|lut marca|marzec kwietnia|kwiecień|kwi maja"
        " czerwca|czerwiec|cze lipca|lipiec|lip sierpnia|sierpień|sie września|wrzesień|wrz"
        " października|październik|paź listopada|listopad|lis grudnia|grudzień|gru"
    ),
    "Czech": (
        "ledna|leden|led února|únor|úno března|březen|bře dubna|duben|dub května|květen|kvě"
        " června|červen|čvn července|červenec|čvc srpna|srpen|srp září|zář října|říjen|říj"
        " listopadu|listopad prosince|prosinec|pro"
    ),
    "Slovak": (
        "januára|január februára|február marca|marec apríla|apríl mája|máj júna|jún júla|júl"
        " augusta septembra októbra|október novembra decembra"
    ),
    "Croatian": (
        "siječnja|siječanj|sij veljače|veljača|velj ožujka|ožujak|ožu travnja|travanj|tra"
        " svibnja|svibanj|svi lipnja|lipanj srpnja|srpanj kolovoza|kolovoz|kol rujna|rujan|ruj"
        " listopada studenoga|studeni|stu prosinca|prosinac"
    ),
    "Hungarian": (
        "január február|febr március|márc április|ápr május|máj június|jún július|júl augusztus"
        " szeptember|szept október november december"
    ),
    "Turkish": (
        "ocak|oca şubat|şub mart nisan|nis mayıs|may haziran|haz temmuz|tem ağustos|ağu"
        " eylül|eyl ekim|eki kasım|kas aralık|ara"
    ),
    "Indonesian": (
        "januari februari maret april mei juni juli agustus|agu september oktober november|nopember"
        " desember"
    ),
    "Russian": (
        "января|январь|янв февраля|февраль|февр|фев марта|март|мар апреля|апрель|апр мая|май"
        " июня|июнь|июн июля|июль|июл августа|август|авг сентября|сентябрь|сент|сен"
        " октября|октябрь|окт ноября|ноябрь|нояб|ноя декабря|декабрь|дек"
    ),
    "Ukrainian": (
        "січня|січень|січ лютого|лютий|лют березня|березень|бер квітня|квітень|квіт"
        " травня|травень|трав червня|червень|черв липня|липень|лип серпня|серпень|серп"
        " вересня|вересень|вер жовтня|жовтень|жовт листопада|листопад|лист грудня|грудень|груд"
    ),
    "Bulgarian and Serbian": (
        "януари|яну|јануар|јан февруари|фебруар|феб март април май|мај юни|јун юли|јул август"
        " септември|септембар|сеп октомври|октобар ноември|ное|новембар|нов декември|децембар|дец"
    ),
    "Greek": (
        "ιανουαρίου|ιανουάριος|ιαν φεβρουαρίου|φεβρουάριος|φεβ μαρτίου|μάρτιος|μάρ|μαρ"
        " απριλίου|απρίλιος|απρ μαΐου|μάιος|μάι|μαΐ ιουνίου|ιούνιος|ιουν|ιούν"
        " ιουλίου|ιούλιος|ιουλ|ιούλ αυγούστου|αύγουστος|αυγ|αύγ σεπτεμβρίου|σεπτέμβριος|σεπ"
        " οκτωβρίου|οκτώβριος|οκτ νοεμβρίου|νοέμβριος|νοέ|νοε δεκεμβρίου|δεκέμβριος|δεκ"
    ),
    "Arabic": (
        "يناير|كانون_الثاني|جانفي فبراير|شباط|فيفري مارس|آذار أبريل|ابريل|نيسان|أفريل مايو|أيار|ماي"
        " يونيو|حزيران|جوان يوليو|تموز|جويلية أغسطس|اغسطس|آب|أوت سبتمبر|أيلول"
        " أكتوبر|اكتوبر|تشرين_الأول نوفمبر|تشرين_الثاني ديسمبر|كانون_الأول"
    ),
    "Hebrew": (
        "ינואר|ינו׳ פברואר|פבר׳ מרץ אפריל|אפר׳ מאי יוני יולי אוגוסט|אוג׳ ספטמבר|ספט׳"
        " אוקטובר|אוק׳ נובמבר|נוב׳ דצמבר|דצמ׳"
    ),
    "Persian": (
        "ژانویهٔ|ژانویه فوریهٔ|فوریه مارس آوریل مهٔ|مه ژوئن ژوئیهٔ|ژوئیه اوت سپتامبر اکتبر"
        " نوامبر دسامبر"
    ),
    "Hindi": (
        "जनवरी|जन॰ फ़रवरी|फरवरी|फ़र॰ मार्च अप्रैल मई जून जुलाई|जुल॰ अगस्त|अग॰ सितंबर|सितम्बर|सित॰"
        " अक्टूबर|अक्तूबर|अक्टू॰ नवंबर|नवम्बर|नव॰ दिसंबर|दिसम्बर|दिस॰"
    ),
    "Vietnamese": " ".join(f"tháng_{number}|thg_{number}" for number in range(1, 13)),
}
"""Twelve months each, the forms of one parted by bars, a space within one written "_".

Where two languages give one word to different months ("listopad"), that of more speakers stands.
"""

_WEEKDAYS = (
    "monday mon tuesday tues tue wednesday wednes wed thursday thurs thur thu friday fri saturday"
    " satur sat sunday sun"
    " montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag"
    " lundi mardi mercredi jeudi vendredi samedi dimanche"
    " lunes martes miércoles jueves viernes sábado domingo"
    " lunedì martedì mercoledì giovedì venerdì sabato domenica"
    " segunda-feira terça-feira quarta-feira quinta-feira sexta-feira segunda terça quarta quinta"
    " sexta maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
    " dilluns dimarts dimecres dijous divendres dissabte diumenge"
    " luni marți miercuri joi vineri sâmbătă duminică"
    " måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag"
    " maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina maanantai"
    " tiistai keskiviikko torstai perjantai lauantai sunnuntai"
    " poniedziałek wtorek środa czwartek piątek sobota niedziela"
    " pondělí úterý středa čtvrtek pátek neděle pondelok utorok streda štvrtok piatok nedeľa"
    " ponedjeljak srijeda četvrtak petak subota nedjelja"
    " hétfő kedd szerda csütörtök péntek szombat vasárnap"
    " pazartesi salı çarşamba perşembe cuma cumartesi pazar"
    " senin selasa rabu kamis jumat sabtu minggu"
    " понедельник вторник среда четверг пятница суббота воскресенье понеділок вівторок четвер"
    " пʼятниця п'ятниця субота неділя вторник сряда четвъртък петък събота неделя понедељак уторак"
    " четвртак петак недеља"
    " δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή"
    " الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"
    " יום_ראשון יום_שני יום_שלישי יום_רביעי יום_חמישי יום_שישי יום_שבת שבת"
    " یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه"
    " रविवार सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार"
    " thứ_hai thứ_ba thứ_tư thứ_năm thứ_sáu thứ_bảy chủ_nhật"
)
_SHORT_WEEKDAYS = (
    "mo di mi do fr sa so"  # German
    " lun mar mer jeu ven sam dim mié mier jue vie sáb dom gio sab seg ter qua qui sex"
    " ma wo vr za zo"  # Dutch
    " mån tis ons tors tor fre lör man tirs lør søn"
    " pon wt śr czw pt niedz nie po út st čt pá pi št pzt sal çar per cum cmt paz"
    " пн вт ср чт пт сб вс нд"
    " δευ τρί τετ πέμ παρ σάβ κυρ"
)
"""Words by themselves, or parts of names; they count only with a full stop or comma behind.

Before a comma they must not go on from a word: "Ntate Sam, 3 May" is a name with a date.
"""


def _month_numbers() -> dict[str, int]:
    numbers: dict[str, int] = {}
    for months in _MONTHS.values():
        for number, forms in enumerate(months.split(), 1):
            for form in forms.replace("_", " ").split("|"):
                numbers.setdefault(form, number)
    return numbers


MONTH_NUMBER = _month_numbers()
"""The number of a month by its name in small letters."""

WEEKDAY = (
    rf"(?:{any_of(day.replace('_', ' ') for day in _WEEKDAYS.split())}"
    rf"|{any_of(_SHORT_WEEKDAYS.split())}(?=\.)"
    rf"|(?<![^\W\d_]\s){any_of(_SHORT_WEEKDAYS.split())}(?=,))"
)


def month_pattern(group: str = "") -> str:
    """Return a pattern for a month's name, held by `group` if one is given."""
    name = any_of(MONTH_NUMBER)
    named = f"(?P<{group}>{name})" if group else name
    return rf"(?<![^\W\d_])(?:d[’']|de\s+|ב)?{named}(?!\w)\.?"


def month_number(name: str) -> int | None:
    """Return the number of the month that `name` means in any of the languages."""
    return MONTH_NUMBER.get(re.sub(r"\s+", " ", name).lower())
