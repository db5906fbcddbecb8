//! Taking times: two pieces of work in turn, so that noise of the machine hits both.
//!
//! It does not judge. A sample is a batch of calls long enough for the clock; a ratio is the
//! median over rounds of the ratio within a round.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

/// A batch lasts at least this long.
const BATCH: Duration = Duration::from_millis(3);
/// The most calls of one batch.
const MOST_CALLS: u32 = 100_000;

/// How long one call took, once a round; sorted.
#[derive(Debug, Clone, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// The quickest call.
    pub fn min(&self) -> Duration {
        self.0.first().copied().unwrap_or_default()
    }

    /// The slowest call.
    pub fn max(&self) -> Duration {
        self.0.last().copied().unwrap_or_default()
    }

    /// The middle one.
    pub fn median(&self) -> Duration {
        self.quantile(0.5)
    }

    /// The one that a share of `at` does not exceed.
    pub fn quantile(&self, at: f64) -> Duration {
        let last = self.0.len().saturating_sub(1);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a position in a list of some hundred"
        )]
        let position = (last as f64 * at).ceil() as usize;
        self.0.get(position).copied().unwrap_or_default()
    }
}

impl Times {
    /// Of calls that were timed one by one.
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// How many bytes something took, once a round; sorted.
#[derive(Debug, Clone)]
pub struct Sizes(Vec<f64>);

impl Sizes {
    /// Of rounds.
    pub fn of(mut sizes: Vec<f64>) -> Self {
        sizes.sort_unstable_by(f64::total_cmp);
        Self(sizes)
    }

    /// The smallest.
    pub fn min(&self) -> f64 {
        self.0.first().copied().unwrap_or(f64::NAN)
    }

    /// The middle one.
    pub fn median(&self) -> f64 {
        self.0.get(self.0.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// The largest.
    pub fn max(&self) -> f64 {
        self.0.last().copied().unwrap_or(f64::NAN)
    }
}

/// Two pieces of work, measured in turn.
#[derive(Debug, Clone)]
pub struct Pair {
    /// Dayline's.
    pub ours: Times,
    /// What it is held against.
    pub peer: Times,
    /// Ours through the peer's, median over the rounds.
    pub ratio: f64,
}

impl Pair {
    /// Of rounds, each with our time and the peer's.
    pub fn of(rounds: &[(Duration, Duration)]) -> Self {
        let seconds = |round: &(Duration, Duration)| (round.0.as_secs_f64(), round.1.as_secs_f64());
        Self {
            ours: Times::of(rounds.iter().map(|round| round.0).collect()),
            peer: Times::of(rounds.iter().map(|round| round.1).collect()),
            ratio: ratio(rounds.iter().map(seconds)),
        }
    }
}

/// Ours through the peer's, the median over rounds.
pub fn ratio(rounds: impl Iterator<Item = (f64, f64)>) -> f64 {
    let mut ratios: Vec<f64> = rounds
        .map(|(ours, peer)| ours / peer.max(f64::MIN_POSITIVE))
        .collect();
    ratios.sort_unstable_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Measures what two pieces of work tell of themselves, `rounds` times in turn.
pub fn in_turn<T>(
    rounds: u32,
    mut ours: impl FnMut() -> Result<T>,
    mut peer: impl FnMut() -> Result<T>,
) -> Result<Vec<(T, T)>> {
    ensure!(rounds > 0, "nothing is measured in no rounds");
    let mut pairs = Vec::new();
    for round in 0..rounds {
        // Whoever comes second finds warmer or more crowded caches: they take turns.
        pairs.push(if round % 2 == 0 {
            let first = ours()?;
            (first, peer()?)
        } else {
            let first = peer()?;
            (ours()?, first)
        });
    }
    Ok(pairs)
}

/// Measures quick calls: `rounds` batches of each, in turn.
pub fn batches(
    rounds: u32,
    mut ours: impl FnMut() -> Result<()>,
    mut peer: impl FnMut() -> Result<()>,
) -> Result<Pair> {
    let (our_calls, peer_calls) = (calls_of(&mut ours)?, calls_of(&mut peer)?);
    let pairs = in_turn(
        rounds,
        || timed(our_calls, &mut ours),
        || timed(peer_calls, &mut peer),
    )?;
    Ok(Pair::of(&pairs))
}

/// Measures long calls that time themselves, in turn. One of each goes before, unmeasured.
pub fn singles(
    rounds: u32,
    mut ours: impl FnMut() -> Result<Duration>,
    mut peer: impl FnMut() -> Result<Duration>,
) -> Result<Pair> {
    ours()?;
    peer()?;
    Ok(Pair::of(&in_turn(rounds, ours, peer)?))
}

/// Measures calls one by one, for what is held against a bound.
pub fn alone(rounds: u32, mut work: impl FnMut() -> Result<()>) -> Result<Times> {
    work()?;
    let mut times = Vec::new();
    for _ in 0..rounds {
        times.push(timed(1, &mut work)?);
    }
    Ok(Times::of(times))
}

/// How long one call of `work` takes.
pub fn once<T>(work: impl FnOnce() -> Result<T>) -> Result<(T, Duration)> {
    let begin = Instant::now();
    let value = work()?;
    Ok((value, begin.elapsed()))
}

/// How many calls make a batch; the calls that find it out warm the caches.
fn calls_of(work: &mut impl FnMut() -> Result<()>) -> Result<u32> {
    let mut calls = 1;
    loop {
        let begin = Instant::now();
        for _ in 0..calls {
            work()?;
        }
        if begin.elapsed() >= BATCH || calls >= MOST_CALLS {
            return Ok(calls);
        }
        calls *= 2;
    }
}

fn timed(calls: u32, work: &mut impl FnMut() -> Result<()>) -> Result<Duration> {
    let begin = Instant::now();
    for _ in 0..calls {
        work()?;
    }
    Ok(begin.elapsed() / calls)
}
