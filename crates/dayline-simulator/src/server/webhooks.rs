//! The simulator's own requests: validations and notifications to the webhooks of clients.

use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use http::{Request, header};
use tokio::task::JoinSet;

use super::{ServeError, Shared};
use crate::{Delivery, Echo, Outcome, VALIDATION_LIMIT, Validated};

/// How long a webhook may take for a notification. Longer than the 10 s after which Graph calls
/// it slow, so that slow and silent are two things.
const DELIVERY_LIMIT: Duration = Duration::from_secs(30);
/// Most of an answer that is read.
const MOST_BYTES: usize = 64 * 1024;

/// A client that follows no redirects and asks no proxies. `trust` is a PEM file of certificate
/// authorities beside the system's.
pub(super) fn client(trust: Option<&[u8]>) -> Result<reqwest::Client, ServeError> {
    // Fails only if somebody else installed one before, which serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy();
    if let Some(pem) = trust {
        builder = builder.tls_certs_merge(reqwest::Certificate::from_pem_bundle(pem)?);
    }
    Ok(builder.build()?)
}

/// Asks the webhooks that a request names to prove themselves, all at once.
pub(super) async fn validate(shared: &Arc<Shared>, request: &Request<Bytes>) -> Vec<Validated> {
    let asked = {
        let now = shared.now();
        let mut world = shared.world.lock().unwrap_or_else(PoisonError::into_inner);
        let (simulator, rng) = &mut *world;
        simulator.validations(request, now, rng)
    };
    let mut running = JoinSet::new();
    for mut validation in asked.into_iter().flatten() {
        let client = shared.client.clone();
        running.spawn(async move {
            let request = std::mem::take(&mut validation.request);
            let echo = tokio::time::timeout(VALIDATION_LIMIT, echo(&client, request)).await;
            validation.judge(&echo.unwrap_or(Echo::Unreachable))
        });
    }
    running.join_all().await
}

async fn echo(client: &reqwest::Client, request: Request<Bytes>) -> Echo {
    let began = Instant::now();
    let Some(mut answer) = send(client, request).await else {
        return Echo::Unreachable;
    };
    let content_type = answer.headers().get(header::CONTENT_TYPE);
    let content_type = content_type.and_then(|kind| kind.to_str().ok());
    let content_type = content_type.map(str::to_owned);
    let mut body = BytesMut::new();
    loop {
        match answer.chunk().await {
            Ok(Some(piece)) if body.len() + piece.len() <= MOST_BYTES => {
                body.extend_from_slice(&piece);
            }
            Ok(None) => break,
            Ok(Some(_)) | Err(_) => return Echo::Unreachable,
        }
    }
    Echo::Answered {
        status: answer.status().as_u16(),
        content_type,
        body: body.freeze(),
        took: began.elapsed(),
    }
}

async fn send(client: &reqwest::Client, request: Request<Bytes>) -> Option<reqwest::Response> {
    let request = reqwest::Request::try_from(request).ok()?;
    client.execute(request).await.ok()
}

/// Sends what has to go out before an answer does.
pub(super) async fn deliver_all(shared: &Arc<Shared>, deliveries: Vec<Delivery>) {
    let mut running = JoinSet::new();
    for delivery in deliveries {
        running.spawn(deliver(Arc::clone(shared), delivery));
    }
    running.join_all().await;
}

/// Sends what is due, for ever.
///
/// # Cancel safety
/// Dropping the future ends the deliveries that are under way.
pub(super) async fn run(shared: Arc<Shared>) {
    let mut running = JoinSet::new();
    loop {
        let (due, wait) = {
            let now = shared.now();
            let mut world = shared.world.lock().unwrap_or_else(PoisonError::into_inner);
            let due = world.0.due(now);
            let next = world.0.next_delivery();
            (due, next.map(|at| (at - now).to_std().unwrap_or_default()))
        };
        for delivery in due {
            running.spawn(deliver(Arc::clone(&shared), delivery));
        }
        let rest = async {
            match wait {
                Some(wait) => tokio::time::sleep(wait).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = shared.wake.notified() => {}
            () = rest => {}
            Some(_) = running.join_next() => {}
        }
    }
}

async fn deliver(shared: Arc<Shared>, delivery: Delivery) {
    let began = Instant::now();
    let answer = send(&shared.client, delivery.request);
    let answer = tokio::time::timeout(DELIVERY_LIMIT, answer).await;
    let took = began.elapsed();
    let outcome = match answer {
        Ok(Some(answer)) => Outcome::Answered {
            status: answer.status().as_u16(),
            took,
        },
        Ok(None) | Err(_) => Outcome::Unreachable { took },
    };
    let now = shared.now();
    let mut world = shared.world.lock().unwrap_or_else(PoisonError::into_inner);
    let (simulator, rng) = &mut *world;
    simulator.delivered(delivery.id, outcome, now, rng);
}
