//! How much of a file was read: a bar on the terminal, and nothing where the errors go elsewhere.

use std::io::{IsTerminal, Write, stderr};
use std::path::Path;

/// In how many steps the bar grows.
const STEPS: u64 = 40;

pub(crate) struct Bar {
    name: String,
    bytes: u64,
    /// How many steps are shown; nothing where nothing is to be shown.
    steps: Option<u64>,
}

impl Bar {
    /// Of a file of so many bytes.
    pub(crate) fn new(path: &Path, bytes: u64) -> Self {
        let name = path.file_name().unwrap_or_default();
        Self {
            name: name.to_string_lossy().into_owned(),
            bytes,
            steps: stderr().is_terminal().then_some(0),
        }
    }

    /// So many bytes are read. It is drawn anew where it grows.
    pub(crate) fn show(&mut self, read: u64) {
        let Some(shown) = self.steps else {
            return;
        };
        let steps = read.saturating_mul(STEPS) / self.bytes.max(1);
        let steps = steps.min(STEPS);
        if steps == shown {
            return;
        }
        self.steps = Some(steps);
        let done = "█".repeat(usize::try_from(steps).unwrap_or_default());
        let wide = usize::try_from(STEPS).unwrap_or_default();
        // A bar that cannot be drawn is no reason to stop.
        let _ = write!(
            stderr(),
            "\r{done:░<wide$} {} of {} kB  {}",
            read / 1000,
            self.bytes / 1000,
            self.name
        );
    }
}

/// The line is wiped, so that what is printed next stands alone.
impl Drop for Bar {
    fn drop(&mut self) {
        if self.steps.is_some_and(|steps| steps > 0) {
            let _ = write!(stderr(), "\r\x1b[2K");
        }
    }
}
