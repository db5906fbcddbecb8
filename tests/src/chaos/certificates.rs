//! An authority that the client trusts, with a certificate for this computer and one for another.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// Both certificates, ready to be shown.
pub struct Certificates {
    right: TlsAcceptor,
    wrong: TlsAcceptor,
}

impl Certificates {
    /// Makes them and writes the authority's own to `authority`.
    ///
    /// # Errors
    /// They cannot be made or written.
    pub fn new(authority: &Path) -> Result<Self> {
        let mut ca = rcgen::CertificateParams::new(Vec::new())?;
        ca.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let key = rcgen::KeyPair::generate()?;
        std::fs::write(authority, ca.self_signed(&key)?.pem())?;
        let issuer = rcgen::Issuer::new(ca, key);
        Ok(Self {
            right: acceptor(&issuer, "localhost")?,
            wrong: acceptor(&issuer, "somebody-else.example")?,
        })
    }

    pub(super) fn acceptor(&self, wrong: bool) -> &TlsAcceptor {
        if wrong { &self.wrong } else { &self.right }
    }
}

fn acceptor(issuer: &rcgen::Issuer<'_, rcgen::KeyPair>, name: &str) -> Result<TlsAcceptor> {
    let key = rcgen::KeyPair::generate()?;
    let leaf = rcgen::CertificateParams::new(vec![name.to_owned()])?.signed_by(&key, issuer)?;
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(
            vec![leaf.der().clone()],
            PrivateKeyDer::Pkcs8(key.serialize_der().into()),
        )?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
