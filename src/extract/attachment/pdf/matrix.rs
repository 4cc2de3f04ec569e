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
        let (Self(own), Self(outer)) = (self, other);
        // Columns of the product: what becomes of (1, 0), of (0, 1) and of the origin.
        let apply =
            |x: f32, y: f32, shift: f32| (x * outer[0] + y * outer[2] + shift * outer[4], x * outer[1] + y * outer[3] + shift * outer[5]);
        let (right, up, origin) = (apply(own[0], own[1], 0.0), apply(own[2], own[3], 0.0), apply(own[4], own[5], 1.0));
        Self([right.0, right.1, up.0, up.1, origin.0, origin.1])
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
