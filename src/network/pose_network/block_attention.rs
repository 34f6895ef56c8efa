//! The attention of one block alone, without what the network computes after it.

use tch::Tensor;

use super::PoseNetwork;
use crate::network::ablation::Ablation;
use crate::network::attention_map::AttentionMap;
use crate::network::error::NetworkError;
use crate::network::pass::Pass;
use crate::network::trace::to_host;

impl PoseNetwork {
    /// The attention of every scale of one block, in the order of the cascade, for each of the pictures `[B, 3, H, W]`:
    /// what [`Self::forward_traced`] traces of that block, at the price of the network up to it and in the memory of
    /// that block. Stage and block are counted from 0.
    ///
    /// # Errors
    /// Those of [`Self::forward_traced`], or when there is no such block.
    pub fn block_attention(
        &self,
        pictures: &Tensor,
        ablations: &[Ablation],
        stage: usize,
        block: usize,
    ) -> Result<Vec<Vec<AttentionMap>>, NetworkError> {
        let changes = self.checked(pictures, ablations)?;
        let own = self.stages.get(stage).and_then(|blocks| blocks.get(block));
        let own = own.ok_or_else(|| self.no_such_block(stage, block))?;
        let batch = pictures.size()[0];
        tch::no_grad(|| {
            let mut x = self.stem.forward(pictures, false);
            for (s, blocks) in self.stages.iter().enumerate().take(stage + 1) {
                if s > 0 {
                    x = self.embeddings[s - 1].forward(&x, false);
                }
                let before = if s == stage { block } else { blocks.len() };
                for (k, earlier) in blocks.iter().enumerate().take(before) {
                    x = earlier.forward(&x, Pass::Inference, changes.of_block(s, k)).x;
                }
            }
            // [B, C, rows, columns]
            let size = x.size();
            let grid = (size[2] as usize, size[3] as usize);
            let weights = own.forward(&x, Pass::Inference, changes.of_block(stage, block)).attention;
            let of_sample = |sample: i64| -> Result<Vec<AttentionMap>, NetworkError> {
                let mut maps = Vec::with_capacity(weights.len());
                for (scale, weights) in weights.iter().enumerate() {
                    let weights = to_host(&weights.f_get(sample)?)?;
                    maps.push(AttentionMap::new((stage, block, scale), grid, weights));
                }
                Ok(maps)
            };
            (0..batch).map(of_sample).collect()
        })
    }

    fn no_such_block(&self, stage: usize, block: usize) -> NetworkError {
        let depths = self.config.depths;
        NetworkError::Config(format!(
            "there is no block {} in stage {}; the stages have {depths:?} blocks",
            block + 1,
            stage + 1
        ))
    }
}

#[cfg(test)]
mod tests {
    use tch::{Device, Kind, nn};

    use super::*;
    use crate::network::config::NetworkConfig;

    #[test]
    fn it_is_what_a_whole_trace_has_of_each_block() {
        let variables = nn::VarStore::new(Device::Cpu);
        let network = PoseNetwork::new(&variables.root(), NetworkConfig::tiny()).unwrap().fold();
        let pictures = Tensor::rand([2, 3, 64, 48], (Kind::Float, Device::Cpu));
        let ablations = [Ablation::MuteScale { stage: 0, block: Some(0), scale: 0 }];
        let traces = network.forward_traced(&pictures, &ablations).unwrap().traces;
        for (stage, block) in [(0, 0), (0, 1), (1, 3), (2, 2)] {
            let found = network.block_attention(&pictures, &ablations, stage, block).unwrap();
            assert_eq!(found.len(), traces.len());
            for (maps, trace) in found.iter().zip(&traces) {
                assert!(maps.len() > 1);
                for (scale, map) in maps.iter().enumerate() {
                    let expected = trace.attention_of(stage, block, scale).unwrap();
                    assert_eq!(
                        (map.rows, map.columns, map.layout),
                        (expected.rows, expected.columns, expected.layout)
                    );
                    assert_eq!(map.weights.shape, expected.weights.shape);
                    let pairs = map.weights.values.iter().zip(&expected.weights.values);
                    assert!(pairs.clone().all(|(a, b)| (a - b).abs() < 1e-6), "{}", map.name());
                }
            }
        }
    }

    #[test]
    fn a_block_that_is_not_there_is_an_error_that_names_it() {
        let variables = nn::VarStore::new(Device::Cpu);
        let network = PoseNetwork::new(&variables.root(), NetworkConfig::tiny()).unwrap();
        let pictures = Tensor::zeros([1, 3, 32, 24], (Kind::Float, Device::Cpu));
        let error = network.block_attention(&pictures, &[], 2, 3).unwrap_err().to_string();
        assert!(error.contains("no block 4 in stage 3"), "{error}");
    }
}
