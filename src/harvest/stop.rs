//! A request to stop: Ctrl-C raises it, the harvest sees it at its next wait.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// Cheap to clone; all clones are one signal.
#[derive(Clone, Debug, Default)]
pub struct Stop {
    raised: Arc<AtomicBool>,
    wake: Arc<Notify>,
}

impl Stop {
    pub fn raise(&self) {
        self.raised.store(true, Ordering::SeqCst);
        self.wake.notify_waiters();
    }

    pub fn is_raised(&self) -> bool {
        self.raised.load(Ordering::SeqCst)
    }

    /// Ends when the signal is raised.
    pub async fn wait(&self) {
        loop {
            let woken = self.wake.notified();
            if self.is_raised() {
                return;
            }
            woken.await;
        }
    }
}
