//! Addresses that settings name, each refused with what was expected.

use std::net::SocketAddr;

/// A contact as RFC 9116 takes it: an address that a person can follow.
pub(super) fn contact(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("mailto:").filter(|rest| rest.contains('@'));
    let rest = rest.or_else(|| text.strip_prefix("https://"));
    match rest {
        Some(rest) if !rest.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic()) => {
            Ok(text.to_owned())
        }
        _ => {
            Err("expected a mailto: or https: address, such as mailto:data@example.org".to_owned())
        }
    }
}

/// An address to listen on.
pub(super) fn socket_address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| {
        let example = match text.trim_start_matches(':').parse::<u16>() {
            Ok(port) => {
                format!("127.0.0.1:{port} for this machine alone, or 0.0.0.0:{port} for all")
            }
            Err(_) => "127.0.0.1:8080 or [::1]:8080".to_owned(),
        };
        format!("expected an IP address and a port, such as {example}")
    })
}
