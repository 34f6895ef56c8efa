//! `posescope bench`: how long one forward pass takes, in every form a network runs in.

use std::time::Instant;

use serde::Serialize;
use tch::{Device, Kind, Tensor};

use super::network_args::checked_sizes;
use super::output::warn;
use super::progress::progress_bar;
use super::table::Table;
use crate::arguments::BenchArgs;
use crate::network::checkpoint::WeightsFile;
use crate::network::{BuiltNetwork, NetworkConfig, NetworkError, PoseNetwork};
use crate::pose::InputSize;

/// In which form the network runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Form {
    /// Branches and batch norms as trained.
    Unfolded,
    /// Folded into single convolutions.
    Folded,
    /// Folded, with every attention and EMA tensor copied out.
    FoldedTraced,
}

impl Form {
    const ALL: [Self; 3] = [Self::Unfolded, Self::Folded, Self::FoldedTraced];

    fn label(self) -> &'static str {
        match self {
            Self::Unfolded => "unfolded",
            Self::Folded => "folded",
            Self::FoldedTraced => "folded, traced",
        }
    }
}

/// The time of one pass.
#[derive(Debug, Serialize)]
struct Row {
    input: InputSize,
    batch: i64,
    threads: i32,
    form: Form,
    median_ms: f64,
    fastest_ms: f64,
    median_ms_per_person: f64,
}

/// The network as trained and as folded.
struct Forms {
    unfolded: PoseNetwork,
    folded: PoseNetwork,
}

/// Times every combination and reports.
///
/// # Errors
/// When the network or the output cannot be used.
pub fn run(args: &BenchArgs) -> anyhow::Result<()> {
    args.output.check()?;
    let device = args.network.device.resolve()?;
    let forms = match args.variant {
        Some(variant) => Forms::new(|| BuiltNetwork::untrained(variant.into(), device))?,
        None => {
            let file = WeightsFile::read(args.network.path()?)?;
            for remark in &file.remarks {
                warn(remark);
            }
            Forms::new(|| BuiltNetwork::from_file(&file, device))?
        }
    };
    let sizes = checked_sizes(forms.folded.config(), &args.sizes)?;
    let threads = if args.threads.is_empty() { vec![tch::get_num_threads()] } else { args.threads.clone() };

    let total = sizes.len() * threads.len() * args.batches.len() * Form::ALL.len();
    let progress = progress_bar(total, "forms", args.output.json);
    let mut rows = Vec::with_capacity(total);
    for &threads in &threads {
        tch::set_num_threads(threads);
        for &input in &sizes {
            for &batch in &args.batches {
                for form in Form::ALL {
                    rows.push(forms.time(form, input, batch, threads, args.runs)?);
                    progress.inc(1);
                }
            }
        }
    }
    progress.finish_and_clear();
    args.output.deliver(&rows, || table(forms.folded.config(), device, args.runs, &rows))
}

impl Forms {
    fn new(build: impl Fn() -> Result<BuiltNetwork, NetworkError>) -> Result<Self, NetworkError> {
        Ok(Self { unfolded: build()?.network, folded: build()?.network.fold() })
    }

    fn time(&self, form: Form, input: InputSize, batch: i64, threads: i32, runs: u32) -> anyhow::Result<Row> {
        let device = self.folded.device();
        let shape = [batch, 3, i64::from(input.height()), i64::from(input.width())];
        let pictures = Tensor::f_randn(shape, (Kind::Float, device)).map_err(NetworkError::from)?;
        // The first run of a shape prepares libtorch and is not timed.
        self.pass(form, &pictures)?;
        let mut times = Vec::with_capacity(runs as usize);
        for _ in 0..runs {
            let started = Instant::now();
            self.pass(form, &pictures)?;
            times.push(started.elapsed().as_secs_f64() * 1e3);
        }
        times.sort_by(f64::total_cmp);
        let median_ms = median(&times);
        Ok(Row {
            input,
            batch,
            threads,
            form,
            median_ms,
            fastest_ms: times.first().copied().unwrap_or_default(),
            median_ms_per_person: median_ms / batch as f64,
        })
    }

    /// One pass, waited for.
    fn pass(&self, form: Form, pictures: &Tensor) -> Result<(), NetworkError> {
        match form {
            Form::Unfolded => drop(self.unfolded.forward(pictures, &[])?),
            Form::Folded => drop(self.folded.forward(pictures, &[])?),
            Form::FoldedTraced => drop(self.folded.forward_traced(pictures, &[])?),
        }
        if let Device::Cuda(index) = self.folded.device() {
            tch::Cuda::synchronize(index as i64);
        }
        Ok(())
    }
}

/// The median of sorted times; 0 of none.
fn median(times: &[f64]) -> f64 {
    let at = |index: usize| times.get(index).copied().unwrap_or_default();
    match times.len() {
        0 => 0.0,
        length if length % 2 == 1 => at(length / 2),
        length => (at(length / 2 - 1) + at(length / 2)) / 2.0,
    }
}

fn table(config: &NetworkConfig, device: Device, runs: u32, rows: &[Row]) -> String {
    let mut table = Table::new([
        "network input",
        "batch",
        "threads",
        "form",
        "median ms",
        "fastest ms",
        "median ms a person",
    ]);
    for row in rows {
        table.row([
            row.input.to_string(),
            row.batch.to_string(),
            row.threads.to_string(),
            row.form.label().to_owned(),
            format!("{:.2}", row.median_ms),
            format!("{:.2}", row.fastest_ms),
            format!("{:.2}", row.median_ms_per_person),
        ]);
    }
    let device = if device == Device::Cpu { "CPU" } else { "CUDA" };
    format!("{}, {device}, {runs} runs\n\n{}", config.name(), table.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_between_the_two() {
        assert_eq!(
            (median(&[]), median(&[3.0]), median(&[1.0, 2.0, 9.0]), median(&[1.0, 2.0, 4.0, 9.0])),
            (0.0, 3.0, 2.0, 3.0)
        );
    }
}
