"""Knows how languages say how long ago something was: "3 days ago", "vor 3 Tagen", "3日前"."""

from __future__ import annotations

from app.parsing.alternation import any_of

_ENGLISH_UNIT = (
    r"(?:s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:(?:ee)?ks?)?"
    r"|mo(?:nth|n)?s?|y(?:(?:ea)?rs?)?)"
)
_UNITS = (
    "sekunde sekunden minute minuten stunde stunden std tag tage tagen woche wochen monat monate"
    " monaten jahr jahre jahren"  # German
    " seconde secondes minute minutes heure heures jour jours semaine semaines mois an ans"
    " segundo segundos minuto minutos hora horas día días dia dias semana semanas mes meses mês"
    " año años ano anos"
    " segon segons minut minuts hores dies setmana setmanes mesos any anys"  # Catalan
    " secundă secunde minut minute oră ore zi zile săptămână săptămâni lună luni an ani"
    " sekundou sekundami minutou minutami hodinou hodinami dnem dny týdnem týdny měsícem měsíci"
    " rokem lety roky"  # Czech
    " sekundami minútou minútami hodinou hodinami dňom dňami týždňom týždňami mesiacom mesiacmi"
    " rokom rokmi"  # Slovak
    " sekundi sekunde minutu minute minuta sata sati sat dan dana tjedan tjedna mjesec mjeseca"
    " mjeseci godinu godine godina"  # Croatian
    " секунди минута минути час часа ден дни седмица седмици месец месеца година години"
    " минут сат сати сата дан дана недеље недеља месеци године"  # Bulgarian, Serbian
    " δευτερόλεπτα λεπτό λεπτά ώρα ώρες ημέρα ημέρες μέρα μέρες εβδομάδα εβδομάδες μήνα μήνες"
    " χρόνο χρόνια έτος έτη"
    " ثانية ثوان ثوانٍ دقيقة دقائق ساعة ساعات يوم أيام يومًا أسبوع أسابيع أسبوعًا شهر أشهر شهرًا"
    " سنة سنوات"
    " שנייה שניות דקה דקות שעה שעות יום ימים שבוע שבועות חודש חודשים שנה שנים"
)
_ONE = r"(?:\d{1,4}|an?|one|two|three|a\sfew|einem|einer|une?|un[ao]|uma?|een|en|ett|et|μία|έναν?)"
_ABOUT = r"(?:(?:about|over|almost|etwa|ca\.?|environ|cerca\sde|circa|ongeveer|około|около)\s)?"
_PREFIXES = "vor,il y a,hace,há,fa,acum,před,pred,prije,преди,пре,πριν από,πριν,قبل,منذ,לפני"
_SUFFIXES = (
    "ago,fa,geleden,sedan,siden,sitten,temu,назад,тому,önce,ezelőtt,पहले,lalu,trước,atrás,پیش"
)
_CJK = (
    r"\d{1,4}\s?(?:秒|分鐘|分钟|分|小時|小时|個小時|个小时|時間|天|日|週間|週|周|個月|个月|か月"
    r"|ヶ月|カ月|年)\s?[之以]?前"
    r"|\d{1,4}\s?(?:초|분|시간|일|주|개월|달|년)\s?전"
)
_SEMITIC = (
    r"(?:قبل|منذ)\s(?:ثانيتين|دقيقتين|ساعتين|يومين|أسبوعين|شهرين|سنتين|ساعة|يوم|أسبوع|شهر|سنة)"
    r"(?:\sواحدة?)?|לפני\s(?:(?:שעה|יום|שבוע|חודש|שנה)(?:\s1|\sאח[דת])?"
    r"|שעתיים|יומיים|שבועיים|חודשיים|שנתיים)"
)
"""One or two of a unit, said without a number."""

_DAYS = (
    "yesterday,today,just now,gestern,heute,gerade eben,hier,aujourd’hui,aujourd'hui,à l’instant"
    ",à l'instant,ayer,hoy,ieri,oggi,ontem,hoje,gisteren,vandaag,igår,i går,idag,i dag,wczoraj"
    ",dzisiaj,dziś,včera,dnes,вчера,сегодня,вчора,сьогодні,χθες,σήμερα,dün,bugün,أمس,اليوم"
    ",אתמול,היום,昨天,今天,刚刚,剛剛,昨日,今日,어제,오늘"
)

ELAPSED = (
    rf"(?:{_ABOUT}{_ONE}\s?{_ENGLISH_UNIT}\s(?:\d{{1,2}}\s?{_ENGLISH_UNIT}\s)?ago"
    rf"|(?:(?:för|for)\s)?{_ABOUT}(?:{_ONE}\s?|un['’])[^\s\d]{{1,14}}(?:\s[^\s\d]{{1,8}})?\s"
    rf"{any_of(_SUFFIXES.split(','))}"
    rf"|{any_of(_PREFIXES.split(','))}\s{_ABOUT}{_ONE}\s{any_of(_UNITS.split())}\.?"
    rf"|(?:{_SEMITIC})(?!\w)"
    rf"|{_CJK}"
    rf"|\d{{1,3}}\s?(?:[smhdwy]|mo|hrs?|mins?|std\.?|tg\.?)"
    rf"|{any_of(_DAYS.split(','))})"
)
"""A stretch of time that lies between a comment and its reading, or the day itself."""

_DISTINCT = {"il y a": "y", "à l’instant": "l’instant", "à l'instant": "l'instant"}
ELAPSED_WORDS = frozenset(
    _DISTINCT.get(phrase, phrase.split()[-1])
    for phrase in f"{_DAYS},{_PREFIXES},{_SUFFIXES},πριν".split(",")
)
"""Without one of these, or figures, no time past is said; of a phrase its most telling word."""
