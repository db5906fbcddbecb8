//! Words by which labels are told apart, in the languages that people meet.
//!
//! Stems in lower case. A Latin, Greek or Cyrillic stem begins a word or follows a hyphen; one of
//! another script may stand anywhere, for there words are not set apart.

/// What a label says about its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// The meeting's id.
    MeetingId,
    /// The passcode.
    Passcode,
    /// A device for video conferences, which has ids and addresses of its own.
    Device,
    /// A telephone.
    Telephone,
    /// Something that is none of a meeting's numbers, such as an order.
    Foreign,
    /// Nothing that is known here.
    Unknown,
}

/// Letters of a label that are looked at, from its end.
const LONGEST: usize = 40;

pub(super) fn classify(label: &str) -> Label {
    let begin = label
        .char_indices()
        .rev()
        .take(LONGEST)
        .last()
        .map_or(0, |(at, _)| at);
    let label = label.get(begin..).unwrap_or_default().to_lowercase();
    let has = |stems: &[&str]| stems.iter().any(|stem| holds(&label, stem));
    // A device's id is often that of a "video meeting", and a passcode that "of the meeting".
    if has(DEVICE) {
        Label::Device
    } else if has(FOREIGN) {
        Label::Foreign
    } else if has(TELEPHONE) {
        Label::Telephone
    } else if has(NUMBER) && has(MEETING) {
        Label::MeetingId
    } else if has(PASSCODE) {
        Label::Passcode
    } else if has(MEETING) {
        Label::MeetingId
    } else {
        Label::Unknown
    }
}

fn holds(label: &str, stem: &str) -> bool {
    let has_words = stem.chars().next().is_some_and(|c| c < '\u{590}');
    label.match_indices(stem).any(|(at, _)| {
        !has_words
            || label
                .get(..at)
                .and_then(|before| before.chars().next_back())
                .is_none_or(|before| !before.is_alphabetic() || before >= '\u{590}')
    })
}

#[rustfmt::skip]
const MEETING: &[&str] = &[
    "meeting", "webinar", "zoom", "webex", "teams",
    "besprechung", "sitzung", "konferenz-id", "réunion", "reunion", "reunión", "riunione",
    "vergadering", "bijeenkomst", "spotkani", "reuniã", "reuniao", "möte", "mote", "møde", "møte",
    "toplant", "kokou", "schůz", "schuz", "schôdz", "schodz", "értekezlet", "megbeszél", "întâlni",
    "intalni", "ședin", "şedin", "sastan", "sestan", "koosolek", "sapulc", "susitikim", "fundur",
    "mesyuarat", "rapat", "cuộc họp", "cruinniú", "bilera", "reunió", "xuntanza",
    "собран", "совещ", "встреч", "конференц", "зустріч", "нарад", "збор", "сустрэч", "срещ",
    "събран", "састан", "состан", "жиналыс", "кездес",
    "συνάντησ", "σύσκεψ", "συνεδρία",
    "会议", "會議", "会議", "ミーティング", "회의", "미팅", "모임", "اجتماع", "الاجتماع", "جلسه",
    "פגישה", "הפגישה", "ישיבה", "ประชุม", "मीटिंग", "बैठक", "সভা", "মিটিং", "கூட்ட", "సమావేశ",
];

/// What tells an id from a passcode where both are "of the meeting".
#[rustfmt::skip]
const NUMBER: &[&str] = &[
    "id", "ids", "number", "nummer", "nr", "kennung", "kennnummer", "kenn-nr", "numéro", "n°",
    "número", "numero", "identifi", "identyfik", "azonosító", "kimli", "numer", "číslo", "tunnus",
    "αναγνωριστικό", "идентификатор", "ідентифікатор", "номер",
    "号", "號", "番号", "번호", "アイディ", "معرف", "معرّف", "رقم", "מזהה", "รหัสการประชุม",
];

#[rustfmt::skip]
const PASSCODE: &[&str] = &[
    "passcode", "password", "passwort", "passphrase", "pass", "kenncode", "kennwort", "zugangscode",
    "zugriffscode", "code", "mot de passe", "código", "codigo", "contraseña", "clave", "wachtwoord",
    "toegangscode", "codice", "senha", "palavra-passe", "lösen", "losen", "åtkomstkod", "kod", "hasło",
    "haslo", "heslo", "kód", "prístupov", "přístupov", "şifre", "sifre", "parola", "geçiş", "adgangskode",
    "kode", "passord", "salasana", "tunnuskoodi", "jelszó", "lozinka", "geslo", "parole", "parool",
    "pääsukood", "slaptažod", "mật", "kata sandi", "contrasenya", "codi",
    "код", "пароль", "парола", "лозинка", "шифра",
    "κωδικ", "σύνθημα",
    "パスコード", "パスワード", "密码", "密碼", "口令", "通行码", "암호", "비밀번호", "رمز", "كلمة", "السري",
    "גישה", "סיסמ", "קוד", "รหัส", "पासकोड", "पासवर्ड", "পাসকোড", "கடவு",
];

#[rustfmt::skip]
const DEVICE: &[&str] = &[
    "video", "vidéo", "vídeo", "wideo", "videó", "vtc", "tenant", "видео", "відео", "відэа", "відеоз",
    "βίντεο", "ビデオ", "视频", "視訊", "視頻", "비디오", "영상", "فيديو", "וידאו", "วิดีโอ", "वीडियो",
];

#[rustfmt::skip]
const TELEPHONE: &[&str] = &[
    "phone", "tel", "mobile", "mobil", "fax", "handy", "cell", "téléphone", "teléfono", "telefon",
    "dial-in", "телефон", "τηλέφωνο", "電話", "电话", "전화", "هاتف", "טלפון", "โทรศัพท์", "फ़ोन",
];

#[rustfmt::skip]
const FOREIGN: &[&str] = &[
    "order", "invoice", "tracking", "ticket", "customer", "account", "iban", "vat", "tax", "price",
    "total", "amount", "cost", "budget", "booking", "reservation", "reference", "flight", "card",
    "isbn", "contract", "serial", "license", "issue", "case", "project", "projekt", "proyecto", "progetto", "projet",
    "kosten", "vorgang", "aktenzeichen", "account", "matter", "asset", "document", "dokument", "bestell", "auftrag", "rechnung",
    "sendung", "kunden", "konto", "steuer", "preis", "betrag", "summe", "buchung", "referenz",
    "vertrag", "commande", "facture", "client", "prix", "pedido", "factura", "precio", "ordine",
    "fattura", "prezzo", "bestelling", "factuur", "klant", "prijs", "zamówieni", "faktur", "cena",
    "encomenda", "fatura", "preço", "beställning", "ordre", "kund", "pris", "sipariş", "fiyat",
    "заказ", "счет", "счёт", "цена", "订单", "訂單", "价格", "注文", "주문", "طلب",
];
