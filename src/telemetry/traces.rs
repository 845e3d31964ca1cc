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
use super::error::TracesError;
use super::request_metrics::MethodLabel;
use super::traceparent::TraceParent;

/// The name of the service, unless the environment names it otherwise.
const SERVICE: &str = "partnership-api";
/// How long a collector may take to answer unless the environment says otherwise; the standard's own default.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);

/// Where the span of each request goes; by default nowhere.
#[derive(Default)]
pub struct Traces(Option<OtlpTracer>);

struct OtlpTracer {
    provider: SdkTracerProvider,
    tracer: SdkTracer,
}

/// A variable of the environment that says something.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// The variable for traces alone, or else the one for all signals.
fn traces_variable(what: &str) -> Option<String> {
    variable(&format!("OTEL_EXPORTER_OTLP_TRACES_{what}"))
        .or_else(|| variable(&format!("OTEL_EXPORTER_OTLP_{what}")))
}

impl Traces {
    /// Traces to the collector that the environment names, if it does. One that cannot be used is a warning,
    /// not a reason to stop: the data matters more than who watches.
    pub fn from_environment() -> Self {
        let is_off = variable("OTEL_SDK_DISABLED")
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
            || variable("OTEL_TRACES_EXPORTER").is_some_and(|value| value == "none");
        let Some(endpoint) = traces_variable("ENDPOINT").filter(|_| !is_off) else {
            return Self::default();
        };
        match OtlpTracer::to(&endpoint) {
            Ok(active) => {
                tracing::info!(endpoint, "traces are sent");
                Self(Some(active))
            }
            Err(error) => {
                tracing::warn!(endpoint, %error, "no trace is sent");
                Self::default()
            }
        }
    }

    /// Begins the span of a request, if traces are sent: a child of the caller's span, if it named one.
    /// `state` finds the request's `tracestate`, which is passed on as it is.
    pub fn begin<'a>(
        &self,
        parent: Option<TraceParent>,
        state: impl FnOnce() -> Option<&'a str>,
    ) -> Option<RequestSpan> {
        let OtlpTracer { tracer, .. } = self.0.as_ref()?;
        // The name is known once the route is; until then it is that of no route.
        let builder = SpanBuilder::from_name("unmatched").with_kind(SpanKind::Server);
        let mut context = Context::new();
        if let Some(parent) = parent {
            let state = state().and_then(|state| TraceState::from_str(state).ok());
            context = context.with_remote_span_context(SpanContext::new(
                TraceId::from(parent.trace_id),
                SpanId::from(parent.span_id),
                if parent.sampled { TraceFlags::SAMPLED } else { TraceFlags::default() },
                true,
                state.unwrap_or_default(),
            ));
        }
        Some(RequestSpan(Box::new(tracer.build_with_context(builder, &context))))
    }

    /// Sends the spans that wait, and ends.
    pub(super) fn finish(&self) {
        if let Some(OtlpTracer { provider, .. }) = &self.0
            && let Err(error) = provider.shutdown()
        {
            tracing::warn!(%error, "the last traces could not be sent");
        }
    }
}

impl OtlpTracer {
    fn to(endpoint: &str) -> Result<Self, TracesError> {
        if !endpoint.starts_with("http://") {
            return Err(TracesError::NoHttp);
        }
        if let Some(protocol) = traces_variable("PROTOCOL").filter(|name| name != "http/protobuf") {
            tracing::warn!(protocol, "traces are sent by http/protobuf alone");
        }
        let timeout = traces_variable("TIMEOUT").and_then(|millis| millis.parse().ok());
        let collector =
            Collector::with_timeout(timeout.map_or(DEFAULT_TIMEOUT, Duration::from_millis))
                .map_err(TracesError::Runtime)?;
        let exporter = SpanExporter::builder().with_http().with_http_client(collector).build()?;
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
    let given = variable("OTEL_RESOURCE_ATTRIBUTES").unwrap_or_default();
    let names = |key: &str| {
        given.split(',').any(|pair| pair.split('=').next().is_some_and(|name| name.trim() == key))
    };
    let mut resource = Resource::builder();
    if variable("OTEL_SERVICE_NAME").is_none() && !names("service.name") {
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
