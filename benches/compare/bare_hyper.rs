//! The least that an HTTP server in this language does: hyper, one thread, one buffer for an answer.
//!
//! `bare-hyper ADDR:PORT BODY HEADERS` answers every request with the bytes of the file BODY and the lines of
//! the file HEADERS (`name: value`). `benches/compare/run` measures the service against it.

use std::convert::Infallible;
use std::error::Error;
use std::fs;
use std::net::SocketAddr;

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, body::Incoming};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, body, headers] = arguments.as_slice() else {
        return Err("usage: bare-hyper ADDR:PORT BODY HEADERS".into());
    };
    let body = Bytes::from(fs::read(body)?);
    let headers = read_headers(&fs::read_to_string(headers)?)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(serve(address.parse()?, body, headers))
}

fn read_headers(lines: &str) -> Result<HeaderMap, Box<dyn Error>> {
    let mut headers = HeaderMap::new();
    for line in lines.lines() {
        let (name, value) = line.split_once(": ").ok_or("a header line is `name: value`")?;
        headers.append(HeaderName::try_from(name)?, HeaderValue::from_str(value)?);
    }
    Ok(headers)
}

async fn serve(address: SocketAddr, body: Bytes, headers: HeaderMap) -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind(address).await?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let (body, headers) = (body.clone(), headers.clone());
        let answer = service_fn(move |_: Request<Incoming>| {
            let mut response = Response::new(Full::new(body.clone()));
            *response.headers_mut() = headers.clone();
            std::future::ready(Ok::<_, Infallible>(response))
        });
        // A client that goes away is no matter of ours.
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), answer));
    }
}
