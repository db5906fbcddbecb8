//! The quick reading against the parser's.

use proptest::prelude::*;

use super::{Reading, read};
use crate::html::{READ, clean_with, hrefs, plain};

/// What the parser makes of a document.
fn parsed(html: &str) -> Reading {
    let clean = clean_with(&READ, html);
    Reading {
        text: plain(&clean),
        hrefs: hrefs(&clean),
    }
}

/// Links once each: a tree repeats one that goes over several blocks.
fn once(mut links: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    links.retain(|link| seen.insert(link.clone()));
    links
}

#[track_caller]
fn agrees(html: &str) -> Option<Reading> {
    let quick = read(html)?;
    let slow = parsed(html);
    assert_eq!(quick.text, slow.text, "{html}");
    assert_eq!(once(quick.hrefs.clone()), once(slow.hrefs), "{html}");
    Some(quick)
}

#[test]
fn documents_as_programs_write_them_need_no_parser() {
    for html in [
        "",
        "plain text",
        "<html>\r\n<head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\r\n<style>\r\n<!--\r\np.MsoNormal\r\n\t{margin:0cm}\r\n--></style><title>No <b>text</title></head><body lang=\"EN-GB\"><div class=\"WordSection1\"><p class=\"MsoNormal\">Caf&eacute;&nbsp;&amp; more<o:p></o:p></p></div></body></html>",
        "<div>one</div><div><br></div><div>two&#8217;s</div>",
        "<ul><li>a<li>b</ul><ol><li><p>c</p></li></ol>",
        "<table><tr><td>a</td><td>b</td></tr><tr><td colspan=2>c</td></tr></table>",
        "<table border=0><tbody><tr><td><p>a<td>b<tr><td>c</tbody></table>after",
        "<table><tr><td><table><tr><td>inner</td></tr></table></td><td>x</td></tr></table>",
        "<p>a<p>b</p></p><h2>c</h2>d<hr>e<blockquote>f</blockquote>",
        "<a href=\"https://teams.microsoft.com/l/meetup-join/1?a=1&amp;b=2\">join</a> <a href='mailto:a@b.c'>m</a> <a href=/x>r</a> <a HREF=https://x.example/?q=1&r=2>u</a>",
        "<!DOCTYPE html><!--[if mso]><p>hidden</p><![endif]--><![if !mso]>shown<![endif]>",
        "<script>if (a < b) { c(\"</p>\") }</script>text<SCRIPT src=x></SCRIPT >",
    ] {
        assert!(agrees(html).is_some(), "left to the parser: {html}");
    }
}

#[test]
fn what_a_parser_has_to_mend_is_left_to_it() {
    for html in [
        "a < b",
        "<table>moved<tr><td>a</table>",
        "<td>no table",
        "a</div>b",
        "<pre>\nkept\n  as it is</pre>",
        "<svg><title>x</svg>",
        "<select><option>a</select>",
        "&notin; &Aacute;",
        "&#128;",
        "<!--> shown -->",
        "<a href=\"open",
        "<script>open",
        "<p>a<center>b</center>",
        "\0",
    ] {
        assert_eq!(read(html), None, "{html}");
    }
    assert_eq!(read(&"<div>".repeat(100_000)), None);
}

fn piece() -> impl Strategy<Value = String> {
    let name = proptest::sample::select(vec![
        "p",
        "div",
        "br",
        "ul",
        "ol",
        "li",
        "table",
        "tbody",
        "tr",
        "td",
        "th",
        "b",
        "i",
        "a",
        "span",
        "font",
        "h1",
        "h3",
        "hr",
        "blockquote",
        "center",
        "pre",
        "img",
        "style",
        "title",
        "code",
        "dl",
        "dd",
        "form",
        "button",
        "section",
        "thead",
        "em",
        "u",
        "html",
        "head",
        "body",
        "meta",
        "col",
        "nobr",
        "select",
        "option",
        "o:p",
        "input",
    ]);
    prop_oneof![
        4 => name.clone().prop_map(|name| format!("<{name}>")),
        4 => name.clone().prop_map(|name| format!("</{name}>")),
        1 => name.prop_map(|name| format!("<{name} class=x href=\"https://a.example/{name}\">")),
        4 => "[a-c \n]{1,5}",
        1 => proptest::sample::select(vec![
            "&amp;", "&nbsp;", "&lt;b&gt;", "&", "& ", "&amp", "&#65;", "&#x42;", "<!-- c -->",
            "<![if x]>", "<", ">", "\"", "<a href='https://b.example/?x=1&y=2&amp;z=3'>",
            "<style>p{}</style>", "<script>a</b></script>", "<br/>", "</br>", "é\u{a0}",
            "<tr><td>x</td></tr>", "<table><tr><td>", "</td></tr></table>",
        ]).prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn where_it_reads_at_all_it_reads_what_the_parser_reads(
        pieces in proptest::collection::vec(piece(), 0..14)
    ) {
        agrees(&pieces.concat());
    }
}
