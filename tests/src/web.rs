//! Requests as a browser or a script sends them, without following redirects.

use anyhow::{Context as _, Result};
use bytes::Bytes;
use dayline_host::{Http as _, ReqwestHttp};
use http::{Method, Request, Response, header};
use serde_json::Value;

/// A small HTTP client.
pub struct Web(ReqwestHttp);

impl Web {
    /// A client with its own connections.
    ///
    /// # Errors
    /// The system's TLS set-up cannot be used.
    pub fn new() -> Result<Self> {
        Ok(Self(ReqwestHttp::new()?))
    }

    /// Sends a request whose body is a form or JSON.
    ///
    /// # Errors
    /// The server cannot be reached.
    pub async fn send(
        &self,
        method: Method,
        url: &str,
        headers: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> Result<Response<Bytes>> {
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into())?;
        self.0
            .send(request)
            .await
            .with_context(|| format!("no answer from {url}"))
    }

    /// Gets a page.
    ///
    /// # Errors
    /// The server cannot be reached.
    pub async fn get(&self, url: &str) -> Result<Response<Bytes>> {
        self.send(Method::GET, url, &[], Bytes::new()).await
    }

    /// Sends JSON with a bearer token and reads JSON; an empty answer is null.
    ///
    /// # Errors
    /// Anything but success.
    pub async fn json(
        &self,
        method: Method,
        url: &str,
        token: &str,
        body: &Value,
    ) -> Result<Value> {
        let bearer = format!("Bearer {token}");
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
        ];
        let body = if body.is_null() {
            Bytes::new()
        } else {
            Bytes::from(body.to_string())
        };
        let answer = self.send(method.clone(), url, &headers, body).await?;
        let status = answer.status();
        anyhow::ensure!(
            status.is_success(),
            "{method} {url}: {status} {}",
            String::from_utf8_lossy(answer.body())
        );
        if answer.body().is_empty() {
            return Ok(Value::Null);
        }
        Ok(serde_json::from_slice(answer.body())?)
    }

    /// Signs in on a provider's login page as a person would, and gives where the browser is
    /// sent afterwards.
    ///
    /// # Errors
    /// The page has no form, or does not send the browser anywhere.
    pub async fn log_in(&self, authorize_url: &str, email: &str, decision: &str) -> Result<String> {
        let page = self.get(authorize_url).await?;
        anyhow::ensure!(
            page.status().is_success(),
            "the login page answers {}",
            page.status()
        );
        let html = String::from_utf8_lossy(page.body());
        anyhow::ensure!(
            html.contains("<form method=\"post\""),
            "the login page has no form"
        );
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("email", email)
            .append_pair("decision", decision)
            .finish();
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        let answer = self
            .send(Method::POST, authorize_url, &headers, form)
            .await?;
        let target = answer
            .headers()
            .get(header::LOCATION)
            .with_context(|| format!("the login answers {} and leads nowhere", answer.status()))?;
        Ok(target.to_str()?.to_owned())
    }
}
