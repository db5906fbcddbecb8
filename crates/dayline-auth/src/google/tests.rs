use super::*;

#[test]
fn words_lead_to_what_the_user_can_do() {
    let misconfigured = |code: &str, advice| AuthError::Misconfigured {
        provider: ProviderKind::Google,
        code: code.to_owned(),
        advice,
    };
    let cases = [
        ("invalid_grant", AuthError::NeedsSignIn),
        ("access_denied", AuthError::Denied),
        ("admin_policy_enforced", AuthError::NeedsAdminApproval),
        (
            "org_internal",
            AuthError::WrongAccount {
                code: "org_internal".to_owned(),
            },
        ),
        (
            "invalid_client",
            misconfigured("invalid_client", CHECK_CLIENT),
        ),
        (
            "redirect_uri_mismatch",
            misconfigured("redirect_uri_mismatch", CHECK_CLIENT),
        ),
        // What comes when the secret was left out.
        (
            "invalid_request",
            misconfigured("invalid_request", CHECK_SECRET),
        ),
        (
            "invalid_scope",
            misconfigured("invalid_scope", CHECK_SCOPES),
        ),
        ("rate_limit_exceeded", AuthError::Busy { after: None }),
        (
            "odd",
            AuthError::Rejected {
                code: "odd".to_owned(),
            },
        ),
    ];
    for (word, expected) in cases {
        let refusal = Refusal {
            error: word.to_owned(),
            ..Refusal::default()
        };
        assert_eq!(explain(&refusal), expected, "{word}");
    }
}
