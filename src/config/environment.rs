//! Variables of the environment that look like settings: a misspelled one must not be ignored in silence.

use std::iter;

use clap::Command;

/// A variable of the environment that begins like a setting and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownVariable {
    /// Its name.
    pub name: String,
    /// The setting that was most likely meant.
    pub did_you_mean: Option<String>,
}

/// How many letters a misspelled variable may differ in from the one that was meant.
const MOST_TYPOS: usize = 3;

/// The variables of an environment that begin like a setting and are none: nothing that is set should be ignored in
/// silence. `command` is the command line with its settings.
pub fn unknown_variables(
    command: &Command,
    environment: impl IntoIterator<Item = String>,
) -> Vec<UnknownVariable> {
    let known: Vec<String> = iter::once(command)
        .chain(command.get_subcommands())
        .flat_map(|command| command.get_arguments())
        .filter_map(|argument| Some(argument.get_env()?.to_string_lossy().into_owned()))
        .collect();
    let nearest = |name: &str| {
        let distance = |known: &&String| strsim::damerau_levenshtein(known, name);
        known.iter().min_by_key(distance).filter(|known| distance(known) <= MOST_TYPOS).cloned()
    };
    environment
        .into_iter()
        .filter(|name| {
            let setting = name.strip_prefix("PARTNERSHIP_API_");
            setting.is_some_and(|setting| !is_service_link(setting)) && !known.contains(name)
        })
        .map(|name| UnknownVariable { did_you_mean: nearest(&name), name })
        .collect()
}

/// Whether a variable is what Kubernetes and Docker set for a service or a link named `partnership-api`, behind that
/// name.
fn is_service_link(name: &str) -> bool {
    let is_port = |rest: &str| {
        let number = rest.split('_').next().unwrap_or_default();
        rest.is_empty() || number.parse::<u16>().is_ok()
    };
    name == "NAME"
        || name == "SERVICE_HOST"
        || name.starts_with("SERVICE_PORT")
        || name.starts_with("ENV_")
        || name.strip_prefix("PORT").is_some_and(|rest| is_port(rest.trim_start_matches('_')))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::config::Cli;

    fn unknown(name: &str) -> Vec<UnknownVariable> {
        unknown_variables(&Cli::command(), [name.to_owned()])
    }

    #[test]
    fn a_variable_that_begins_like_a_setting_and_is_none_is_told_with_what_was_meant() {
        for (name, meant) in [
            ("PARTNERSHIP_API_WORKRES", Some("PARTNERSHIP_API_WORKERS")),
            ("PARTNERSHIP_API_LOG_FROMAT", Some("PARTNERSHIP_API_LOG_FORMAT")),
            ("PARTNERSHIP_API_RATE_PER_CLIENT", None),
            ("PARTNERSHIP_API_PORTS_OF_CALL", None),
        ] {
            let did_you_mean = meant.map(str::to_owned);
            assert_eq!(unknown(name), [UnknownVariable { name: name.to_owned(), did_you_mean }]);
        }
    }

    #[test]
    fn settings_and_what_is_not_ours_are_no_unknown_variables() {
        for name in ["PARTNERSHIP_API_WORKERS", "PARTNERSHIP_API_DATA", "PATH", "PARTNERSHIP"] {
            assert_eq!(unknown(name), [], "{name}");
        }
    }

    #[test]
    fn what_kubernetes_and_links_set_for_a_service_of_our_name_is_no_mistake() {
        for name in [
            "SERVICE_HOST",
            "SERVICE_PORT",
            "SERVICE_PORT_HTTP",
            "PORT",
            "PORT_8080_TCP",
            "PORT_8080_TCP_ADDR",
            "PORT_8080_TCP_PROTO",
            "ENV_PATH",
            "NAME",
        ] {
            assert_eq!(unknown(&format!("PARTNERSHIP_API_{name}")), [], "{name}");
        }
    }
}
