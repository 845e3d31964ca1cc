//! Another release while the service runs: by signal, by a changed folder, and never a broken one.

use std::fs;
use std::os::unix::fs::symlink;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use serde_json::Value as Json;

use crate::running::{Folder, Service, write};

fn version(service: &Service) -> Json {
    service.get("/v1/dataset").1["data"]["release"]["version"].clone()
}

fn reload(service: &Service) -> Json {
    service.get("/readyz").1["reload"].clone()
}

#[test]
fn a_changed_folder_is_served_once_it_is_whole() {
    let folder = Folder::sound();
    let service = Service::start(&["--data", &folder.argument()]);
    assert_eq!(reload(&service)["outcome"], "never");
    assert_eq!(reload(&service)["last_attempt"], Json::Null);
    folder.write("1.1.0");
    let line = service.logs("another release");
    assert_eq!(line["dataset"], "1.1.0");
    assert_eq!(version(&service), "1.1.0");
    assert_eq!(reload(&service)["outcome"], "loaded");
    assert_eq!(reload(&service)["last_attempt"], reload(&service)["loaded"]);
}

#[test]
fn a_folder_is_watched_however_it_is_named() {
    let folder = Folder::sound();
    let parent = folder.path().parent().expect("a folder").to_owned();
    for (at, (within, named)) in [
        (&parent, "data"),
        (&parent, "./data"),
        (&parent, "data/"),
        (&folder.path(), "."),
        (&folder.path(), "../data"),
    ]
    .into_iter()
    .enumerate()
    {
        let service = Service::start_in(within, &["--data", named]);
        let next = format!("2.{at}.0");
        folder.write(&next);
        service.logs("another release");
        assert_eq!(version(&service), next, "{named}");
    }
}

#[test]
fn spanish_texts_are_watched_too_from_the_first_one_on() {
    let folder = Folder::sound();
    let service = Service::start(&["--data", &folder.argument()]);
    let sentence = || service.get("/v1/cooperation/xaa-demining").1["sentence"]["es"].to_string();
    assert!(sentence().contains("«Clearing mines»"), "{}", sentence());
    let spanish = folder.path().join("es");
    fs::create_dir(&spanish).expect("a folder");
    for title in ["Remoción de minas", "Desminado"] {
        let line = format!(
            r#"{{"id":"xaa-demining","of":"f54db8c417a59718","title":"{title}","summary":"Cursos."}}"#
        );
        fs::write(spanish.join("cooperation.jsonl"), line).expect("a file");
        service.logs("another release");
        assert!(sentence().contains(title), "{}", sentence());
    }
}

#[test]
fn what_is_no_regular_file_is_refused_by_name_and_holds_up_neither_the_next_release_nor_the_end() {
    let folder = Folder::sound();
    let mut service = Service::start(&["--data", &folder.argument()]);
    let partners = folder.path().join("partners.jsonl");
    fs::remove_file(&partners).expect("a file");
    let made = std::process::Command::new("mkfifo").arg(&partners).status().expect("mkfifo");
    assert!(made.success());
    let line = service.logs("partners.jsonl: expected a regular file");
    assert_eq!(line["message"], "not reloaded: the data that was served before is served further");
    assert_eq!(version(&service), "1.0.0");
    fs::remove_file(&partners).expect("a pipe");
    folder.write("1.1.0");
    service.logs("another release");
    fs::remove_file(&partners).expect("a file");
    fs::create_dir(&partners).expect("a folder");
    service.logs("partners.jsonl: expected a regular file");
    service.signal("TERM");
    assert_eq!(service.end().code(), Some(0));
}

#[test]
fn a_file_that_grows_while_it_is_read_is_refused_by_name() {
    use std::io::Write;

    let folder = Folder::sound();
    let service = Service::start(&["--data", &folder.argument()]);
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut file = fs::File::options()
                .append(true)
                .open(folder.path().join("sources.jsonl"))
                .expect("a file");
            while !stop.load(Ordering::Relaxed) {
                file.write_all(b"{}\n").expect("written");
                thread::yield_now();
            }
        });
        service.signal("HUP");
        let line = service.logs("not reloaded");
        stop.store(true, Ordering::Relaxed);
        let first = line["first"].as_str().expect("a reason");
        assert!(first.contains("sources.jsonl"), "{line}");
    });
    assert_eq!(version(&service), "1.0.0");
    assert_eq!(service.get("/readyz").0, 200);
}

#[test]
fn a_broken_folder_is_refused_with_its_faults_and_the_last_good_data_is_served() {
    let folder = Folder::sound();
    let service = Service::start(&["--data", &folder.argument()]);
    folder.break_one();
    let line = service.logs("not reloaded");
    assert!(line["first"].as_str().is_some_and(|told| told.contains("agreements.jsonl:1")));
    assert_eq!(version(&service), "1.0.0");
    assert_eq!(service.get("/readyz").0, 200);
    assert_eq!(reload(&service)["outcome"], "refused");
    assert_eq!(reload(&service)["faults"], line["faults"]);
    folder.write("1.2.0");
    service.logs("another release");
    assert_eq!((version(&service), reload(&service)["faults"].clone()), ("1.2.0".into(), 0.into()));
}

#[test]
fn a_removed_folder_is_told_and_its_return_is_noticed() {
    let folder = Folder::sound();
    let service = Service::start(&["--data", &folder.argument()]);
    fs::remove_dir_all(folder.path()).expect("removed");
    let line = service.logs("not reloaded");
    assert!(line["first"].as_str().is_some_and(|told| told.contains("cannot be read")), "{line}");
    assert_eq!(version(&service), "1.0.0");
    fs::create_dir(folder.path()).expect("made again");
    folder.write("2.0.0");
    service.logs("another release");
    assert_eq!(version(&service), "2.0.0");
}

#[test]
fn a_mounted_config_map_is_swapped_as_kubernetes_does() {
    let folder = Folder::sound();
    let data = folder.path();
    // The files are links into `..data`, which is a link to a folder of one release.
    fs::create_dir(data.join("..1")).expect("a release");
    write(&data.join("..1"), "1.0.0");
    symlink("..1", data.join("..data")).expect("a link");
    for entry in fs::read_dir(data.join("..1")).expect("files").flatten() {
        let link = data.join(entry.file_name());
        fs::remove_file(&link).expect("a file");
        symlink(data.join("..data").join(entry.file_name()), link).expect("a link");
    }
    let service = Service::start(&["--data", &folder.argument()]);
    fs::create_dir(data.join("..2")).expect("a release");
    write(&data.join("..2"), "3.0.0");
    symlink("..2", data.join("..data_tmp")).expect("a link");
    fs::rename(data.join("..data_tmp"), data.join("..data")).expect("swapped");
    fs::remove_dir_all(data.join("..1")).expect("removed");
    service.logs("another release");
    assert_eq!(version(&service), "3.0.0");
}

#[test]
fn a_folder_that_is_a_link_follows_when_it_is_turned() {
    let folder = Folder::sound();
    let next = folder.path().with_file_name("next");
    fs::create_dir(&next).expect("a folder");
    write(&next, "4.0.0");
    let link = folder.path().with_file_name("current");
    symlink(folder.path(), &link).expect("a link");
    let service = Service::start(&["--data", &link.display().to_string()]);
    let turned = folder.path().with_file_name("turned");
    symlink(&next, &turned).expect("a link");
    fs::rename(turned, &link).expect("swapped");
    service.logs("another release");
    assert_eq!(version(&service), "4.0.0");
}

#[test]
fn a_history_that_changed_alone_is_served_too() {
    let folder = Folder::sound();
    let service = Service::start(&["--data", &folder.argument()]);
    fs::write(folder.path().join("changes.jsonl"), "").expect("written");
    let line = service.logs("another release");
    assert_eq!(line["dataset"], "1.0.0", "{line}");
    assert_eq!(line["digest"], line["before"]);
    fs::write(folder.path().join("releases.zst"), "no archive").expect("written");
    let line = service.logs("not reloaded");
    assert!(
        line["first"].as_str().is_some_and(|fault| fault.starts_with("releases.zst")),
        "{line}"
    );
}

#[test]
fn sighup_reloads_and_says_when_nothing_changed() {
    let folder = Folder::sound();
    let service = Service::start(&["--data", &folder.argument()]);
    service.signal("HUP");
    service.logs("the data is the same");
    assert_eq!(reload(&service)["outcome"], "unchanged");
    assert_ne!(reload(&service)["last_attempt"], Json::Null);
}

#[test]
fn sighup_with_the_data_of_the_binary_says_that_there_is_nothing_to_reload() {
    let service = Service::start(&[]);
    service.signal("HUP");
    service.logs("nothing to reload");
    assert_eq!(service.get("/readyz").0, 200);
    assert_eq!(reload(&service)["outcome"], "never");
}

#[test]
fn reloads_under_load_lose_no_request_and_mix_no_answer() {
    let folder = Folder::sound();
    let service = Service::start(&["--data", &folder.argument()]);
    let stop = AtomicBool::new(false);
    let asked: usize = thread::scope(|scope| {
        let client = || {
            let mut asked = 0;
            while !stop.load(Ordering::Relaxed) {
                // The digest of the envelope and the release it describes come from one dataset.
                let (status, answer) = service.get("/v1/dataset");
                assert_eq!(status, 200);
                let release = &answer["data"]["release"];
                let known = &answer["meta"]["dataset"];
                if known.is_object() {
                    assert_eq!(known["digest"], release["digest"]);
                }
                assert!(release["version"].as_str().is_some_and(|it| !it.is_empty()), "{answer}");
                asked += 1;
            }
            asked
        };
        let clients: Vec<_> = (0..2).map(|_| scope.spawn(client)).collect();
        for round in 0..20 {
            if round % 4 == 3 {
                folder.break_one();
                service.signal("HUP");
                service.logs("not reloaded");
            } else {
                folder.write(&format!("1.0.{}", round + 1));
                service.signal("HUP");
                service.logs("another release");
            }
        }
        stop.store(true, Ordering::Relaxed);
        clients.into_iter().map(|client| client.join().expect("a client")).sum()
    });
    assert!(asked > 0);
}
