//! Whom a crawl trusts: the system's authorities and those of `ca`; a certificate at fault is told in words and asked once.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use twindex::config::{Crawler, Source};
use twindex::crawl::{Client, Error};
use twindex::visit::Outcome;
use url::Url;

use super::site::{Site, last, page, why};

/// A private authority.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).expect("signed").pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    /// A server on this machine with a certificate for that name; its port, and how often it was connected to.
    async fn server(&self, name: &str, change: impl FnOnce(&mut CertificateParams)) -> (u16, Arc<AtomicUsize>) {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
        change(&mut params);
        let certificate: CertificateDer<'static> = params.signed_by(&key, &self.issuer).expect("signed").der().clone();
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider())).with_safe_default_protocol_versions();
        let config = config.expect("versions").with_no_client_auth().with_single_cert(vec![certificate], key).expect("a pair");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        let connected = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connected);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let Ok(mut stream) = acceptor.accept(stream).await else { return };
                    let mut asked = [0; 2048];
                    let Ok(length) = stream.read(&mut asked).await else { return };
                    let body = if asked[..length].starts_with(b"GET /robots.txt") { "User-agent: *\nDisallow:\n" } else { "<p>obec</p>" };
                    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
                    let _gone: std::io::Result<()> = stream.write_all(answer.as_bytes()).await;
                    let _gone: std::io::Result<()> = stream.shutdown().await;
                });
            }
        });
        (port, connected)
    }

    fn file(&self, folder: &tempfile::TempDir) -> PathBuf {
        let path = folder.path().join("ca.pem");
        std::fs::write(&path, &self.pem).expect("written");
        path
    }
}

fn client(port: u16, ca: Option<PathBuf>) -> Result<Client, Error> {
    let url = Url::parse(&format!("https://127.0.0.1:{port}/")).expect("an address");
    let crawler = Crawler { ca, delay: Duration::ZERO, timeout: Duration::from_secs(3), retries: 2, ..Crawler::default() };
    Client::new(&crawler, &Source::new("town", vec![url]), vec![], "9.9")
}

fn url(port: u16) -> Url {
    Url::parse(&format!("https://127.0.0.1:{port}/a")).expect("an address")
}

#[tokio::test]
async fn a_private_authority_is_trusted_where_it_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let authority = Authority::new();
    let (port, connected) = authority.server("127.0.0.1", |_| {}).await;
    let visit = last(&client(port, Some(authority.file(&folder))).expect("a client"), url(port)).await;
    assert_eq!(visit.outcome, Outcome::Page, "{}", why(&visit));
    connected.store(0, Ordering::SeqCst);
    let visit = last(&client(port, None).expect("a client"), url(port)).await;
    assert!(why(&visit).contains("does not trust") && why(&visit).contains("`ca`"), "{}", why(&visit));
    assert_eq!(connected.load(Ordering::SeqCst), 1, "a certificate is the same a minute later");
}

#[tokio::test]
async fn a_certificate_at_fault_is_told_in_words_and_asked_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let authority = Authority::new();
    let ca = Some(authority.file(&folder));
    for (name, until, words) in [("127.0.0.1", 2020, "has expired"), ("jine.test", 4096, "another name")] {
        let (port, connected) = authority.server(name, |params| params.not_after = date_time_ymd(until, 1, 1)).await;
        let visit = last(&client(port, ca.clone()).expect("a client"), url(port)).await;
        assert!(why(&visit).contains(words), "{}", why(&visit));
        assert_eq!(connected.load(Ordering::SeqCst), 1, "{words}");
    }
    let plain = Site::start(|_, _| page("no TLS")).await;
    let visit = last(&client(plain.at.port(), ca).expect("a client"), url(plain.at.port())).await;
    assert!(!matches!(visit.outcome, Outcome::Page), "{}", why(&visit));
}

#[test]
fn a_file_of_authorities_that_holds_none_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ca.pem");
    for text in [None, Some(""), Some("not a certificate")] {
        if let Some(text) = text {
            std::fs::write(&path, text).expect("written");
        }
        let error = client(1, Some(path.clone())).expect_err("no authority").to_string();
        assert!(error.contains("ca.pem") && error.contains("`ca`"), "{error}");
    }
}
