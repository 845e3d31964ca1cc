//! The socket of a connection: it records what is read and written, and lets through only heads of requests that can
//! be read.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Buf, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::activity::{Activity, Protocol};
use super::request_head::{Head, HeadLimits, Refused};

/// What HTTP/2 without TLS begins with; no method of HTTP/1.1 does.
const HTTP2_BEGINS: &[u8; 4] = b"PRI ";
/// How much is read at once.
const READ: usize = 8 << 10;

/// The socket of a connection.
pub(super) struct Socket {
    stream: TcpStream,
    activity: Arc<Activity>,
    limits: HeadLimits,
    /// Whether what comes are heads of requests; no longer once a body, or HTTP/2, has begun.
    reads_heads: bool,
    /// What was read and is not handed out yet.
    held: BytesMut,
    /// How many of its bytes may be handed out.
    passed: usize,
    /// How many of the others were looked at.
    seen: usize,
    /// The request that ends the connection, because it is not read.
    refused: Option<Refused>,
}

impl Socket {
    /// Records what happens on a stream.
    pub(super) fn new(stream: TcpStream, activity: Arc<Activity>, limits: HeadLimits) -> Self {
        Self {
            stream,
            activity,
            limits,
            reads_heads: true,
            held: BytesMut::new(),
            passed: 0,
            seen: 0,
            refused: None,
        }
    }

    /// Which protocol the client begins to speak; none when it goes away without a word.
    pub(super) async fn detect_protocol(&mut self) -> Option<Protocol> {
        loop {
            let length = self.held.len().min(HTTP2_BEGINS.len());
            if !HTTP2_BEGINS.starts_with(&self.held[..length]) {
                return Some(Protocol::Http1);
            }
            if length == HTTP2_BEGINS.len() {
                self.reads_heads = false;
                return Some(Protocol::Http2);
            }
            self.held.reserve(READ);
            if self.stream.read_buf(&mut self.held).await.ok()? == 0 {
                return None;
            }
            self.activity.read();
        }
    }

    /// The stream itself, once nothing needs to be recorded any more, and the request that was not read.
    pub(super) fn into_parts(self) -> (TcpStream, Option<Refused>) {
        (self.stream, self.refused)
    }

    /// Whether a body was announced, of which the client may still be sending what nobody reads.
    pub(super) const fn has_body(&self) -> bool {
        !self.reads_heads
    }

    fn record(&self, written: &Poll<io::Result<usize>>) {
        match written {
            Poll::Pending => self.activity.write_blocked(),
            Poll::Ready(Ok(bytes)) => self.activity.wrote(*bytes),
            Poll::Ready(Err(_)) => {}
        }
    }

    fn poll_stream(
        &mut self,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.activity.read();
        }
        read
    }

    /// Reads into the buffer of whoever asks, which is where nearly every request ends up whole; what must wait, or be
    /// mended, is taken out again.
    fn poll_heads(
        &mut self,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(self.poll_stream(context, buffer))?;
        let read = &buffer.filled()[before..];
        let mut good = 0;
        while good < read.len() {
            match Head::of(&read[good..], 0, self.limits) {
                Head::Whole { length, has_body: false } => good += length,
                Head::Whole { has_body: true, .. } => {
                    self.reads_heads = false;
                    good = read.len();
                }
                _ => break,
            }
        }
        self.held.extend_from_slice(&read[good..]);
        buffer.set_filled(before + good);
        Poll::Ready(Ok(()))
    }

    /// Looks at what is held, and says whether more must be read to go on.
    fn look(&mut self) -> bool {
        let empty_lines = self.held.iter().take_while(|byte| b"\r\n".contains(byte)).count();
        self.held.advance(empty_lines);
        self.seen = self.seen.saturating_sub(empty_lines);
        match Head::of(&self.held, self.seen, self.limits) {
            Head::Partial => {
                self.seen = self.held.len();
                return true;
            }
            Head::Whole { length, has_body } => {
                self.passed = length;
                self.reads_heads = !has_body;
            }
            Head::Mended { length, head, has_body } => {
                self.held.advance(length);
                self.passed = head.len();
                self.held = BytesMut::from(&[&head[..], &self.held[..]].concat()[..]);
                self.reads_heads = !has_body;
            }
            Head::Refused(refused) => self.refused = Some(refused),
        }
        self.seen = 0;
        false
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let socket = &mut *self;
        loop {
            if !socket.reads_heads {
                socket.passed = socket.held.len();
            }
            if socket.passed > 0 {
                let length = socket.passed.min(buffer.remaining());
                buffer.put_slice(&socket.held[..length]);
                socket.held.advance(length);
                socket.passed -= length;
                if socket.held.is_empty() {
                    // A connection that waits for its next request holds no memory for it.
                    socket.held = BytesMut::new();
                }
                return Poll::Ready(Ok(()));
            }
            if socket.refused.is_some() {
                // As if the client had gone: what was asked before is answered, and no more.
                return Poll::Ready(Ok(()));
            }
            if !socket.reads_heads {
                return socket.poll_stream(context, buffer);
            }
            if socket.held.is_empty() {
                let before = buffer.filled().len();
                ready!(socket.poll_heads(context, buffer))?;
                if buffer.filled().len() > before || socket.held.is_empty() {
                    return Poll::Ready(Ok(()));
                }
            }
            if socket.look() {
                let mut part = [0; READ];
                let mut more = ReadBuf::new(&mut part);
                ready!(socket.poll_stream(context, &mut more))?;
                if more.filled().is_empty() {
                    // The client has gone in the middle of a head.
                    return Poll::Ready(Ok(()));
                }
                socket.held.extend_from_slice(more.filled());
            }
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.record(&written);
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.record(&written);
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.refused.is_some() {
            // An answer is still to be written.
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
