//! Byte ranges of files, as DuckDB and resumed downloads ask for them.

use crate::service::{Answer, get, get_with, request};

const FILES: [&str; 4] = [
    "/v1/assistance-funding?format=parquet",
    "/v1/assistance-funding?format=xlsx",
    "/v1/agreements?format=parquet&limit=3",
    "/v1/datapackage.zip",
];

async fn part(path: &str, range: &str) -> Answer {
    get_with(path, &[("range", range)]).await
}

#[tokio::test]
async fn a_file_is_sent_in_the_part_that_is_asked_for() {
    for path in FILES {
        // Asked for in part first, so that nothing is kept of it.
        let first = part(path, "bytes=0-99").await;
        let whole = get(path).await;
        let length = whole.bytes.len();
        assert_eq!(whole.status, 200, "{path}");
        assert_eq!(whole.header("accept-ranges"), "bytes", "{path}");
        assert_eq!(whole.header("content-length"), length.to_string(), "{path}");
        for (answer, from, to) in [
            (first, 0, 99),
            (part(path, "bytes=0-99").await, 0, 99),
            (part(path, "bytes=-8").await, length - 8, length - 1),
            (part(path, &format!("bytes={}-", length - 500)).await, length - 500, length - 1),
            (part(path, "bytes=100-99999999").await, 100, length - 1),
        ] {
            assert_eq!(answer.status, 206, "{path}");
            let range = format!("bytes {from}-{to}/{length}");
            assert_eq!(answer.header("content-range"), range, "{path}");
            assert_eq!(answer.bytes, whole.bytes[from..=to], "{path} {range}");
            assert_eq!(answer.header("content-length"), (to - from + 1).to_string(), "{path}");
            for name in ["etag", "content-type", "accept-ranges", "access-control-allow-origin"] {
                assert_eq!(answer.header(name), whole.header(name), "{path}: {name}");
            }
        }
    }
}

#[tokio::test]
async fn a_part_beyond_the_end_is_a_problem_that_says_how_long_the_file_is() {
    for path in FILES {
        let length = get(path).await.bytes.len();
        for _ in ["made", "kept"] {
            let answer = part(path, &format!("bytes={length}-")).await;
            assert_eq!(answer.status, 416, "{path}");
            assert_eq!(answer.header("content-range"), format!("bytes */{length}"), "{path}");
            assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
            assert_eq!(answer.header("etag"), "", "{path}");
            let problem = answer.json();
            assert_eq!(problem["status"], 416);
            let page = problem["type"].as_str().expect("a type");
            assert_eq!(get(page).await.status, 200, "{page}");
        }
    }
}

#[tokio::test]
async fn a_condition_decides_whether_the_part_still_fits_the_parts_before() {
    for path in FILES {
        let tag = get(path).await.header("etag").to_owned();
        assert!(tag.starts_with('"'), "{path}: {tag} is weak");
        let asked = |condition: String| async move {
            get_with(path, &[("range", "bytes=0-9"), ("if-range", &condition)]).await.status
        };
        assert_eq!(asked(tag.clone()).await, 206, "{path}");
        assert_eq!(asked(format!("W/{tag}")).await, 200, "{path}");
        assert_eq!(asked("\"other\"".to_owned()).await, 200, "{path}");
        assert_eq!(asked("Mon, 23 Nov 2026 00:00:00 GMT".to_owned()).await, 200, "{path}");
        // Whoever has the whole file is told so.
        let unchanged = get_with(path, &[("range", "bytes=0-9"), ("if-none-match", &tag)]).await;
        assert_eq!((unchanged.status, unchanged.bytes.len()), (304, 0), "{path}");
    }
}

#[tokio::test]
async fn what_is_no_single_range_of_a_file_is_answered_whole() {
    for path in FILES {
        for range in ["bytes=0-1,5-6", "bytes=9-1", "bytes=x", "lines=0-9", "bytes=0-9;q=1"] {
            let answer = part(path, range).await;
            assert_eq!(
                (answer.status, answer.header("content-range")),
                (200, ""),
                "{path} {range}"
            );
        }
        let head = request("HEAD", path, &[("range", "bytes=0-9")]).await;
        assert_eq!((head.status, head.header("accept-ranges")), (200, "bytes"), "{path}");
    }
    // What may be compressed has no bytes of its own to count.
    for path in ["/v1/agreements", "/v1/agreements?format=csv", "/openapi.json", "/docs/"] {
        let answer = part(path, "bytes=0-9").await;
        assert_eq!((answer.status, answer.header("accept-ranges")), (200, ""), "{path}");
    }
}

#[tokio::test]
async fn a_file_is_never_compressed_and_its_bytes_are_the_same_each_time() {
    for path in FILES {
        let plain = get(path).await;
        let accepting = get_with(path, &[("accept-encoding", "gzip, br, zstd")]).await;
        assert_eq!(accepting.header("content-encoding"), "", "{path}");
        assert!(accepting.bytes == plain.bytes, "{path}");
        assert_eq!(accepting.header("etag"), plain.header("etag"), "{path}");
    }
}
