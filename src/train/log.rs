//! The record of a training: one CSV line for every few steps.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

use super::config::TrainConfig;
use super::error::TrainError;
use super::trainer::StepReport;
use crate::input_file;
use crate::output_file;
use crate::pose::InputSize;

/// A longer log of an earlier part is not gone on with, in bytes.
const MOST_BYTES: u64 = 256 << 20;

/// Most damaged logs that are kept.
const MOST_ASIDE: usize = 100;

/// What the first column is called.
const FIRST_COLUMN: &str = "step";

/// Steps between two lines.
const INTERVAL: u64 = 50;

/// Means over the steps since the last line.
#[derive(Debug, Default)]
struct Gathered {
    steps: u64,
    norm: f64,
    /// Sum and number of losses.
    losses: BTreeMap<InputSize, (f64, u64)>,
}

/// A log open for appending. Columns: `step`, `minutes`, `crops`, `crops_per_second`, `learning_rate`, `norm`,
/// `skipped` and one `loss_HxW` for each input size; a size that did not occur has an empty cell.
#[derive(Debug)]
pub(super) struct TrainLog {
    path: PathBuf,
    writer: csv::Writer<File>,
    sizes: Vec<InputSize>,
    gathered: Gathered,
    skipped: u64,
    /// Crops and minutes at the last line.
    last: (u64, f64),
}

impl TrainLog {
    /// Opens the log of a training that has taken `steps` steps, with these crops and minutes. Lines of later
    /// steps, which are not in the checkpoint it goes on from, are taken out.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn open(path: &Path, config: &TrainConfig, steps: u64, last: (u64, f64)) -> Result<Self, TrainError> {
        let mut sizes: Vec<InputSize> = config.sizes.iter().map(|share| share.size).collect();
        sizes.sort();
        let kept = if steps > 0 { lines_up_to(path, steps)? } else { Vec::new() };
        let mut writer = csv::Writer::from_writer(Vec::new());
        let header =
            [FIRST_COLUMN, "minutes", "crops", "crops_per_second", "learning_rate", "norm", "skipped"];
        let losses = sizes.iter().map(|size| format!("loss_{}x{}", size.height(), size.width()));
        let header: Vec<String> = header.map(str::to_owned).into_iter().chain(losses).collect();
        let fail = |error: csv::Error| TrainError::write(path, error.into());
        writer.write_record(&header).map_err(fail)?;
        for line in kept.iter().filter(|line| line.len() == header.len()) {
            writer.write_record(line).map_err(fail)?;
        }
        let bytes = writer.into_inner().map_err(|error| TrainError::write(path, error.into_error()))?;
        output_file::write(path, &bytes).map_err(|source| TrainError::write(path, source))?;
        let file = OpenOptions::new().append(true).open(path);
        let file = file.map_err(|source| TrainError::write(path, source))?;
        let writer = csv::Writer::from_writer(file);
        Ok(Self { path: path.to_owned(), writer, sizes, gathered: Gathered::default(), skipped: 0, last })
    }

    /// Takes a step in; writes a line when it is time, or when `last` says that no step follows.
    ///
    /// # Errors
    /// When the line cannot be written.
    pub fn add(
        &mut self,
        report: &StepReport,
        crops: u64,
        minutes: f64,
        last: bool,
    ) -> Result<(), TrainError> {
        self.gathered.steps += 1;
        self.skipped += u64::from(!report.applied);
        if report.applied {
            self.gathered.norm += report.norm;
        }
        let (sum, count) = self.gathered.losses.entry(report.size).or_default();
        *sum += report.loss;
        *count += 1;
        if report.step.is_multiple_of(INTERVAL) || last { self.write(report, crops, minutes) } else { Ok(()) }
    }

    fn write(&mut self, report: &StepReport, crops: u64, minutes: f64) -> Result<(), TrainError> {
        let gathered = std::mem::take(&mut self.gathered);
        let seconds = (minutes - self.last.1) * 60.0;
        let rate = (crops - self.last.0) as f64 / seconds.max(f64::MIN_POSITIVE);
        let mut line = vec![
            report.step.to_string(),
            format!("{minutes:.3}"),
            crops.to_string(),
            format!("{rate:.1}"),
            format!("{:.4e}", report.learning_rate),
            format!("{:.4}", gathered.norm / gathered.steps as f64),
            self.skipped.to_string(),
        ];
        line.extend(self.sizes.iter().map(|size| match gathered.losses.get(size) {
            Some((sum, count)) => format!("{:.5}", sum / *count as f64),
            None => String::new(),
        }));
        self.last = (crops, minutes);
        let written = self.writer.write_record(&line).map_err(std::io::Error::from);
        written.and_then(|()| self.writer.flush()).map_err(|source| TrainError::write(&self.path, source))
    }
}

/// Moves a log that cannot be gone on with out of the way, to `log.csv.damaged` or the like. Gives a sentence that says
/// what is wrong with it and where it is now; none where there is no log, or a good one.
///
/// # Errors
/// When it cannot be moved, or [`MOST_ASIDE`] damaged logs are there already.
pub(super) fn set_damaged_aside(path: &Path) -> Result<Option<String>, TrainError> {
    let Some(problem) = damage(path) else { return Ok(None) };
    let named = |number: usize| {
        let mut name = path.as_os_str().to_owned();
        name.push(if number == 1 { ".damaged".to_owned() } else { format!(".damaged-{number}") });
        PathBuf::from(name)
    };
    let aside = (1..=MOST_ASIDE).map(named).find(|aside| aside.symlink_metadata().is_err());
    let aside = aside.ok_or_else(|| {
        let kept =
            format!("it is damaged ({problem}), and {MOST_ASIDE} damaged logs are kept beside it already");
        TrainError::write(path, std::io::Error::other(kept))
    })?;
    std::fs::rename(path, &aside).map_err(|source| TrainError::write(&aside, source))?;
    Ok(Some(format!(
        "{}: expected the log of a training, found {problem}; it is kept as {}, and a new one is begun",
        path.display(),
        aside.display()
    )))
}

/// What keeps a log from being gone on with.
fn damage(path: &Path) -> Option<String> {
    path.symlink_metadata().ok()?;
    let bytes = match input_file::read(path, MOST_BYTES) {
        Ok(bytes) => bytes,
        Err(error) => return Some(error.to_string()),
    };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes.as_slice());
    match reader.headers() {
        Ok(header) if header.get(0) == Some(FIRST_COLUMN) => {}
        Ok(header) if header.is_empty() => return Some("nothing in it".to_owned()),
        Ok(header) => return Some(format!("the first column {:?}", header.get(0).unwrap_or_default())),
        Err(error) => return Some(error.to_string()),
    }
    reader.records().find_map(|line| line.err().map(|error| error.to_string()))
}

/// The lines of an earlier log up to a step; none where there is no log.
fn lines_up_to(path: &Path, steps: u64) -> Result<Vec<csv::StringRecord>, TrainError> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let fail = |error: csv::Error| TrainError::read(path, error.into());
    let bytes = input_file::read(path, MOST_BYTES).map_err(|error| TrainError::read(path, error.into()))?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes.as_slice());
    let mut kept = Vec::new();
    for line in reader.records() {
        let line = line.map_err(fail)?;
        // A line that was cut short by a crash has no place in the continued log.
        if line.get(0).and_then(|step| step.parse::<u64>().ok()).is_some_and(|step| step <= steps) {
            kept.push(line);
        }
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(step: u64) -> StepReport {
        let size = InputSize::STANDARD[0];
        StepReport { step, size, crops: 4, loss: step as f64, norm: 1.0, learning_rate: 1e-3, applied: true }
    }

    #[test]
    fn lines_are_means_and_later_ones_go_when_a_training_is_continued() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.csv");
        let config = TrainConfig::default();
        let mut log = TrainLog::open(&path, &config, 0, (0, 0.0)).unwrap();
        (1..=120).for_each(|step| log.add(&report(step), 4 * step, step as f64, step == 120).unwrap());
        let content = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = content.lines().collect();
        assert_eq!(lines.len(), 4);
        assert!(lines[0].ends_with("loss_32x24,loss_64x48,loss_96x72,loss_128x96"));
        assert_eq!(lines[1], "50,50.000,200,0.1,1.0000e-3,1.0000,0,25.50000,,,");

        let mut log = TrainLog::open(&path, &config, 100, (400, 100.0)).unwrap();
        log.add(&report(101), 404, 101.0, true).unwrap();
        let content = std::fs::read_to_string(&path).unwrap();
        let steps: Vec<&str> = content.lines().filter_map(|line| line.split(',').next()).collect();
        assert_eq!(steps, ["step", "50", "100", "101"]);
    }

    #[test]
    fn a_damaged_log_is_kept_aside_and_a_new_one_begun() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.csv");
        assert_eq!(set_damaged_aside(&path).unwrap(), None);
        let open = || TrainLog::open(&path, &TrainConfig::default(), 50, (200, 1.0));
        drop(open().unwrap());
        assert_eq!(set_damaged_aside(&path).unwrap(), None);
        let damaged: [&[u8]; 3] = [b"step,minutes\n50,\xff\xfe\n", b"", b"\0\0\0\0"];
        for (bytes, name) in damaged.iter().zip(["log.csv.damaged", "log.csv.damaged-2", "log.csv.damaged-3"])
        {
            std::fs::write(&path, bytes).unwrap();
            let said = set_damaged_aside(&path).unwrap().unwrap();
            assert!(said.contains("log.csv: expected the log of a training, found "), "{said}");
            assert!(said.contains(&format!("{name}, and")), "{said}");
            assert_eq!(std::fs::read(folder.path().join(name)).unwrap(), *bytes);
            drop(open().unwrap());
        }
        for number in 4..=MOST_ASIDE {
            std::fs::write(folder.path().join(format!("log.csv.damaged-{number}")), b"").unwrap();
        }
        std::fs::write(&path, b"").unwrap();
        let message = set_damaged_aside(&path).unwrap_err().to_string();
        assert!(message.ends_with("100 damaged logs are kept beside it already"), "{message}");
        assert_eq!(std::fs::read(folder.path().join("log.csv.damaged")).unwrap(), damaged[0]);
    }
}
