//! Which addresses may be reached: the hosts of the source, and none that is special.
//!
//! Two halves, both needed: addresses written as numbers are checked in the URL before each request, names
//! are checked in every DNS answer, and what passed is what gets dialled. A source on this machine reaches the
//! very origins its listings name, so a page cannot steer us to another local service.
//! The nets are those of the IANA special-purpose registries (RFC 6890); what is not global is refused.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::LazyLock;

use ipnet::IpNet;
use url::{Host, Url};

use crate::config::Source;
use crate::visit::Refusal;

/// Longest address asked for; servers commonly stop at 8 KB themselves.
const MAX_LENGTH: usize = 8000;

/// The IPv4 nets where no public web site lives.
static SPECIAL: LazyLock<Vec<IpNet>> = LazyLock::new(|| {
    nets(&[
        "0.0.0.0/8",       // this network
        "10.0.0.0/8",      // private
        "100.64.0.0/10",   // carrier-grade NAT
        "127.0.0.0/8",     // loopback
        "169.254.0.0/16",  // link-local, cloud metadata
        "172.16.0.0/12",   // private
        "192.0.0.0/24",    // protocol assignments
        "192.0.2.0/24",    // documentation
        "192.88.99.0/24",  // 6to4 relays
        "192.168.0.0/16",  // private
        "198.18.0.0/15",   // benchmarks
        "198.51.100.0/24", // documentation
        "203.0.113.0/24",  // documentation
        "224.0.0.0/3",     // multicast, reserved, broadcast
    ])
});

/// Inside `2000::/3`, the only global IPv6 space, these are not sites either.
static SPECIAL_V6: LazyLock<Vec<IpNet>> = LazyLock::new(|| {
    nets(&[
        "2001::/23",     // protocol assignments, Teredo, ORCHID
        "2001:db8::/32", // documentation
        "3fff::/20",     // documentation
    ])
});

fn nets(list: &[&str]) -> Vec<IpNet> {
    list.iter().map(|net| net.parse().expect("the nets above are well formed")).collect()
}

/// The address is reachable from anywhere, hence nobody's inner network.
pub fn is_public(ip: IpAddr) -> bool {
    let v6 = match ip.to_canonical() {
        IpAddr::V4(_) => return !SPECIAL.iter().any(|net| net.contains(&ip.to_canonical())),
        IpAddr::V6(v6) => v6,
    };
    let carried = |high: u16, low: u16| IpAddr::V4(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)));
    match v6.segments() {
        // NAT64 (RFC 6052) and 6to4 (RFC 3056) carry the address that is really reached.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => is_public(carried(high, low)),
        [first, ..] => first & 0xe000 == 0x2000 && !SPECIAL_V6.iter().any(|net| net.contains(&ip)),
    }
}

/// What one source may reach.
#[derive(Clone, Debug)]
pub struct Scope {
    source: Source,
    loopback: bool,
}

impl Scope {
    pub fn of(source: &Source) -> Self {
        Self { source: source.clone(), loopback: source.on_loopback() }
    }

    pub fn on_loopback(&self) -> bool {
        self.loopback
    }

    /// May the address be asked for, as far as it can be told from its text?
    pub fn check(&self, url: &Url) -> Result<(), Refusal> {
        let shown = || format!("{:.200}", url.as_str());
        if !self.source.in_scope(url) {
            return Err(Refusal::Scope(format!("{} is on no host of the source {:?}", shown(), self.source.name)));
        }
        if url.as_str().len() > MAX_LENGTH {
            return Err(Refusal::Scope(format!("{}… is longer than {MAX_LENGTH} bytes", shown())));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refusal::Scope(format!("an address on {} carries a user name", url.host_str().unwrap_or_default())));
        }
        let named = |own: &Url| own.port_or_known_default() == url.port_or_known_default() && own.host() == url.host();
        let port = if self.loopback {
            self.source.listing.iter().any(named)
        } else {
            url.port().is_none_or(|port| matches!(port, 80 | 443) || self.source.listing.iter().any(|own| own.port() == Some(port)))
        };
        if !port {
            return Err(Refusal::Scope(format!("{} is on a port that no listing of the source names", shown())));
        }
        match url.host() {
            Some(Host::Ipv4(ip)) if !self.admits(ip.into()) => Err(Refusal::Address(ip.to_string())),
            Some(Host::Ipv6(ip)) if !self.admits(ip.into()) => Err(Refusal::Address(ip.to_string())),
            _ => Ok(()),
        }
    }

    /// May a connection go to that address?
    pub fn admits(&self, ip: IpAddr) -> bool {
        if self.loopback { ip.to_canonical().is_loopback() } else { is_public(ip) }
    }

    /// The part of a DNS answer that may be dialled.
    pub fn filter(&self, name: &str, answer: impl Iterator<Item = SocketAddr>) -> Result<Vec<SocketAddr>, Forbidden> {
        let (good, bad): (Vec<_>, Vec<_>) = answer.partition(|found| self.admits(found.ip()));
        if good.is_empty() && !bad.is_empty() {
            return Err(Forbidden(format!("{name} resolves to {}", bad[0].ip())));
        }
        Ok(good)
    }
}

/// A name all of whose addresses are refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Forbidden(pub String);

#[cfg(test)]
mod tests {
    use super::*;

    fn source(listing: &[&str]) -> Source {
        let listing: Vec<Url> = listing.iter().map(|text| Url::parse(text).expect("an address")).collect();
        Source::new("town", listing)
    }

    #[test]
    fn special_addresses_are_not_public_in_any_dress() {
        for ip in [
            "0.0.0.0",
            "0.1.2.3",
            "10.1.1.1",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.9.9",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:0:127.0.0.1",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:a00:1::1",
            "2001::1",
            "2001:db8::1",
            "3fff::1",
            "100::1",
            "4000::1",
        ] {
            assert!(!is_public(ip.parse().expect("an address")), "{ip} passed");
        }
        for ip in [
            "1.1.1.1",
            "100.128.0.1",
            "172.32.0.1",
            "193.17.47.1",
            "223.255.255.254",
            "2001:718::1",
            "2a02:2b88::1",
            "64:ff9b::101:101",
            "2002:101:101::1",
            "::ffff:1.1.1.1",
        ] {
            assert!(is_public(ip.parse().expect("an address")), "{ip} was refused");
        }
    }

    #[test]
    fn a_public_source_reaches_its_hosts_and_no_inner_address() {
        let mut source = source(&["https://www.mesto.cz/news"]);
        source.hosts.extend(["10.0.0.1", "127.0.0.1", "[::1]", "[::ffff:7f00:1]"].map(str::to_owned));
        let scope = Scope::of(&source);
        let check = |text: &str| scope.check(&Url::parse(text).expect("an address"));
        for good in ["https://www.mesto.cz/a", "http://mesto.cz/a?b=c", "http://mesto.cz:443/"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in
            ["https://jine.cz/", "ftp://mesto.cz/", "file:///etc/passwd", "http://mesto.cz:22/", "http://me@mesto.cz/", "data:text/html,x"]
        {
            assert!(matches!(check(bad), Err(Refusal::Scope(_))), "{bad}");
        }
        assert!(matches!(check(&format!("http://mesto.cz/{}", "a".repeat(MAX_LENGTH))), Err(Refusal::Scope(_))));
        for bad in
            ["http://10.0.0.1/", "http://127.1/", "http://0x7f000001/", "http://2130706433/", "http://[::1]/", "http://[::ffff:127.0.0.1]/"]
        {
            assert!(matches!(check(bad), Err(Refusal::Address(_))), "{bad}");
        }
    }

    #[test]
    fn a_local_source_reaches_the_origins_of_its_listings_alone() {
        let scope = Scope::of(&source(&["http://127.0.0.1:8000/news"]));
        let check = |text: &str| scope.check(&Url::parse(text).expect("an address"));
        assert_eq!(check("http://127.0.0.1:8000/other"), Ok(()));
        for bad in ["http://127.0.0.1:8001/", "http://127.0.0.1/", "http://localhost:8000/", "http://127.0.0.2:8000/", "http://mesto.cz/"] {
            assert!(matches!(check(bad), Err(Refusal::Scope(_))), "{bad}");
        }
        assert!(scope.admits("127.0.0.1".parse().expect("ip")) && !scope.admits("1.1.1.1".parse().expect("ip")));
    }

    #[test]
    fn dns_answers_lose_what_may_not_be_dialled() {
        let scope = Scope::of(&source(&["https://mesto.cz/"]));
        let answer = |ips: &[&str]| ips.iter().map(|ip| SocketAddr::new(ip.parse().expect("ip"), 0)).collect::<Vec<_>>();
        let mixed = scope.filter("mesto.cz", answer(&["10.0.0.1", "193.17.47.1", "::1"]).into_iter());
        assert_eq!(mixed, Ok(answer(&["193.17.47.1"])));
        assert!(scope.filter("mesto.cz", answer(&["127.0.0.1", "fd00::1"]).into_iter()).is_err());
        assert_eq!(scope.filter("mesto.cz", std::iter::empty()), Ok(vec![]));
    }
}
