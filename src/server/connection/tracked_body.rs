//! The body of a response on its way out: its bytes count until the system has taken them.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::Body;
use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};

use super::activity::ActiveRequest;
use super::table::{ConnectionHandle, UnreadBytes};
use crate::telemetry::InFlight;

/// How many bytes are handed to the protocol library at once: it takes a whole part as soon as a client lets it send a
/// single byte.
const PART: usize = 64 << 10;

/// What runs until the last byte of an answer is out.
pub(super) struct RunningRequest {
    /// On its connection.
    pub(super) _active: ActiveRequest,
    /// In the metrics.
    pub(super) _in_flight: InFlight,
}

/// The body of a response.
pub(super) struct TrackedBody {
    body: Body,
    /// What is left of the last frame.
    frame: Bytes,
    unread: UnreadBytes,
    request: Arc<RunningRequest>,
}

impl TrackedBody {
    /// The body of the answer to a request on a connection.
    pub(super) fn new(body: Body, request: RunningRequest, connection: &ConnectionHandle) -> Self {
        let known = body.size_hint().exact().unwrap_or_default();
        Self {
            unread: UnreadBytes::new(connection.table(), connection.activity(), known),
            body,
            frame: Bytes::new(),
            request: Arc::new(request),
        }
    }
}

/// Bytes that the protocol library holds until the system has taken them.
struct Part {
    bytes: Bytes,
    _unread: UnreadBytes,
    _request: Arc<RunningRequest>,
}

impl AsRef<[u8]> for Part {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl http_body::Body for TrackedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = &mut *self;
        if this.frame.is_empty() {
            let frame = match ready!(Pin::new(&mut this.body).poll_frame(context)) {
                Some(Ok(frame)) => frame,
                other => return Poll::Ready(other),
            };
            match frame.into_data() {
                Ok(bytes) => {
                    // All of it is in memory, however little of it the client takes.
                    this.unread.at_least(bytes.len() as u64);
                    this.frame = bytes;
                }
                Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
            }
        }
        let bytes = this.frame.split_to(this.frame.len().min(PART));
        let part = Part {
            _unread: this.unread.split(bytes.len() as u64),
            _request: Arc::clone(&this.request),
            bytes,
        };
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_owner(part)))))
    }

    fn is_end_stream(&self) -> bool {
        self.frame.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (rest, frame) = (self.body.size_hint(), self.frame.len() as u64);
        let mut hint = SizeHint::new();
        if let Some(upper) = rest.upper() {
            hint.set_upper(upper + frame);
        }
        hint.set_lower(rest.lower() + frame);
        hint
    }
}
