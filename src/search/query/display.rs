//! The tree printed as a query, which the strict reading accepts.

use std::fmt;

use super::tree::{Node, Weight};
use super::values;

const OR: &str = " OR ";
const AND: &str = " AND ";

impl fmt::Display for Node {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(clauses) => {
                for (at, (weight, node)) in clauses.iter().enumerate() {
                    // Operators bind closer than blanks: no brackets that would count towards the deepest.
                    if let (Weight::Must, Self::Any(_) | Self::Every(_)) = (weight, node) {
                        write!(out, "{}{node}", if at > 0 { " " } else { "" })?;
                        continue;
                    }
                    let sign = match weight {
                        Weight::Must if !node.is_demanded() => "+",
                        Weight::Not => "-",
                        _ => "",
                    };
                    write!(out, "{}{sign}{}", if at > 0 { " " } else { "" }, Inner(node))?;
                }
                Ok(())
            }
            Self::Any(nodes) => joined(out, nodes, OR),
            Self::Every(nodes) => joined(out, nodes, AND),
            Self::Word(text) | Self::Implicit { text, .. } => out.write_str(text),
            Self::Prefix(text) => write!(out, "{text}*"),
            Self::Phrase { text, near: None } => write!(out, "\"{text}\""),
            Self::Phrase { text, near: Some(distance) } => write!(out, "\"{text}\"~{distance}"),
            Self::In(part, node) => write!(out, "{}:{}", values::part_name(*part), Inner(node)),
            Self::Filter(filter) => out.write_str(&values::filter_text(filter)),
        }
    }
}

/// A node inside another: compound ones in brackets.
struct Inner<'a>(&'a Node);

impl fmt::Display for Inner<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Node::List(clauses) if clauses.len() == 1 && clauses[0].0 == Weight::Should => write!(out, "{}", Inner(&clauses[0].1)),
            Node::List(_) | Node::Any(_) | Node::Every(_) => write!(out, "({})", self.0),
            simple => write!(out, "{simple}"),
        }
    }
}

fn joined(out: &mut fmt::Formatter<'_>, nodes: &[Node], with: &str) -> fmt::Result {
    for (at, node) in nodes.iter().enumerate() {
        // `NOT x` inside AND is a list of one.
        match node {
            Node::List(clauses) if clauses.len() == 1 && clauses[0].0 == Weight::Not => {
                write!(out, "{}NOT {}", if at > 0 { with } else { "" }, Inner(&clauses[0].1))?;
            }
            Node::Every(_) if with == OR => write!(out, "{}{node}", if at > 0 { with } else { "" })?,
            _ => write!(out, "{}{}", if at > 0 { with } else { "" }, Inner(node))?,
        }
    }
    Ok(())
}
