//! How many connections there may be: in all, and from one address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::metrics::Refusal;

/// The places that there are.
#[derive(Debug)]
pub struct Limits {
    requests: Arc<Semaphore>,
    sockets: Arc<Semaphore>,
    addresses: Arc<Addresses>,
}

#[derive(Debug)]
struct Addresses {
    most: usize,
    open: Mutex<HashMap<IpAddr, usize>>,
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
            addresses: Arc::new(Addresses {
                most: most_of_address,
                open: Mutex::default(),
            }),
        }
    }

    /// A place for a new connection.
    ///
    /// # Errors
    /// Which limit is reached.
    pub fn enter(&self, peer: IpAddr) -> Result<Place, Refusal> {
        let request = Arc::clone(&self.requests)
            .try_acquire_owned()
            .map_err(|_| Refusal::Total)?;
        let peer = peer.to_canonical();
        let address = (!peer.is_loopback()).then_some(peer);
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
