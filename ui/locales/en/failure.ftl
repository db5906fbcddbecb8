# By the code of the failure. In English the engine says it itself, and more exactly; these stand
# for its words in the other languages.
failure-offline = The provider cannot be reached.
failure-network-login = This network wants you to sign in to it first.
failure-needs-sign-in = Sign in again to go on.
failure-needs-verification = Sign in again and confirm that it is you.
failure-needs-consent = Dayline needs your permission once more.
failure-scopes-missing = A permission was left out. Sign in again and leave all of them ticked.
failure-needs-admin = Your organisation wants its administrator to allow Dayline first.
failure-wrong-account = This account cannot be used here. Choose another one.
failure-account-blocked = The account is locked, or its password has expired. Its provider’s page can tell more.
failure-misconfigured = The provider does not accept how Dayline is registered.
failure-no-access = The account has no right to this, or not any more.
failure-sign-in-denied = The sign-in was refused, or the page was closed.
failure-sign-in-expired = The sign-in took too long. Start it again.
failure-sign-in-invalid = The answer did not belong to this sign-in. Start it again.
failure-sign-in-failed = The provider did not accept the sign-in. Try it again.
failure-not-configured = Dayline has no client ID for this provider yet.
failure-keyring = The system’s keyring is missing or locked. Unlock it, then try again.
failure-throttled = The provider asks to wait. Dayline tries again by itself.
failure-provider-answer = The provider’s answer could not be used.
failure-database-damaged = Dayline’s database is damaged.
failure-database-newer = Dayline’s database is from a newer version. Install that version.
failure-disk = The disk is full or cannot be written to.
failure-not-found = This does not exist any more.
failure-link-refused = This link cannot be opened.
failure-invalid = This input cannot be used.
failure-internal = Something went wrong inside Dayline. Your calendars are unchanged.
