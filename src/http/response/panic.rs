//! Panics as errors: their message, and where in the code they happened.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Where the last panic of this thread happened.
    static LOCATION: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A handler that panicked: a fault of the service, which the log explains and the client does not see.
#[derive(Debug, thiserror::Error)]
#[error("a handler panicked at {location}: {message}")]
pub(crate) struct HandlerPanic {
    message: String,
    location: String,
}

impl HandlerPanic {
    /// A panic that was just caught on this thread.
    #[expect(clippy::needless_pass_by_value, reason = "whoever catches a panic owns it")]
    pub(crate) fn caught(payload: Box<dyn Any + Send>) -> Self {
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let message = text.or_else(|| payload.downcast_ref::<&str>().copied());
        Self {
            message: message.unwrap_or("no message").to_owned(),
            location: LOCATION.take().unwrap_or_else(|| "an unknown place".to_owned()),
        }
    }
}

/// Makes every panic note where it happened, before whatever the process does with panics otherwise. Once a process.
pub(crate) fn note_locations() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous = take_hook();
        set_hook(Box::new(move |panic| {
            LOCATION.set(panic.location().map(ToString::to_string));
            previous(panic);
        }));
    });
}
