//! `oauth-state`: finding the attempt that an answer belongs to, among 10,000.

use anyhow::{Context, Result, ensure};
use chrono::TimeDelta;
use dayline_engine::{Cloud, ProviderKind};
use dayline_store::{AttemptRow, Store};
use rusqlite::{Connection, Row};

use crate::measure::batches;
use crate::report::{Bound, Figure};
use crate::seed::{connect, now};

const ATTEMPTS: u32 = 10_000;
const ROUNDS: u32 = 41;

/// The columns of an attempt, as they lie.
type Columns = (
    String,
    Vec<u8>,
    String,
    String,
    String,
    Vec<u8>,
    i64,
    Option<i64>,
);

/// Measures the lookup by state.
pub fn run() -> Result<Vec<Figure>> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(folder.path())?;
    store.write(|write| {
        (0..ATTEMPTS).try_for_each(|number| write.insert_attempt(&attempt(number)))
    })?;
    let raw = connect(folder.path())?;
    for number in [0, 1, ATTEMPTS / 2, ATTEMPTS - 1] {
        let wanted = attempt(number);
        let (id, hash, ..) = by_key(&raw, &wanted.id)?;
        ensure!(
            (id, &hash) == (wanted.id, &wanted.state_hash),
            "the peer finds another attempt"
        );
        ensure!(finds(&store, &hash)?, "attempt {number} is not found");
    }
    ensure!(
        !finds(&store, &attempt(ATTEMPTS).state_hash)?,
        "an attempt is found that nobody made"
    );
    // Prime, so that calls walk over all of them without order.
    let next = |at: &mut u32| {
        *at = (*at + 7_919) % ATTEMPTS;
        *at
    };
    let hashes: Vec<Vec<u8>> = (0..ATTEMPTS).map(|number| hash(number).to_vec()).collect();
    let ids: Vec<String> = (0..ATTEMPTS).map(id).collect();
    let (mut ours, mut theirs) = (0, 0);
    let pair = batches(
        ROUNDS,
        || {
            let at = usize::try_from(next(&mut ours))?;
            let found = finds(&store, hashes.get(at).context("a state")?)?;
            ensure!(found, "an attempt is lost");
            Ok(())
        },
        || {
            let at = usize::try_from(next(&mut theirs))?;
            std::hint::black_box(by_key(&raw, ids.get(at).context("an id")?)?);
            Ok(())
        },
    )?;
    Ok(vec![
        Figure::ratio(format!("lookup by state among {ATTEMPTS}"), &pair, 5.0, 1.5),
        Figure::time("the same, slowest batch", &pair.ours, 1.0).wished(Some(Bound::AtMost(1.0))),
    ])
}

fn finds(store: &Store, hash: &[u8]) -> Result<bool> {
    Ok(store.read(|read| read.find_open_attempt(hash))?.is_some())
}

fn by_key(raw: &Connection, id: &str) -> Result<Columns> {
    let columns = |row: &Row<'_>| {
        Ok((
            row.get(0)?,
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
            row.get(5)?,
            row.get(6)?,
            row.get(7)?,
        ))
    };
    Ok(raw
        .prepare_cached(
            "SELECT id, state_hash, provider, redirect_uri, client_id, sealed_verifier,
                 expires_at_ms, reauthorize
             FROM oauth_states WHERE id = ?1",
        )?
        .query_row([id], columns)?)
}

fn attempt(number: u32) -> AttemptRow {
    AttemptRow {
        id: id(number),
        state_hash: hash(number).to_vec(),
        provider: ProviderKind::Microsoft,
        cloud: Cloud::Global,
        scopes: "openid Calendars.Read".to_owned(),
        redirect_uri: "dayline://oauth/microsoft".to_owned(),
        client_id: "00000000-0000-4000-8000-000000000000".to_owned(),
        sealed_verifier: vec![7; 96],
        expires_at: now() + TimeDelta::minutes(15),
        reauthorize: None,
    }
}

fn id(number: u32) -> String {
    format!("attempt-{:032x}", mixed(number))
}

/// As evenly spread as a hash.
fn hash(number: u32) -> [u8; 32] {
    let half = mixed(number).to_be_bytes();
    let mut hash = [0; 32];
    for (to, from) in hash.iter_mut().zip(half.iter().chain(half.iter().rev())) {
        *to = *from;
    }
    hash
}

fn mixed(number: u32) -> u128 {
    (u128::from(number) + 1)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835)
        .rotate_left(61)
}
