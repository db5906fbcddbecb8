//! Which OAuth client Dayline is to each provider: what the user entered, else what is built in.
//!
//! Google calls the secret of a desktop client not confidential, and it is no key to anything of
//! the user's; it lies sealed all the same, as everything does that is called a secret.

use dayline_auth::{Client, Issuer};
use dayline_model::Cloud;
use secrecy::{ExposeSecret, SecretString};

use crate::{Engine, Error};

fn id_key(issuer: Issuer) -> String {
    format!("client.{}.id", name(issuer))
}

fn secret_key(issuer: Issuer) -> String {
    format!("client.{}.secret", name(issuer))
}

/// Each cloud has registrations of its own.
fn name(issuer: Issuer) -> String {
    match issuer.cloud {
        Cloud::Global => issuer.provider.to_string(),
        cloud => format!("{}.{cloud}", issuer.provider),
    }
}

/// The client's id for `issuer`, without its secret.
pub(crate) fn find(engine: &Engine, issuer: Issuer) -> Result<Option<String>, Error> {
    let entered = engine
        .store()
        .read(|read| read.find_setting(&id_key(issuer)))?;
    Ok(entered.or_else(|| Client::built_in(issuer).map(|client| client.id)))
}

/// The client for `issuer`.
///
/// # Errors
/// Not configured, or a keyring that cannot open the secret.
pub(crate) async fn load(engine: &Engine, issuer: Issuer) -> Result<Client, Error> {
    let (id, secret) = engine.store().read(|read| {
        Ok((
            read.find_setting(&id_key(issuer))?,
            read.find_setting(&secret_key(issuer))?,
        ))
    })?;
    let Some(id) = id else {
        return Client::built_in(issuer).ok_or_else(|| Error::not_configured(issuer));
    };
    let Some(secret) = secret else {
        return Ok(Client::public(id));
    };
    let sealed =
        unhex(&secret).ok_or_else(|| Error::Internal("a stored client secret".to_owned()))?;
    let secret = engine
        .sealer()
        .await?
        .open(&sealed, &format!("settings/{}", secret_key(issuer)))?;
    Ok(Client::with_secret(id, secret))
}

impl Engine {
    /// Sets the OAuth client for an issuer, as registered by the user.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an empty id; keyring errors where there is a secret to seal.
    pub async fn set_client(
        &self,
        issuer: impl Into<Issuer>,
        id: &str,
        secret: Option<SecretString>,
    ) -> Result<(), Error> {
        let issuer = issuer.into();
        let id = id.trim();
        if id.is_empty()
            || id.len() > 256
            || id
                .chars()
                .any(|letter| letter.is_control() || letter.is_whitespace())
        {
            return Err(Error::Invalid(
                "a client id is one word without spaces".to_owned(),
            ));
        }
        let secret = secret.filter(|secret| !secret.expose_secret().trim().is_empty());
        let sealed = match secret {
            Some(secret) => {
                let secret = SecretString::from(secret.expose_secret().trim());
                let purpose = format!("settings/{}", secret_key(issuer));
                let sealer = self.sealer_for_sign_in().await?;
                Some(hex(&sealer.seal(
                    self.host().rng.as_ref(),
                    &secret,
                    &purpose,
                )?))
            }
            None => None,
        };
        self.store().write(|write| {
            write.put_setting(&id_key(issuer), id)?;
            match &sealed {
                Some(sealed) => write.put_setting(&secret_key(issuer), sealed),
                None => write.remove_setting(&secret_key(issuer)),
            }
        })?;
        Ok(())
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|digit| {
            digit
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        })
        .collect();
    let digits = digits?;
    if digits.len() % 2 != 0 {
        return None;
    }
    Some(
        digits
            .chunks(2)
            .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit))
            .collect(),
    )
}
