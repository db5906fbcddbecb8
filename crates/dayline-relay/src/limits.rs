//! How many connections there may be, in all and from one address; how many large bodies, and
//! how many new devices.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::metrics::Refusal;

/// Bodies larger than most that are held at once, of 1 MiB each at most.
const LARGE_BODIES: usize = 64;
/// So many devices of one address may enrol at once.
const ENROLMENTS_AT_ONCE: u32 = 50;
/// And one more after each of these.
const ENROLMENT_EACH: Duration = Duration::from_secs(30);

/// The places that there are.
#[derive(Debug)]
pub struct Limits {
    requests: Arc<Semaphore>,
    sockets: Arc<Semaphore>,
    large_bodies: Arc<Semaphore>,
    addresses: Arc<Addresses>,
    enrolments: Mutex<HashMap<IpAddr, Enrolments>>,
}

#[derive(Debug)]
struct Addresses {
    most: usize,
    open: Mutex<HashMap<IpAddr, usize>>,
}

/// How many devices of one address enrolled lately.
#[derive(Debug)]
struct Enrolments {
    spent: u32,
    refilled: Instant,
}

/// A connection's place, until it is dropped.
#[derive(Debug)]
pub struct Place {
    /// A connection that became a socket takes another one.
    request: Option<OwnedSemaphorePermit>,
    socket: Option<OwnedSemaphorePermit>,
    address: Option<IpAddr>,
    addresses: Arc<Addresses>,
}

impl Limits {
    /// Places for so many connections with requests, so many sockets, and so many of either from
    /// one address.
    ///
    /// This machine's own addresses are not counted: a proxy's connections all come from there.
    pub fn new(requests: usize, sockets: usize, most_of_address: usize) -> Self {
        Self {
            requests: Arc::new(Semaphore::new(requests.min(Semaphore::MAX_PERMITS))),
            sockets: Arc::new(Semaphore::new(sockets.min(Semaphore::MAX_PERMITS))),
            large_bodies: Arc::new(Semaphore::new(LARGE_BODIES)),
            addresses: Arc::new(Addresses {
                most: most_of_address,
                open: Mutex::default(),
            }),
            enrolments: Mutex::default(),
        }
    }

    /// A place for a body that is larger than most; `None` if there are too many.
    pub fn large_body(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.large_bodies).try_acquire_owned().ok()
    }

    /// Whether one more device may enrol from this address now.
    ///
    /// A revoked device is a line in a file for months, and who can make devices without end can
    /// make such lines without end.
    pub fn enrol(&self, peer: IpAddr, now: Instant) -> bool {
        let Some(network) = network(peer) else {
            return true;
        };
        let mut enrolments = self
            .enrolments
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let known = enrolments.entry(network).or_insert(Enrolments {
            spent: 0,
            refilled: now,
        });
        known.refill(now);
        if known.spent >= ENROLMENTS_AT_ONCE {
            return false;
        }
        known.spent += 1;
        true
    }

    /// Forgets who may enrol as if it never had; to be called now and then.
    pub fn forget(&self, now: Instant) {
        let mut enrolments = self
            .enrolments
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        enrolments.retain(|_, known| {
            known.refill(now);
            known.spent > 0
        });
    }

    /// A place for a new connection.
    ///
    /// # Errors
    /// Which limit is reached.
    pub fn enter(&self, peer: IpAddr) -> Result<Place, Refusal> {
        let request = Arc::clone(&self.requests)
            .try_acquire_owned()
            .map_err(|_| Refusal::Total)?;
        let address = network(peer);
        if let Some(address) = address {
            self.addresses.enter(address)?;
        }
        Ok(Place {
            request: Some(request),
            socket: None,
            address,
            addresses: Arc::clone(&self.addresses),
        })
    }

    /// Makes a connection's place one of a socket.
    ///
    /// # Errors
    /// The place as it was, if there are too many sockets.
    pub fn become_socket(&self, mut place: Place) -> Result<Place, Place> {
        match Arc::clone(&self.sockets).try_acquire_owned() {
            Ok(socket) => {
                place.socket = Some(socket);
                place.request = None;
                Ok(place)
            }
            Err(_) => Err(place),
        }
    }
}

impl Enrolments {
    fn refill(&mut self, now: Instant) {
        while self.spent > 0 && now.saturating_duration_since(self.refilled) >= ENROLMENT_EACH {
            self.spent -= 1;
            self.refilled += ENROLMENT_EACH;
        }
        if self.spent == 0 {
            self.refilled = now;
        }
    }
}

/// What is counted as one address: with IPv6, who has one has the 64 bits behind it as well.
/// `None` for this machine.
fn network(peer: IpAddr) -> Option<IpAddr> {
    let peer = peer.to_canonical();
    if peer.is_loopback() {
        return None;
    }
    Some(match peer {
        IpAddr::V4(_) => peer,
        IpAddr::V6(address) => {
            let network = address.to_bits() & !u128::from(u64::MAX);
            IpAddr::V6(Ipv6Addr::from_bits(network))
        }
    })
}

impl Addresses {
    fn enter(&self, address: IpAddr) -> Result<(), Refusal> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(address).or_default();
        if *count >= self.most {
            return Err(Refusal::Address);
        }
        *count += 1;
        Ok(())
    }

    fn leave(&self, address: IpAddr) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&address) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                open.remove(&address);
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(address) = self.address {
            self.addresses.leave(address);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_so_many_places_and_this_machine_all() {
        let limits = Limits::new(10, 10, 2);
        let far = IpAddr::from([203, 0, 113, 7]);
        let first = limits.enter(far).unwrap();
        let _second = limits.enter("::ffff:203.0.113.7".parse().unwrap()).unwrap();
        assert_eq!(limits.enter(far).unwrap_err(), Refusal::Address);
        let _near: Vec<Place> = (0..8)
            .map(|_| limits.enter(IpAddr::from([127, 0, 0, 1])).unwrap())
            .collect();
        assert_eq!(limits.enter(far).unwrap_err(), Refusal::Total);
        drop(first);
        assert!(limits.enter(far).is_ok());
    }

    #[test]
    fn whoever_has_one_address_of_ipv6_has_its_whole_network() {
        let limits = Limits::new(10, 10, 1);
        let _first = limits.enter("2001:db8:1:2::1".parse().unwrap()).unwrap();
        let same = limits.enter("2001:db8:1:2:ffff::9".parse().unwrap());
        assert_eq!(same.unwrap_err(), Refusal::Address);
        assert!(limits.enter("2001:db8:1:3::1".parse().unwrap()).is_ok());
    }

    #[test]
    fn one_address_does_not_enrol_devices_without_end() {
        let limits = Limits::new(1, 1, 1);
        let far = IpAddr::from([203, 0, 113, 7]);
        let start = Instant::now();
        let enrolled = |from: IpAddr, now| (0..1_000).filter(|_| limits.enrol(from, now)).count();
        assert_eq!(enrolled(far, start), 50);
        assert_eq!(enrolled(IpAddr::from([127, 0, 0, 1]), start), 1_000);
        assert_eq!(enrolled(far, start + ENROLMENT_EACH), 1);
        limits.forget(start + ENROLMENT_EACH * 2);
        assert_eq!(enrolled(far, start + ENROLMENT_EACH * 3), 2);
        limits.forget(start + ENROLMENT_EACH * 100);
        assert!(limits.enrolments.lock().unwrap().is_empty());
        assert_eq!(enrolled(far, start + ENROLMENT_EACH * 100), 50);
    }

    #[test]
    fn a_socket_gives_its_place_among_requests_back() {
        let limits = Limits::new(1, 1, 9);
        let far = IpAddr::from([203, 0, 113, 7]);
        let socket = limits.become_socket(limits.enter(far).unwrap()).unwrap();
        let second = limits.enter(far).unwrap();
        let second = limits.become_socket(second).unwrap_err();
        drop(socket);
        assert!(limits.become_socket(second).is_ok());
    }
}
