//! Training from outside: it learns, it repeats itself, it goes on after a break, and it says what is wrong with
//! the data.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "train/stick_figures.rs"]
mod stick_figures;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use posescope::network::checkpoint::WeightsFile;
use posescope::network::{BuiltNetwork, FoldedNetwork, NetworkConfig};
use posescope::train::{
    Augmentation, Budget, Checkpoint, CropSet, InputShare, Outcome, Outputs, Pace, Split, TrainConfig,
    TrainError, Trainer, run,
};
use tch::{Device, Kind, Tensor};

/// Runs the program with the words of `line`, then `--data` and `--out`. Networks this small gain nothing from
/// threads, and lose a lot where other tests want the same cores.
fn train(line: &str, data: &Path, out: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_posescope"))
        .env("OMP_NUM_THREADS", "1")
        .args(line.split_whitespace())
        .arg("--data")
        .arg(data)
        .arg("--out")
        .arg(out)
        .output()
        .unwrap()
}

fn error_of(output: &Output) -> String {
    assert!(!output.status.success(), "expected a failure");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn muon_and_the_location_loss_learn_too_and_leave_nothing_in_the_weights() {
    let folder = tempfile::tempdir().unwrap();
    stick_figures::write(folder.path(), "train", 6);
    let out = folder.path().join("run");
    let line = "train --channels 32,48,64 --heads 1,1,1/2,2/3,3 --depths 1,1,1 --ema 0 --sizes 32x24:6 --steps 100 \
                --warm-up 10 --lr 0.006 --muon 0.05 --location-loss 1 --no-augment --dev train --device cpu \
                --name learnt --json";
    let output = train(line, folder.path(), &out);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let oks = report["dev"]["32x24"]["oks"].as_f64().unwrap();
    assert!(oks > 0.9, "OKS {oks}");
    let weights = WeightsFile::read(out.join("learnt.safetensors")).unwrap();
    let _alone = alone();
    let network = BuiltNetwork::from_file(&weights, Device::Cpu).unwrap();
    assert_eq!(network.network.config().heads[2], [3, 3]);
    assert_eq!(report["parameters"].as_u64(), Some(network.parameter_count() as u64));
}

#[test]
fn a_few_pictures_are_learnt_by_heart() {
    let folder = tempfile::tempdir().unwrap();
    stick_figures::write(folder.path(), "train", 6);
    let out = folder.path().join("run");
    let line = "train --variant T --channels 32,48,64 --depths 1,1,1 --ema 8 --sizes 32x24:6 --steps 150 --warm-up 10 \
                --lr 0.006 --no-augment --dev train --device cpu --name learnt --json";
    let output = train(line, folder.path(), &out);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");

    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((report["finished"].as_bool(), report["steps"].as_u64()), (Some(true), Some(150)));
    assert_eq!((report["crops"].as_u64(), report["train_people"].as_u64()), (Some(900), Some(6)));
    let score = &report["dev"]["32x24"];
    let oks = score["oks"].as_f64().unwrap();
    assert!(oks > 0.9, "OKS {oks}");
    assert_eq!((score["people"].as_u64(), score["sources"]["odd"]["people"].as_u64()), (Some(6), Some(3)));

    let weights = WeightsFile::read(out.join("learnt.safetensors")).unwrap();
    let _alone = alone();
    assert_eq!(weights.metadata["trained"], "true");
    assert_eq!(
        (weights.metadata["steps"].as_str(), weights.metadata["sizes"].as_str()),
        ("150", "[\"32x24\"]")
    );
    let network = BuiltNetwork::from_file(&weights, Device::Cpu).unwrap();
    assert_eq!(network.network.config().channels, [32, 48, 64]);
    let log = std::fs::read_to_string(out.join("log.csv")).unwrap();
    assert_eq!(log.lines().count(), 1 + 3);

    // One step that changes nothing, from weights that know it all.
    let line = format!(
        "train --init {} --sizes 32x24:6 --steps 1 --lr 1e-9 --no-augment --dev train --device cpu --name on --json",
        out.join("learnt.safetensors").display()
    );
    let output = train(&line, folder.path(), &folder.path().join("on"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let after = report["dev"]["32x24"]["oks"].as_f64().unwrap();
    assert!((after - oks).abs() < 0.02, "OKS {oks}, then {after}");
}

/// A training of a small network on four figures, small enough to repeat.
fn small(data: &Path, steps: u64) -> TrainConfig {
    let network = NetworkConfig { channels: [8, 8, 8], depths: [1, 1, 1], ..NetworkConfig::tiny() };
    TrainConfig {
        data: vec![data.to_owned()],
        network,
        sizes: vec!["32x24:4:2".parse().unwrap(), "64x48:2:1".parse::<InputShare>().unwrap()],
        budget: Budget::Steps(steps),
        warm_up: 5,
        seed: 7,
        ..TrainConfig::default()
    }
}

fn crops(config: &TrainConfig) -> Result<CropSet, TrainError> {
    let split = Split::find(&config.data, &config.split)?;
    CropSet::load(&split, Device::Cpu, config.limit, config.turn_labels, |_, _| {})
}

/// Every number of the weights file that a run left behind.
fn numbers(path: PathBuf) -> Vec<f32> {
    WeightsFile::read(path).unwrap().tensors.into_values().flat_map(|tensor| tensor.values).collect()
}

/// Held while a test trains in this process, or builds a network. How many threads libtorch has is the process's, and so
/// are its random numbers: a training beside another would change how the other's sums are rounded, and a network that is
/// built draws numbers that the other would have drawn.
fn alone() -> MutexGuard<'static, ()> {
    static TRAINS: Mutex<()> = Mutex::new(());
    TRAINS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Trains for some steps and gives the numbers of the checkpoint.
fn straight(config: &TrainConfig, out: &Path) -> Vec<f32> {
    tch::set_num_threads(1);
    std::fs::create_dir_all(out).unwrap();
    let outputs = Outputs::new(out, "weights".parse().unwrap());
    let mut trainer = Trainer::new(config.clone(), crops(config).unwrap()).unwrap();
    let outcome = run(&mut trainer, &outputs, Pace::default(), |_| {}).unwrap();
    assert_eq!(outcome, Outcome::Finished);
    numbers(outputs.checkpoint())
}

fn largest_difference(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn the_same_seed_gives_the_same_numbers_and_another_does_not() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    stick_figures::write(folder.path(), "train", 4);
    let config = small(folder.path(), 6);
    let first = straight(&config, &folder.path().join("a"));
    let again = straight(&config, &folder.path().join("b"));
    assert_eq!(largest_difference(&first, &again), 0.0);
    let network = |config: TrainConfig, name: &str| {
        straight(&config, &folder.path().join(name));
        numbers(folder.path().join(name).join("weights.safetensors"))
    };
    let plain = network(config.clone(), "d");
    let others = [
        TrainConfig { seed: 8, ..config.clone() },
        TrainConfig { location_loss: 1.0, ..config.clone() },
        TrainConfig { augmentation_strength: [1.0, 0.0], ..config.clone() },
        TrainConfig { muon_rate: Some(0.02), ..config },
    ];
    for (other, name) in others.into_iter().zip(["seed", "location", "strength", "muon"]) {
        assert!(largest_difference(&plain, &network(other, name)) > 1e-3, "{name}");
    }
}

#[test]
fn a_training_in_two_parts_is_the_training_in_one() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    stick_figures::write(folder.path(), "train", 4);
    let config = TrainConfig { muon_rate: Some(0.02), location_loss: 1.0, ..small(folder.path(), 20) };
    let whole = straight(&config, &folder.path().join("whole"));

    let out = folder.path().join("parts");
    std::fs::create_dir_all(&out).unwrap();
    let outputs = Outputs::new(&out, "weights".parse().unwrap());
    let mut trainer = Trainer::new(config.clone(), crops(&config).unwrap()).unwrap();
    let pace = Pace { pause_at_step: Some(10), ..Pace::default() };
    assert_eq!(run(&mut trainer, &outputs, pace, |_| {}).unwrap(), Outcome::Paused);
    let half = numbers(outputs.checkpoint());

    let checkpoint = Checkpoint::read(&outputs.checkpoint()).unwrap();
    assert_eq!((checkpoint.steps(), checkpoint.config()), (10, &config));
    let mut trainer = Trainer::resumed(config.clone(), crops(&config).unwrap(), &checkpoint).unwrap();
    assert_eq!(run(&mut trainer, &outputs, Pace::default(), |_| {}).unwrap(), Outcome::Finished);
    assert_eq!(trainer.steps(), 20);
    let parts = numbers(outputs.checkpoint());
    assert!(largest_difference(&whole, &half) > 1e-3);
    assert!(largest_difference(&whole, &parts) < 1e-6, "{}", largest_difference(&whole, &parts));
    let weights = WeightsFile::read(outputs.weights()).unwrap().tensors;
    let (small, large) = ("stage_blocks.0.trains_block0.norm1.running_var", "fgmm.norm1.running_mean@64x48");
    assert_ne!(weights[small], weights[&format!("{small}@64x48")], "each size has statistics of its own");
    assert!(weights[large].values.iter().any(|value| *value != 0.0));
    assert!(
        !weights
            .keys()
            .any(|name| name.ends_with("@32x24")
                || name.starts_with("fgmm.csMixer.2.bn") && name.contains('@'))
    );
    BuiltNetwork::from_file(&WeightsFile::read(outputs.weights()).unwrap(), Device::Cpu).unwrap();
    let log = std::fs::read_to_string(outputs.log()).unwrap();
    let steps: Vec<&str> = log.lines().filter_map(|line| line.split(',').next()).collect();
    assert_eq!(steps, ["step", "10", "20"]);

    let other = TrainConfig { learning_rate: 1.0, ..config.clone() };
    let refusal = Trainer::resumed(other, crops(&config).unwrap(), &checkpoint).unwrap_err().to_string();
    assert!(refusal.contains("last.safetensors") && refusal.contains("learning_rate"), "{refusal}");
}

#[test]
fn a_training_begins_with_weights_at_every_size() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    stick_figures::write(folder.path(), "train", 4);
    let config = small(folder.path(), 6);
    straight(&config, &folder.path().join("run"));
    let weights = WeightsFile::read(folder.path().join("run/weights.safetensors")).unwrap();
    let mut trainer = Trainer::begun_with(config.clone(), crops(&config).unwrap(), &weights).unwrap();
    let network = FoldedNetwork::new(BuiltNetwork::from_file(&weights, Device::Cpu).unwrap()).unwrap();
    for share in &config.sizes {
        let shape = [2, 3, i64::from(share.size.height()), i64::from(share.size.width())];
        let pictures = Tensor::randn(shape, (Kind::Float, Device::Cpu));
        let found = trainer.average_at(share.size).forward(&pictures, &[]).unwrap();
        let expected = network.forward(&pictures, &[]).unwrap();
        let difference = (found - expected).abs().max().double_value(&[]);
        assert!(difference < 1e-3, "{}: {difference}", share.size);
    }

    let other = TrainConfig { network: NetworkConfig::tiny(), ..config.clone() };
    let refusal = Trainer::begun_with(other, crops(&config).unwrap(), &weights).unwrap_err().to_string();
    assert!(refusal.contains("weights.safetensors: expected the weights of"), "{refusal}");
}

#[test]
fn statistics_in_the_end_are_those_of_crops_as_they_are() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    // With a single person every batch has the same statistics, and this norm stands before everything learnt.
    stick_figures::write(folder.path(), "train", 1);
    let norm = "embedding_blocks.0.embedding1.rep_dwconv.rbr_skip";
    let statistics = |augmentation: Augmentation, name: &str| {
        let config = TrainConfig { augmentation, ..small(folder.path(), 12) };
        let out = folder.path().join(name);
        straight(&config, &out);
        let of_file = |path: PathBuf, prefixes: [&str; 2], suffixes: [&str; 2]| {
            let tensors = WeightsFile::read(path).unwrap().tensors;
            let mut numbers = Vec::new();
            for (prefix, suffix) in prefixes.into_iter().zip(suffixes) {
                for of in ["running_mean", "running_var"] {
                    numbers.extend_from_slice(&tensors[&format!("{prefix}{norm}.{of}{suffix}")].values);
                }
            }
            numbers
        };
        let weights = of_file(out.join("weights.safetensors"), ["", ""], ["", "@64x48"]);
        let checkpoint =
            of_file(out.join("last.safetensors"), ["average@32x24/", "average@64x48/"], ["", ""]);
        (weights, checkpoint)
    };
    let (plain, followed) = statistics(Augmentation::none(), "plain");
    let (varied, running) = statistics(Augmentation::default(), "varied");
    // The average of statistics that began at 0 and 1 and have moved toward these.
    for (measured, followed) in plain.chunks(3).zip(followed.chunks(3)).step_by(2) {
        for (measured, followed) in measured.iter().zip(followed) {
            assert!(measured.abs() > 0.1, "{plain:?}");
            let share = followed / measured;
            assert!((0.05..0.95).contains(&share), "{measured} and {followed}");
        }
    }
    assert!(largest_difference(&plain, &varied) < 1e-3, "{plain:?}, {varied:?}");
    assert!(largest_difference(&plain, &running) > 0.05, "{plain:?}, {running:?}");
}

#[test]
fn pictures_come_from_tar_files_too() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let dataset = stick_figures::write(folder.path(), "train", 4);
    let plain = crops(&small(folder.path(), 1)).unwrap();
    assert_eq!((plain.len(), plain.passed_over()), (4, 0));

    let archived = tempfile::tempdir().unwrap();
    dataset.write(&archived.path().join("train.json")).unwrap();
    for (number, pictures) in dataset.images.chunks(2).enumerate() {
        let path = archived.path().join(format!("train-{number}.tar"));
        let mut archive = tar::Builder::new(std::fs::File::create(path).unwrap());
        for image in pictures {
            archive.append_path_with_name(folder.path().join(&image.file_name), &image.file_name).unwrap();
        }
        archive.finish().unwrap();
    }
    let config = TrainConfig { augmentation: Augmentation::none(), ..small(folder.path(), 3) };
    let from_archive = TrainConfig { data: vec![archived.path().to_owned()], ..config.clone() };
    let a = straight(&config, &folder.path().join("a"));
    let b = straight(&from_archive, &folder.path().join("b"));
    assert_eq!(largest_difference(&a, &b), 0.0);

    let path = archived.path().join("train-1.tar");
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let message = crops(&from_archive).unwrap_err().to_string();
    assert!(message.contains("train-1.tar") && message.contains("cut short"), "{message}");
}

#[test]
fn faults_of_the_data_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let config = small(folder.path(), 1);
    let message = || crops(&config).unwrap_err().to_string();
    assert!(
        message().contains("has no annotations for split \"train\": expected train.json"),
        "{}",
        message()
    );

    let dataset = stick_figures::write(folder.path(), "train", 4);
    let picture = folder.path().join("figure_2.png");
    let bytes = std::fs::read(&picture).unwrap();
    std::fs::remove_file(&picture).unwrap();
    let missing = message();
    assert!(
        missing.contains("train.json, image entry 2 (id 3)") && missing.contains("figure_2.png"),
        "{missing}"
    );

    std::fs::write(&picture, &bytes[..bytes.len() / 2]).unwrap();
    assert!(message().contains("figure_2.png is cut off: its PNG data stops"), "{}", message());

    image::RgbImage::new(10, 10).save(&picture).unwrap();
    assert!(
        message().ends_with("expected the 96 × 128 pixels of its annotation, found 10 × 10"),
        "{}",
        message()
    );

    std::fs::write(&picture, &bytes).unwrap();
    let mut unlabelled = dataset;
    unlabelled.people.iter_mut().for_each(|person| person.iscrowd = true);
    unlabelled.write(&folder.path().join("train.json")).unwrap();
    assert!(message().contains("found none among 4 annotations"), "{}", message());

    std::fs::write(folder.path().join("train.json"), "{\"images\": [").unwrap();
    assert!(message().contains("train.json"), "{}", message());
}

#[test]
fn pictures_are_read_as_all_commands_read_them() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let dataset = stick_figures::write(&data, "train", 2);
    let config = small(&data, 1);
    let picture = image::open(data.join("figure_1.png")).unwrap().into_rgb8();
    let with_second = |name: &str| {
        let mut dataset = dataset.clone();
        dataset.images[1].file_name = name.to_owned();
        dataset.write(&data.join("train.json")).unwrap();
        crops(&config)
    };

    picture.save(folder.path().join("outside.png")).unwrap();
    let message = with_second("../outside.png").unwrap_err().to_string();
    assert!(message.contains("../outside.png") && message.contains("found no such file"), "{message}");

    let jpeg = data.join("half.jpg");
    picture.save(&jpeg).unwrap();
    let bytes = std::fs::read(&jpeg).unwrap();
    std::fs::write(&jpeg, &bytes[..bytes.len() / 2]).unwrap();
    let message = with_second("half.jpg").unwrap_err().to_string();
    assert!(message.contains("half.jpg is cut off"), "{message}");

    image::imageops::thumbnail(&picture, 48, 64).save(data.join("smaller.png")).unwrap();
    let crops = with_second("smaller.png").unwrap();
    assert_eq!((crops.len(), crops.warnings().len()), (2, 1));
    let warning = &crops.warnings()[0];
    assert!(warning.starts_with("labels of 1 picture scaled to its size (first: "), "{warning}");
}

#[test]
fn the_command_guards_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    stick_figures::write(folder.path(), "train", 2);
    let out = folder.path().join("run");
    let line = "train --variant T --channels 8,8,8 --depths 1,1,1 --sizes 32x24:2 --steps 2 --device cpu";

    for name in ["last", "no/such/x", "../x", ".hidden"] {
        // There is no data either, but the name is looked at first.
        let message = error_of(&train(&format!("{line} --name {name}"), &folder.path().join("none"), &out));
        assert!(message.contains(&format!("{name:?} as the name of the weights: expected")), "{message}");
        assert!(!out.exists(), "{name}");
    }

    let message = error_of(&train(&format!("{line} --resume"), folder.path(), &out));
    assert!(message.contains("last.safetensors") && message.contains("no such file"), "{message}");
    let message = error_of(&train("train --sizes 33x24 --steps 2", folder.path(), &out));
    assert!(message.contains("33×24"), "{message}");
    let message = error_of(&train(&format!("{line} --heads 1,1,1/2"), folder.path(), &out));
    assert!(message.contains("heads of 3 stages, as in 2,2,1/3,3/4,4"), "{message}");
    let message = error_of(&train(&format!("{line} --augment 3"), folder.path(), &out));
    assert!(
        message.contains("strength of the augmentation: expected a number at least 0 and at most 2"),
        "{message}"
    );
    let message = error_of(&train(&format!("{line} --init there.pth"), folder.path(), &out));
    assert!(message.contains("cannot be used with '--init <FILE>'"), "{message}");
    let message = error_of(&train("train --init there.pth --steps 2", folder.path(), &out));
    assert!(message.contains("there.pth"), "{message}");
    let message = error_of(&train(&format!("{line} --muon 0"), folder.path(), &out));
    assert!(message.contains("learning rate of Muon: expected a number above 0"), "{message}");
    let message = error_of(&train(&format!("{line} --lr=-1"), folder.path(), &out));
    assert!(message.contains("learning rate"), "{message}");

    let paused = train(&format!("{line} --pause-at-step 1"), folder.path(), &out);
    assert!(String::from_utf8_lossy(&paused.stdout).contains("paused; --resume goes on"), "{paused:?}");
    let message = error_of(&train(line, folder.path(), &out));
    assert!(message.contains("is the checkpoint of an earlier training"), "{message}");
    let message = error_of(&train("train --resume --lr 0.1 --device cpu", folder.path(), &out));
    assert!(message.contains("was trained with learning_rate 0.0015"), "{message}");

    let resumed = train("train --resume --device cpu --json", folder.path(), &out);
    let report: serde_json::Value = serde_json::from_slice(&resumed.stdout).unwrap();
    assert_eq!((report["finished"].as_bool(), report["steps"].as_u64()), (Some(true), Some(2)));
}

#[cfg(unix)]
#[test]
fn an_interrupt_saves_and_stops() {
    let folder = tempfile::tempdir().unwrap();
    stick_figures::write(folder.path(), "train", 2);
    let out = folder.path().join("run");
    let line =
        "train --variant T --channels 8,8,8 --depths 1,1,1 --sizes 32x24:2 --minutes 60 --device cpu --json";
    let mut program = Command::new(env!("CARGO_BIN_EXE_posescope"));
    program.env("OMP_NUM_THREADS", "1").args(line.split_whitespace()).arg("--data").arg(folder.path());
    let mut child = program.arg("--out").arg(&out).stdout(Stdio::piped()).spawn().unwrap();
    while !out.join("log.csv").exists() {
        assert!(child.try_wait().unwrap().is_none(), "ended before it was interrupted");
        std::thread::sleep(Duration::from_millis(20));
    }
    // SAFETY: the process is a child that has not been waited for, so the number is still its own.
    let sent = unsafe { libc::kill(child.id() as libc::pid_t, libc::SIGINT) };
    assert_eq!(sent, 0);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["finished"].as_bool(), Some(false));
    let checkpoint = Checkpoint::read(&out.join("last.safetensors")).unwrap();
    assert_eq!(Some(checkpoint.steps()), report["steps"].as_u64());
}

#[cfg(unix)]
#[test]
fn a_training_that_was_killed_goes_on_from_its_checkpoint() {
    let folder = tempfile::tempdir().unwrap();
    stick_figures::write(folder.path(), "train", 2);
    let out = folder.path().join("run");
    let line = "train --variant T --channels 8,8,8 --depths 1,1,1 --sizes 32x24:2 --minutes 60 --device cpu";
    let paused = train(&format!("{line} --pause-at-step 1"), folder.path(), &out);
    assert!(paused.status.success(), "{paused:?}");

    let mut program = Command::new(env!("CARGO_BIN_EXE_posescope"));
    program
        .env("OMP_NUM_THREADS", "1")
        .args(["train", "--resume", "--device", "cpu", "--data"])
        .arg(folder.path());
    let mut child = program.arg("--out").arg(&out).stdout(Stdio::null()).spawn().unwrap();
    let last_logged = || {
        let log = std::fs::read_to_string(out.join("log.csv")).unwrap_or_default();
        log.lines().filter_map(|line| line.split(',').next()?.parse::<u64>().ok()).max().unwrap_or(0)
    };
    while last_logged() <= 1 {
        assert!(child.try_wait().unwrap().is_none(), "ended before it was killed");
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();

    let path = out.join("last.safetensors");
    assert_eq!(Checkpoint::read(&path).unwrap().steps(), 1);
    let resumed = train("train --resume --pause-at-step 2 --device cpu", folder.path(), &out);
    assert!(resumed.status.success(), "{resumed:?}");
    assert_eq!((Checkpoint::read(&path).unwrap().steps(), last_logged()), (2, 2));
    let left = std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name());
    let unfinished = left.filter(|name| name.to_string_lossy().starts_with(".posescope-"));
    assert_eq!(unfinished.count(), 0);
}
