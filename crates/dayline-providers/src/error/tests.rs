use super::*;

#[test]
fn every_error_says_whether_to_try_again() {
    let wait = Duration::from_secs(7);
    let code = || "code".to_owned();
    for (error, retry) in [
        (ProviderError::Unreachable, Retry::WhenOnline),
        (ProviderError::Timeout, Retry::After(SHORT)),
        (ProviderError::Broken, Retry::After(SHORT)),
        (
            ProviderError::Unauthorized { claims: None },
            Retry::AfterSignIn,
        ),
        (
            ProviderError::Throttled {
                retry_after: Some(wait),
            },
            Retry::After(wait),
        ),
        (
            ProviderError::Throttled { retry_after: None },
            Retry::After(THROTTLED),
        ),
        (ProviderError::Server { status: 502 }, Retry::After(SHORT)),
        (ProviderError::CursorGone, Retry::WithFullRound),
        (ProviderError::NotFound, Retry::Never),
        (ProviderError::TooLarge, Retry::Never),
        (ProviderError::Forbidden { reason: code() }, Retry::Never),
        (
            ProviderError::Unusable { what: "no body" },
            Retry::After(NONSENSE),
        ),
        (ProviderError::ForeignLink, Retry::Never),
        (
            ProviderError::Rejected {
                status: 412,
                code: code(),
            },
            Retry::Never,
        ),
    ] {
        assert_eq!(error.retry(), retry, "{error:?}");
    }
}

#[test]
fn what_the_network_says_keeps_its_meaning() {
    for (error, code) in [
        (HttpError::Unreachable, "unreachable"),
        (HttpError::Timeout, "timeout"),
        (HttpError::Broken, "broken"),
        (HttpError::TooLarge, "too_large"),
        (HttpError::Invalid("https://secret".to_owned()), "unusable"),
        (HttpError::Setup("roots".to_owned()), "unusable"),
    ] {
        let error = ProviderError::from(error);
        assert_eq!(error.code(), code);
        assert!(!error.to_string().contains("secret"));
    }
}
