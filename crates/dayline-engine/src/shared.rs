//! Calendars in the mailboxes of colleagues.
//!
//! What somebody shared and the user accepted stands in the provider's own list and needs nothing
//! from here. A main calendar to which its owner only gave rights stands in no list: the user names
//! the owner, and from then on it is listed with the others.

use dayline_auth::{AuthError, is_personal, opens_shared_mailboxes};
use dayline_model::{Calendar, ProviderKind};
use dayline_store::{AccountRow, Generation, MailboxRow};

use crate::sync::{Caller, SyncRequest};
use crate::view::{CalendarView, ErrorCode};
use crate::{Engine, Error};

/// The most mailboxes of one account: each costs a request an hour and a round of its own.
const MOST_MAILBOXES: usize = 50;
/// The longest address (RFC 5321 §4.5.3.1).
const LONGEST_ADDRESS: usize = 254;

const NOT_SHARED: &str =
    "This calendar is not shared with you, or not any more. Ask its owner to share it.";
const NOT_ALLOWED_YET: &str =
    "Dayline may not read calendars of colleagues yet. Sign in again to allow it.";

/// Whether a sign-in of `account` asks for the mailboxes of colleagues.
pub(crate) fn wants_mailboxes(engine: &Engine, account: &AccountRow) -> Result<bool, Error> {
    let mailboxes = engine
        .store()
        .read(|read| read.shared_mailboxes(account.id))?;
    Ok(!mailboxes.is_empty() && has_colleagues(account))
}

/// Personal accounts share no mailboxes, and Google lists everything that is shared.
fn has_colleagues(account: &AccountRow) -> bool {
    let is_personal = account.tenant.as_deref().is_some_and(is_personal);
    account.provider == ProviderKind::Microsoft && !is_personal
}

/// The calendars in the mailboxes that `account` reads.
///
/// Shape: one that is refused stays as it is known for as long as it was not refused before; a
/// refusal may be a mistake, and what is gone from here has to be listed anew.
///
/// # Errors
/// What concerns all of them; a refusal is kept with its mailbox.
pub(crate) async fn fetch(
    engine: &Engine,
    generation: Generation,
    account: &AccountRow,
    caller: &Caller<'_>,
) -> Result<Vec<Calendar>, Error> {
    let mailboxes = engine
        .store()
        .read(|read| read.shared_mailboxes(account.id))?;
    let mut calendars = Vec::new();
    for mailbox in &mailboxes {
        let (found, problem) = one(engine, account, caller, mailbox).await?;
        calendars.extend(found);
        engine.store().write_held(generation, |write| {
            write.set_shared_mailbox_problem(account.id, &mailbox.email, problem.as_deref())
        })?;
    }
    Ok(calendars)
}

async fn one(
    engine: &Engine,
    account: &AccountRow,
    caller: &Caller<'_>,
    mailbox: &MailboxRow,
) -> Result<(Option<Calendar>, Option<String>), Error> {
    let granted = engine.load_sealed(account.id)?.scopes;
    if !opens_shared_mailboxes(&granted) {
        let known = known(engine, account, &mailbox.email)?;
        return Ok((known, Some(NOT_ALLOWED_YET.to_owned())));
    }
    let owner = mailbox.email.as_str();
    let answer = caller
        .call(|provider, token| async move { provider.fetch_mailbox_calendar(&token, owner).await })
        .await;
    match answer {
        Ok(calendar) => Ok((calendar, None)),
        Err(error) if matches!(error.code(), ErrorCode::NoAccess | ErrorCode::NotFound) => {
            let stays = if mailbox.problem.is_none() {
                known(engine, account, owner)?
            } else {
                None
            };
            Ok((stays, Some(NOT_SHARED.to_owned())))
        }
        Err(error) => Err(error),
    }
}

/// The calendars in mailboxes that are known of an account.
pub(crate) fn all_known(engine: &Engine, account: &AccountRow) -> Result<Vec<Calendar>, Error> {
    let provider = engine.provider(crate::engine::issuer_of(account))?;
    let mut rows = engine.store().read(|read| read.calendars())?;
    rows.retain(|row| row.account == account.id && provider.mailbox_of(&row.calendar.id).is_some());
    Ok(rows.into_iter().map(|row| row.calendar).collect())
}

fn known(engine: &Engine, account: &AccountRow, owner: &str) -> Result<Option<Calendar>, Error> {
    let mut calendars = all_known(engine, account)?;
    calendars.retain(|calendar| {
        let theirs = calendar.delegate_email.as_deref();
        theirs.is_some_and(|theirs| theirs.eq_ignore_ascii_case(owner))
    });
    Ok(calendars.pop())
}

impl Engine {
    /// Reads the main calendar of a colleague from now on, and gives it.
    ///
    /// # Errors
    /// [`AuthError::NeedsConsent`]: the mailbox is kept, and its calendar comes once the account
    /// was signed in again. [`Error::Invalid`]: the account or the address does not fit.
    /// [`Error::NotFound`] with nothing kept: it is not shared with this account.
    pub async fn add_shared_mailbox(
        &self,
        account: &str,
        owner: &str,
    ) -> Result<CalendarView, Error> {
        let row = self.load_account(account)?;
        let owner = owner.trim();
        if !has_colleagues(&row) {
            return Err(Error::Invalid(match row.provider {
                ProviderKind::Google => {
                    "what colleagues share at Google stands in your list of calendars by itself"
                        .to_owned()
                }
                ProviderKind::Microsoft => {
                    "personal Microsoft accounts cannot read calendars of others this way"
                        .to_owned()
                }
            }));
        }
        if !is_address(owner) || owner.eq_ignore_ascii_case(&row.email) {
            return Err(Error::Invalid(
                "enter the address of a colleague, such as name@example.com".to_owned(),
            ));
        }
        let now = self.now();
        let fits = self.store().write(|write| {
            let fits = write.shared_mailboxes(row.id)?.len() < MOST_MAILBOXES;
            if fits {
                write.add_shared_mailbox(row.id, owner, now)?;
            }
            Ok(fits)
        })?;
        if !fits {
            return Err(Error::Invalid(format!(
                "{} reads {MOST_MAILBOXES} calendars of colleagues already; remove one first",
                row.email
            )));
        }
        if !opens_shared_mailboxes(&self.load_sealed(row.id)?.scopes) {
            return Err(AuthError::NeedsConsent.into());
        }
        let request = SyncRequest {
            account: Some(row.id),
            ..SyncRequest::on_demand()
        };
        self.sync(request).await?;
        if let Some(found) = self.mailbox_calendar(account, owner)? {
            return Ok(found);
        }
        self.store()
            .write(|write| write.remove_shared_mailbox(row.id, owner))?;
        Err(Error::NotFound("calendar that is shared with you"))
    }

    /// Reads a colleague's calendar no longer, and removes it from this computer.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn remove_shared_mailbox(&self, account: &str, owner: &str) -> Result<(), Error> {
        let row = self.load_account(account)?;
        let theirs = known(self, &row, owner)?;
        let removed = self.store().write(|write| {
            if let Some(calendar) = &theirs {
                write.remove_calendar(row.id, &calendar.id)?;
            }
            write.remove_shared_mailbox(row.id, owner)
        })?;
        if !removed {
            return Err(Error::NotFound("calendar of that person"));
        }
        self.changed_here().await;
        Ok(())
    }

    /// The calendar that is read in the mailbox of `owner`.
    fn mailbox_calendar(&self, account: &str, owner: &str) -> Result<Option<CalendarView>, Error> {
        let row = self.load_account(account)?;
        let Some(calendar) = known(self, &row, owner)? else {
            return Ok(None);
        };
        let rows = self.store().read(|read| read.calendars())?;
        Ok(rows
            .iter()
            .find(|found| found.account == row.id && found.calendar.id == calendar.id)
            .map(crate::engine::calendar_view))
    }
}

/// Whether a text has the shape of an address: one `@`, a dot behind it, no spaces.
fn is_address(text: &str) -> bool {
    let sound = text.len() <= LONGEST_ADDRESS
        && text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"/:\\?#<>\"(),;".contains(&byte));
    let parts = text.split_once('@');
    sound
        && parts.is_some_and(|(local, domain)| {
            !local.is_empty() && domain.contains('.') && !domain.contains('@')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_domain() {
        for address in ["bob@contoso.example", "o'neill+x@a.b.c"] {
            assert!(is_address(address), "{address}");
        }
        for text in [
            "", "bob", "@a.b", "bob@", "bob@x", "a b@c.d", "a@b@c.d", "a:b@c.d", "x/y@c.d",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }
}
