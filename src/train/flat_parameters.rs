//! A network's variables laid end to end in one tensor, so that the optimiser, the clipping of the gradient and
//! the averaging of weights are a few operations on long vectors instead of thousands on short ones.

use tch::{Kind, Tensor, nn};

use super::error::TrainError;

/// Every variable begins at a multiple of this many numbers, as kernels with wide loads like it.
const ALIGNMENT: i64 = 16;

/// Where a variable lies.
#[derive(Debug)]
struct Part {
    name: String,
    shape: Vec<i64>,
    offset: i64,
    length: i64,
    variable: Tensor,
}

impl Part {
    fn end(&self) -> i64 {
        (self.offset + self.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT
    }
}

/// The variables of one network, as views of one vector: first those that Muon trains, then the others with weight
/// decay (two or more dimensions), then the other trainable ones, then the running statistics of batch norms.
#[derive(Debug)]
pub(super) struct FlatParameters {
    values: Tensor,
    parts: Vec<Part>,
    trainable_parts: usize,
    orthogonal_parts: usize,
    orthogonal_length: i64,
    decayed_length: i64,
    trainable_length: i64,
}

impl FlatParameters {
    /// Moves the variables of a store, which keep their values, into one vector. Muon trains those for which
    /// `orthogonal` holds.
    pub fn new(store: &nn::VarStore, orthogonal: impl Fn(&str, &[i64]) -> bool) -> Self {
        let class = |name: &str, variable: &Tensor| match (variable.requires_grad(), variable.dim()) {
            (true, _) if orthogonal(name, &variable.size()) => 0,
            (true, 2..) => 1,
            (true, _) => 2,
            (false, _) => 3,
        };
        let variables = store.variables().into_iter();
        let mut variables: Vec<(usize, String, Tensor)> =
            variables.map(|(name, variable)| (class(&name, &variable), name, variable)).collect();
        variables.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));

        let mut parts: Vec<Part> = Vec::with_capacity(variables.len());
        let mut ends = [0; 4];
        let mut orthogonal_parts = 0;
        for (class, name, variable) in variables {
            orthogonal_parts += usize::from(class == 0);
            let offset = parts.last().map_or(0, Part::end);
            let (shape, length) = (variable.size(), variable.numel() as i64);
            parts.push(Part { name, shape, offset, length, variable });
            let end = parts.last().map_or(0, Part::end);
            ends[class..].fill(end);
        }
        let [orthogonal_length, decayed_length, trainable_length, total] = ends;
        let values = Tensor::zeros([total], (Kind::Float, store.device()));
        let trainable_parts = parts.iter().filter(|part| part.variable.requires_grad()).count();
        tch::no_grad(|| {
            for part in &mut parts {
                let mut place = values.narrow(0, part.offset, part.length).view(part.shape.as_slice());
                place.copy_(&part.variable);
                part.variable.set_data(&place);
            }
        });
        Self {
            values,
            parts,
            trainable_parts,
            orthogonal_parts,
            orthogonal_length,
            decayed_length,
            trainable_length,
        }
    }

    /// The trainable values, the gaps between variables included: `[trainable]`. Changing it changes the network.
    pub fn trainable(&self) -> Tensor {
        self.values.narrow(0, 0, self.trainable_length)
    }

    /// The running means and variances of batch norms: `[statistics]`. Changing it changes the network.
    pub fn statistics(&self) -> Tensor {
        let length = self.values.numel() as i64 - self.trainable_length;
        self.values.narrow(0, self.trainable_length, length)
    }

    /// The part of a vector in the layout of [`Self::trainable`] that AdamW trains.
    pub fn element_wise(&self, vector: &Tensor) -> Tensor {
        vector.narrow(0, self.orthogonal_length, self.trainable_length - self.orthogonal_length)
    }

    /// The values that AdamW trains with weight decay, the beginning of its part.
    pub fn decayed(&self) -> Tensor {
        self.values.narrow(0, self.orthogonal_length, self.decayed_length - self.orthogonal_length)
    }

    /// The matrices that Muon trains, cut out of a vector in the layout of [`Self::trainable`]: `[rows, columns]` each.
    pub fn orthogonal(&self, vector: &Tensor) -> Vec<Tensor> {
        let parts = self.parts.get(..self.orthogonal_parts).unwrap_or_default();
        let rows = |part: &Part| part.shape.first().copied().unwrap_or(1);
        parts.iter().map(|part| vector.narrow(0, part.offset, part.length).view([rows(part), -1])).collect()
    }

    /// The gradient of `loss` in the layout of [`Self::trainable`]; 0 for what takes no part in the loss.
    ///
    /// # Errors
    /// When libtorch cannot compute it.
    pub fn gradient(&self, loss: &Tensor) -> Result<Tensor, TrainError> {
        let parts = self.parts.get(..self.trainable_parts).unwrap_or_default();
        let variables: Vec<&Tensor> = parts.iter().map(|part| &part.variable).collect();
        let gradients = Tensor::f_run_backward(&[loss], &variables, false, false)?;
        let zeros = |length: i64| Tensor::zeros([length], (Kind::Float, self.values.device()));
        let gap = zeros(ALIGNMENT);
        let mut pieces = Vec::with_capacity(2 * parts.len());
        for (part, gradient) in parts.iter().zip(gradients) {
            let known = gradient.defined();
            pieces.push(if known { gradient.f_reshape([-1])? } else { zeros(part.length) });
            let missing = part.end() - part.offset - part.length;
            if missing > 0 {
                pieces.push(gap.narrow(0, 0, missing));
            }
        }
        Ok(Tensor::f_cat(&pieces, 0)?)
    }

    /// Cuts a vector in the layout of [`Self::trainable`] into the variables it holds: views with names and shapes.
    pub fn named(&self, vector: &Tensor) -> Vec<(&str, Tensor)> {
        cut(vector, self.parts.get(..self.trainable_parts).unwrap_or_default(), 0)
    }

    /// Cuts a vector in the layout of [`Self::statistics`] likewise.
    pub fn named_statistics(&self, vector: &Tensor) -> Vec<(&str, Tensor)> {
        cut(vector, self.parts.get(self.trainable_parts..).unwrap_or_default(), self.trainable_length)
    }
}

/// Views of a vector that begins at the offset `start`.
fn cut<'a>(vector: &Tensor, parts: &'a [Part], start: i64) -> Vec<(&'a str, Tensor)> {
    let view = |part: &'a Part| {
        let values = vector.narrow(0, part.offset - start, part.length);
        (part.name.as_str(), values.view(part.shape.as_slice()))
    };
    parts.iter().map(view).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tch::Device;

    fn store() -> (nn::VarStore, [Tensor; 4]) {
        let store = nn::VarStore::new(Device::Cpu);
        let root = store.root();
        let bias = root.var("bias", &[3], nn::Init::Const(1.0));
        let mean = root.zeros_no_train("mean", &[3]);
        let weight = root.var("weight", &[3, 2], nn::Init::Const(2.0));
        let unused = root.var("unused", &[5], nn::Init::Const(3.0));
        (store, [bias, mean, weight, unused])
    }

    #[test]
    fn variables_become_views_and_keep_their_values() {
        let (store, [bias, mean, weight, _]) = store();
        let flat = FlatParameters::new(&store, |_, _| false);
        assert_eq!((flat.decayed_length, flat.trainable_length, flat.values.numel()), (16, 48, 64));
        assert_eq!(weight.sum(Kind::Float).double_value(&[]), 12.0);
        tch::no_grad(|| {
            let _ = flat.trainable().fill_(7.0);
            let _ = flat.statistics().fill_(7.0);
        });
        for tensor in [&bias, &mean, &weight] {
            assert_eq!(tensor.mean(Kind::Float).double_value(&[]), 7.0);
        }
        assert!(weight.requires_grad() && !mean.requires_grad());
        let names: Vec<&str> = flat.named(&flat.trainable()).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["weight", "bias", "unused"]);
        let statistics = flat.named_statistics(&flat.statistics());
        assert_eq!(
            statistics.iter().map(|(name, tensor)| (*name, tensor.size())).collect::<Vec<_>>(),
            [("mean", vec![3])]
        );
    }

    #[test]
    fn gradients_lie_where_their_variables_lie() {
        let (store, [bias, _, weight, _]) = store();
        let flat = FlatParameters::new(&store, |_, _| false);
        let loss = (&weight * &weight).sum(Kind::Float) + (bias * 5.0).sum(Kind::Float);
        let gradient = flat.gradient(&loss).unwrap();
        let sums: Vec<(&str, f64)> = flat
            .named(&gradient)
            .into_iter()
            .map(|(name, t)| (name, t.sum(Kind::Float).double_value(&[])))
            .collect();
        assert_eq!(sums, [("weight", 24.0), ("bias", 15.0), ("unused", 0.0)]);
        assert_eq!(gradient.sum(Kind::Float).double_value(&[]), 39.0);
    }

    #[test]
    fn matrices_for_muon_come_first_and_are_left_to_it() {
        let (store, [_, _, weight, _]) = store();
        let flat = FlatParameters::new(&store, |name, shape| name == "weight" && shape == [3, 2]);
        let names: Vec<&str> = flat.named(&flat.trainable()).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["weight", "bias", "unused"]);
        let matrices = flat.orthogonal(&flat.trainable());
        assert_eq!(matrices.iter().map(Tensor::size).collect::<Vec<_>>(), [[3, 2]]);
        tch::no_grad(|| {
            let _ = matrices[0].shallow_clone().fill_(9.0);
        });
        assert_eq!(weight.sum(Kind::Float).double_value(&[]), 54.0);
        assert_eq!(flat.element_wise(&flat.trainable()).numel(), 32);
        assert_eq!(flat.decayed().numel(), 0);
    }
}
