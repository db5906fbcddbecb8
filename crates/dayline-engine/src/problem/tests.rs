use super::*;

#[track_caller]
fn check(error: impl Into<Error>, code: ErrorCode, status: AccountStatus, part: &str) {
    let error = error.into();
    let problem = AccountProblem::of(ProviderKind::Microsoft, &error);
    assert_eq!(problem.code, code, "{error:?}");
    assert_eq!(problem.row().status, status, "{error:?}");
    assert!(problem.words.contains(part), "{}", problem.words);
    assert!(problem.words.ends_with(STILL), "{}", problem.words);
}

#[test]
fn every_rung_of_the_ladder_has_its_code_state_and_sentence() {
    use AccountStatus::{Failing, NeedsSignIn, Offline};
    let code = || "AADSTS1".to_owned();
    check(
        AuthError::NeedsSignIn,
        ErrorCode::NeedsSignIn,
        NeedsSignIn,
        "Sign in again",
    );
    check(
        AuthError::NeedsVerification { claims: None },
        ErrorCode::NeedsVerification,
        NeedsSignIn,
        "one more proof",
    );
    check(
        AuthError::NeedsConsent,
        ErrorCode::NeedsConsent,
        NeedsSignIn,
        "allow Dayline once more",
    );
    check(
        AuthError::NeedsAdminApproval,
        ErrorCode::NeedsAdmin,
        NeedsSignIn,
        "Send them the link",
    );
    check(
        AuthError::WrongAccount { code: code() },
        ErrorCode::WrongAccount,
        NeedsSignIn,
        "another",
    );
    check(
        AuthError::AccountBlocked,
        ErrorCode::AccountBlocked,
        NeedsSignIn,
        "locked",
    );
    check(
        AuthError::Misconfigured {
            provider: ProviderKind::Microsoft,
            code: code(),
            advice: "Check the client id",
        },
        ErrorCode::Misconfigured,
        Failing,
        "Check the client id",
    );
    check(
        AuthError::Busy { after: None },
        ErrorCode::Throttled,
        Failing,
        "by itself",
    );
    check(
        AuthError::Unreachable,
        ErrorCode::Offline,
        Offline,
        "cannot be reached",
    );
    check(
        AuthError::NetworkLogin,
        ErrorCode::NetworkLogin,
        Offline,
        "This network",
    );
    check(
        ProviderError::NetworkLogin,
        ErrorCode::NetworkLogin,
        Offline,
        "This network",
    );
    check(
        ProviderError::Throttled { retry_after: None },
        ErrorCode::Throttled,
        Failing,
        "asks to wait",
    );
    check(
        ProviderError::Server { status: 502 },
        ErrorCode::ProviderAnswer,
        Failing,
        "of its own",
    );
    for (reason, expected, status, part) in [
        (
            "insufficientPermissions",
            ErrorCode::ScopesMissing,
            NeedsSignIn,
            "every box",
        ),
        (
            "accessNotConfigured",
            ErrorCode::Misconfigured,
            Failing,
            "turned on",
        ),
        (
            "domainPolicy",
            ErrorCode::NeedsAdmin,
            NeedsSignIn,
            "administrator",
        ),
        (
            "ErrorAccessDenied",
            ErrorCode::NoAccess,
            Failing,
            "no right",
        ),
        (
            "MailboxNotEnabledForRESTAPI",
            ErrorCode::NoAccess,
            Failing,
            "mailbox",
        ),
        ("notACalendarUser", ErrorCode::NoAccess, Failing, "calendar"),
    ] {
        let reason = reason.to_owned();
        check(ProviderError::Forbidden { reason }, expected, status, part);
    }
}

#[test]
fn what_a_sign_in_has_to_prove_is_kept_for_it() {
    let claims = Some("{\"access_token\":{}}".to_owned());
    let error = AuthError::NeedsVerification {
        claims: claims.clone(),
    }
    .into();
    let problem = AccountProblem::of(ProviderKind::Microsoft, &error);
    assert_eq!(problem.row().claims, claims.as_deref());
}

#[test]
fn codes_are_found_by_their_words_and_serialise_to_them() {
    for code in ErrorCode::ALL {
        assert_eq!(ErrorCode::from_word(code.word()), Some(code));
        let json = serde_json::to_value(code).unwrap();
        assert_eq!(json, code.word());
    }
    assert_eq!(ErrorCode::from_word("what_a_later_version_says"), None);
}
