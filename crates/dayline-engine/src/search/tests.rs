//! Tables of texts: their words, what they ask for, where it stands.

use super::Texts;
use super::excerpt::{Field, find_excerpt};
use super::question::Question;
use super::words::{index_text, words};

#[test]
fn words_are_folded_and_scripts_without_spaces_are_split() {
    for (text, wanted) in [
        ("", ""),
        (" -- \t", ""),
        ("Budget Review", "budget review"),
        ("Größe & Café-Bar", "grosse cafe bar"),
        ("e\u{301}clair", "eclair"),
        ("ada@example.com", "ada example com"),
        ("don't NEAR(a,b)* {x}:y", "don t near a b x y"),
        ("Zusammen\u{ad}arbeit", "zusammenarbeit"),
        ("会議abc室", "会 議 abc 室"),
        ("ガイド", "カ イ ト"),
        ("한", "\u{1112} \u{1161} \u{11ab}"),
        ("ประชุม", "ป ร ะ ช ม"),
        ("🎉Party 👩‍💻", "u1f389 party u1f469 u1f4bb"),
        ("👍🏽", "u1f44d"),
        ("ﬁn ½", "fin 1 2"),
    ] {
        assert_eq!(index_text(text), wanted, "{text}");
    }
}

#[test]
fn words_know_where_they_stand() {
    for text in ["Größe: 会議, 🎉 e\u{301}clair", "x", "½"] {
        for word in words(text) {
            assert!(text.get(word.start..word.end).is_some(), "{word:?}");
        }
    }
    let found = words("Die Größe");
    assert_eq!((found[1].start, found[1].end), (4, 11));
}

#[test]
fn a_question_is_written_for_the_index() {
    for (text, wanted) in [
        ("budget", Some(r#""budget"*"#)),
        ("Budget  Café", Some(r#""budget"* "cafe"*"#)),
        (r#""annual budget" ada"#, Some(r#""annual budget" "ada"*"#)),
        (r#""annual bud"#, Some(r#""annual bud"*"#)),
        ("“annual budget”", Some(r#""annual budget""#)),
        ("budget -draft", Some(r#"("budget"*) NOT ("draft"*)"#)),
        (
            r#"budget -draft -"old one""#,
            Some(r#"("budget"*) NOT ("draft"* OR "old one")"#),
        ),
        ("a - b", Some(r#""a"* "b"*"#)),
        ("e-mail", Some(r#""e mail"*"#)),
        ("--x", None),
        ("-x", None),
        ("ada@example.com", Some(r#""ada example com"*"#)),
        (
            "title:x OR y AND z NOT",
            Some(r#""title x"* "or"* "y"* "and"* "z"* "not"*"#),
        ),
        ("NEAR(a b)", Some(r#""near a"* "b"*"#)),
        ("a* ^b {c d}:e +f", Some(r#""a"* "b"* "c"* "d e"* "f"*"#)),
        (r#"""""#, None),
        ("*", None),
        ("\"", None),
        ("-", None),
        ("(", None),
        (
            "'; DROP TABLE accounts; --",
            Some(r#""drop"* "table"* "accounts"*"#),
        ),
        ("会議", Some(r#""会 議""#)),
        ("会議abc", Some(r#""会 議 abc"*"#)),
        ("🎉", Some(r#""u1f389""#)),
    ] {
        assert_eq!(
            Question::parse(text).for_index().as_deref(),
            wanted,
            "{text}"
        );
    }
    assert!(Question::parse("-x -y").only_leaves_out());
    assert!(!Question::parse("***").only_leaves_out());
}

#[test]
fn an_endless_text_is_asked_in_few_words() {
    for text in [
        "word ".repeat(2000),
        "会".repeat(10_000),
        "-x ".repeat(5000),
    ] {
        let question = Question::parse(&text);
        let phrases = question.wanted.iter().chain(&question.unwanted);
        let count: usize = phrases.map(|phrase| phrase.words.len()).sum();
        assert_eq!(count, 64);
    }
}

fn texts() -> Texts {
    Texts {
        title: "Annual Budget".to_owned(),
        place: "Café Größe".to_owned(),
        people: "Ada Lovelace, ada@example.com".to_owned(),
        body: format!(
            "{} The  secret\n\nword is Éclair. {}",
            "before ".repeat(20),
            "after ".repeat(40)
        ),
    }
}

#[test]
fn an_excerpt_shows_what_the_title_does_not() {
    for (text, field, part) in [
        ("budget", Field::Title, "Annual Budget"),
        ("bud ann", Field::Title, "Annual Budget"),
        ("grosse", Field::Place, "Café Größe"),
        (
            "budget lovelace",
            Field::People,
            "Ada Lovelace, ada@example.com",
        ),
        (
            "\"ada example\"",
            Field::People,
            "Ada Lovelace, ada@example.com",
        ),
        (
            "word eclair",
            Field::Body,
            "The secret word is Éclair. after",
        ),
        ("nowhere", Field::Title, "Annual Budget"),
    ] {
        let (found, excerpt) = find_excerpt(&Question::parse(text), &texts());
        assert_eq!(found, field, "{text}");
        assert!(excerpt.contains(part), "{text}: {excerpt}");
    }
    let (_, excerpt) = find_excerpt(&Question::parse("eclair"), &texts());
    assert!(
        excerpt.starts_with("…before") && excerpt.ends_with("after…"),
        "{excerpt}"
    );
    assert!(excerpt.chars().count() < 160, "{excerpt}");
}

#[test]
fn an_excerpt_of_text_without_spaces_is_short_as_well() {
    let body = format!("{}会議{}", "無".repeat(1000), "駄".repeat(1000));
    let (field, excerpt) = find_excerpt(&Question::parse("会議"), &Texts { body, ..texts() });
    assert_eq!(field, Field::Body);
    assert!(excerpt.contains("会議"), "{excerpt}");
    assert!(excerpt.chars().count() < 160, "{excerpt}");
}

proptest::proptest! {
    #[test]
    fn any_text_can_be_asked_for_and_is_found_in_itself(text in "\\PC{0,80}") {
        let question = Question::parse(&text.replace('-', " "));
        proptest::prop_assert!(question.wanted.is_empty() || question.is_in(&text));
        let line = question.for_index().unwrap_or_default();
        let is_safe = |c: char| c.is_alphanumeric() || " \"*".contains(c);
        proptest::prop_assert!(line.chars().all(is_safe), "{}", line);
    }
}
