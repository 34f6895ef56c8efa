//! AdamW (arXiv 1711.05101) on one long vector, with moments that can be saved, and Muon beside it where asked for.

use tch::{Kind, Tensor};

use super::flat_parameters::FlatParameters;
use super::muon::{self, Matrix};

const BETA_1: f64 = 0.9;
const BETA_2: f64 = 0.999;
const EPSILON: f64 = 1e-8;

/// How far a step goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rates {
    /// AdamW's learning rate.
    pub adam: f64,
    /// Muon's.
    pub muon: f64,
}

/// Decoupled weight decay, then Adam's step with bias correction, as PyTorch's `AdamW` does it; for the matrices that
/// [`FlatParameters::orthogonal`] names, a step of Muon.
#[derive(Debug)]
pub(super) struct Optimizer {
    /// Running mean of the gradient, in the layout of [`FlatParameters::trainable`].
    pub first_moment: Tensor,
    /// Running mean of its square; stays 0 where Muon is at work.
    pub second_moment: Tensor,
    /// Steps taken so far.
    pub updates: u64,
    weight_decay: f64,
}

impl Optimizer {
    /// An optimiser that has not moved yet.
    pub fn new(parameters: &FlatParameters, weight_decay: f64) -> Self {
        let zeros = || parameters.trainable().zeros_like();
        Self { first_moment: zeros(), second_moment: zeros(), updates: 0, weight_decay }
    }

    /// One step down the gradient, as far as `rates` say.
    pub fn step(&mut self, parameters: &FlatParameters, gradient: &Tensor, rates: Rates) {
        self.updates += 1;
        self.adam_step(parameters, gradient, rates.adam);
        let matrices = parameters
            .orthogonal(&parameters.trainable())
            .into_iter()
            .zip(parameters.orthogonal(gradient))
            .zip(parameters.orthogonal(&self.first_moment))
            .map(|((values, gradient), momentum)| Matrix { values, gradient, momentum })
            .collect();
        muon::step(matrices, rates.muon, self.weight_decay);
    }

    fn adam_step(&mut self, parameters: &FlatParameters, gradient: &Tensor, learning_rate: f64) {
        let updates = self.updates as f64;
        let correction_1 = 1.0 - BETA_1.powf(updates);
        let correction_2 = 1.0 - BETA_2.powf(updates);
        tch::no_grad(|| {
            let gradient = parameters.element_wise(gradient);
            let mut first = parameters.element_wise(&self.first_moment);
            let mut second = parameters.element_wise(&self.second_moment);
            let _ = first.lerp_(&gradient, 1.0 - BETA_1);
            let _ = second.lerp_(&(&gradient * &gradient), 1.0 - BETA_2);
            let _ = parameters.decayed().g_mul_scalar_(1.0 - learning_rate * self.weight_decay);
            let scale = (second.sqrt() / correction_2.sqrt()).g_add_scalar_(EPSILON);
            let step = (first / scale).g_mul_scalar_(-learning_rate / correction_1);
            let _ = parameters.element_wise(&parameters.trainable()).g_add_(&step);
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
        let parameters = FlatParameters::new(&store, |_, _| false);
        let mut optimizer = Optimizer::new(&parameters, 0.1);

        let (mut x, mut y) = (2.0_f64, 3.0_f64);
        let (mut m, mut v) = ([0.0; 2], [0.0; 2]);
        for k in 1..=5 {
            let loss = &matrix * &matrix * &bias;
            let gradient = parameters.gradient(&loss.sum(Kind::Float)).unwrap();
            let gradients = [2.0 * x * y, x * x];
            optimizer.step(&parameters, &gradient, Rates { adam: 0.05, muon: 0.0 });
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
    fn muon_moves_its_matrices_and_leaves_the_rest_to_adam() {
        let store = nn::VarStore::new(Device::Cpu);
        let root = store.root();
        let matrix = root.var("matrix", &[4, 4], nn::Init::Const(1.0));
        let bias = root.var("bias", &[1], nn::Init::Const(3.0));
        let parameters = FlatParameters::new(&store, |name, _| name == "matrix");
        let mut optimizer = Optimizer::new(&parameters, 0.0);
        let gradient = parameters.gradient(&((&matrix * &bias).sum(Kind::Float))).unwrap();
        optimizer.step(&parameters, &gradient, Rates { adam: 0.01, muon: 0.5 });
        // Adam's first step is its rate; Muon's, down a gradient of one direction, is spread over that direction.
        approx::assert_relative_eq!(bias.double_value(&[0]), 3.0 - 0.01, epsilon = 1e-4);
        let moved = 1.0 - matrix.double_value(&[2, 1]);
        assert!((0.5..1.5).contains(&(moved / (0.5 / 4.0))), "{moved}");
        let second = parameters.named(&optimizer.second_moment);
        assert_eq!(second[0].1.abs().max().double_value(&[]), 0.0);
        assert!(second[1].1.double_value(&[0]) > 0.0);
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
