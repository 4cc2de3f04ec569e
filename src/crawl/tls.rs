//! What is wrong with a TLS connection, in words that the person at the other end of a mail can act on.
//!
//! A fault of the certificate is the same a minute later, so it is not asked for again; anything else about the handshake
//! may pass. Refuses: deciding whom to trust (the system's store and `ca` of the configuration do).

use rustls::CertificateError as Fault;

/// The words, and whether another attempt may fare better.
pub fn explained(error: &rustls::Error) -> (String, bool) {
    match error {
        rustls::Error::InvalidCertificate(fault) => (format!("its certificate {}", certificate(fault)), false),
        rustls::Error::NoCertificatesPresented => ("it shows no certificate".into(), false),
        rustls::Error::AlertReceived(alert) => (format!("the server ended the TLS handshake ({alert:?})"), true),
        rustls::Error::PeerIncompatible(_) => ("it speaks only forms of TLS older than 1.2".into(), false),
        rustls::Error::InvalidMessage(_) => ("what answers there does not speak TLS".into(), true),
        other => (format!("TLS: {other}"), true),
    }
}

fn certificate(fault: &Fault) -> String {
    match fault {
        Fault::Expired | Fault::ExpiredContext { .. } => "has expired".into(),
        Fault::NotValidYet | Fault::NotValidYetContext { .. } => "is not valid yet; is the clock of this machine right?".into(),
        Fault::UnknownIssuer => {
            "is signed by an authority that this machine does not trust (a private one is named by `ca` under [crawler]; \
             often the server leaves out an intermediate certificate)"
                .into()
        }
        Fault::NotValidForName | Fault::NotValidForNameContext { .. } => "is made out for another name".into(),
        Fault::Revoked => "was revoked".into(),
        Fault::BadSignature => "bears a wrong signature".into(),
        Fault::BadEncoding => "cannot be read".into(),
        Fault::InvalidPurpose | Fault::InvalidPurposeContext { .. } => "is not one for a server".into(),
        other => format!("is refused: {other:?}"),
    }
}
