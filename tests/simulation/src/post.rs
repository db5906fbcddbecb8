//! The vendors' post: carries what they send to the relay.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use dayline_simulator::Outcome;
use http::Request;
use tokio::time::Instant;

use crate::fault::Fault;
use crate::relay::Relay;
use crate::world::network::Network;

/// A letter on its way.
struct Letter {
    request: Request<Bytes>,
    /// By what its sender wants to hear of it; `None`: it has heard already.
    id: Option<u64>,
}

/// Carries everything, for as long as the life lasts.
pub async fn carry(network: Arc<Network>, relay: Arc<Relay>) {
    let mut bag: BTreeMap<(Instant, u64), Letter> = BTreeMap::new();
    let mut number = 0;
    loop {
        for delivery in network.due() {
            let now = Instant::now();
            let mut put = |after: Duration, request, id| {
                number += 1;
                bag.insert((now + after, number), Letter { request, id });
            };
            let (fate, after) = relay.fate();
            match fate {
                Some(Fault::NotificationLost) => {
                    let took = Duration::ZERO;
                    let outcome = Outcome::Answered { status: 202, took };
                    network.delivered(delivery.id, outcome);
                }
                Some(Fault::NotificationDoubled) => {
                    put(after * 100, delivery.request.clone(), None);
                    put(after, delivery.request, Some(delivery.id));
                }
                Some(Fault::NotificationLate) => {
                    put(after * 5_000, delivery.request, Some(delivery.id));
                }
                _ => put(after, delivery.request, Some(delivery.id)),
            }
        }
        while let Some(first) = bag.first_entry()
            && first.key().0 <= Instant::now()
        {
            let letter = first.remove();
            let outcome = network.post(&letter.request);
            if let Some(id) = letter.id {
                network.delivered(id, outcome);
            }
        }
        let next = bag.first_key_value().map(|((at, _), _)| *at);
        let due = network.until_due().map(|wait| Instant::now() + wait);
        let next = next.into_iter().chain(due).min();
        let rest = async {
            match next {
                Some(at) => tokio::time::sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = network.posts_change() => {}
            () = rest => {}
        }
    }
}
