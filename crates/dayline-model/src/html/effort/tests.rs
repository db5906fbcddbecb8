use super::*;

#[track_caller]
fn reasonable(html: &str, wanted: bool) {
    let shown: String = html.chars().take(60).collect();
    assert_eq!(is_reasonable(html), wanted, "{shown}");
}

#[test]
fn what_programs_write_is_reasonable() {
    for part in [
        "<p>a",
        "<p>a</p>",
        "<div><span>a</div>",
        "<li>a",
        "<ul><li>a<li>b</ul>",
        "<ul><li><p>a<li><div>b</div></ul>",
        "<b>a</b>",
        "<p><b>a</p></b>",
        "<a href=x>a",
        "<a>",
        "<br>",
        "<img src='<div>'>",
        "<!--<div>-->",
        "<!--[if mso]><table><tr><td><![endif]-->",
        "<!doctype html><html><head><style>div > b {}</style></head><body></body></html>",
        "<style><!-- a > b --></style>",
        "<script>if (a<b) {}</script>",
        "<table><tr><td>a<td>b<tr><td><div><p>c</div></table>",
        "<table><tbody><tr><td><span>a</td></tr></tbody></table>",
        "<table><tr><td><table><tr><td>a</table></table>",
        "<dl><dt>a<dd>b<dt>c</dl>",
        "<svg><path d=x /><path/></svg>",
        "<form><input><button>a</button></form>",
        "<h1>a</h1>",
        "<o:p></o:p>",
        "</div>",
        "<div><!--></div>-->",
        "<div =\"></div>\">",
        "< a < b",
        "<div title=\"</div>\"></div>",
    ] {
        reasonable(&part.repeat(1000), true);
    }
    reasonable(
        &format!("{}a{}", "<div>".repeat(200), "</div>".repeat(200)),
        true,
    );
}

/// What looks closed and is not.
#[test]
fn what_never_closes_is_not() {
    for part in [
        "<div>",
        "<b>",
        "<DIV>",
        "<p><table><td>",
        "<div><!--</div>-->",
        "<div><!--a--!></b><!--</div>-->",
        "<div title='</div>'>",
        "<div title=</div>",
        "<div/>",
        "<div><style></div></style>",
        "<style><!--</style><div><!-- --><b></b>",
        "<span><div></span></div>",
        "<span><p></span></p>",
        "<div><table></div></table>",
        "<div><object></div></object>",
        "<div><table><td></div></table>",
        "<form><div></form></div></form><i>",
        "<p><b></p>",
        "<div><b></div>",
        "<svg><td>",
        "<svg><tr>",
        "<svg><input>",
        "<svg><style><div></style></div><a title='</a></svg>'>",
        "<select><style></select></style><div>",
        "<noscript></noscript><div>",
        "<script><!--<script></script><div></div>",
        "<plaintext><p>",
        "<ul><li>",
        "<template><div>",
        "<button><p>",
        "<font><p></font>",
        "<optgroup>",
        "<ruby><rt>",
        "<frameset>",
    ] {
        reasonable(&part.repeat(500_000 / part.len()), false);
    }
}

#[test]
fn depth_times_length_is_bounded() {
    let wide = |open: &str, many: &str, count: usize| {
        format!("{}{}", open.repeat(200), many.repeat(count))
    };
    reasonable(&wide("<div>", "<br>", 15_000), true);
    reasonable(&wide("<div>", "<br>", 25_000), false);
    // What is written anew in every paragraph costs more.
    reasonable(&wide("<b>", "<p>x</p>", 9_000), true);
    reasonable(&format!("<p>{}", wide("<b>", "<p>x", 2_000)), false);
}

#[test]
fn a_tag_with_very_many_attributes_is_too_much() {
    let tag = |count: usize| format!("<a{}>x</a>", " a=1".repeat(count));
    reasonable(&tag(1_000), true);
    reasonable(&tag(10_000), false);
    reasonable(&tag(500).repeat(200), false);
}
