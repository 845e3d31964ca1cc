//! The README names everything that there is: each setting, each endpoint.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clap::{Command, CommandFactory};
use partnership_api::config::Cli;

use serde_json::Value as Json;

use crate::openapi::document;
use crate::service::data;

fn readme() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    fs::read_to_string(path).expect("the repository has a README.md")
}

/// Every flag, variable and command of a command line.
fn settings(command: &Command, found: &mut BTreeSet<String>) {
    for argument in command.get_arguments() {
        let flag = argument.get_long().filter(|long| !["help", "version"].contains(long));
        found.extend(flag.map(|long| format!("--{long}")));
        found.extend(argument.get_env().map(|name| name.to_string_lossy().into_owned()));
    }
    for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
        found.insert(command.get_name().to_owned());
        settings(command, found);
    }
}

/// Whether a text holds a word that goes on in neither direction: `--log` is not `--log-format`.
fn names(text: &str, word: &str) -> bool {
    // The address of the service ends in the digits of its port, after which a path begins.
    let goes_before = |letter: char| letter.is_alphabetic() || letter == '_' || letter == '-';
    let goes_on = |letter: char| letter.is_alphanumeric() || "_-/{".contains(letter);
    text.match_indices(word).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let after = text[start + word.len()..].chars().next();
        !before.is_some_and(goes_before) && !after.is_some_and(goes_on)
    })
}

#[test]
fn the_readme_names_every_command_flag_and_variable() {
    let mut all = BTreeSet::new();
    settings(&Cli::command(), &mut all);
    assert!(all.contains("--listen") && all.contains("PARTNERSHIP_API_LISTEN"), "{all:?}");
    let text = readme();
    let missing: Vec<_> = all.iter().filter(|word| !names(&text, word)).collect();
    assert!(missing.is_empty(), "README.md does not name {missing:?}");
}

#[tokio::test]
async fn the_readme_names_every_path_of_the_openapi_document() {
    let text = readme();
    let paths = document().await["paths"].as_object().expect("paths");
    // The formats of a list are named once for all collections.
    let for_all = |path: &str| match path.rsplit_once('.') {
        Some((list, format)) if paths.contains_key(list) => format!("/v1/{{collection}}.{format}"),
        _ => path.to_owned(),
    };
    let missing: Vec<_> = paths.keys().filter(|path| !names(&text, &for_all(path))).collect();
    assert!(missing.is_empty(), "README.md does not name {missing:?}");
}

/// The calls of the README, each with the answer that it shows.
fn calls() -> Vec<(String, Json)> {
    let text = readme();
    let call = |block: &str| -> Option<(String, Json)> {
        let (command, rest) = block.split_once("'\n```\n```json\n")?;
        let path = command.strip_prefix("http://127.0.0.1:8080")?;
        let (answer, _) = rest.split_once("\n```")?;
        Some((path.to_owned(), serde_json::from_str(answer).expect("JSON")))
    };
    text.split("$ curl -s '").skip(1).filter_map(call).collect()
}

/// Whether an answer says all that is expected of it; it may say more.
fn says(answer: &Json, expected: &Json) -> bool {
    match (answer, expected) {
        (Json::Object(answer), Json::Object(expected)) => expected
            .iter()
            .all(|(key, value)| answer.get(key).is_some_and(|answer| says(answer, value))),
        (Json::Array(answer), Json::Array(expected)) => {
            answer.len() == expected.len()
                && answer.iter().zip(expected).all(|(answer, value)| says(answer, value))
        }
        (answer, expected) => answer == expected,
    }
}

#[tokio::test]
async fn the_service_answers_what_the_readme_shows() {
    let calls = calls();
    assert!(calls.len() >= 4, "{} calls were found", calls.len());
    for (path, expected) in calls {
        let answer = data(&path).await;
        assert!(
            says(&answer, &expected),
            "{path}\nshows {expected:#}\nbut the answer is {answer:#}"
        );
    }
}
