//! One request taken apart, and the answer to it.
//!
//! Everything above this module works on path segments, query pairs and JSON; only the
//! router sees `http` types.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{HeaderMap, Method, Request, Response, StatusCode, header};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use crate::cloud::Cloud;

/// A request, decoded once.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) method: Method,
    /// Scheme and authority as the client addressed them, for links in answers.
    pub(crate) origin: String,
    /// The cloud that the path names.
    pub(crate) cloud: Cloud,
    /// The path as sent.
    pub(crate) path: String,
    /// The query as sent.
    pub(crate) raw_query: String,
    /// Decoded path segments, after the cloud's.
    pub(crate) segments: Vec<String>,
    /// Decoded query pairs in order.
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) now: DateTime<Utc>,
}

impl Call {
    pub(crate) fn new(request: &Request<Bytes>, now: DateTime<Utc>) -> Self {
        let uri = request.uri();
        let host = request
            .headers()
            .get(header::HOST)
            .and_then(|host| host.to_str().ok());
        let authority = uri.authority().map(http::uri::Authority::as_str).or(host);
        let origin = format!(
            "{}://{}",
            uri.scheme_str().unwrap_or("http"),
            authority.unwrap_or("localhost")
        );
        let mut call = Self {
            method: request.method().clone(),
            origin,
            cloud: Cloud::Global,
            path: String::new(),
            raw_query: String::new(),
            segments: Vec::new(),
            query: Vec::new(),
            headers: request.headers().clone(),
            body: request.body().clone(),
            now,
        };
        call.set_target(uri.path(), uri.query().unwrap_or_default());
        call
    }

    /// Points the call at another path and query of the same origin.
    pub(crate) fn set_target(&mut self, path: &str, query: &str) {
        path.clone_into(&mut self.path);
        query.clone_into(&mut self.raw_query);
        self.segments = path
            .split('/')
            .filter(|part| !part.is_empty())
            .map(|part| percent_decode_str(part).decode_utf8_lossy().into_owned())
            .collect();
        let cloud = self.segments.first().and_then(|one| Cloud::of_segment(one));
        self.cloud = cloud.unwrap_or_default();
        if cloud.is_some() {
            self.segments.remove(0);
        }
        self.query = pairs(query.as_bytes());
    }

    /// Where Microsoft's services of this cloud are, for links in answers.
    pub(crate) fn base(&self) -> String {
        format!("{}{}", self.origin, self.cloud.prefix())
    }

    /// Path segments as string slices, for matching.
    pub(crate) fn parts(&self) -> Vec<&str> {
        self.segments.iter().map(String::as_str).collect()
    }

    /// The first query value under `name`.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// A header as text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The token of `Authorization: Bearer`.
    pub(crate) fn bearer(&self) -> Option<&str> {
        let (scheme, token) = self.header("authorization")?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    }

    /// The body as a JSON object.
    pub(crate) fn object(&self) -> Option<Map<String, Value>> {
        serde_json::from_slice(&self.body).ok()
    }

    /// The body as an HTML form.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        pairs(&self.body)
    }
}

fn pairs(text: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text).into_owned().collect()
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

impl Reply {
    /// A JSON answer.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self {
            status,
            headers: vec![(
                "content-type".into(),
                "application/json; charset=utf-8".into(),
            )],
            body: Bytes::from(body.to_string()),
        }
    }

    /// An answer without a body.
    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    /// An HTML page.
    pub(crate) fn html(status: u16, page: impl Into<String>) -> Self {
        Self {
            status,
            headers: vec![("content-type".into(), "text/html; charset=utf-8".into())],
            body: Bytes::from(page.into()),
        }
    }

    /// A redirect.
    pub(crate) fn redirect(location: &str) -> Self {
        Self::empty(302).with("location", location)
    }

    /// Adds or replaces a header.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers
            .retain(|(key, _)| !key.eq_ignore_ascii_case(name));
        self.headers
            .push((name.to_ascii_lowercase(), value.to_owned()));
        self
    }

    /// The `http` form. A header that HTTP does not allow is left out.
    pub(crate) fn into_response(self) -> Response<Bytes> {
        let mut response = Response::new(self.body);
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        for (name, value) in self.headers {
            if let (Ok(name), Ok(value)) = (
                name.parse::<header::HeaderName>(),
                value.parse::<header::HeaderValue>(),
            ) {
                response.headers_mut().append(name, value);
            }
        }
        response
    }
}

/// Text at a JSON pointer.
pub(crate) fn text<'a>(value: &'a Value, pointer: &str) -> Option<&'a str> {
    value.pointer(pointer).and_then(Value::as_str)
}

/// An object from `json!`, for extending property maps.
pub(crate) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// A reply for a path that no provider knows.
pub(crate) fn unknown_path(path: &str) -> Reply {
    Reply::json(
        404,
        &json!({"error": {"code": "NotFound", "message": format!("no service at {path}")}}),
    )
}
