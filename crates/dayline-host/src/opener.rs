//! What opens links: the system's browser, mail program or telephone.

use async_trait::async_trait;
use url::Url;

/// Why a link was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The system has no program for it, or refused to start it.
    #[error("the system could not open the link: {0}")]
    System(std::io::Error),
}

/// Opens links outside of Dayline.
///
/// It trusts its caller: whoever calls it has passed the link through the gate of
/// `dayline_model::gate` before.
#[async_trait]
pub trait Opener: Send + Sync {
    /// Hands `url` to the system, without a shell, and returns once it was taken.
    async fn open(&self, url: &Url) -> Result<(), OpenError>;
}

/// The desktop's own opener (`xdg-open` and its kin).
#[derive(Debug, Clone, Copy)]
pub struct SystemOpener;

#[async_trait]
impl Opener for SystemOpener {
    async fn open(&self, url: &Url) -> Result<(), OpenError> {
        open::that_detached(url.as_str()).map_err(OpenError::System)
    }
}
