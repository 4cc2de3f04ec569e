//! Transformations of the plane (ISO 32000-1 §8.3.3): six numbers, of which those that are none are as in the identity.

/// `[a b c d e f]`: x' = ax + cy + e, y' = bx + dy + f.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matrix([f32; 6]);

impl Default for Matrix {
    fn default() -> Self {
        Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])
    }
}

impl Matrix {
    pub fn of(number: impl Fn(usize) -> Option<f32>) -> Self {
        let Self(identity) = Self::default();
        Self(std::array::from_fn(|at| number(at).filter(|value| value.is_finite()).unwrap_or(identity[at])))
    }

    pub fn shift(x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First this one, then the other.
    pub fn then(self, other: Self) -> Self {
        let (Self([a, b, c, d, e, f]), Self([p, q, r, s, t, u])) = (self, other);
        Self([a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u])
    }

    /// Where the point 0, 0 comes to lie.
    pub fn origin(self) -> (f32, f32) {
        (self.0[4], self.0[5])
    }

    /// How high one unit becomes.
    pub fn height(self) -> f32 {
        self.0[2].hypot(self.0[3])
    }
}
