//! Compression: what is compressed, and what a client gets that accepts no coding at all.

use axum::http::{Extensions, HeaderMap, Response, StatusCode, Version, header};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};

/// The smallest response that is worth compressing, in bytes: below it one packet holds it anyway.
const SMALLEST_COMPRESSED: u64 = 1024;

/// The status of a response before it was compressed.
#[derive(Debug, Clone, Copy)]
struct OwnStatus(StatusCode);

/// The layer that compresses. It stands between [`keep_own_status`] and [`restore_own_status`].
pub(super) fn compression() -> CompressionLayer<impl Predicate> {
    CompressionLayer::new().compress_when(SizeAbove::new(SMALLEST_COMPRESSED).and(is_compressible))
}

/// Text compresses; workbooks, Parquet files and archives are compressed already, and are read by byte ranges.
fn is_compressible(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let media = headers.get(header::CONTENT_TYPE).and_then(|media| media.to_str().ok());
    media.is_some_and(|media| {
        ["text/", "image/svg", "application/atom+xml"].iter().any(|start| media.starts_with(start))
            || ["json", "yaml", "javascript"].iter().any(|word| media.contains(word))
    })
}

/// Notes the status before the layer sees it.
pub(super) fn keep_own_status<B>(mut response: Response<B>) -> Response<B> {
    let own = OwnStatus(response.status());
    response.extensions_mut().insert(own);
    response
}

/// A client that accepts no coding, not even none (`identity;q=0`), gets the response without one (RFC 9110, section
/// 12.5.3). The layer would put 406 over the status and leave body and headers, which caches would keep.
pub(super) fn restore_own_status<B>(mut response: Response<B>) -> Response<B> {
    if let Some(OwnStatus(status)) = response.extensions_mut().remove() {
        *response.status_mut() = status;
    }
    response
}
