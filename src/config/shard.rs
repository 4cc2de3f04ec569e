//! Sources divided among machines, so that each host is asked by one machine only.
//!
//! Sources that share a host, directly or through a third, stay together. Which shard they are in follows from the first of
//! their hosts in the alphabet and from nothing else: other sources that are added or removed move none of them, unless a new
//! one ties two groups together.

use std::collections::BTreeSet;
use std::str::FromStr;

use sha1::{Digest, Sha1};

use super::Source;

/// One machine's part: the `number`th of `of`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    number: u32,
    of: u32,
}

impl FromStr for Shard {
    type Err = String;

    /// `2/3`: the second of three.
    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = text.split_once('/').and_then(|(number, of)| Some(Self { number: number.parse().ok()?, of: of.parse().ok()? }));
        let shard = parsed.ok_or_else(|| format!("{text:?} is no part of a whole: write 1/3, 2/3 and 3/3 on three machines"))?;
        if shard.number == 0 || shard.number > shard.of {
            return Err(format!("{text:?}: the parts of {} are numbered from 1", shard.of));
        }
        Ok(shard)
    }
}

impl Shard {
    /// The names of the sources in this part.
    pub fn sources(self, all: &[Source]) -> BTreeSet<String> {
        let groups = sharing_hosts(all);
        groups.into_iter().filter(|group| self.has(group)).flatten().map(|source| source.name.clone()).collect()
    }

    fn has(self, group: &[&Source]) -> bool {
        let first = group.iter().flat_map(|source| &source.hosts).map(|host| host.strip_prefix("www.").unwrap_or(host)).min();
        let digest = Sha1::digest(first.unwrap_or_default());
        let place = digest.iter().take(4).fold(0_u32, |place, byte| place << 8 | u32::from(*byte));
        place % self.of + 1 == self.number
    }
}

/// Sources in groups: two that share a host are in one.
pub fn sharing_hosts(sources: &[Source]) -> Vec<Vec<&Source>> {
    let mut groups: Vec<(BTreeSet<&str>, Vec<&Source>)> = Vec::new();
    for source in sources {
        let hosts: BTreeSet<&str> = source.hosts.iter().map(String::as_str).collect();
        let (with, without): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(others, _)| !others.is_disjoint(&hosts));
        groups = without;
        let mut group = (hosts, vec![source]);
        for (hosts, members) in with {
            group.0.extend(hosts);
            group.1.extend(members);
        }
        groups.push(group);
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use url::Url;

    use super::*;

    fn source(name: usize, hosts: &[u8]) -> Source {
        let listing = hosts.iter().map(|host| Url::parse(&format!("https://www.h{host}.cz/")).unwrap()).collect();
        Source::new(&format!("s{name}"), listing)
    }

    proptest! {
        #[test]
        fn each_host_is_asked_by_one_machine(all in proptest::collection::vec(proptest::collection::vec(0..12_u8, 1..3), 1..10), of in 1..5_u32) {
            let sources: Vec<Source> = all.iter().enumerate().map(|(name, hosts)| source(name, hosts)).collect();
            let parts: Vec<_> = (1..=of).map(|number| Shard { number, of }.sources(&sources)).collect();
            prop_assert_eq!(parts.iter().map(BTreeSet::len).sum::<usize>(), sources.len(), "each source is in one part");
            let mut asked: BTreeMap<&str, usize> = BTreeMap::new();
            for source in &sources {
                let part = parts.iter().position(|part| part.contains(&source.name)).unwrap();
                for host in &source.hosts {
                    prop_assert_eq!(*asked.entry(host).or_insert(part), part);
                }
            }
        }
    }

    #[test]
    fn parts_are_read_and_wrong_ones_refused() {
        assert_eq!("2/3".parse(), Ok(Shard { number: 2, of: 3 }));
        for text in ["", "2", "0/3", "4/3", "0/0", "a/b", "1/-2"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }

    #[test]
    fn another_source_moves_none() {
        let few: Vec<Source> = (0..9).map(|host| source(host.into(), &[host])).collect();
        let mut more = few.clone();
        more.extend((9..20).map(|host| source(host.into(), &[host])));
        let shard = Shard { number: 1, of: 3 };
        let (before, after) = (shard.sources(&few), shard.sources(&more));
        assert!(before.is_subset(&after) && !before.is_empty() && after.len() < more.len(), "{before:?} {after:?}");
    }
}
