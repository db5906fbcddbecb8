//! What one Graph request asks for beyond its path: preferences, and the shape of answers.

use chrono::SecondsFormat;
use chrono_tz::Tz;
use http::HeaderMap;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::query::{self, Expand};
use crate::call::{Call, Reply};
use crate::world::Account;
use crate::{ids, time};

/// The request with its `Prefer` header read.
pub(crate) struct Context<'a> {
    pub(crate) call: &'a Call,
    pub(crate) request_id: String,
    /// Zone of `start` and `end` in answers, under the name the client used.
    pub(crate) tz: Tz,
    pub(crate) tz_name: String,
    pub(crate) immutable: bool,
    pub(crate) text_body: bool,
    pub(crate) max_page_size: Option<usize>,
    /// The navigations that the answer is to hold.
    pub(super) expand: Vec<Expand>,
    user: String,
    applied: Vec<String>,
}

impl<'a> Context<'a> {
    /// Reads the preferences; an unreadable one is answered at once.
    pub(crate) fn new(
        call: &'a Call,
        account: &Account,
        request_id: String,
    ) -> Result<Self, Box<Reply>> {
        let mut cx = Self {
            call,
            request_id,
            tz: Tz::UTC,
            tz_name: "UTC".into(),
            immutable: false,
            text_body: false,
            max_page_size: None,
            expand: Vec::new(),
            user: account.id.clone(),
            applied: Vec::new(),
        };
        for preference in preferences(&call.headers) {
            cx.apply(&preference)?;
        }
        if let Some(text) = call.param("$expand") {
            match query::parse_expand(text) {
                Ok(expand) => cx.expand = expand,
                Err(why) => return Err(Box::new(cx.error(400, "BadRequest", &why))),
            }
        }
        Ok(cx)
    }

    fn apply(&mut self, preference: &str) -> Result<(), Box<Reply>> {
        let (name, raw) = preference.split_once('=').unwrap_or((preference, ""));
        let value = raw.trim().trim_matches('"');
        match name.trim().to_ascii_lowercase().as_str() {
            // Single quotes make the service fail: microsoft-graph-docs#15604.
            "outlook.timezone" if raw.contains('\'') => {
                let message = "An internal server error occurred. The operation failed.";
                return Err(Box::new(self.error(
                    500,
                    "ErrorInternalServerError",
                    message,
                )));
            }
            "outlook.timezone" => {
                let Some(tz) = time::zone(value) else {
                    return Err(Box::new(self.bad_zone(value)));
                };
                self.tz = tz;
                value.clone_into(&mut self.tz_name);
            }
            "outlook.body-content-type" => match value.to_ascii_lowercase().as_str() {
                "text" => self.text_body = true,
                "html" => self.text_body = false,
                _ => return Err(Box::new(self.bad_preference(preference))),
            },
            "idtype" => match value.to_ascii_lowercase().as_str() {
                "immutableid" => self.immutable = true,
                "restid" => self.immutable = false,
                _ => return Err(Box::new(self.bad_preference(preference))),
            },
            "odata.maxpagesize" => match value.parse() {
                Ok(size) if size > 0 => self.max_page_size = Some(size),
                _ => return Err(Box::new(self.bad_preference(preference))),
            },
            // Known to the service, without an effect on what is simulated.
            "outlook.allow-unsafe-html" => {}
            "exchange.behavior"
            | "odata.track-changes"
            | "respond-async"
            | "return"
            | "bypass-shared-lock" => return Ok(()),
            _ => return Err(Box::new(self.bad_preference(preference))),
        }
        self.applied.push(preference.to_owned());
        Ok(())
    }

    /// The service passes over a preference that it does not know; a client that sends one
    /// has written something else than it meant.
    fn bad_preference(&self, preference: &str) -> Reply {
        let message = format!("The preference '{preference}' is not supported.");
        self.error(400, "ErrorInvalidRequest", &message)
    }

    /// What the client wants to know of a navigation.
    pub(super) fn expands(&self, name: &str) -> Option<&Expand> {
        self.expand.iter().find(|expand| expand.name == name)
    }

    /// An id as this client wants it.
    pub(crate) fn id(&self, stored: &str) -> String {
        if self.immutable {
            ids::to_immutable(stored)
        } else {
            stored.to_owned()
        }
    }

    /// The `@odata.context` of a path below the user.
    pub(crate) fn context(&self, below: &str) -> String {
        format!(
            "{}/v1.0/$metadata#users('{}')/{below}",
            self.call.base(),
            self.user
        )
    }

    /// An id for use inside a context or link.
    pub(crate) fn quoted(&self, id: &str) -> String {
        utf8_percent_encode(&self.id(id), NON_ALPHANUMERIC).to_string()
    }

    /// A collection answer; `next` becomes `@odata.nextLink`.
    pub(crate) fn collection(&self, below: &str, value: Vec<Value>, next: Option<String>) -> Value {
        let mut body = Map::new();
        body.insert("@odata.context".into(), self.context(below).into());
        body.insert("value".into(), value.into());
        if let Some(next) = next {
            body.insert("@odata.nextLink".into(), next.into());
        }
        Value::Object(body)
    }

    /// One resource as an answer; `below` is its collection.
    pub(super) fn entity(&self, status: u16, below: &str, value: Value) -> Reply {
        let mut body = crate::call::object(value);
        let context = self.context(&format!("{below}/$entity"));
        body.insert("@odata.context".into(), context.into());
        Reply::json(status, &Value::Object(body))
    }

    /// This request's URL with one query parameter set.
    pub(crate) fn link_with(&self, name: &str, value: &str) -> String {
        let mut pairs: Vec<(String, String)> = self
            .call
            .query
            .iter()
            .filter(|(key, _)| key != name)
            .cloned()
            .collect();
        pairs.push((name.to_owned(), value.to_owned()));
        self.link(&pairs)
    }

    /// This request's path with the given query.
    pub(crate) fn link(&self, pairs: &[(String, String)]) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish()
            .replace("%24", "$");
        format!("{}{}?{query}", self.call.origin, self.call.path)
    }

    pub(crate) fn error(&self, status: u16, code: &str, message: &str) -> Reply {
        Reply::json(
            status,
            &error_body(self.call, &self.request_id, code, message),
        )
    }

    pub(crate) fn not_found(&self) -> Reply {
        self.error(
            404,
            "ErrorItemNotFound",
            "The specified object was not found in the store.",
        )
    }

    pub(crate) fn denied(&self) -> Reply {
        self.error(
            403,
            "ErrorAccessDenied",
            "Access is denied. Check credentials and try again.",
        )
    }

    pub(crate) fn bad_property(&self, message: &str) -> Reply {
        self.error(400, "ErrorPropertyValidationFailure", message)
    }

    pub(crate) fn bad_body(&self, message: &str) -> Reply {
        self.error(400, "RequestBodyRead", message)
    }

    pub(crate) fn bad_zone(&self, name: &str) -> Reply {
        let message = format!(
            "A valid TimeZone value must be specified. The following TimeZone value is not supported: '{name}'."
        );
        self.error(400, "TimeZoneNotSupportedException", &message)
    }

    pub(crate) fn bad_path(&self) -> Reply {
        let message = format!(
            "Resource not found for the segment '{}'.",
            self.last_segment()
        );
        self.error(400, "BadRequest", &message)
    }

    fn last_segment(&self) -> &str {
        self.call.segments.last().map_or("", String::as_str)
    }

    /// Adds the headers that every Graph answer has.
    pub(crate) fn finish(&self, reply: Reply) -> Reply {
        let mut reply = reply.with("request-id", &self.request_id);
        if let Some(id) = self.call.header("client-request-id") {
            reply = reply.with("client-request-id", id);
        }
        if !self.applied.is_empty() && reply.status < 300 {
            reply = reply.with("preference-applied", &self.applied.join(", "));
        }
        let is_json = |(name, value): &(String, String)| {
            name == "content-type" && value.starts_with("application/json")
        };
        if reply.headers.iter().any(is_json) {
            let kind = "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
            reply = reply.with("content-type", kind);
        }
        reply
    }
}

/// Graph's error body.
pub(crate) fn error_body(call: &Call, request_id: &str, code: &str, message: &str) -> Value {
    let date = call.now.to_rfc3339_opts(SecondsFormat::Secs, true);
    json!({
        "error": {
            "code": code,
            "message": message,
            "innerError": {
                "date": date.trim_end_matches('Z'),
                "request-id": request_id,
                "client-request-id": call.header("client-request-id").unwrap_or(request_id),
            }
        }
    })
}

/// The single preferences of all `Prefer` headers, split at commas outside double quotes.
fn preferences(headers: &HeaderMap) -> Vec<String> {
    let mut out = Vec::new();
    for value in headers
        .get_all("prefer")
        .iter()
        .filter_map(|value| value.to_str().ok())
    {
        let mut quoted = false;
        let parts = value.split(|c: char| {
            quoted ^= c == '"';
            c == ',' && !quoted
        });
        out.extend(
            parts
                .map(|part| part.trim().to_owned())
                .filter(|part| !part.is_empty()),
        );
    }
    out
}
