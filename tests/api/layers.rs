//! The layers and folders of `src`, and what each may import: as `ARCHITECTURE.md` draws them.

use std::collections::{BTreeMap, BTreeSet};

use crate::source_tree::{all_files, crate_paths, imports, sources};

/// Which layers each layer may use, beside itself.
const LAYERS: [(&str, &[&str]); 15] = [
    ("model", &[]),
    ("collections", &["model"]),
    ("words", &["model"]),
    ("query", &["model", "words"]),
    ("sums", &["model"]),
    ("charts", &["model", "sums", "words"]),
    ("dataset", &["model", "words", "collections", "query", "sums"]),
    ("render", &["model", "query", "sums", "words"]),
    ("export", &["model", "collections", "words", "query", "sums", "dataset", "render"]),
    ("pages", &["model", "collections", "words", "query", "sums", "charts", "dataset", "render"]),
    ("import", &["model", "collections", "words", "query", "dataset"]),
    ("config", &[]),
    ("telemetry", &["config"]),
    (
        "http",
        &[
            "model",
            "collections",
            "words",
            "query",
            "dataset",
            "render",
            "export",
            "pages",
            "sums",
            "charts",
            "config",
            "telemetry",
        ],
    ),
    ("server", &["http", "dataset", "config", "telemetry"]),
];

/// Which folders of the same layer each folder may use.
const FOLDERS: [(&str, &[&str]); 12] = [
    ("http/app", &[]),
    ("http/response", &["http/app"]),
    ("http/request", &["http/app", "http/response"]),
    ("http/handlers", &["http/app", "http/request", "http/response"]),
    ("http/openapi", &["http/app", "http/handlers", "http/request", "http/response"]),
    ("http/middleware", &["http/app", "http/response"]),
    ("query/index", &[]),
    ("charts/draw", &[]),
    ("charts/years", &["charts/draw"]),
    ("charts/from", &["charts/years"]),
    ("dataset/load", &[]),
    ("dataset/releases", &["dataset/load"]),
];

/// The most files that a folder holds, so that its listing is read at a glance.
const MOST_FILES: usize = 16;

#[test]
fn paths_are_read_out_of_use_lines_and_expressions() {
    let code = "use crate::model::{Amount, value::{Cell, Kind as K}, self};\n\
                use crate::query::*;\nlet x = crate::render::csv::rows(mycrate::y);";
    let paths: Vec<_> = crate_paths(code).into_iter().map(|path| path.join("::")).collect();
    let expected = [
        "model::Amount",
        "model::self",
        "model::value::Cell",
        "model::value::Kind",
        "query::*",
        "render::csv::rows",
    ];
    assert_eq!(paths, expected);
}

#[test]
fn each_layer_uses_only_the_layers_that_it_may() {
    let layers = BTreeMap::from(LAYERS);
    let mut wrong = Vec::new();
    let mut met = BTreeSet::new();
    for file in sources() {
        if ["main", "lib"].contains(&file.layer()) {
            continue;
        }
        let Some(allowed) = layers.get(file.layer()) else {
            wrong.push(format!("{} is on no layer of the table", file.path));
            continue;
        };
        for path in crate_paths(&file.code()) {
            let used = path[0].as_str();
            // What the crate's root names, such as a re-export, would hide the layer that it is on.
            if !layers.contains_key(used) {
                wrong.push(format!("{} uses `{}`, which is no layer", file.path, path.join("::")));
            } else if used != file.layer() && !allowed.contains(&used) {
                wrong.push(format!("{} uses `{}`", file.path, path.join("::")));
            }
            met.insert((file.layer().to_owned(), used.to_owned()));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    for (layer, used) in [("http", "dataset"), ("dataset", "collections"), ("query", "model")] {
        let pair = (layer.to_owned(), used.to_owned());
        assert!(met.contains(&pair), "this test no longer sees that {layer} uses {used}");
    }
}

#[test]
fn collections_never_use_each_other() {
    for file in sources().into_iter().filter(|file| file.layer() == "collections") {
        let code = file.code();
        if file.path == "collections/mod.rs" {
            continue;
        }
        assert!(!code.contains("super::"), "{} looks at its siblings", file.path);
        assert!(!code.contains("crate::collections"), "{} looks at its siblings", file.path);
    }
}

#[test]
fn the_http_layer_names_collections_only_in_its_router() {
    for file in sources().into_iter().filter(|file| file.layer() == "http") {
        let mut named: Vec<_> = crate_paths(&file.code())
            .into_iter()
            .filter(|path| path[0] == "collections")
            .map(|path| path[1..].join("::"))
            .collect();
        match file.path.as_str() {
            "http/mod.rs" => assert!(named.len() >= 11, "{named:?}"),
            path => {
                // Every answer carries the sources that it cites; four collections have totals, and a
                // partner is a profile.
                if path.starts_with("http/openapi/") {
                    named.retain(|name| name != "Source");
                }
                if path.ends_with("/partner.rs") {
                    named.retain(|name| !["Partner", "Source"].contains(&name.as_str()));
                }
                if path.starts_with("http/handlers/totals/") {
                    let summed =
                        ["Source", "AssistanceFunding", "ArmsSale", "Deployment", "Training"];
                    named.retain(|name| !summed.contains(&name.as_str()));
                }
                assert!(named.is_empty(), "{path} names {named:?}");
            }
        }
    }
}

#[test]
fn no_file_imports_another_in_a_cycle() {
    let files = sources();
    let mut imports = imports(&files);
    let known = imports["http/mod.rs"].clone();
    assert!(known.contains("http/app/mod.rs"), "this test no longer sees imports: {known:?}");
    // A file that imports nothing, or that nothing imports, is in no cycle; without it, others are neither.
    loop {
        let imported: BTreeSet<&str> = imports.values().flatten().copied().collect();
        let before = imports.len();
        imports.retain(|path, imports| !imports.is_empty() && imported.contains(path));
        if imports.len() == before {
            break;
        }
        let left: BTreeSet<&str> = imports.keys().copied().collect();
        for imports in imports.values_mut() {
            imports.retain(|path| left.contains(path));
        }
    }
    assert!(imports.is_empty(), "these files are in cycles:\n{imports:#?}");
}

#[test]
fn each_folder_uses_only_the_folders_beside_it_that_it_may() {
    let files = sources();
    let folder_of: BTreeMap<&str, &str> =
        files.iter().map(|file| (file.path.as_str(), file.folder())).collect();
    let folders = BTreeMap::from(FOLDERS);
    let mut wrong = Vec::new();
    for (path, imported) in imports(&files) {
        let Some(allowed) = folders.get(folder_of[path]) else { continue };
        let beside = imported.iter().filter(|used| {
            let (folder, used) = (folder_of[path], folder_of[*used]);
            used != folder && folders.contains_key(used) && !allowed.contains(&used)
        });
        wrong.extend(beside.map(|used| format!("{path} uses {used}")));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The rows of a table of the architecture page that begin with a name in backticks: that name, and those in the
/// row's last cell.
fn rows_of_the_architecture_page(heading: &str) -> BTreeMap<String, BTreeSet<String>> {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/ARCHITECTURE.md");
    let page = std::fs::read_to_string(page).expect("the repository has an ARCHITECTURE.md");
    let (_, table) = page.split_once(heading).expect("the table");
    let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    let row = |line: &str| -> Option<(String, BTreeSet<String>)> {
        let mut cells = line.strip_prefix("| `")?.trim_end_matches(" |").split(" | ");
        Some((cells.next()?.trim_matches('`').to_owned(), names(cells.last()?)))
    };
    table.lines().skip(1).take_while(|line| line.starts_with('|')).filter_map(row).collect()
}

#[test]
fn the_architecture_page_has_the_tables_of_this_test() {
    let owned = |table: &[(&str, &[&str])]| -> BTreeMap<String, BTreeSet<String>> {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        table.iter().map(|(name, used)| ((*name).to_owned(), names(used))).collect()
    };
    let layers = rows_of_the_architecture_page("| layer | owns | may use |");
    assert_eq!(layers, owned(&LAYERS));
    let folders = rows_of_the_architecture_page("| folder | owns | may use, beside it |");
    assert_eq!(folders, owned(&FOLDERS));
}

#[test]
fn no_folder_holds_more_files_than_a_reader_takes_in() {
    let files = sources();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for file in &files {
        *counts.entry(file.folder()).or_default() += 1;
    }
    counts.retain(|_, count| *count > MOST_FILES);
    assert!(counts.is_empty(), "too many files in one folder: {counts:?}");
}

#[test]
fn no_two_public_types_have_one_name() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in sources() {
        for line in file.code().lines().map(str::trim_start) {
            let Some(rest) = line.strip_prefix("pub") else { continue };
            // `pub(crate)`, and what a macro makes of `pub enum Stage (en "stage", ...)`.
            let rest = rest.strip_prefix("(crate)").unwrap_or(rest).trim_start();
            let Some((kind, rest)) = rest.split_once(' ') else { continue };
            if ["struct", "enum", "trait", "type", "union"].contains(&kind) {
                let name: String =
                    rest.chars().take_while(|letter| letter.is_alphanumeric()).collect();
                if !name.is_empty() {
                    places.entry(name).or_default().push(file.path.clone());
                }
            }
        }
    }
    assert!(places.len() > 200, "this test no longer sees types: {}", places.len());
    places.retain(|_, files| files.len() > 1);
    assert!(places.is_empty(), "names that mean two types: {places:#?}");
}

#[test]
fn each_file_is_a_module_of_the_one_above_it() {
    let files = all_files();
    let texts: BTreeMap<&str, &str> =
        files.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect();
    for file in files.iter().filter(|file| !["main.rs", "lib.rs"].contains(&file.path.as_str())) {
        let module = file.module();
        let (name, above) = module.split_last().expect("a module has a name");
        let above = if above.is_empty() { "lib".to_owned() } else { above.join("/") };
        let parents = [format!("{above}.rs"), format!("{above}/mod.rs")];
        let mut declared = parents.iter().filter_map(|path| texts.get(path.as_str()));
        let line = format!("mod {name};");
        assert!(
            declared.any(|text| text.lines().any(|found| found.ends_with(&line))),
            "nothing declares {}",
            file.path
        );
    }
}
