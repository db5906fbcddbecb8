//! What happens at the providers arrives, and what goes wrong there loses nothing.

mod accounts;
mod answers;
mod changes;
mod cost;
mod hostile;
mod ledger;
mod rounds;
mod tokens;

use dayline_engine::view::{AccountState, AccountView};
use dayline_engine::{Engine, ProviderKind};

/// The view of a provider's account.
pub(crate) fn account(engine: &Engine, provider: ProviderKind) -> AccountView {
    let accounts = engine.accounts().unwrap();
    accounts
        .into_iter()
        .find(|account| ProviderKind::from(account.provider) == provider)
        .unwrap()
}

/// An account that is well.
#[track_caller]
pub(crate) fn is_well(engine: &Engine, provider: ProviderKind) {
    let account = account(engine, provider);
    assert_eq!(account.state, AccountState::Ready, "{account:?}");
    assert_eq!(account.problem, None);
}
