//! The files that pages load: one stylesheet, a script that nothing depends on. Their names hold a hash of their
//! bytes, so that a browser may keep them for ever.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// A file that pages load.
pub struct Asset {
    /// Its path, with a hash of its bytes.
    pub path: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: String,
}

static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    let style = format!("{}{}\n", include_str!("assets/site.css"), crate::charts::STYLE);
    Asset {
        path: hashed("site", "css", &style),
        media_type: "text/css; charset=utf-8",
        bytes: style,
    }
});

static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    let script = include_str!("assets/copy.js").to_owned();
    let media_type = "text/javascript; charset=utf-8";
    Asset { path: hashed("copy", "js", &script), media_type, bytes: script }
});

/// The path of the stylesheet.
pub fn style_path() -> String {
    STYLE.path.clone()
}

/// The path of the script.
pub fn script_path() -> String {
    SCRIPT.path.clone()
}

/// The file under a path.
pub fn find(path: &str) -> Option<&'static Asset> {
    [&*STYLE, &*SCRIPT].into_iter().find(|asset| asset.path == path)
}

fn hashed(stem: &str, extension: &str, text: &str) -> String {
    let hash = Sha256::digest(text);
    let hash = hash.iter().take(6).fold(0, |hash: u64, byte| (hash << 8) | u64::from(*byte));
    format!("/assets/{stem}.{hash:012x}.{extension}")
}
