//! Normal form and folding of what pages say, as the whole house has them.

pub use crate::lang::fold::fold;
pub use crate::lang::text::normalise;
