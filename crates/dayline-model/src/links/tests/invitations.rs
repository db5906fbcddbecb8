//! Invitations in the languages and forms in which people get them.

use super::*;

/// Words of a Teams invitation: heading, join, meeting id, passcode, dial in, find a number,
/// conference id, device, tenant key, video id.
struct Words {
    language: &'static str,
    heading: &'static str,
    id: &'static str,
    passcode: &'static str,
    dial: &'static str,
    numbers: &'static str,
    conference: &'static str,
    device: &'static str,
    tenant: &'static str,
    video: &'static str,
}

#[rustfmt::skip]
macro_rules! words {
    ($($language:literal: $heading:literal, $id:literal, $passcode:literal, $dial:literal, $numbers:literal, $conference:literal, $device:literal, $tenant:literal, $video:literal;)*) => {
        &[$(Words { language: $language, heading: $heading, id: $id, passcode: $passcode, dial: $dial, numbers: $numbers, conference: $conference, device: $device, tenant: $tenant, video: $video }),*]
    };
}

#[rustfmt::skip]
const LANGUAGES: &[Words] = words! {
    "en": "Microsoft Teams meeting", "Meeting ID:", "Passcode:", "Dial in by phone", "Find a local number", "Phone conference ID:", "Join on a video conferencing device", "Tenant key:", "Video ID:";
    "de": "Microsoft Teams-Besprechung", "Besprechungs-ID:", "Passcode:", "Per Telefon einwählen", "Lokale Nummer suchen", "Telefonkonferenz-ID:", "An einem Videokonferenzgerät teilnehmen", "Mandantenschlüssel:", "Video-ID:";
    "fr": "Réunion Microsoft Teams", "ID de réunion\u{a0}:", "Code secret\u{a0}:", "Rejoindre par téléphone", "Rechercher un numéro local", "ID de conférence téléphonique\u{a0}:", "Rejoindre sur un appareil de vidéoconférence", "Clé du client\u{a0}:", "ID de vidéo\u{a0}:";
    "es": "Reunión de Microsoft Teams", "Id. de reunión:", "Código de acceso:", "Marcar por teléfono", "Buscar un número local", "Id. de conferencia telefónica:", "Únase en un dispositivo de videoconferencia", "Clave de inquilino:", "Id. de vídeo:";
    "it": "Riunione di Microsoft Teams", "ID riunione:", "Passcode:", "Chiama tramite telefono", "Trova un numero locale", "ID conferenza telefonica:", "Partecipa su un dispositivo di videoconferenza", "Chiave tenant:", "ID video:";
    "nl": "Microsoft Teams-vergadering", "Vergaderings-id:", "Wachtwoordcode:", "Inbellen via telefoon", "Een lokaal nummer zoeken", "Telefoonvergadering-id:", "Deelnemen aan een videovergaderingsapparaat", "Tenantsleutel:", "Video-id:";
    "pl": "Spotkanie w aplikacji Microsoft Teams", "Identyfikator spotkania:", "Kod dostępu:", "Zadzwoń przez telefon", "Znajdź numer lokalny", "Identyfikator konferencji telefonicznej:", "Dołącz na urządzeniu do wideokonferencji", "Klucz dzierżawy:", "Identyfikator wideo:";
    "ja": "Microsoft Teams 会議", "会議 ID:", "パスコード:", "電話でダイヤルイン", "市内番号を検索", "電話会議 ID:", "ビデオ会議デバイスで参加する", "テナント キー:", "ビデオ ID:";
    "ja wide": "Microsoft Teams ミーティング", "ミーティングＩＤ：", "パスコード：", "電話", "番号", "電話会議ID：", "ビデオ", "テナント：", "ビデオID：";
    "zh": "Microsoft Teams 会议", "会议 ID：", "密码：", "电话拨入", "查找本地号码", "电话会议 ID：", "在视频会议设备上加入", "租户密钥：", "视频 ID：";
    "zh-TW": "Microsoft Teams 會議", "會議識別碼：", "密碼：", "透過電話撥入", "尋找當地號碼", "電話會議識別碼：", "在視訊會議裝置上加入", "租用戶金鑰：", "視訊識別碼：";
    "ko": "Microsoft Teams 모임", "모임 ID:", "암호:", "전화로 참가", "지역 번호 찾기", "전화 회의 ID:", "화상 회의 장치에서 참가", "테넌트 키:", "비디오 ID:";
    "ar": "اجتماع Microsoft Teams", "معرف الاجتماع:", "رمز المرور:", "الاتصال عبر الهاتف", "البحث عن رقم محلي", "معرف مؤتمر الهاتف:", "الانضمام على جهاز مؤتمرات فيديو", "مفتاح المستأجر:", "معرف الفيديو:";
    "he": "פגישה ב- Microsoft Teams", "מזהה פגישה:", "קוד גישה:", "חיוג באמצעות טלפון", "חפש מספר מקומי", "מזהה ועידה טלפונית:", "הצטרף במכשיר ועידת וידאו", "מפתח דייר:", "מזהה וידאו:";
    "pt": "Reunião do Microsoft Teams", "ID da Reunião:", "Senha:", "Discar por telefone", "Localizar um número local", "ID da conferência telefônica:", "Ingressar em um dispositivo de videoconferência", "Chave do locatário:", "ID do vídeo:";
    "pt-PT": "Reunião do Microsoft Teams", "ID da Reunião:", "Código de acesso:", "Marcar por telefone", "Encontrar um número local", "ID da conferência telefónica:", "Participar num dispositivo de videoconferência", "Chave do inquilino:", "ID de Vídeo:";
    "sv": "Microsoft Teams-möte", "Mötes-ID:", "Lösenord:", "Ring in via telefon", "Hitta ett lokalt nummer", "Telefonkonferens-ID:", "Anslut med en videokonferensenhet", "Klientorganisationsnyckel:", "Video-ID:";
    "da": "Microsoft Teams-møde", "Møde-id:", "Adgangskode:", "Ring op via telefon", "Find et lokalt nummer", "Telefonkonference-id:", "Deltag på en videokonferenceenhed", "Lejernøgle:", "Video-id:";
    "nb": "Microsoft Teams-møte", "Møte-ID:", "Passord:", "Ring inn på telefon", "Finn et lokalt nummer", "Telefonkonferanse-ID:", "Bli med på en videokonferanseenhet", "Leiernøkkel:", "Video-ID:";
    "fi": "Microsoft Teams -kokous", "Kokouksen tunnus:", "Tunnuskoodi:", "Soita puhelimella", "Etsi paikallinen numero", "Puhelinneuvottelun tunnus:", "Liity videoneuvottelulaitteella", "Vuokraajan avain:", "Videotunnus:";
    "tr": "Microsoft Teams toplantısı", "Toplantı kimliği:", "Geçiş Kodu:", "Telefonla ara", "Yerel numara bul", "Telefon konferansı kimliği:", "Video konferans cihazında katıl", "Kiracı anahtarı:", "Video kimliği:";
    "ru": "Собрание Microsoft Teams", "Идентификатор собрания:", "Секретный код:", "Звонок по телефону", "Найти местный номер", "Идентификатор телефонной конференции:", "Присоединиться с устройства видеоконференций", "Ключ клиента:", "Идентификатор видео:";
    "uk": "Нарада Microsoft Teams", "Ідентифікатор наради:", "Секретний код:", "Телефоном", "Знайти місцевий номер", "Ідентифікатор телефонної конференції:", "Приєднатися з пристрою відеоконференцій", "Ключ клієнта:", "Ідентифікатор відео:";
    "cs": "Schůzka Microsoft Teams", "ID schůzky:", "Heslo:", "Telefonické připojení", "Najít místní číslo", "ID telefonní konference:", "Připojit se na videokonferenčním zařízení", "Klíč tenanta:", "ID videa:";
    "hu": "Microsoft Teams-értekezlet", "Értekezlet azonosítója:", "PIN-kód:", "Betárcsázás telefonon", "Helyi szám keresése", "Telefonkonferencia azonosítója:", "Csatlakozás videokonferencia-eszközön", "Bérlőkulcs:", "Videóazonosító:";
    "ro": "Întâlnire Microsoft Teams", "ID întâlnire:", "Cod de acces:", "Apelați prin telefon", "Găsiți un număr local", "ID conferință telefonică:", "Asociați-vă pe un dispozitiv video", "Cheie entitate găzduită:", "ID video:";
    "el": "Σύσκεψη Microsoft Teams", "Αναγνωριστικό σύσκεψης:", "Κωδικός πρόσβασης:", "Τηλεφωνική κλήση", "Εύρεση τοπικού αριθμού", "Αναγνωριστικό τηλεφωνικής διάσκεψης:", "Συμμετοχή σε συσκευή βίντεο", "Κλειδί μισθωτή:", "Αναγνωριστικό βίντεο:";
    "th": "การประชุม Microsoft Teams", "รหัสการประชุม:", "รหัสผ่าน:", "โทรเข้า", "ค้นหาหมายเลข", "รหัสการประชุมทางโทรศัพท์:", "เข้าร่วมบนอุปกรณ์วิดีโอ", "คีย์ผู้เช่า:", "รหัสวิดีโอ:";
    // A language of which nothing is known here.
    "unknown": "Qwertz Microsoft Teams", "Asdf-qwer:", "Yxcv:", "Zuio uio", "Hjkl hjkl", "Bnm qwe:", "Poi uzt", "Lkj hgf:", "Video-ID:";
};

const ID: &str = "227 921 734 315 68";
const CODE: &str = "Wi6P69wc";

/// The values of a full invitation.
const FULL: [Option<&str>; 4] = [
    Some(ID),
    Some(CODE),
    Some("+1 323-849-4874,,766918553#"),
    Some("766 918 553"),
];

fn lines(words: &Words) -> Vec<String> {
    let rule = "_".repeat(80);
    vec![
        "Agenda: all of it".to_owned(),
        "Ann Smith, +49 30 1234567".to_owned(),
        rule.clone(),
        words.heading.to_owned(),
        SHORT.to_owned(),
        format!("{} {ID}", words.id),
        format!("{} {CODE}", words.passcode),
        rule.clone(),
        words.dial.to_owned(),
        "+1 323-849-4874,,766918553# United States, Los Angeles".to_owned(),
        words.numbers.to_owned(),
        format!("{} 766 918 553#", words.conference),
        words.device.to_owned(),
        format!("{} x@t.plcm.vc", words.tenant),
        format!("{} 116 123 456 7", words.video),
        rule,
    ]
}

#[test]
fn teams_is_read_in_every_language_as_text() {
    for words in LANGUAGES {
        let lines = lines(words);
        for text in [
            lines.join("\n"),
            lines.join("\r\n\r\n"),
            lines.join("\n").replace(": ", ":\u{a0}"),
            lines.join("\n").replace(": ", ":\n"),
            lines
                .join("\n")
                .replace(": ", ":\t")
                .replace(ID, "227\u{a0}921\u{a0}734\u{a0}315\u{a0}68"),
            lines.join("\n").replace(SHORT, CLASSIC),
        ] {
            texts(&text, FULL);
        }
    }
}

#[test]
fn teams_is_read_in_every_language_as_html() {
    for words in LANGUAGES {
        let row = |label: &str, value: &str| {
            [
                format!(
                    "<div><span style=\"font-size:14px\">{label} </span><span>{value}</span></div>"
                ),
                format!("<tr><td>{label}</td><td>{value}</td></tr>"),
                format!("<p>{label}</p><p>{value}</p>"),
                format!("<p>{label}&nbsp;<b>{value}</b></p>"),
                format!("<div>{label}<br>{value}</div>"),
            ]
        };
        for form in 0..5 {
            let html = format!(
                "<html><body><p>Agenda</p><p>Ann Smith, +49 30 1234567</p><div>{}</div><div>{}</div><div><a href=\"{SHORT}\">Join</a></div>\
                 <table>{}{}</table><div>{}</div><div><a href=\"tel:+13238494874,,766918553\">+1 323-849-4874,,766918553#</a> <span>United States</span></div>\
                 <div><a href=\"https://dialin.teams.microsoft.com/0a1b?id=766918553\">{}</a></div><table>{}{}{}</table></body></html>",
                "_".repeat(80),
                words.heading,
                row(words.id, ID)[form],
                row(words.passcode, CODE)[form],
                words.dial,
                words.numbers,
                row(words.conference, "766 918 553#")[form],
                row(words.tenant, "x@t.plcm.vc")[form],
                row(words.video, "116 123 456 7")[form],
            );
            let reading = read_text(TextKind::Html, &html, Patterns::NONE);
            assert_eq!(values(&reading.texts), FULL, "{} {form}", words.language);
            assert_eq!(
                reading.texts.dial_in_url.as_deref(),
                Some("https://dialin.teams.microsoft.com/0a1b?id=766918553")
            );
            assert_eq!(reading.links[0].url, SHORT);
        }
    }
}

#[test]
fn without_a_passcode_or_an_id_there_is_none() {
    for words in LANGUAGES {
        let all = lines(words);
        let without = |at: usize| {
            let mut lines = all.clone();
            lines.remove(at);
            lines.join("\n")
        };
        // The device's id is not the meeting's, whatever is left out.
        texts(
            &without(5).replace(SHORT, CLASSIC),
            [None, None, FULL[2], FULL[3]],
        );
        texts(&without(6), [FULL[0], None, FULL[2], FULL[3]]);
        texts(&without(11), [FULL[0], FULL[1], FULL[2], Some("766918553")]);
    }
}

#[test]
fn the_older_form_of_teams_is_read() {
    for (conference, local) in [
        ("Conference ID:", "Local numbers"),
        ("Konferenz-ID:", "Lokale Nummern"),
        ("ID de conférence\u{a0}:", "Numéros locaux"),
        ("Id. de conferencia:", "Números locales"),
        ("ID conferenza:", "Numeri locali"),
        ("電話会議 ID：", "市内番号"),
        ("会议 ID：", "本地号码"),
        ("Идентификатор конференции:", "Местные номера"),
        ("معرف المؤتمر:", "أرقام محلية"),
        ("Qwertz:", "Asdf"),
    ] {
        for between in [" ", "\u{a0}", "\n"] {
            texts(
                &format!(
                    "Ann\n+49 30 1234567\n\n________________\nJoin Microsoft Teams Meeting<{CLASSIC}>\n+1 323-555-0199   United States, Los Angeles (Toll)\n\
                     (866) 555-0199   United States (Toll-free)\n{conference}{between}291 633 251#\n{local} | Reset PIN | Learn More"
                ),
                [None, None, Some("+1 323-555-0199"), Some("291 633 251")],
            );
        }
    }
}

#[test]
fn other_services_invitations_are_read() {
    texts(
        "Ann is inviting you to a scheduled Zoom meeting.\n\nJoin Zoom Meeting\nhttps://us02web.zoom.us/j/81234567890?pwd=QWxh\n\n\
         Meeting ID: 812 3456 7890\nPasscode: 4X?m*2!a\n\n---\n\nOne tap mobile\n+16699009128,,81234567890#,,,,*123456# US (San Jose)\n\
         +12532158782,,81234567890#,,,,*123456# US (Tacoma)\n\n---\n\nDial by your location\n• +1 669 900 9128 US (San Jose)\n• +1 253 215 8782 US (Tacoma)\n\n\
         Meeting ID: 812 3456 7890\n\nFind your local number: https://us02web.zoom.us/u/kabc\n",
        [
            Some("812 3456 7890"),
            Some("4X?m*2!a"),
            Some("+16699009128,,81234567890#"),
            Some("81234567890"),
        ],
    );
    texts(
        "Thema: Woche\nZoom-Meeting beitreten\nhttps://zoom.us/j/81234567890\nMeeting-ID: 812 3456 7890\nKenncode: 123456\nSchnelleinwahl mobil\n+496950502596,,81234567890#,,,,*123456# Deutschland",
        [
            Some("812 3456 7890"),
            Some("123456"),
            Some("+496950502596,,81234567890#"),
            Some("81234567890"),
        ],
    );
    texts(
        "参加 Zoom ミーティング\nhttps://zoom.us/j/81234567890?pwd=x\nミーティング ID: 812 3456 7890\nパスコード: 265506",
        [Some("812 3456 7890"), Some("265506"), None, None],
    );
    texts(
        "会议号：812 3456 7890\n会议密码：265506\nhttps://zoom.us/j/81234567890",
        [Some("812 3456 7890"), Some("265506"), None, None],
    );
    texts(
        "Meeting link:\nhttps://acme.webex.com/acme/j.php?MTID=m0123\nMeeting number: 2345 678 9012\nPassword: abcDEF12345 (22233312 from phones and video systems)\n\
         Join by video system\nDial 23456789012@acme.webex.com\nYou can also dial 173.243.2.68 and enter your meeting number.\n\
         Join by phone\n+1-650-479-3208 United States Toll\nAccess code: 2345 678 9012",
        [
            Some("2345 678 9012"),
            Some("abcDEF12345"),
            Some("+1-650-479-3208"),
            Some("2345 678 9012"),
        ],
    );
    texts(
        "Meeting number (access code): 2345 678 9012\nMeeting password: abcDEF12345",
        [Some("2345 678 9012"), Some("abcDEF12345"), None, None],
    );
    texts(
        "Join with Google Meet\nhttps://meet.google.com/abc-defg-hij\n\nJoin by phone\n(US) +1 234-567-8901 PIN: 123 456 789#\nMore phone numbers: https://tel.meet/abc-defg-hij?pin=123456789",
        [None, None, Some("+1 234-567-8901"), Some("123 456 789")],
    );
    texts(
        "Or dial: \u{202a}(DE) +49 30 300195061\u{202c} PIN: \u{202a}123 456 789\u{202c}#",
        [None, None, Some("+49 30 300195061"), Some("123 456 789")],
    );
    texts(
        "Please join my meeting from your computer, tablet or smartphone.\nhttps://meet.goto.com/123456789\nYou can also dial in using your phone.\nUnited States: +1 (872) 240-3212\nAccess Code: 123-456-789",
        [None, None, Some("+1 (872) 240-3212"), Some("123 456 789")],
    );
    // All on one line, and digits of other scripts.
    texts(
        "Join Zoom Meeting https://zoom.us/j/81234567890 Meeting ID: 812 3456 7890 Passcode: 123456 One tap mobile +16699009128,,81234567890#",
        [
            Some("812 3456 7890"),
            Some("123456"),
            Some("+16699009128,,81234567890#"),
            Some("81234567890"),
        ],
    );
    texts(
        "معرف الاجتماع: ٢٢٧ ٩٢١ ٧٣٤ ٣١٥ ٦٨\nرمز المرور: Wi6P69wc\nمعرف مؤتمر الهاتف: ٧٦٦ ٩١٨ ٥٥٣#",
        [Some(ID), Some(CODE), None, Some("766 918 553")],
    );
    texts(
        "会議ID：８１２ ３４５６ ７８９０\nパスコード：１２３４５６",
        [Some("812 3456 7890"), Some("123456"), None, None],
    );
    texts(
        "Meeting ID\n812 3456 7890\nPasscode\nabcDEF",
        [Some("812 3456 7890"), Some("abcDEF"), None, None],
    );
    texts(
        "Meeting ID 812 3456 7890",
        [Some("812 3456 7890"), None, None, None],
    );
    texts(
        "Meeting ID: 812-3456-7890, Passcode: a-b.c;d",
        [Some("812 3456 7890"), Some("a-b.c;d"), None, None],
    );
    texts(
        "Meeting ID: 812 3456 7890 | Passcode: pa$$W0rd!",
        [Some("812 3456 7890"), Some("pa$$W0rd!"), None, None],
    );
}

#[test]
fn what_is_something_else_gives_nothing() {
    for text in [
        "Order number: 123 456 789 012",
        "Order ID: 123 456 789 012\nStatus: Abc123",
        "Bestellnummer: 227 921 734 315 68",
        "Tracking: 1234 5678 9012 3456",
        "Invoice no.: 123456789",
        "Rechnung Nr.: 123 456 789",
        "IBAN: DE12 3456 7890 1234 5678 90",
        "Price: 1 200 000 000",
        "Total: 123 456 789,00 EUR",
        "Customer ID: 123 456 789",
        "Flight: 123456789",
        "ISBN: 978 3 16 148410 0",
        "Card: 4111 1111 1111 1111",
        "VAT: 123456789",
        "Ticket: 123456789#",
        "Phone: +49 30 1234567",
        "Tel.: 030 1234 5678",
        "Mobile: 0171 1234567",
        "Ann Smith\nAcme\n+49 30 1234567\n+49 171 1234567",
        "Call me: +1 323-849-4874",
        "Telefon: +49 69 1234567\nFax: +49 69 1234568",
        "Tenant key: x@t.plcm.vc",
        "Tenant key: x@t.plcm.vc\nVideo ID: 116 123 456 7",
        "x@t.plcm.vc\nVideo Conference ID: 116 123 456 7",
        "Join with a video conferencing device\n123456@m.webex.com\nVideo Conference ID: 116 555 123 4",
        "Mandantenschlüssel: x@t.plcm.vc\nKonferenzkennung: 116 123 456 7",
        "Video ID: 116 123 456 7",
        "Passcode: abc123",
        "Code: abc123",
        "Password: hunter22\nWLAN: office",
        "Room: 1204",
        "Date: 2026-03-10",
        "Zeit: 10:30 - 11:30",
        "https://example.com/meeting:812345678901",
        "Version: 1.2.3",
        "1234567890",
        "227 921 734 315 68",
        "The id is 227 921 734 315 68",
        "a: b: c: d: e: f: g: h: i: j",
        ":::::",
        "####",
        "+ + +",
        ",,,,",
        "Issue 123456# is open",
        "see #123456",
        "C#: 123",
        "12345#",
        "+1,,1#",
        "Meeting room: A1",
        "Meeting: Weekly",
        "Meeting ID: 12345",
        "Meeting ID: abc",
        "Meeting cost: 12 345 678 EUR",
        "Meeting ID: 123 456 789 people came",
    ] {
        texts(text, [None; 4]);
        // Nor beside a real meeting.
        let beside = read_text(
            TextKind::Text,
            &format!("{CLASSIC}\n\n{text}"),
            Patterns::NONE,
        )
        .texts;
        assert_eq!((beside.passcode, beside.dial_in), (None, None), "{text}");
    }
    for text in [
        "Order number: 123 456 789 012",
        "Video ID: 116 123 456 7",
        "Tel.: 030 1234 5678",
        "Rechnung Nr.: 123 456 789",
        "Customer ID: 123 456 789",
    ] {
        texts(&format!("{CLASSIC}\n{text}"), [None; 4]);
    }
    texts(
        &format!("{CLASSIC}\nKostenstelle: 385 442 110\nProjekt: AB12cd"),
        [None; 4],
    );
    texts(
        &format!("{CLASSIC}\nAsdf: 385 442 110 92\nName: Ann"),
        [None; 4],
    );
    // What follows an id need not be its passcode.
    for text in [
        "Language: English",
        "Organizer: Ann",
        "Duration: 60",
        "Time: 10:30",
        "Date: 10.03.2026",
        "Room: 1204",
        "Host: ann@example.com",
        "Link: https://zoom.us/j/81234567890",
        "Status: OK",
        "Agenda: Budget",
        "Password policy: to be discussed with all",
    ] {
        texts(
            &format!("Meeting ID: 812 3456 7890\n{text}"),
            [Some("812 3456 7890"), None, None, None],
        );
    }
}

#[test]
fn pages_with_numbers_are_told_and_never_joined() {
    for (text, wanted) in [
        (
            "https://dialin.teams.microsoft.com/0a1b?id=766918553",
            Some("https://dialin.teams.microsoft.com/0a1b?id=766918553"),
        ),
        (
            "https://tel.meet/abc-defg-hij?pin=123",
            Some("https://tel.meet/abc-defg-hij?pin=123"),
        ),
        (
            "https://us02web.zoom.us/u/kabc",
            Some("https://us02web.zoom.us/u/kabc"),
        ),
        (
            "https://zoom.us/zoomconference?m=abc",
            Some("https://zoom.us/zoomconference?m=abc"),
        ),
        (
            "https://acme.webex.com/acme/globalcallin.php?MTID=x",
            Some("https://acme.webex.com/acme/globalcallin.php?MTID=x"),
        ),
        (
            "https://chime.aws/dialinnumbers/",
            Some("https://chime.aws/dialinnumbers/"),
        ),
        (
            "https://dialin.teams.microsoft.com/usp/pstnconferencing",
            None,
        ),
        ("https://dialin.teams.microsoft.com/", None),
        ("https://dialin.teams.microsoft.com.evil.example/0a1b", None),
        ("https://mysettings.lync.com/pstnconferencing", None),
        ("https://evil.example/u/kabc", None),
        ("http://tel.meet/abc-defg-hij", None),
    ] {
        for text in [text.to_owned(), safelink(text)] {
            let reading = read_text(TextKind::Text, &text, Patterns::NONE);
            assert_eq!(reading.texts.dial_in_url.as_deref(), wanted, "{text}");
            assert_eq!(reading.links, []);
        }
    }
    for (html, wanted) in [
        (
            "<a href=\"tel:+13238494874,,766918553#\">x</a>",
            Some("tel:+13238494874,,766918553#"),
        ),
        ("<a href=\"tel:+13238494874\">Ann</a>", None),
        ("<a href=\"tel:+1,,$(x)\">x</a>", None),
        (
            "<a href=\"tel:+1323849,,1\">x</a><a href=\"https://tel.meet/abc-defg-hij\">y</a>",
            Some("https://tel.meet/abc-defg-hij"),
        ),
    ] {
        let reading = read_text(TextKind::Html, html, Patterns::NONE);
        assert_eq!(reading.texts.dial_in_url.as_deref(), wanted, "{html}");
    }
    let given = |url: &str| {
        meeting_texts(&Event {
            online: Some(OnlineMeeting {
                dial_in_url: Some(url.to_owned()),
                ..OnlineMeeting::default()
            }),
            body: Some(Body::Text("https://tel.meet/abc-defg-hij".to_owned())),
            ..event()
        })
        .dial_in_url
        .unwrap()
    };
    assert_eq!(given("tel:+1,,17#"), "tel:+1,,17#");
    assert_eq!(
        given("https://example.com/numbers"),
        "https://example.com/numbers"
    );
    for hostile in ["javascript:alert(1)", "file:///etc/passwd", "tel:$(x)", ""] {
        assert_eq!(given(hostile), "https://tel.meet/abc-defg-hij");
    }
}
