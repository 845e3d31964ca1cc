# The service as one static binary on an empty base. Builds from a clean clone:
#   docker build -t partnership-api .
#   docker run --rm -p 127.0.0.1:8080:8080 --read-only --cap-drop ALL partnership-api
# The Rust image can be a mirror's, or pinned: --build-arg RUST_IMAGE=rust:1.95-slim-bookworm@sha256:DIGEST
ARG RUST_IMAGE=rust:1.95-slim-bookworm

FROM ${RUST_IMAGE} AS build
WORKDIR /src
# glibc linked in: nothing is left to find at run time, so the final stage can be empty.
ENV RUSTFLAGS="-C target-feature=+crt-static"

# With --build-arg CARGO_AUDITABLE=0.7.7 the binary itself names its crates, for `cargo audit bin` and scanners of
# images. Left out by default: the build would then need that program, with its own crates, as well.
ARG CARGO_AUDITABLE=""
RUN if [ -n "$CARGO_AUDITABLE" ]; then \
        RUSTFLAGS="" cargo install --locked --version "$CARGO_AUDITABLE" cargo-auditable; fi

# The dependencies, as a layer of their own that only the manifests can change. A layer and not a cache mount,
# because a mount never leaves the builder that made it, while layers are kept and passed on by every CI's
# cache; and by cargo alone, because a planner such as cargo-chef would have to be built first, for longer
# than it saves. Every target that the manifest names must exist, so empty ones stand in for all of them.
COPY Cargo.toml Cargo.lock ./
RUN for file in build.rs src/lib.rs src/main.rs $(awk -F'"' '/^\[/ { kind = $0 } \
        kind !~ /^\[\[(bench|example)\]\]/ { next } \
        /^name/ { print (kind ~ /bench/ ? "benches/" : "examples/") $2 ".rs" } \
        /^path/ { print $2 }' Cargo.toml); \
    do mkdir -p "$(dirname "$file")" && echo 'fn main() {}' > "$file"; done \
 && cargo ${CARGO_AUDITABLE:+auditable} build --release --locked --target host-tuple --bin partnership-api

# Part of the validators of answers: two builds may write the same record in two ways.
ARG REVISION=unknown
ENV PARTNERSHIP_API_REVISION=${REVISION}
COPY data data
COPY build.rs build.rs
COPY src src
# A static build must name its target, or macros of the build itself would be linked statically too;
# `host-tuple` names the machine's own, so the same line builds on x86-64 and on ARM. Sources that are older
# than the stand-ins would pass for built: they are touched.
RUN touch build.rs src/lib.rs src/main.rs \
 && cargo ${CARGO_AUDITABLE:+auditable} build --release --locked --target host-tuple --bin partnership-api \
 && install -D -m 0755 target/*-linux-gnu/release/partnership-api /out/partnership-api
# The bill of materials, where `.ci/bill/run` has made it and it was put here. A pattern may match nothing.
COPY partnership-api.cdx.jso[n] /out/

FROM scratch
COPY --from=build /out/ /
# Inside a container the loopback address is reached by nobody.
ENV PARTNERSHIP_API_LISTEN=0.0.0.0:8080
USER 65532:65532
EXPOSE 8080/tcp
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 \
    CMD ["/partnership-api", "healthcheck"]
ENTRYPOINT ["/partnership-api"]
# Last, so that a new revision does not rebuild what stands above.
ARG VERSION=unreleased
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
LABEL org.opencontainers.image.title="partnership-api" \
      org.opencontainers.image.description="Open data on security partnerships, with every figure's qualifier, period, stage and source." \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
