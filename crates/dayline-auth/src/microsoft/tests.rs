use super::*;
use crate::error::Retry;

fn refused(error: &str, numbers: &[u32]) -> AuthError {
    explain(&Refusal {
        error: error.to_owned(),
        numbers: numbers.to_vec(),
        ..Refusal::default()
    })
}

#[test]
fn the_table_is_in_order_for_the_search() {
    assert!(MEANINGS.is_sorted_by(|(left, _), (right, _)| left < right));
}

#[test]
fn a_number_says_more_than_a_word() {
    let wrong = |number: u32| AuthError::WrongAccount {
        code: format!("AADSTS{number}"),
    };
    let verify = || AuthError::NeedsVerification { claims: None };
    let cases: &[(&str, &[u32], AuthError)] = &[
        ("invalid_grant", &[], AuthError::NeedsSignIn),
        ("interaction_required", &[50076], verify()),
        ("invalid_grant", &[50158], verify()),
        ("invalid_grant", &[530_032], verify()),
        ("invalid_grant", &[65001], AuthError::NeedsConsent),
        ("consent_required", &[], AuthError::NeedsConsent),
        ("access_denied", &[], AuthError::Denied),
        ("access_denied", &[65004], AuthError::Denied),
        ("access_denied", &[90094], AuthError::NeedsAdminApproval),
        ("invalid_grant", &[50020], wrong(50020)),
        ("invalid_request", &[90002], wrong(90002)),
        ("invalid_grant", &[50057], AuthError::AccountBlocked),
        ("invalid_grant", &[50196], AuthError::Busy { after: None }),
        (
            "temporarily_unavailable",
            &[],
            AuthError::Busy { after: None },
        ),
        // The first number that is known counts.
        ("invalid_grant", &[1, 50057], AuthError::AccountBlocked),
        ("invalid_grant", &[1], AuthError::NeedsSignIn),
        (
            "invalid_request",
            &[1],
            AuthError::Rejected {
                code: "AADSTS1".to_owned(),
            },
        ),
        (
            "odd",
            &[],
            AuthError::Rejected {
                code: "odd".to_owned(),
            },
        ),
    ];
    for (error, numbers, expected) in cases {
        assert_eq!(&refused(error, numbers), expected, "{error} {numbers:?}");
    }
}

#[test]
fn what_has_to_be_proved_and_the_word_behind_the_word_count() {
    let claims = Some("{\"access_token\":{}}".to_owned());
    let refusal = Refusal {
        error: "interaction_required".to_owned(),
        claims: claims.clone(),
        ..Refusal::default()
    };
    assert_eq!(explain(&refusal), AuthError::NeedsVerification { claims });
    let refusal = Refusal {
        error: "invalid_grant".to_owned(),
        suberror: Some("consent_required".to_owned()),
        ..Refusal::default()
    };
    assert_eq!(explain(&refusal), AuthError::NeedsConsent);
}

#[test]
fn a_wrong_registration_says_what_to_change() {
    let cases = [
        (50011, "redirect"),
        (50194, "account types"),
        (9_002_332, "account types"),
        (700_016, "client id"),
        (7_000_218, "Allow public client flows"),
        (65005, "permissions"),
    ];
    for (number, hint) in cases {
        let error = refused("invalid_client", &[number]);
        let text = error.to_string();
        assert!(
            text.contains(hint) && text.contains(&format!("AADSTS{number}")),
            "{text}"
        );
        assert_eq!(error.retry(), Retry::Never);
    }
}
