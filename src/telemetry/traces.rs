//! Traces: one span a request, sent to a collector when the standard variables of OpenTelemetry name one.
//!
//! Spans are made with OpenTelemetry itself, not from events of the log, so that a service that sends none does
//! nothing for them. The SDK reads the other variables: the sampler, the resource, the sizes of its batches.

use std::env;
use std::str::FromStr;
use std::time::Duration;

use opentelemetry::trace::{
    Span, SpanBuilder, SpanContext, SpanId, SpanKind, Status, TraceContextExt, TraceFlags, TraceId,
    TraceState, Tracer, TracerProvider,
};
use opentelemetry::{Context, InstrumentationScope, KeyValue};
use opentelemetry_otlp::{SpanExporter, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};

use super::collector::Collector;
use super::series::MethodLabel;
use super::traceparent::TraceParent;

/// The name of the service, unless the environment names it otherwise.
const SERVICE: &str = "partnership-api";
/// How long a collector may take to answer unless the environment says otherwise; the standard's own default.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where the span of each request goes; by default nowhere.
#[derive(Default)]
pub struct Traces(Option<Sending>);

struct Sending {
    provider: SdkTracerProvider,
    tracer: SdkTracer,
}

/// A variable of the environment that says something.
fn said(name: &str) -> Option<String> {
    env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// The variable for traces alone, or else the one for all signals.
fn said_of_traces(what: &str) -> Option<String> {
    said(&format!("OTEL_EXPORTER_OTLP_TRACES_{what}"))
        .or_else(|| said(&format!("OTEL_EXPORTER_OTLP_{what}")))
}

impl Traces {
    /// Traces to the collector that the environment names, if it does. One that cannot be used is a warning,
    /// not a reason to stop: the data matters more than who watches.
    pub fn from_environment() -> Self {
        let is_off = said("OTEL_SDK_DISABLED")
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
            || said("OTEL_TRACES_EXPORTER").is_some_and(|value| value == "none");
        let Some(endpoint) = said_of_traces("ENDPOINT").filter(|_| !is_off) else {
            return Self::default();
        };
        match Sending::to(&endpoint) {
            Ok(sending) => {
                tracing::info!(endpoint, "traces are sent");
                Self(Some(sending))
            }
            Err(error) => {
                tracing::warn!(endpoint, error, "no trace is sent");
                Self::default()
            }
        }
    }

    /// Begins the span of a request, if traces are sent: a child of the span that asked, if it said so.
    /// `state` finds the request's `tracestate`, which is passed on as it is.
    pub fn begin<'a>(
        &self,
        asked_by: Option<TraceParent>,
        state: impl FnOnce() -> Option<&'a str>,
    ) -> Option<RequestSpan> {
        let Sending { tracer, .. } = self.0.as_ref()?;
        // The name is known once the route is; until then it is that of no route.
        let builder = SpanBuilder::from_name("unmatched").with_kind(SpanKind::Server);
        let mut parent = Context::new();
        if let Some(asked_by) = asked_by {
            let state = state().and_then(|state| TraceState::from_str(state).ok());
            parent = parent.with_remote_span_context(SpanContext::new(
                TraceId::from(asked_by.trace_id),
                SpanId::from(asked_by.span_id),
                if asked_by.sampled { TraceFlags::SAMPLED } else { TraceFlags::default() },
                true,
                state.unwrap_or_default(),
            ));
        }
        Some(RequestSpan(Box::new(tracer.build_with_context(builder, &parent))))
    }

    /// Sends the spans that wait, and ends.
    pub(super) fn finish(&self) {
        if let Some(Sending { provider, .. }) = &self.0
            && let Err(error) = provider.shutdown()
        {
            tracing::warn!(%error, "the last traces could not be sent");
        }
    }
}

impl Sending {
    fn to(endpoint: &str) -> Result<Self, String> {
        if !endpoint.starts_with("http://") {
            return Err("a collector is reached by http:// alone".to_owned());
        }
        if let Some(protocol) = said_of_traces("PROTOCOL").filter(|name| name != "http/protobuf") {
            tracing::warn!(protocol, "traces are sent by http/protobuf alone");
        }
        let patience = said_of_traces("TIMEOUT").and_then(|millis| millis.parse().ok());
        let collector = Collector::with_patience(patience.map_or(PATIENCE, Duration::from_millis))
            .map_err(|error| error.to_string())?;
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(collector)
            .build()
            .map_err(|error| error.to_string())?;
        let provider = SdkTracerProvider::builder()
            .with_resource(resource())
            .with_batch_exporter(exporter)
            .build();
        let scope = InstrumentationScope::builder(SERVICE).with_version(env!("CARGO_PKG_VERSION"));
        let tracer = provider.tracer_with_scope(scope.build());
        Ok(Self { provider, tracer })
    }
}

/// Who sends: what the environment says, and else our own name and version.
fn resource() -> Resource {
    let given = said("OTEL_RESOURCE_ATTRIBUTES").unwrap_or_default();
    let names = |key: &str| {
        given.split(',').any(|pair| pair.split('=').next().is_some_and(|name| name.trim() == key))
    };
    let mut resource = Resource::builder();
    if said("OTEL_SERVICE_NAME").is_none() && !names("service.name") {
        resource = resource.with_service_name(SERVICE);
    }
    if !names("service.version") {
        resource =
            resource.with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")));
    }
    resource.build()
}

/// The span of a request that runs.
pub struct RequestSpan(Box<opentelemetry_sdk::trace::Span>);

impl RequestSpan {
    /// The trace that it belongs to.
    pub fn trace_id(&self) -> u128 {
        u128::from_be_bytes(self.0.span_context().trace_id().to_bytes())
    }

    /// Ends it: attributes and status as the semantic conventions for HTTP have them.
    pub fn answered(mut self, method: &str, path: &str, route: Option<String>, status: u16) {
        if self.0.is_recording() {
            let label = MethodLabel::of(method);
            // The conventions have their own word for methods that they do not know.
            let known = if label == MethodLabel::Other { "_OTHER" } else { label.as_str() };
            self.0.set_attribute(KeyValue::new("http.request.method", known));
            self.0.set_attribute(KeyValue::new("url.scheme", "http"));
            self.0.set_attribute(KeyValue::new("url.path", path.to_owned()));
            let code = KeyValue::new("http.response.status_code", i64::from(status));
            self.0.set_attribute(code);
            let verb = if label == MethodLabel::Other { "HTTP" } else { known };
            match route {
                Some(route) => {
                    self.0.update_name(format!("{verb} {route}"));
                    self.0.set_attribute(KeyValue::new("http.route", route));
                }
                None => self.0.update_name(verb),
            }
            if status >= 500 {
                self.0.set_attribute(KeyValue::new("error.type", status.to_string()));
                self.0.set_status(Status::error(""));
            }
        }
        self.0.end();
    }
}
