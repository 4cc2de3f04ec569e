//! Beginnings of words as a trie (Fredkin 1960), a byte an edge, walked once for each word: looking up costs the same for ten
//! spellings as for a thousand, and nothing has to be compiled.

#[derive(Default)]
pub struct Trie {
    nodes: Vec<Node>,
    /// Nodes of the first bytes, the only ones that most words ask for; 0 is none.
    firsts: Vec<usize>,
}

#[derive(Default)]
struct Node {
    edges: Vec<(u8, usize)>,
    /// Terms whose beginning ends here.
    terms: Vec<usize>,
}

impl Trie {
    pub fn add(&mut self, beginning: &[u8], term: usize) {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
            self.firsts = vec![0; 256];
        }
        let mut at = 0;
        for &byte in beginning {
            at = self.next(at, byte).unwrap_or_else(|| {
                self.nodes.push(Node::default());
                let new = self.nodes.len() - 1;
                if at == 0 {
                    self.firsts[usize::from(byte)] = new;
                } else {
                    self.nodes[at].edges.push((byte, new));
                }
                new
            });
        }
        self.nodes[at].terms.push(term);
    }

    fn next(&self, at: usize, byte: u8) -> Option<usize> {
        if at == 0 {
            return self.firsts.get(usize::from(byte)).copied().filter(|&next| next > 0);
        }
        self.nodes[at].edges.iter().find(|(edge, _)| *edge == byte).map(|&(_, next)| next)
    }

    /// Hands every term whose beginning the word begins with to `take`, the shortest beginning first.
    pub fn walk(&self, word: &[u8], mut take: impl FnMut(usize)) {
        let mut at = 0;
        for &byte in word {
            let Some(next) = self.next(at, byte) else { break };
            at = next;
            self.nodes[at].terms.iter().for_each(|&term| take(term));
        }
    }
}
