//! AdamW (arXiv 1711.05101) on one long vector, with moments that can be saved.

use tch::{Kind, Tensor};

use super::flat_parameters::FlatParameters;

const BETA_1: f64 = 0.9;
const BETA_2: f64 = 0.999;
const EPSILON: f64 = 1e-8;

/// Decoupled weight decay, then Adam's step with bias correction, as PyTorch's `AdamW` does it.
#[derive(Debug)]
pub(super) struct AdamW {
    /// Running mean of the gradient, in the layout of [`FlatParameters::trainable`].
    pub first_moment: Tensor,
    /// Running mean of its square.
    pub second_moment: Tensor,
    /// Steps taken so far.
    pub updates: u64,
    weight_decay: f64,
}

impl AdamW {
    /// An optimiser that has not moved yet.
    pub fn new(parameters: &FlatParameters, weight_decay: f64) -> Self {
        let zeros = || parameters.trainable().zeros_like();
        Self { first_moment: zeros(), second_moment: zeros(), updates: 0, weight_decay }
    }

    /// One step down the gradient.
    pub fn step(&mut self, parameters: &FlatParameters, gradient: &Tensor, learning_rate: f64) {
        self.updates += 1;
        let updates = self.updates as f64;
        let correction_1 = 1.0 - BETA_1.powf(updates);
        let correction_2 = 1.0 - BETA_2.powf(updates);
        tch::no_grad(|| {
            let _ = self.first_moment.lerp_(gradient, 1.0 - BETA_1);
            let _ = self.second_moment.lerp_(&(gradient * gradient), 1.0 - BETA_2);
            let _ = parameters.decayed().g_mul_scalar_(1.0 - learning_rate * self.weight_decay);
            let scale = (self.second_moment.sqrt() / correction_2.sqrt()).g_add_scalar_(EPSILON);
            let step = (&self.first_moment / scale).g_mul_scalar_(-learning_rate / correction_1);
            let _ = parameters.trainable().g_add_(&step);
        });
    }
}

/// Cuts the gradient so that its norm is at most `limit`; gives the norm it had.
pub(super) fn clip(gradient: &mut Tensor, limit: f64) -> f64 {
    let norm = gradient.norm().to_kind(Kind::Double).double_value(&[]);
    if norm.is_finite() && norm > limit {
        let _ = gradient.g_mul_scalar_(limit / norm);
    }
    norm
}

#[cfg(test)]
mod tests {
    use super::*;
    use tch::{Device, nn};

    #[test]
    fn steps_follow_the_formula() {
        let store = nn::VarStore::new(Device::Cpu);
        let root = store.root();
        let matrix = root.var("matrix", &[1, 1], nn::Init::Const(2.0));
        let bias = root.var("bias", &[1], nn::Init::Const(3.0));
        let parameters = FlatParameters::new(&store);
        let mut optimizer = AdamW::new(&parameters, 0.1);

        let (mut x, mut y) = (2.0_f64, 3.0_f64);
        let (mut m, mut v) = ([0.0; 2], [0.0; 2]);
        for k in 1..=5 {
            let loss = &matrix * &matrix * &bias;
            let gradient = parameters.gradient(&loss.sum(Kind::Float)).unwrap();
            let gradients = [2.0 * x * y, x * x];
            optimizer.step(&parameters, &gradient, 0.05);
            x *= 1.0 - 0.05 * 0.1;
            for (i, position) in [&mut x, &mut y].into_iter().enumerate() {
                m[i] = 0.9 * m[i] + 0.1 * gradients[i];
                v[i] = 0.999 * v[i] + 0.001 * gradients[i] * gradients[i];
                let (m, v) = (m[i] / (1.0 - 0.9_f64.powi(k)), v[i] / (1.0 - 0.999_f64.powi(k)));
                *position -= 0.05 * m / (v.sqrt() + 1e-8);
            }
            approx::assert_relative_eq!(matrix.double_value(&[0, 0]), x, epsilon = 1e-5);
            approx::assert_relative_eq!(bias.double_value(&[0]), y, epsilon = 1e-5);
        }
    }

    #[test]
    fn only_long_gradients_are_cut() {
        let mut gradient = Tensor::from_slice(&[3.0_f32, 4.0]);
        assert_eq!(clip(&mut gradient, 10.0), 5.0);
        assert_eq!(clip(&mut gradient, 1.0), 5.0);
        approx::assert_relative_eq!(gradient.double_value(&[1]), 0.8, epsilon = 1e-6);
        let mut broken = Tensor::from_slice(&[f32::NAN, 1.0]);
        assert!(clip(&mut broken, 1.0).is_nan());
    }
}
