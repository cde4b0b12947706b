"""A paragraph in each of many languages, and the legacy charsets that pages of it come in."""

from __future__ import annotations

PARAGRAPHS: dict[str, tuple[str, tuple[str, ...]]] = {
    "de": (
        (
            "Ein Kran ist in der Nacht auf Montag in das alte Hafenbecken gestürzt, während e"
            "r versetzt wurde. Die Hafengesellschaft erklärt, ein Bolzen habe nachgegeben; di"
            "e Gewerkschaft sagt, dass seit dem Frühjahr niemand nachgesehen hat. – „Wer hat "
            "das unterschrieben?“ fragt Jürgen Weiß."
        ),
        ("windows-1252", "iso-8859-15", "macintosh"),
    ),
    "fr": (
        (
            "Une grue est tombée dans le vieux bassin dans la nuit de lundi à mardi. La compa"
            "gnie du port dit qu’un boulon a cédé ; le syndicat répond que personne ne l’avai"
            "t vérifié depuis le printemps. « Où était l’équipe ? » demande Zoë."
        ),
        ("windows-1252", "iso-8859-15"),
    ),
    "es": (
        (
            "Una grúa cayó en la vieja dársena la noche del lunes. La compañía dice que cedió"
            " un tornillo; el sindicato responde que nadie lo había revisado desde la primave"
            "ra. ¿Quién firmó? ¡Mañana lo sabremos!"
        ),
        ("windows-1252",),
    ),
    "pt": (
        (
            "Um guindaste caiu na velha doca na noite de segunda-feira. A companhia diz que u"
            "m parafuso cedeu; o sindicato responde que ninguém o verificou desde a primavera"
            ". Não houve feridos, graças à sorte."
        ),
        ("windows-1252",),
    ),
    "pl": (
        (
            "Dźwig wpadł do starego basenu portowego w nocy z niedzieli na poniedziałek. Spół"
            "ka twierdzi, że puściła śruba; związek mówi, że nikt jej nie sprawdził od wiosny"
            ". Kto to podpisał? Żądamy odpowiedzi."
        ),
        ("windows-1250", "iso-8859-2"),
    ),
    "cs": (
        (
            "Jeřáb spadl v noci na pondělí do starého přístavního bazénu. Společnost tvrdí, ž"
            "e povolil šroub; odbory říkají, že ho od jara nikdo nekontroloval. Kdo to podeps"
            "al? Žádáme odpověď."
        ),
        ("windows-1250", "iso-8859-2"),
    ),
    "hu": (
        (
            "Egy daru a régi medencébe zuhant hétfőre virradó éjjel. A társaság szerint egy c"
            "savar engedett; a szakszervezet azt mondja, hogy tavasz óta senki sem nézte meg."
            " Ki írta alá? Választ követelünk, főnök úr."
        ),
        ("windows-1250", "iso-8859-2"),
    ),
    "ru": (
        (
            "Кран упал в старую гавань в ночь на понедельник, когда его передвигали. Компания"
            " говорит, что не выдержал болт; профсоюз отвечает, что с весны его никто не пров"
            "ерял. Кто подписал бумаги?"
        ),
        ("windows-1251", "koi8-r", "iso-8859-5", "ibm866", "x-mac-cyrillic"),
    ),
    "uk": (
        (
            "Кран упав у стару гавань у ніч на понеділок, коли його пересували. Компанія каже"
            ", що не витримав болт; профспілка відповідає, що з весни його ніхто не перевіряв"
            ". Хто підписав папери?"
        ),
        ("windows-1251", "koi8-u"),
    ),
    "bg": (
        (
            "Кранът падна в старото пристанище през нощта срещу понеделник. Компанията казва,"
            " че е поддал болт; синдикатът отговаря, че от пролетта никой не го е проверявал."
            " Кой подписа?"
        ),
        ("windows-1251",),
    ),
    "el": (
        (
            "Ένας γερανός έπεσε στο παλιό λιμάνι τη νύχτα προς Δευτέρα. Η εταιρεία λέει ότι υ"
            "ποχώρησε ένα μπουλόνι· το σωματείο απαντά ότι κανείς δεν το είχε ελέγξει από την"
            " άνοιξη. Ποιος υπέγραψε;"
        ),
        ("windows-1253", "iso-8859-7"),
    ),
    "tr": (
        (
            "Pazartesi gecesi eski havuza bir vinç düştü. Şirket bir cıvatanın koptuğunu söyl"
            "üyor; sendika ilkbahardan beri kimsenin bakmadığını söylüyor. Kim imzaladı? Yarı"
            "n öğreneceğiz, dedi Özgür Işık."
        ),
        ("windows-1254",),
    ),
    "he": (
        (
            "מנוף נפל לרציף הישן בלילה שבין ראשון לשני, בזמן שהוזז. החברה אומרת שבורג נשבר; ה"
            "וועד עונה שאיש לא בדק אותו מאז האביב. מי חתם על הניירות?"
        ),
        ("windows-1255", "iso-8859-8"),
    ),
    "ar": (
        (
            "سقطت رافعة في الحوض القديم ليلة الاثنين أثناء نقلها. تقول الشركة إن مسمارا انكسر"
            "؛ وترد النقابة بأن أحدا لم يفحصه منذ الربيع. من وقع الأوراق؟"
        ),
        ("windows-1256", "iso-8859-6"),
    ),
    "lv": (
        (
            "Celtnis iekrita vecajā ostas baseinā naktī uz pirmdienu. Uzņēmums apgalvo, ka ne"
            "izturēja skrūve; arodbiedrība atbild, ka kopš pavasara neviens to nebija pārbaud"
            "ījis. Kas parakstīja?"
        ),
        ("windows-1257",),
    ),
    "lt": (
        (
            "Kranas nukrito į senąjį baseiną naktį į pirmadienį. Bendrovė sako, kad neatlaikė"
            " varžtas; profsąjunga atsako, kad nuo pavasario niekas jo netikrino. Kas pasiraš"
            "ė? Žinosime rytoj."
        ),
        ("windows-1257",),
    ),
    "th": (
        (
            "เครนตกลงไปในอ่างเก่าเมื่อคืนวันจันทร์ขณะกำลังเคลื่อนย้าย บริษัทบอกว่าสลักเกลียวห"
            "ัก สหภาพตอบว่าไม่มีใครตรวจสอบตั้งแต่ฤดูใบไม้ผลิ ใครเซ็นเอกสาร"
        ),
        ("windows-874",),
    ),
    "ja": (
        (
            "月曜日の夜、移動中のクレーンが古い港に落ちた。会社はボルトが外れたと言い、組合は"
            "春から誰も点検していなかったと答えている。書類に署名したのは誰だ。明日わかるだろ"
            "う。"
        ),
        ("shift_jis", "euc-jp", "iso-2022-jp"),
    ),
    "zh": (
        (
            "星期一晚上，一台起重机在移动时掉进了旧港池。公司说是螺栓松了，工会回答说从春天起"
            "就没有人检查过。是谁签的字？明天就知道了。"
        ),
        ("gb18030", "gbk"),
    ),
    "zh-tw": (
        (
            "星期一晚上，一台起重機在移動時掉進了舊港池。公司說是螺栓鬆了，工會回答說從春天起"
            "就沒有人檢查過。是誰簽的字？明天就知道了。"
        ),
        ("big5",),
    ),
    "ko": (
        (
            "월요일 밤 이동 중이던 크레인이 낡은 부두에 떨어졌다. 회사는 볼트가 풀"
            "렸다고 하고, 노조는 봄부터 아무도 점검하지 않았다고 대답한다. 누가 서"
            "명했는가? 내일이면 알게 될 것이다."
        ),
        ("euc-kr",),
    ),
}
