//! The EMA tensors alone, without what the network computes after them.

use tch::Tensor;

use super::{PoseNetwork, through};
use crate::network::ablation::Ablation;
use crate::network::error::NetworkError;
use crate::network::pass::Pass;
use crate::network::trace::EmaTrace;

impl PoseNetwork {
    /// The tensors of every EMA module for each of the pictures `[B, 3, H, W]`: what [`Self::forward_traced`] traces of
    /// them. No attention is kept on the way or copied to plain memory, and neither the fusion nor heatmaps are
    /// computed.
    ///
    /// # Errors
    /// Those of [`Self::forward_traced`].
    pub fn ema_traces(
        &self,
        pictures: &Tensor,
        ablations: &[Ablation],
    ) -> Result<Vec<Vec<EmaTrace>>, NetworkError> {
        let changes = self.checked(pictures, ablations)?;
        let groups = self.config.ema_groups.unwrap_or(1);
        let mut traces: Vec<Vec<EmaTrace>> = (0..pictures.size()[0]).map(|_| Vec::new()).collect();
        tch::no_grad(|| {
            let mut x = self.stem.forward(pictures, false);
            for (stage, (blocks, ema)) in self.stages.iter().zip(&self.ema).enumerate() {
                if stage > 0 {
                    x = self.embeddings[stage - 1].forward(&x, false);
                }
                for (k, block) in blocks.iter().enumerate() {
                    x = block.forward(&x, Pass::Inference, changes.of_block(stage, k)).x;
                }
                let Some(found) = through(ema, &x, changes.of_ema(stage)) else { continue };
                for (sample, trace) in traces.iter_mut().enumerate() {
                    trace.push(EmaTrace::of(stage, &found, groups, sample as i64)?);
                }
            }
            Ok(traces)
        })
    }
}

#[cfg(test)]
mod tests {
    use tch::{Device, Kind, nn};

    use super::*;
    use crate::network::config::NetworkConfig;
    use crate::network::trace::Trace;

    /// Every EMA tensor with its name, of one picture.
    fn tensors(ema: Vec<EmaTrace>) -> Vec<(String, Vec<usize>, Vec<f32>)> {
        let trace = Trace { ema, ..Trace::default() };
        let named = trace.named_tensors().into_iter();
        named.map(|(name, tensor)| (name, tensor.shape.clone(), tensor.values.clone())).collect()
    }

    #[test]
    fn they_are_what_a_whole_trace_has_of_the_modules() {
        let variables = nn::VarStore::new(Device::Cpu);
        let config = NetworkConfig::tiny().with_ema(8);
        let network = PoseNetwork::new(&variables.root(), config).unwrap().fold();
        let pictures = Tensor::rand([2, 3, 64, 48], (Kind::Float, Device::Cpu));
        for (left_out, modules) in [("", 3), ("s1.scale1 s2.ema=identity s3.ema=mean-gate", 2)] {
            let ablations: Vec<Ablation> =
                left_out.split_whitespace().map(|id| id.parse().unwrap()).collect();
            let found = network.ema_traces(&pictures, &ablations).unwrap();
            let whole = network.forward_traced(&pictures, &ablations).unwrap().traces;
            assert_eq!(found.len(), 2);
            for (found, whole) in found.into_iter().zip(whole) {
                assert_eq!(found.len(), modules);
                assert!(found.iter().all(|ema| ema.not_finite().0 == 0 && ema.not_finite().1 > 0));
                let (found, whole) = (tensors(found), tensors(whole.ema));
                assert_eq!(found.len(), whole.len());
                for ((name, shape, values), (expected_name, expected_shape, expected)) in
                    found.iter().zip(&whole)
                {
                    assert_eq!((name, shape), (expected_name, expected_shape));
                    assert!(values.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6), "{name}");
                }
            }
        }
    }

    #[test]
    fn a_network_without_modules_has_none() {
        let variables = nn::VarStore::new(Device::Cpu);
        let network = PoseNetwork::new(&variables.root(), NetworkConfig::tiny()).unwrap();
        let pictures = Tensor::zeros([1, 3, 32, 24], (Kind::Float, Device::Cpu));
        assert!(network.ema_traces(&pictures, &[]).unwrap().concat().is_empty());
        let wrong = Tensor::zeros([1, 3, 30, 24], (Kind::Float, Device::Cpu));
        assert!(network.ema_traces(&wrong, &[]).is_err());
    }
}
