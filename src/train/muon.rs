//! Muon (Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks"): momentum whose direction is
//! made orthogonal, so that a step moves every direction of a matrix alike.

use std::collections::BTreeMap;

use tch::{Kind, Tensor};

/// Share of the old momentum that a step keeps.
const MOMENTUM: f64 = 0.95;
/// Rounds of the Newton–Schulz iteration.
const ROUNDS: usize = 5;
/// Coefficients of its polynomial `a·x + b·x³ + c·x⁵`, chosen by the author for speed rather than precision.
const COEFFICIENTS: [f64; 3] = [3.4445, -4.7750, 2.0315];

/// A matrix that is trained, all its views two-dimensional.
pub(super) struct Matrix {
    /// The numbers themselves, `[rows, columns]`.
    pub values: Tensor,
    /// Their gradient.
    pub gradient: Tensor,
    /// Running mean of the gradient.
    pub momentum: Tensor,
}

/// Moves each matrix one step: momentum, Nesterov's look ahead, orthogonalisation, decoupled weight decay.
pub(super) fn step(matrices: Vec<Matrix>, learning_rate: f64, weight_decay: f64) {
    let mut alike: BTreeMap<Vec<i64>, Vec<Matrix>> = BTreeMap::new();
    for matrix in matrices {
        alike.entry(matrix.values.size()).or_default().push(matrix);
    }
    tch::no_grad(|| {
        for (size, matrices) in &mut alike {
            let directions: Vec<Tensor> = matrices
                .iter_mut()
                .map(|Matrix { gradient, momentum, .. }| {
                    let _ = momentum.lerp_(gradient, 1.0 - MOMENTUM);
                    gradient.lerp(momentum, MOMENTUM)
                })
                .collect();
            let directions = orthogonal(&Tensor::stack(&directions, 0)).unbind(0);
            // A tall matrix takes in fewer numbers than it gives out, and may move them further.
            let reach = (size[0] as f64 / size[1].max(1) as f64).max(1.0).sqrt();
            for (matrix, direction) in matrices.iter_mut().zip(directions) {
                let _ = matrix.values.g_mul_scalar_(1.0 - learning_rate * weight_decay);
                let _ = matrix.values.g_add_(&(direction * (-learning_rate * reach)));
            }
        }
    });
}

/// The nearest matrices with all singular values near 1, of a batch `[N, rows, columns]`.
fn orthogonal(matrices: &Tensor) -> Tensor {
    let size = matrices.size();
    let tall = size[1] > size[2];
    // The smaller side first: the products below are then of that size.
    let mut x = if tall { matrices.transpose(1, 2) } else { matrices.shallow_clone() };
    if matrices.device().is_cuda() {
        x = x.to_kind(Kind::BFloat16);
    }
    let norm = (&x * &x).sum_dim_intlist([1, 2].as_slice(), true, x.kind()).sqrt();
    x /= norm + 1e-7;
    let [a, b, c] = COEFFICIENTS;
    for _ in 0..ROUNDS {
        // [N, small, small]
        let square = x.bmm(&x.transpose(1, 2));
        let polynomial = &square * b + square.bmm(&square) * c;
        x = &x * a + polynomial.bmm(&x);
    }
    let x = x.to_kind(matrices.kind());
    if tall { x.transpose(1, 2) } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tch::Device;

    #[test]
    fn singular_values_come_near_one() {
        tch::manual_seed(3);
        for size in [[2, 8, 20], [2, 20, 8]] {
            let x = orthogonal(&Tensor::randn(size, (Kind::Float, Device::Cpu)));
            assert_eq!(x.size(), size);
            let (_, values, _) = x.svd(true, true);
            let (least, most) = (values.min().double_value(&[]), values.max().double_value(&[]));
            assert!(least > 0.5 && most < 1.4, "{least} … {most}");
        }
    }

    #[test]
    fn a_step_goes_down_the_gradient_by_the_same_length_whatever_its_size() {
        tch::manual_seed(4);
        let gradient = Tensor::randn([6, 6], (Kind::Float, Device::Cpu));
        let moved = |scale: f64| {
            let values = Tensor::zeros([6, 6], (Kind::Float, Device::Cpu));
            let matrix = Matrix {
                values: values.shallow_clone(),
                gradient: &gradient * scale,
                momentum: values.zeros_like(),
            };
            step(vec![matrix], 0.1, 0.5);
            values
        };
        let (small, large) = (moved(1e-2), moved(1e2));
        assert!((&small - &large).abs().max().double_value(&[]) < 1e-3);
        assert!((&small * &gradient).sum(Kind::Float).double_value(&[]) < -0.1);
    }
}
