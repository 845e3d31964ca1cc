//! The threads that answer: one runtime that shares its work, or one a thread with a listener of its own.

use std::future::pending;
use std::net::SocketAddr;
use std::num::NonZero;
use std::{io, thread};

use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::TcpListener;
use tokio::runtime::{self, Builder};
use tokio::sync::mpsc;

use super::accept::House;
use super::connection::{AnswerBody, Answers};
use crate::config::{Runtime, Serve};

/// How many connections may wait in the system's queue; it takes less where it allows less.
const QUEUE: i32 = 4096;

/// How many threads answer.
fn count(settings: &Serve) -> usize {
    let machine = || thread::available_parallelism().map_or(1, NonZero::get);
    settings.workers.map_or_else(machine, usize::from)
}

/// The runtime that the settings ask for. With a listener a thread it only waits for signals.
///
/// # Errors
/// When the system gives no threads.
pub fn runtime(settings: &Serve) -> io::Result<runtime::Runtime> {
    let shared = settings.runtime == Runtime::Shared;
    let mut builder = match count(settings) {
        workers if shared && workers > 1 => {
            let mut builder = Builder::new_multi_thread();
            builder.worker_threads(workers);
            builder
        }
        _ => Builder::new_current_thread(),
    };
    builder.enable_all().build()
}

/// Listens on an address; several may share one.
pub(super) fn listen(address: SocketAddr, shares: bool) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    socket.set_nonblocking(true)?;
    // A service that starts again must not wait until the connections of the last one are forgotten.
    socket.set_reuse_address(true)?;
    if shares {
        socket.set_reuse_port(true)?;
    }
    socket.bind(&address.into())?;
    socket.listen(QUEUE)?;
    TcpListener::from_std(socket.into())
}

/// The accept loops that run. Each lets go of its end when it is done.
pub(super) struct Accepting(mpsc::Receiver<()>);

impl Accepting {
    /// Waits until no loop runs any more.
    pub(super) async fn done(mut self) {
        // Nothing is ever sent: it ends when all loops have.
        while self.0.recv().await.is_some() {}
    }
}

/// Starts to accept, as the settings say.
pub(super) fn start<S, B>(
    listener: TcpListener,
    house: House<S>,
    settings: &Serve,
) -> io::Result<Accepting>
where
    S: Answers<B>,
    B: AnswerBody,
{
    let (end, accepting) = mpsc::channel(1);
    if settings.runtime == Runtime::Shared {
        tokio::spawn(async move {
            house.accept(listener).await;
            drop(end);
        });
        return Ok(Accepting(accepting));
    }
    // With port 0 the first listener finds the port, and the others join it there.
    let address = listener.local_addr()?;
    let mut listeners = vec![listener.into_std()?];
    for _ in 1..count(settings) {
        listeners.push(listen(address, true)?.into_std()?);
    }
    for (number, listener) in listeners.into_iter().enumerate() {
        let (house, end) = (house.clone(), end.clone());
        let runtime = Builder::new_current_thread().enable_all().build()?;
        thread::Builder::new().name(format!("worker-{number}")).spawn(move || {
            runtime.block_on(async move {
                match TcpListener::from_std(listener) {
                    Ok(listener) => house.accept(listener).await,
                    Err(error) => tracing::error!(%error, "a worker cannot listen"),
                }
                drop(end);
                // Its connections run here until the process ends.
                pending::<()>().await;
            });
        })?;
    }
    Ok(Accepting(accepting))
}
