"""The words by which languages say who wrote a comment, and when: "says", "posted by", "reply to".

Words only; how they stand together is for `forms` to say. A bar parts words, a space stands for
any white space.
"""

from __future__ import annotations

from app.parsing.alternation import any_of


def _words(*lists: str) -> str:
    return any_of(word for each in lists for word in each.split("|"))


SAYS = _words(
    "say|says|said|write|writes|wrote|written|comments|commented|replies|replied|responds"
    "|responded|answers|answered|adds|added|asks|asked|posts|posted|states|stated|thinks|notes"
    "|has said|has written|has commented|has replied|has responded|has answered|has posted",
    "sagt|sagte|schreibt|schrieb|meint|meinte|antwortet|antwortete|kommentiert|kommentierte|fragt"
    "|fragte|erwidert|erwiderte|ergänzt|hat geschrieben|hat gesagt|hat kommentiert"
    "|hat geantwortet",
    "dit|écrit|répond|commente|demande|ajoute|écrivait|disait|a dit|a écrit|a répondu|a commenté"
    "|a ajouté|a demandé|a posté|a déclaré",
    "dice|dijo|escribe|escribió|comenta|comentó|responde|respondió|opina|opinó|pregunta|preguntó"
    "|ha dicho|ha escrito|ha comentado|ha respondido",
    "scrive|scrisse|disse|risponde|rispose|commenta|commentò|chiede|ha scritto|ha detto|ha risposto"
    "|ha commentato|ha chiesto",
    "diz|disse|escreve|escreveu|comentou|respondeu|perguntou|publicou",
    "zegt|zei|schrijft|schreef|reageert|reageerde|antwoordt|antwoordde|vraagt|vroeg"
    "|heeft geschreven|heeft gezegd|heeft gereageerd",
    "diu|va dir|va escriure|escriu|ha dit|ha escrit|spune|a spus|scrie|a scris|a zis",
    "säger|sa|skriver|skrev|svarar|svarade|kommenterar|har skrivit|har sagt",
    "siger|sier|sagde|skriver|skrev|svarer|svarede|svarte|har skrevet",
    "sanoo|sanoi|kirjoittaa|kirjoitti|vastasi|kommentoi",
    "pisze|mówi|napisał|napisała|napisał(a)|powiedział|powiedziała|powiedział(a)|odpowiada"
    "|skomentował|skomentowała",
    "píše|říká|napsal|napsala|napsal(a)|odpověděl|hovorí|napísal|napísala|kaže|napisao|napisala"
    "|rekao",
    "szerint|írta|mondja|mondta|válaszolta|dedi ki|diyor ki|yazdı|demiş|dedi",
    "berkata|menulis|mengatakan|komentar|viết|nói|đã viết|đã nói",
    "пишет|говорит|отвечает|написал|написала|написал(а)|сказал|сказала|сказал(а)|ответил|ответила"
    "|комментирует|каже|пише|сказав|написав|написала|відповів|казва|каза|написа|рече",
    "λέει|είπε|γράφει|έγραψε|απάντησε",
    "يقول|تقول|قال|قالت|كتب|كتبت|רשם|אומר|אומרת|אמר|אמרה|כתב|כתבה|הגיב|הגיבה",
    "گفت|گفته|می‌گوید|نوشت|نوشته|कहते हैं|ने कहा|ने लिखा|बोले",
)
"""What stands behind a name, parted from it by a space."""

SAYS_CJK = _words(
    "说|說|说道|說道|写道|寫道|表示|评论|評論|回复|回覆|发表|より|さんが書きました|さんは書きました"
    "|さんの発言|さんのコメント|님의 말|님이 작성|님의 댓글|님이 쓴 글|发表于|發表於|发布于|發佈於"
)
"""What stands behind a name, with or without a space."""

PARTICIPLES = _words(
    "geschrieben|gesagt|kommentiert|geantwortet|geschreven|gezegd|gereageerd|geantwoord"
)
"""What stands behind the date in "NAME hat am DATE geschrieben:"."""

SAYS_FIRST = _words(
    "قال|قالت|كتب|كتبت|يقول|تقول|dijo|schrieb|schreef|skrev|escribió|escreveu|napisał"
)
"""What may stand before a name: "dijo Marta:"."""

WRITER = _words("投稿者|投稿人|作者|作成者|발행자|작성자|글쓴이|发布者|發布者")
"""What stands before a name, with or without a space."""

PREPOSITIONS = _words(
    "posted|commented|published|on|at|am|um|vom|le|à|el|a las|en fecha|il|il giorno|alle|in data|em"
    "|no dia|às|op|om|på|kl|den|dne|dnia|w dniu|la data de|στις|في|بتاريخ|בתאריך|در"
)
"""What may stand before a date; single letters are left out, since they may end a name."""

BY = _words(
    "by|from|von|par|de|por|da|di|door|van|av|af|od|przez|от|від|από|بواسطة|من|על ידי|מאת|توسط"
    "|oleh|bởi"
)
"""What stands before the name in "posted by"."""

POSTED = _words(
    "posted|reposted|comment|commented|submitted|written|left|added|reply|replied|response"
    "|message|sent|said",
    "gepostet|geschrieben|verfasst|kommentiert|eingetragen|kommentar|beitrag|eintrag|antwort",
    "commentaire|réponse|publié|posté|envoyé|écrit|rédigé|déposé|ajouté|proposé",
    "escrito|publicado|enviado|comentario|dicho|mensaje|respuesta|añadido",
    "postato|scritto|inviato|pubblicato|commento|risposta|inserito",
    "postado|comentário|resposta|mensagem|dito",
    "geplaatst|geschreven|reactie|bericht|antwoord|gepost",
    "comentari|publicat|escrit|scris|postat|comentariu",
    "skrivet|inlagt|postat|kommentar|skrevet|indsendt|kirjoittanut",
    "napisane|napisany|dodane|dodany|komentarz|opublikowane|vložil|napsal|komentář",
    "комментарий|сообщение|написано|добавлено|опубликовано|коментар|σχόλιο|تعليق|תגובה|نظر"
    "|dikirim|komentar|bình luận",
)
"""What stands before "by" and a name."""

FIELDS = _words(
    "from|author|name|user|username|user name|by|poster"
    "|commenter|commentator|reader|screen name|screenname|nick|nickname|handle",
    "von|autor|autorin|verfasser|verfasserin|benutzer|nutzer|leser|mitglied",
    "auteur|nom|pseudo|pseudonyme|utilisateur|de",
    "nombre|usuario|autora|nome|autore|utente|usuário|naam|schrijver|gebruiker",
    "namn|navn|författare|forfatter|nimi|kirjoittaja|imię|nazwa|użytkownik|jméno|név|szerző|ad"
    "|yazar|nama|penulis|tên|tác giả",
    "автор|имя|ім’я|име|пользователь|όνομα|συγγραφέας|الاسم|الكاتب|שם|מאת|نام|نویسنده|नाम|लेखक",
    "投稿者|名前|お名前|作者|姓名|用户|網友|网友|昵称|作成者|작성자|이름|글쓴이",
)
"""What stands before a colon and a name, on a line of its own."""

DATE_FIELDS = _words(
    "date|time|when|posted|posted on|posted at|published|datum|zeit|uhrzeit|geschrieben am|heure"
    "|le|fecha|hora|data|ora|tid|dato|päivämäärä|dátum|tarih|tanggal|ngày|дата|время|ημερομηνία"
    "|التاريخ|תאריך|تاریخ|दिनांक|日付|日時|投稿日|时间|時間|日期|작성일|날짜"
)
OTHER_FIELDS = _words(
    "email|e-mail|mail|url|website|web site|homepage|ip|subject|title|location|city|country|id"
    "|rating|rank|score|vote|votes|like|likes|betreff|titel|ort|sujet|titre|ville|asunto|título"
    "|ciudad|oggetto|titolo|città|assunto|cidade|onderwerp|plaats|тема|件名|标题|제목"
)
TEXT_FIELDS = _words(
    "comment|text|message|body|content|said|post|kommentar|nachricht|inhalt|commentaire|texte"
    "|contenu|comentario|texto|mensaje|contenido|commento|testo|messaggio|comentário|mensagem"
    "|reactie|bericht|tekst|treść|yorum|komentarz|текст|комментарий|сообщение|σχόλιο"
    "|التعليق|תגובה|نظر"
    "|टिप्पणी|本文|コメント|内容|內容|评论|評論|내용|댓글"
)

REPLYING_TO = _words(
    "in reply to|in response to|replying to|reply to|replied to|a reply to|responding to"
    "|in answer to|answering",
    "als antwort auf|antwort auf|antwortet auf|in antwort auf|en réponse à|réponse à|répond à"
    "|en respuesta a|respuesta a|respondiendo a|responde a|in risposta a|risposta a|rispondendo a"
    "|em resposta a|em resposta ao|em resposta à|resposta a|respondendo a|in antwoord op"
    "|als antwoord op|antwoord op|reactie op|en resposta a|som svar på|svar på|svar til"
    "|som svar til"
    "|w odpowiedzi na|odpowiedź na|v odpovědi na|odpověď na|odgovor na|válasz erre|în răspuns la"
    "|в ответ на|ответ на|у відповідь на|в отговор на|σε απάντηση|απάντηση στον|απάντηση στην"
    "|ردا على|ردًا على|בתגובה ל|תגובה ל|در پاسخ به|membalas|trả lời|返信先|回复|回覆|yanıt",
)
"""What stands before the name of whoever is answered; the name may be an object with an article."""

COMMENTS = _words(
    "comments|responses|replies|reactions|discussion|discussions|conversation|feedback|letters"
    "|thoughts",
    "kommentare|kommentaren|reaktionen|antworten|diskussion|meinungen|leserkommentare|gedanken",
    "commentaires|réactions|réponses|réflexions|avis",
    "comentarios|respuestas|opiniones|pensamientos|reacciones",
    "commenti|risposte|pensieri|reazioni",
    "comentários|respostas|opiniões|pensamentos|ideias",
    "reacties|antwoorden|gedachten|opmerkingen",
    "comentaris|respostes|comentarii|răspunsuri|kommentarer|svar|tankar|tanker|kommentit"
    "|kommenttia|vastausta|komentarze|komentarzy|odpowiedzi|komentáře|komentářů|odpovědi"
    "|komentári|komentara|hozzászólás|hozzászólások|yorum|yorumlar|yanıt|komentar|tanggapan"
    "|bình luận|phản hồi",
    "комментарии|комментариев|комментария|ответов|ответа|мнений|коментарі|коментарів|коментара"
    "|коментари|σχόλια|απαντήσεις|σκέψεις",
    "تعليقات|تعليقًا|تعليقا|التعليقات|ردود|תגובות|دیدگاه|نظرات|टिप्पणियाँ|टिप्पणियां|विचार",
)
"""What a heading over comments counts."""

COMMENT = _words(
    "comment|response|reply|reaction|thought|kommentar|antwort|reaktion|gedanke|commentaire|réponse"
    "|réflexion|comentario|respuesta|commento|risposta|pensiero|comentário|resposta|reactie"
    "|antwoord|gedachte|kommentti|komentarz|komentář|комментарий|ответ|коментар|σχόλιο|تعليق"
    "|תגובה|टिप्पणी"
)
COMMENTS_CJK = r"(?:コメント|回应|回應|评论|評論|留言|回复|回覆|댓글|의견)"
COMMENTS_ON = _words(
    "to|on|about|for|so far|below|zu|zum|zur|auf|über|sur|à|a|en|sobre|su|per|riguardo|em|para|op"
    "|over|till|om|til|på|do|na|k|ke|la|pe|к|на|о|до|για|στο|στη|στην|σε|على|על|برای|pada|về"
)
"""What stands between the count and the article's title."""

BUTTONS = _words(
    "antworten|gefällt mir|nicht hilfreich|teilen|melden|zitieren|bewerten|bearbeiten|kommentieren"
    "|permalink|beitrag melden|antwort",
    "répondre|j’aime|j'aime|je n’aime pas|signaler|citer|partager|répondre à ce message"
    "|signaler un abus|alerter|recommander|lien permanent",
    "responder|me gusta|no me gusta|denunciar|citar|compartir|reportar|contestar|enlace permanente",
    "rispondi|mi piace|non mi piace|segnala|condividi|rispondere",
    "curtir|gosto|não gosto|compartilhar|partilhar|reportar|citação",
    "beantwoorden|reageer|reageren|leuk|vind ik leuk|delen|rapporteer|citeren|antwoord|antwoorden",
    "svara|gilla|anmäl|citera|synes godt om|anmeld|liker|rapporter|vastaa|tykkää"
    "|ilmoita|odpowiedz|lubię to|zgłoś|cytuj|odpovědět|líbí se mi|nahlásit|válasz|tetszik"
    "|yanıtla|beğen|şikayet et|cevapla|răspunde|balas|trả lời|thích",
    "ответить|нравится|пожаловаться|цитировать|поделиться|відповісти|подобається|отговор"
    "|απάντηση|μου αρέσει|αναφορά|رد|أعجبني|إبلاغ|השב|הגב|אהבתי|דווח|پاسخ|जवाब दें|पसंद",
    "返信|いいね|通報|報告|違反報告|引用|回复|回覆|赞|讚|举报|檢舉|分享|답글|답글쓰기|좋아요|신고|공감",
)
ENDS = _words(
    "schreibe einen kommentar|schreiben sie einen kommentar|kommentar schreiben"
    "|kommentar verfassen|kommentar hinterlassen|hinterlasse einen kommentar"
    "|kommentar abgeben|deine e-mail-adresse|die kommentare sind geschlossen"
    "|kommentarfunktion|kommentare sind geschlossen|mehr zum thema|ähnliche beiträge"
    "|verwandte artikel|schlagwörter|schlagworte|das könnte sie auch interessieren",
    "laisser un commentaire|laissez un commentaire|poster un commentaire|ajouter un commentaire"
    "|écrire un commentaire|votre adresse e-mail|votre adresse de messagerie"
    "|les commentaires sont fermés|articles liés|articles similaires|à lire aussi"
    "|mots-clés|étiquettes"
    "|sur le même sujet",
    "deja un comentario|deja una respuesta|dejar un comentario|publicar un comentario"
    "|añadir un comentario|tu dirección de correo|los comentarios están cerrados"
    "|entradas relacionadas"
    "|artículos relacionados|etiquetas|te puede interesar",
    "lascia un commento|lascia una risposta|inserisci un commento|aggiungi un commento"
    "|il tuo indirizzo email|i commenti sono chiusi|articoli correlati|potrebbe interessarti"
    "|leggi anche",
    "deixe um comentário|deixe uma resposta|deixar um comentário|postar um comentário"
    "|enviar um comentário|o seu endereço de e-mail|os comentários estão fechados"
    "|comentários fechados"
    "|artigos relacionados|posts relacionados|leia também|marcadores",
    "geef een reactie|plaats een reactie|laat een reactie achter|reactie plaatsen"
    "|schrijf een reactie"
    "|je e-mailadres|reageren is niet|reacties zijn gesloten|gerelateerde berichten"
    "|lees ook|trefwoorden",
    "lämna en kommentar|lämna ett svar|skriv en kommentar|skriv et svar|legg igjen en kommentar"
    "|legg inn en kommentar|jätä kommentti|dodaj komentarz|zostaw komentarz|napsat komentář"
    "|přidat komentář|deixa un comentari|lasă un comentariu|yorum yap|bir cevap yazın|yorum yazın"
    "|tinggalkan komentar|tinggalkan balasan|để lại bình luận|hozzászólás írása|szólj hozzá",
    "добавить комментарий|оставить комментарий|оставьте комментарий|комментарии закрыты"
    "|залишити коментар|вашият коментар|αφήστε ένα σχόλιο|αφήστε μια απάντηση"
    "|اترك تعليقًا|اترك تعليقا"
    "|اترك رد|כתיבת תגובה|הוספת תגובה|השארת תגובה|دیدگاهتان را بنویسید|टिप्पणी करें",
    "コメントを残す|コメントする|コメントを書く|コメントを投稿|发表评论|發表評論|发表回复|發佈留言|留下评论"
    "|댓글 남기기|댓글 쓰기|답글 남기기",
)
"""What begins the form under the comments, or what follows them."""
