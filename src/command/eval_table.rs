//! What `posescope eval` prints for people to read.

use std::collections::BTreeSet;

use super::eval_report::{NetworkReport, Report, SizeReport};
use super::printable::printable;
use super::table::{Table, percent};
use crate::counted::counted;
use crate::pose::KEYPOINT_NAMES;
use crate::pose::coco::Evaluation;
use crate::study::ResultsScore;

/// One line about a network.
pub(super) fn network_line(network: &NetworkReport) -> String {
    let parameters = network.parameters as f64 / 1e6;
    let unnamed = if network.trained { "came with the program" } else { "random weights" };
    let weights = printable(network.weights.as_deref().unwrap_or(unnamed));
    let trained = if network.trained { "" } else { ", not trained" };
    format!("{}, {parameters:.1} M parameters, {}, {weights}{trained}\n", network.name, network.device)
}

/// The whole report: figures as rows, network inputs as columns.
pub(super) fn table(report: &Report) -> String {
    let sizes = &report.sizes;
    let mut table = Table::default();
    let mut row = |title: &str, figure: &dyn Fn(&SizeReport) -> String| {
        table.row([title.to_owned()].into_iter().chain(sizes.iter().map(figure)));
    };
    let square = report.network.square.map(|side| format!("{side}×{side}"));
    row("network input", &|size| square.clone().unwrap_or_else(|| size.settings.input.to_string()));
    row("capture, rows", &|size| size.settings.capture.height.to_string());
    row("", &|_| String::new());
    for (title, figure) in Evaluation::FIGURES {
        row(title, &|size| percent(figure(&size.figures.evaluation)));
    }
    row("", &|_| String::new());
    row("PCK@0.2", &|size| percent(size.figures.pck));
    row("PCK-AUC", &|size| percent(size.figures.pck_auc));
    row("mean OKS", &|size| percent(size.figures.mean_oks));
    for (joint, name) in KEYPOINT_NAMES.iter().enumerate() {
        row(&format!("  {name}"), &|size| percent(size.figures.joint_oks.0.get(joint).copied().flatten()));
    }
    let sources: BTreeSet<&String> = sizes.iter().flat_map(|size| size.figures.sources.keys()).collect();
    if sources.len() > 1 {
        row("", &|_| String::new());
        for source in sources {
            let ap = |size: &SizeReport| size.figures.sources.get(source).and_then(|figures| figures.ap);
            row(&format!("AP of {source}"), &|size| percent(ap(size)));
        }
    }
    row("", &|_| String::new());
    row("network, ms a person", &|size| format!("{:.2}", size.network_ms_per_person));
    format!("{}{}\n{}", network_line(&report.network), data_line(report), table.text())
}

/// The figures of another program's results.
pub(super) fn results_table(score: &ResultsScore) -> String {
    let mut table = Table::default();
    for (title, figure) in Evaluation::FIGURES {
        table.row([title.to_owned(), percent(figure(&score.evaluation))]);
    }
    if score.sources.len() > 1 {
        table.row([""]);
        for (source, evaluation) in &score.sources {
            table.row([format!("AP of {source}"), percent(evaluation.ap)]);
        }
    }
    format!(
        "{}: {} against {}: {}, {}; figures in %\n\n{}",
        printable(&score.results),
        counted(score.detections, "detection", "detections"),
        printable(&score.annotations),
        counted(score.pictures, "picture", "pictures"),
        counted(score.people, "person", "people"),
        table.text()
    )
}

fn data_line(report: &Report) -> String {
    let view = report.sizes.first().map_or_else(String::new, |size| {
        let flip = if size.settings.flip_test { "flip test" } else { "no flip test" };
        let sampling = size.settings.capture.sampling.label().to_lowercase();
        match report.network.square {
            Some(_) => format!(", {flip}, {sampling}"),
            None => format!(", {flip}, {} decoder, {sampling}", size.settings.decoder.label()),
        }
    });
    format!(
        "{}: {}, {} in ground-truth boxes{view}; figures in %\n",
        printable(&report.annotations),
        counted(report.pictures, "picture", "pictures"),
        counted(report.people, "person", "people")
    )
}
