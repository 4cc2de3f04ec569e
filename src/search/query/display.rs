//! The tree printed as a query, which the strict reading accepts.

use std::fmt;

use super::tree::{Node, Weight};
use super::values;

impl fmt::Display for Node {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::List(clauses) => {
                for (at, (weight, node)) in clauses.iter().enumerate() {
                    let sign = match weight {
                        Weight::Must if !matches!(node, Self::Phrase { .. } | Self::Filter(_)) => "+",
                        Weight::Not => "-",
                        _ => "",
                    };
                    write!(out, "{}{sign}{}", if at > 0 { " " } else { "" }, Inner(node))?;
                }
                Ok(())
            }
            Self::Any(nodes) => joined(out, nodes, " OR "),
            Self::Every(nodes) => joined(out, nodes, " AND "),
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
            _ => write!(out, "{}{}", if at > 0 { with } else { "" }, Inner(node))?,
        }
    }
    Ok(())
}
