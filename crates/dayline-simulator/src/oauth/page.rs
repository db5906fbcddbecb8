//! The pages that a person sees while signing in.

use crate::call::Call;
use crate::world::{Account, Vendor};

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;background:#f3f4f6;color:#1f2937;margin:0;display:grid;place-items:center;min-height:100vh}\
main{background:#fff;border-radius:12px;box-shadow:0 2px 16px #0002;padding:32px;width:380px}\
h1{font-size:22px;margin:0 0 4px}p{margin:0 0 16px;color:#4b5563}label{display:block;margin:0 0 8px}\
input[type=email]{box-sizing:border-box;width:100%;padding:10px;border:1px solid #9ca3af;border-radius:6px;font:inherit;margin-top:4px}\
ul{padding:0;list-style:none;font-size:13px;color:#4b5563;word-break:break-all}\
button{font:inherit;padding:9px 20px;border-radius:6px;border:1px solid #9ca3af;background:#fff;margin-right:8px}\
button[value=allow]{background:#1d4ed8;border-color:#1d4ed8;color:#fff}.error{color:#b91c1c}";

/// Text as HTML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn frame(title: &str, inner: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head>\n<body><main>{inner}</main></body></html>\n",
        title = escape(title),
    )
}

/// The sign-in form. It posts to the very address that showed it.
pub(super) fn login(
    title: &str,
    call: &Call,
    accounts: &[&Account],
    problem: Option<&str>,
) -> String {
    let action = escape(&format!("{}?{}", call.path, call.raw_query));
    let state = escape(call.param("state").unwrap_or_default());
    let hint = call.param("login_hint").filter(|hint| !hint.is_empty());
    let first = accounts.first().map(|account| account.email.as_str());
    let email = escape(hint.or(first).unwrap_or_default());
    let options = accounts
        .iter()
        .map(|account| option(account))
        .collect::<Vec<_>>()
        .concat();
    let asked = call.param("scope").unwrap_or_default();
    let by_one = accounts
        .iter()
        .all(|account| account.vendor == Vendor::Google);
    let scopes = asked
        .split_whitespace()
        .map(|scope| if by_one { checkbox(scope) } else { line(scope) })
        .collect::<Vec<_>>()
        .concat();
    let problem = problem.map_or_else(String::new, |text| {
        format!("<p class=\"error\" role=\"alert\">{}</p>", escape(text))
    });
    frame(
        title,
        &format!(
            "<h1>{heading}</h1><p>Dayline asks for access to your calendar. This is a simulated service.</p>{problem}\
<form method=\"post\" action=\"{action}\"><input type=\"hidden\" name=\"state\" value=\"{state}\">\
<label>Account<input type=\"email\" name=\"email\" value=\"{email}\" list=\"accounts\" required autofocus></label><datalist id=\"accounts\">{options}</datalist>\
<ul>{scopes}</ul>\
<button type=\"submit\" name=\"decision\" value=\"allow\">Sign in</button><button type=\"submit\" name=\"decision\" value=\"deny\" formnovalidate>Deny</button></form>",
            heading = escape(title),
        ),
    )
}

fn option(account: &Account) -> String {
    format!(
        "<option value=\"{}\">{}</option>",
        escape(&account.email),
        escape(&account.name)
    )
}

fn checkbox(scope: &str) -> String {
    let scope = escape(scope);
    format!(
        "<li><label><input type=\"checkbox\" name=\"withhold\" value=\"{scope}\"> leave out {scope}</label></li>"
    )
}

fn line(scope: &str) -> String {
    format!("<li>{}</li>", escape(scope))
}

/// A page from which nothing follows.
pub(super) fn waiting(title: &str) -> String {
    let heading = escape(title);
    frame(title, &format!("<h1>{heading}</h1><p>One moment.</p>"))
}

/// Entra's page for a person who may not consent.
pub(super) fn approval(call: &Call, account: &Account) -> String {
    let inner = format!(
        "<h1>Need admin approval</h1><p>Dayline needs permission to access resources in your organization that only an admin can grant. Please ask an admin to grant permission to this app before you can use it.</p>\
<form method=\"post\" action=\"{action}\"><input type=\"hidden\" name=\"email\" value=\"{email}\">\
<p><a href=\"{again}\">Have an admin account? Sign in with that account</a></p>\
<button type=\"submit\" name=\"decision\" value=\"return\">Return to the application without granting consent</button></form>",
        action = escape(&format!("{}?{}", call.path, call.raw_query)),
        again = escape(&format!("{}?{}", call.path, call.raw_query)),
        email = escape(&account.email),
    );
    frame("Need admin approval", &inner)
}

/// The page of the admin consent endpoint.
pub(super) fn admin(call: &Call) -> String {
    let asked = call.param("scope").unwrap_or_default();
    let scopes: Vec<String> = asked.split_whitespace().map(line).collect();
    let inner = format!(
        "<h1>Permissions requested</h1><p>Review for your organization: Dayline.</p>\
<form method=\"post\" action=\"{action}\"><label>Admin account<input type=\"email\" name=\"email\"></label><ul>{scopes}</ul>\
<button type=\"submit\" name=\"decision\" value=\"allow\">Accept</button><button type=\"submit\" name=\"decision\" value=\"deny\">Cancel</button></form>",
        action = escape(&format!("{}?{}", call.path, call.raw_query)),
        scopes = scopes.concat(),
    );
    frame("Permissions requested", &inner)
}

/// A request that cannot be answered by a redirect.
pub(super) fn error(title: &str, message: &str) -> String {
    let inner = format!(
        "<h1>{}</h1><p class=\"error\" role=\"alert\">{}</p>",
        escape(title),
        escape(message)
    );
    frame(title, &inner)
}
