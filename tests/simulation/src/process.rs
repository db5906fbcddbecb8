//! A process: an engine, the tasks that it started, and how it ends.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use dayline_engine::{Disk, Engine};
use dayline_host::{Spawn, Task, TokioSpawn};

use crate::world::World;

/// Stops everything in a process at once, for a while or for ever.
#[derive(Debug, Default)]
pub struct Gate {
    shut: AtomicBool,
    waiting: Mutex<Vec<Waker>>,
}

impl Gate {
    /// Nothing moves from now on.
    pub fn shut(&self) {
        self.shut.store(true, Ordering::SeqCst);
    }

    /// Everything moves again.
    pub fn open(&self) {
        self.shut.store(false, Ordering::SeqCst);
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap());
        waiting.into_iter().for_each(Waker::wake);
    }

    fn stops(&self, context: &Context<'_>) -> bool {
        let is_shut = self.shut.load(Ordering::SeqCst);
        if is_shut {
            self.waiting.lock().unwrap().push(context.waker().clone());
        }
        is_shut
    }
}

/// Starts tasks behind a gate.
struct GatedSpawn(Arc<Gate>);

impl Spawn for GatedSpawn {
    fn spawn(
        &self,
        name: &'static str,
        mut future: Pin<Box<dyn Future<Output = ()> + Send>>,
    ) -> Task {
        let gate = self.0.clone();
        let gated = poll_fn(move |context| {
            if gate.stops(context) {
                return Poll::Pending;
            }
            future.as_mut().poll(context)
        });
        TokioSpawn.spawn(name, Box::pin(gated))
    }
}

/// How a process dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Death {
    /// When it has moved so many times.
    AtAwait(u32),
    /// Instead of its next write but so many.
    AtWrite(u64),
}

/// A running Dayline.
pub struct Process {
    /// What it runs.
    pub engine: Engine,
    /// What it writes to.
    pub disk: Arc<Disk>,
    /// Stops it.
    pub gate: Arc<Gate>,
}

impl Process {
    /// Starts one over a world's data folder.
    pub fn start(world: &World) -> Self {
        let gate = Arc::new(Gate::default());
        let mut host = world.host();
        host.spawn = Arc::new(GatedSpawn(gate.clone()));
        let engine = Engine::open(host, world.config()).unwrap();
        let disk = Disk::new();
        engine.raw_store().set_disk(disk.clone()).unwrap();
        Self { engine, disk, gate }
    }

    /// Does something to its end, or dies over it; `None` then. `look` is called once, when it has
    /// moved as often as `at` says.
    pub async fn run<T>(
        &self,
        work: impl Future<Output = T>,
        death: Option<Death>,
        at: u32,
        look: impl FnOnce(),
    ) -> Option<T> {
        let mut work = pin!(work);
        let mut moves = 0;
        let mut look = Some(look);
        if let Some(Death::AtWrite(writes)) = death {
            self.disk.fill_after(writes);
        }
        poll_fn(move |context| {
            if self.gate.stops(context) {
                return Poll::Pending;
            }
            moves += 1;
            if death == Some(Death::AtAwait(moves)) {
                return Poll::Ready(None);
            }
            let done = work.as_mut().poll(context);
            if matches!(death, Some(Death::AtWrite(_))) && self.disk.has_refused() {
                return Poll::Ready(None);
            }
            if moves == at
                && let Some(look) = look.take()
            {
                look();
            }
            done.map(Some)
        })
        .await
    }
}
