//! Who may know whom: the dependency directions of ARCHITECTURE.md as a check.
//!
//! Cargo keeps cycles out, this keeps shortcuts out. Development dependencies are free (a test may
//! use the simulator), but for the crates that must stay strangers to the client even in tests.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process;
use crate::workspace::Workspace;

/// What one crate of the workspace may depend on, and why nothing else.
struct Rule {
    krate: &'static str,
    may_know: &'static [&'static str],
    why: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        krate: "dayline-host",
        may_know: &[],
        why: "it is the world outside, and knows nothing of what is built on it",
    },
    Rule {
        krate: "dayline-model",
        may_know: &[],
        why: "it is pure: words and rules without I/O, clock or anything of ours",
    },
    Rule {
        krate: "dayline-store",
        may_know: &["dayline-host", "dayline-model"],
        why: "store and providers never meet; only the engine sees both",
    },
    Rule {
        krate: "dayline-auth",
        may_know: &["dayline-host", "dayline-model"],
        why: "it defines what it needs stored as a trait, which the engine implements",
    },
    Rule {
        krate: "dayline-providers",
        may_know: &["dayline-host", "dayline-model"],
        why: "store and providers never meet; only the engine sees both",
    },
    Rule {
        krate: "dayline-engine",
        may_know: &[
            "dayline-host",
            "dayline-model",
            "dayline-store",
            "dayline-auth",
            "dayline-providers",
            "dayline-relay-protocol",
        ],
        why: "it is everything the app can do, without a window and without the simulator",
    },
    Rule {
        krate: "dayline-relay-protocol",
        may_know: &[],
        why: "it is what both sides say, and a stranger could build on it",
    },
    Rule {
        krate: "dayline-relay",
        may_know: &["dayline-relay-protocol"],
        why: "a server that keeps nothing about people has nothing to ask of the client's crates",
    },
    Rule {
        krate: "dayline-simulator",
        may_know: &[],
        why: "it is written from the providers' documents, so that a wrong field name in the \
              client fails a test",
    },
    Rule {
        krate: "dayline-cli",
        may_know: &["dayline-engine", "dayline-host"],
        why: "it only translates; what it needs, the engine offers",
    },
    Rule {
        krate: "dayline",
        may_know: &["dayline-engine", "dayline-host", "dayline-simulator"],
        why: "the shell only translates; the simulator is its sample data",
    },
    Rule {
        krate: "xtask",
        may_know: &[],
        why: "it must build in seconds, and work when the crates do not",
    },
    Rule {
        krate: "dayline-simulation",
        may_know: &["dayline-simulator", "dayline-engine", "dayline-host"],
        why: "it lives with the app through its one door",
    },
    Rule {
        krate: "dayline-fuzz",
        may_know: &[
            "dayline-host",
            "dayline-model",
            "dayline-auth",
            "dayline-providers",
        ],
        why: "it gives bytes to what reads them, and needs neither a database nor a simulator",
    },
    Rule {
        krate: "dayline-e2e",
        may_know: &["dayline-simulator", "dayline-engine", "dayline-host"],
        why: "it sees the app as its users do",
    },
    Rule {
        krate: HELLO,
        may_know: &[],
        why: "it is what a window costs without Dayline",
    },
];

/// These keep their rule in tests as well.
const STRANGERS_EVEN_IN_TESTS: &[&str] = &["dayline-simulator", "dayline-model", "xtask"];

/// Only this crate knows a window,
const SHELL: &str = "dayline";
/// beside the empty one that its start is held against.
const HELLO: &str = "dayline-hello";

/// Only this crate speaks SQL.
const STORE: &str = "dayline-store";

/// What depends on what, by package name.
#[derive(Debug, Default)]
pub struct Graph {
    members: BTreeSet<String>,
    /// Normal and build dependencies.
    dependencies: BTreeMap<String, BTreeSet<String>>,
    /// Development dependencies.
    dev_dependencies: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    /// Reads the graph of the checkout from cargo.
    pub fn of_workspace(workspace: &Workspace) -> Result<Self> {
        let mut cargo = workspace.cargo();
        // Other systems' packages need not be downloaded for this.
        cargo.args([
            "metadata",
            "--format-version",
            "1",
            "--filter-platform",
            "host-tuple",
        ]);
        let json = process::output("cargo metadata", &mut cargo)?;
        let metadata: Metadata =
            serde_json::from_str(&json).context("cargo metadata is not understood")?;
        Ok(metadata.into_graph())
    }

    fn add(&mut self, from: &str, to: &str, kind: Kind) {
        let edges = match kind {
            Kind::Used => &mut self.dependencies,
            Kind::Tests => &mut self.dev_dependencies,
        };
        edges
            .entry(from.to_owned())
            .or_default()
            .insert(to.to_owned());
    }

    fn direct(&self, krate: &str) -> impl Iterator<Item = &str> {
        self.dependencies
            .get(krate)
            .into_iter()
            .flatten()
            .map(String::as_str)
    }

    fn in_tests(&self, krate: &str) -> impl Iterator<Item = &str> {
        self.dev_dependencies
            .get(krate)
            .into_iter()
            .flatten()
            .map(String::as_str)
    }

    /// Everything that `krate` is built from.
    fn closure<'a>(&'a self, krate: &'a str) -> BTreeSet<&'a str> {
        let mut seen = BTreeSet::new();
        let mut open = vec![krate];
        while let Some(next) = open.pop() {
            for dependency in self.direct(next) {
                if seen.insert(dependency) {
                    open.push(dependency);
                }
            }
        }
        seen
    }
}

/// Says in one sentence each what points the wrong way.
pub fn check(graph: &Graph) -> Vec<String> {
    let mut broken = Vec::new();
    for member in &graph.members {
        match RULES.iter().find(|rule| rule.krate == member) {
            Some(rule) => broken.extend(check_rule(graph, rule)),
            None => broken.push(format!(
                "{member} has no rule: say in xtask/src/directions.rs what it may depend on"
            )),
        }
        if ![SHELL, HELLO].contains(&member.as_str()) && graph.closure(member).contains("tauri") {
            broken.push(format!(
                "{member} is built from tauri: only the shell ({SHELL}) knows a window, so that \
                 everything else can be tested without one"
            ));
        }
        if member != STORE
            && graph
                .direct(member)
                .any(|dependency| dependency == "rusqlite")
        {
            broken.push(format!(
                "{member} depends on rusqlite: {STORE} is the only crate that contains SQL"
            ));
        }
    }
    broken
}

fn check_rule(graph: &Graph, rule: &Rule) -> Vec<String> {
    let krate = rule.krate;
    let foreign = |dependency: &&str| {
        graph.members.contains(*dependency)
            && !rule.may_know.contains(dependency)
            // A crate may ask for a feature of its own in tests.
            && *dependency != krate
    };
    let used = graph
        .direct(krate)
        .filter(foreign)
        .map(|dependency| (dependency, ""));
    let strict = STRANGERS_EVEN_IN_TESTS.contains(&krate);
    let in_tests = graph.in_tests(krate).filter(|_| strict).filter(foreign);
    let in_tests = in_tests.map(|dependency| (dependency, " in its tests"));
    used.chain(in_tests)
        .map(|(dependency, place)| format!("{krate} depends on {dependency}{place}: {}", rule.why))
        .collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Used,
    Tests,
}

/// The part of `cargo metadata` that is read.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Edge>,
}

#[derive(Deserialize)]
struct Edge {
    pkg: String,
    dep_kinds: Vec<EdgeKind>,
}

#[derive(Deserialize)]
struct EdgeKind {
    kind: Option<String>,
}

impl Metadata {
    fn into_graph(self) -> Graph {
        let names: BTreeMap<&str, &str> = self
            .packages
            .iter()
            .map(|package| (package.id.as_str(), package.name.as_str()))
            .collect();
        let name = |id: &str| names.get(id).copied().unwrap_or_default().to_owned();
        let mut graph = Graph {
            members: self.workspace_members.iter().map(|id| name(id)).collect(),
            ..Graph::default()
        };
        for node in &self.resolve.nodes {
            for edge in &node.deps {
                for kind in &edge.dep_kinds {
                    let kind = match kind.kind.as_deref() {
                        Some("dev") => Kind::Tests,
                        _ => Kind::Used,
                    };
                    graph.add(&name(&node.id), &name(&edge.pkg), kind);
                }
            }
        }
        graph
    }
}

#[cfg(test)]
mod tests;
