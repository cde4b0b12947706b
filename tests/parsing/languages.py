"""How sites in many languages lay out their comments: headings, headers, buttons, what follows.

Dates and "3 days ago" are written by babel, which knows them from CLDR.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from babel.dates import format_date, format_timedelta

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.parsing.renderings import Post

START = datetime(2014, 3, 14, 9, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Phrases:
    """What one language says; NAME, DATE, TIME and OTHER stand for what changes."""

    locale: str
    heading: str
    says: str
    wrote: str
    mail: str
    posted: str
    fields: str
    replying: str
    at: str
    buttons: str
    end: str


LANGUAGES: dict[str, Phrases] = {
    "English": Phrases(
        "en",
        "12 thoughts on “TITLE”",
        "NAME says:",
        "NAME wrote on DATE at TIME:",
        "On DATE at TIME, NAME wrote:",
        "Posted by NAME on DATE at TIME",
        "Name: NAME\nDate: DATE\nComment:",
        "In reply to OTHER:",
        "DATE at TIME",
        "Reply · Like · Report",
        "Leave a comment",
    ),
    "German": Phrases(
        "de",
        "12 Kommentare zu „TITLE“",
        "NAME sagt:",
        "NAME schrieb am DATE um TIME Uhr:",
        "Am DATE um TIME schrieb NAME:",
        "Geschrieben von NAME am DATE um TIME Uhr",
        "Name: NAME\nDatum: DATE\nKommentar:",
        "Als Antwort auf OTHER:",
        "DATE um TIME Uhr",
        "Antworten · Gefällt mir · Melden",
        "Schreibe einen Kommentar",
    ),
    "French": Phrases(
        "fr",
        "12 réflexions sur « TITLE »",
        "NAME dit :",
        "NAME a écrit le DATE à TIME :",
        "Le DATE à TIME, NAME a écrit :",
        "Posté par NAME le DATE à TIME",
        "Nom : NAME\nDate : DATE\nCommentaire :",
        "En réponse à OTHER :",
        "le DATE à TIME",
        "Répondre · J’aime · Signaler",
        "Laisser un commentaire",
    ),
    "Spanish": Phrases(
        "es",
        "12 comentarios en “TITLE”",
        "NAME dice:",
        "NAME escribió el DATE a las TIME:",
        "El DATE a las TIME, NAME escribió:",
        "Publicado por NAME el DATE a las TIME",
        "Nombre: NAME\nFecha: DATE\nComentario:",
        "En respuesta a OTHER:",
        "DATE a las TIME",
        "Responder · Me gusta · Denunciar",
        "Deja un comentario",
    ),
    "Italian": Phrases(
        "it",
        "12 commenti su “TITLE”",
        "NAME ha detto:",
        "NAME ha scritto il DATE alle TIME:",
        "Il DATE alle ore TIME NAME ha scritto:",
        "Scritto da NAME il DATE alle TIME",
        "Nome: NAME\nData: DATE\nCommento:",
        "In risposta a OTHER:",
        "DATE alle TIME",
        "Rispondi · Mi piace · Segnala",
        "Lascia un commento",
    ),
    "Portuguese": Phrases(
        "pt",
        "12 comentários sobre “TITLE”",
        "NAME disse:",
        "NAME escreveu em DATE às TIME:",
        "Em DATE às TIME, NAME escreveu:",
        "Postado por NAME em DATE às TIME",
        "Nome: NAME\nData: DATE\nComentário:",
        "Em resposta a OTHER:",
        "DATE às TIME",
        "Responder · Curtir · Denunciar",
        "Deixe um comentário",
    ),
    "Dutch": Phrases(
        "nl",
        "12 reacties op ‘TITLE’",
        "NAME schreef:",
        "NAME schreef op DATE om TIME:",
        "Op DATE om TIME schreef NAME:",
        "Geplaatst door NAME op DATE om TIME",
        "Naam: NAME\nDatum: DATE\nReactie:",
        "In antwoord op OTHER:",
        "DATE om TIME",
        "Beantwoorden · Leuk · Melden",
        "Geef een reactie",
    ),
    "Swedish": Phrases(
        "sv",
        "12 kommentarer till ”TITLE”",
        "NAME säger:",
        "NAME skrev den DATE kl. TIME:",
        "Den DATE kl. TIME skrev NAME:",
        "Skrivet av NAME den DATE kl. TIME",
        "Namn: NAME\nDatum: DATE\nKommentar:",
        "Som svar på OTHER:",
        "DATE kl. TIME",
        "Svara · Gilla · Anmäl",
        "Lämna en kommentar",
    ),
    "Polish": Phrases(
        "pl",
        "12 komentarzy do „TITLE”",
        "NAME pisze:",
        "NAME napisał(a) dnia DATE o TIME:",
        "W dniu DATE o TIME NAME napisał:",
        "Napisane przez NAME dnia DATE o TIME",
        "Imię: NAME\nData: DATE\nKomentarz:",
        "W odpowiedzi na OTHER:",
        "DATE o TIME",
        "Odpowiedz · Lubię to · Zgłoś",
        "Dodaj komentarz",
    ),
    "Russian": Phrases(
        "ru",
        "12 комментариев к «TITLE»",
        "NAME говорит:",
        "NAME написал DATE в TIME:",
        "DATE в TIME, NAME написал:",
        "Комментарий от NAME — DATE в TIME",
        "Имя: NAME\nДата: DATE\nКомментарий:",
        "В ответ на OTHER:",
        "DATE в TIME",
        "Ответить · Нравится · Пожаловаться",
        "Добавить комментарий",
    ),
    "Greek": Phrases(
        "el",
        "12 σχόλια στο «TITLE»",
        "NAME λέει:",
        "NAME έγραψε στις DATE στις TIME:",
        "Στις DATE στις TIME, NAME έγραψε:",
        "Σχόλιο από NAME, DATE στις TIME",
        "Όνομα: NAME\nΗμερομηνία: DATE\nΣχόλιο:",
        "Σε απάντηση OTHER:",
        "DATE στις TIME",
        "Απάντηση · Μου αρέσει · Αναφορά",
        "Αφήστε ένα σχόλιο",
    ),
    "Turkish": Phrases(
        "tr",
        "“TITLE” üzerine 12 yorum",
        "NAME dedi ki:",
        "NAME yazdı (DATE, TIME):",
        "DATE TIME, NAME yazdı:",
        "NAME, DATE, TIME",
        "Ad: NAME\nTarih: DATE\nYorum:",
        "Yanıt: OTHER",
        "DATE, TIME",
        "Yanıtla · Beğen · Şikayet et",
        "Yorum yap",
    ),
    "Arabic": Phrases(
        "ar",
        "12 تعليقًا على “TITLE”",
        "NAME يقول:",
        "NAME كتب في DATE الساعة TIME:",
        "في DATE الساعة TIME، كتب NAME:",
        "تعليق من NAME في DATE الساعة TIME",
        "الاسم: NAME\nالتاريخ: DATE\nالتعليق:",
        "ردًا على OTHER:",
        "DATE الساعة TIME",
        "رد · أعجبني · إبلاغ",
        "اترك تعليقًا",
    ),
    "Hebrew": Phrases(
        "he",
        "12 תגובות על “TITLE”",
        "NAME כתב:",
        "NAME כתב בתאריך DATE בשעה TIME:",
        "בתאריך DATE בשעה TIME, NAME כתב:",
        "תגובה מאת NAME, DATE בשעה TIME",
        "שם: NAME\nתאריך: DATE\nתגובה:",
        "בתגובה ל OTHER:",
        "DATE בשעה TIME",
        "השב · אהבתי · דווח",
        "כתיבת תגובה",
    ),
    "Japanese": Phrases(
        "ja",
        "「TITLE」への12件のコメント",
        "NAME より:",
        "NAME さんが書きました: DATE TIME",
        "DATE TIME、NAME より：",
        "投稿者 NAME：DATE TIME",
        "名前：NAME\n日付：DATE\nコメント：",
        "返信先：OTHER",
        "DATE TIME",
        "返信 · いいね · 報告",
        "コメントを残す",
    ),
    "Chinese": Phrases(
        "zh",
        "《TITLE》有 12 条评论",
        "NAME说：",
        "NAME 发表于 DATE TIME：",
        "DATE TIME，NAME 说：",
        "作者：NAME，DATE TIME",
        "姓名：NAME\n日期：DATE\n评论：",
        "回复 OTHER：",
        "DATE TIME",
        "回复 · 赞 · 举报",
        "发表评论",
    ),
    "Korean": Phrases(
        "ko",
        "“TITLE”에 대한 댓글 12개",
        "NAME님의 말:",
        "NAME님이 작성 (DATE TIME):",
        "DATE TIME, NAME님의 말:",
        "작성자: NAME, DATE TIME",
        "이름: NAME\n날짜: DATE\n댓글:",
        "OTHER에게 답글:",
        "DATE TIME",
        "답글 · 좋아요 · 신고",
        "댓글 남기기",
    ),
}

ASKED_FOR = ("English", "German", "French", "Spanish", "Italian", "Portuguese", "Dutch")
"""Every layout is promised in these; in the others, those of `LAYOUTS_EVERYWHERE`."""


def _fill(template: str, phrases: Phrases, post: Post, at: int) -> str:
    moment = START + timedelta(days=at, minutes=17 * at)
    length = ("medium", "long")[at % 2] if phrases.locale != "ar" else "long"
    date = format_date(moment, "long" if phrases.locale in {"sv", "da"} else length, phrases.locale)
    return (
        template.replace("DATE", date)
        .replace("TIME", f"{moment:%H:%M}")
        .replace("NAME", post.author)
    )


def _ago(phrases: Phrases, at: int) -> str:
    elapsed = timedelta(hours=3 + at) if at < 12 else timedelta(days=at)
    return format_timedelta(-elapsed, add_direction=True, locale=phrases.locale)


LAYOUTS: dict[str, Callable[[Phrases, Post, int], str]] = {
    "says": lambda w, p, n: f"{_fill(w.says, w, p, n)}\n{p.text}",
    "says, date, buttons": lambda w, p, n: (
        f"{_fill(w.says, w, p, n)}\n{_fill(w.at, w, p, n)}\n\n{p.text}\n\n{w.buttons}"
    ),
    "wrote on": lambda w, p, n: f"{_fill(w.wrote, w, p, n)}\n{p.text}",
    "mail": lambda w, p, n: f"{_fill(w.mail, w, p, n)}\n{p.text}",
    "posted by": lambda w, p, n: f"{_fill(w.posted, w, p, n)}\n{p.text}",
    "text, posted by": lambda w, p, n: f"{p.text}\n{_fill(w.posted, w, p, n)}",
    "fields": lambda w, p, n: f"{_fill(w.fields, w, p, n)} {p.text}",
    "name, date": lambda w, p, n: f"{p.author}, {_fill(w.at, w, p, n)}\n{p.text}",
    "name, date on two lines": lambda w, p, n: (
        f"{p.author}\n{_fill(w.at, w, p, n)}\n{p.text}\n{w.buttons}"
    ),
    "name, ago": lambda w, p, n: f"{p.author} · {_ago(w, n)}\n{p.text}\n{w.buttons}",
    "name, ago on two lines": lambda w, p, n: f"{p.author}\n{_ago(w, n)}\n{p.text}\n{w.buttons}",
}


def write_comments(layout: str, phrases: Phrases, posts: Sequence[Post]) -> str:
    """Return comments in one layout of one language."""
    template = LAYOUTS[layout]
    return "\n\n".join(template(phrases, post, at) for at, post in enumerate(posts))
