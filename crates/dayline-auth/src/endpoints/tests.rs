use super::*;

#[test]
fn production_speaks_https_only() {
    let it = Endpoints::production();
    let mut urls = vec![it.google_auth, it.google_token, it.google_api];
    for cloud in Cloud::ALL {
        let MicrosoftCloud { authority, graph } = it.microsoft.of(cloud).clone();
        urls.extend([authority, graph]);
    }
    for url in urls {
        assert_eq!(url.scheme(), "https", "{url}");
    }
    // Two clouds share a sign-in, none a Graph.
    let graphs = Cloud::ALL.map(|cloud| Endpoints::production().microsoft.of(cloud).graph.clone());
    let distinct: std::collections::BTreeSet<_> = graphs.iter().collect();
    assert_eq!(distinct.len(), Cloud::ALL.len());
}

#[cfg(not(feature = "dev-endpoints"))]
#[test]
fn a_packaged_build_takes_no_address_from_the_environment() {
    assert_eq!(Endpoints::from_environment(), Ok(Endpoints::production()));
}

#[cfg(feature = "dev-endpoints")]
#[test]
fn a_development_build_takes_addresses_from_the_environment() {
    let lookup =
        |name| (name == "DAYLINE_GRAPH_URL").then(|| "http://127.0.0.1:9/v1.0/".to_owned());
    let found = Endpoints::from_variables(lookup).unwrap();
    let global = found.microsoft.of(Cloud::Global);
    assert_eq!(global.graph.as_str(), "http://127.0.0.1:9/v1.0/");
    let high = Cloud::UsGovHigh;
    let production = Endpoints::production();
    assert_eq!(found.microsoft.of(high), production.microsoft.of(high));
    assert_eq!(found.google_api, Endpoints::production().google_api);
}

#[cfg(feature = "dev-endpoints")]
#[test]
fn what_is_no_plain_address_is_refused_by_name() {
    for text in [
        "",
        "file:///etc",
        "http://a@b/",
        "http://a/?q",
        "http://a/#f",
        "127.0.0.1:80",
    ] {
        let lookup = |name| (name == "DAYLINE_GRAPH_URL").then(|| text.to_owned());
        let refused = Endpoints::from_variables(lookup);
        assert_eq!(
            refused,
            Err(EndpointError {
                variable: "DAYLINE_GRAPH_URL"
            }),
            "{text}"
        );
    }
}
