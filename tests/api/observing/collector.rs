//! A collector of traces that remembers what it was sent, and reads as much of OTLP as its tests ask for.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// A span, with the resource that sent it.
#[derive(Debug, Default)]
pub(super) struct Sent {
    pub(super) resource: BTreeMap<String, String>,
    pub(super) trace_id: String,
    pub(super) parent_span_id: String,
    pub(super) trace_state: String,
    pub(super) name: String,
    pub(super) kind: u64,
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) status: u64,
}

/// A collector that listens.
pub(super) struct Collector {
    pub(super) endpoint: String,
    requests: Receiver<(String, Vec<u8>)>,
}

impl Collector {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        let (tell, requests) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = BufReader::new(stream.expect("a connection"));
                let (mut head, mut length) = (String::new(), 0);
                while !head.ends_with("\r\n\r\n") {
                    let mut line = String::new();
                    assert!(stream.read_line(&mut line).expect("a line") > 0, "cut: {head}");
                    let lower = line.to_lowercase();
                    if let Some(value) = lower.strip_prefix("content-length:") {
                        length = value.trim().parse().expect("a length");
                    }
                    head += &line;
                }
                let mut body = vec![0; length];
                stream.read_exact(&mut body).expect("a body");
                let answer = b"HTTP/1.1 200 OK\r\ncontent-type: application/x-protobuf\r\ncontent-length: 0\r\n\r\n";
                stream.get_mut().write_all(answer).expect("an answer");
                if tell.send((head, body)).is_err() {
                    return;
                }
            }
        });
        Self { endpoint, requests }
    }

    /// The spans of the next request, with its head.
    pub(super) fn next(&self) -> (String, Vec<Sent>) {
        let next = self.requests.recv_timeout(Duration::from_secs(20)).expect("a request");
        (next.0, spans(&next.1))
    }

    /// Whether nothing came.
    pub(super) fn heard_nothing(&self) -> bool {
        self.requests.try_recv().is_err()
    }
}

/// A field of a message: its number and its value.
enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

/// The fields of a protobuf message, in order.
fn fields(mut message: &[u8]) -> Vec<(u64, Value<'_>)> {
    fn varint(message: &mut &[u8]) -> u64 {
        let mut number = 0;
        for at in 0.. {
            let byte = message[0];
            *message = &message[1..];
            number |= u64::from(byte & 0x7f) << (7 * at);
            if byte < 0x80 {
                break;
            }
        }
        number
    }
    let mut fields = Vec::new();
    while !message.is_empty() {
        let tag = varint(&mut message);
        let length = match tag & 7 {
            0 => {
                fields.push((tag >> 3, Value::Number(varint(&mut message))));
                continue;
            }
            1 => 8,
            2 => usize::try_from(varint(&mut message)).expect("short"),
            5 => 4,
            other => panic!("no wire type: {other}"),
        };
        let (value, rest) = message.split_at(length);
        fields.push((tag >> 3, Value::Bytes(value)));
        message = rest;
    }
    fields
}

fn messages(message: &[u8], number: u64) -> Vec<&[u8]> {
    let of = |(field, value)| match value {
        Value::Bytes(bytes) if field == number => Some(bytes),
        _ => None,
    };
    fields(message).into_iter().filter_map(of).collect()
}

fn number(message: &[u8], of: u64) -> Option<u64> {
    fields(message).into_iter().find_map(|(field, value)| match value {
        Value::Number(number) if field == of => Some(number),
        _ => None,
    })
}

fn text(message: &[u8], number: u64) -> String {
    let bytes = messages(message, number).first().copied().unwrap_or_default();
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn hex(message: &[u8], number: u64) -> String {
    let bytes = messages(message, number).first().copied().unwrap_or_default();
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("text");
        text
    })
}

/// Attributes as text, numbers too.
fn attributes(message: &[u8], of: u64) -> BTreeMap<String, String> {
    let pair = |pair: &[u8]| {
        let value = messages(pair, 2)[0];
        let value = number(value, 3).map_or_else(|| text(value, 1), |number| number.to_string());
        (text(pair, 1), value)
    };
    messages(message, of).into_iter().map(pair).collect()
}

/// The spans of an `ExportTraceServiceRequest`.
fn spans(request: &[u8]) -> Vec<Sent> {
    let mut sent = Vec::new();
    for resource_spans in messages(request, 1) {
        let resource = attributes(messages(resource_spans, 1)[0], 1);
        for scope_spans in messages(resource_spans, 2) {
            for span in messages(scope_spans, 2) {
                sent.push(Sent {
                    resource: resource.clone(),
                    trace_id: hex(span, 1),
                    trace_state: text(span, 3),
                    parent_span_id: hex(span, 4),
                    name: text(span, 5),
                    kind: number(span, 6).unwrap_or_default(),
                    attributes: attributes(span, 9),
                    status: messages(span, 15)
                        .first()
                        .and_then(|status| number(status, 3))
                        .unwrap_or_default(),
                });
            }
        }
    }
    sent
}
