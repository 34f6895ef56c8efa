//! What `posescope sweep` reports.

use super::table::{Table, percent};
use crate::engine::NetworkInfo;
use crate::study::{SpreadReport, SweepRow};

/// What stands below the table, so that nobody takes one figure for the other.
fn legend(network: &NetworkInfo) -> String {
    format!(
        "OKS is the similarity with labelled joints: accuracy. Agreement is the similarity with what the same network \
         finds\nat {}: it does not say that either is right. Both with their standard deviation over people, in %.\n",
        network.reference_name()
    )
}

/// The rows for people to read; columns that are empty throughout are left out.
pub fn table(rows: &[SweepRow], network: &NetworkInfo) -> String {
    let has_ap = rows.iter().any(|row| row.ap.is_some());
    let has_oks = rows.iter().any(|row| row.oks.is_some());
    let square = network.square().map(|side| format!("{side}×{side}"));
    let mut titles = vec!["network input", "capture, rows", "people"];
    titles.extend(has_ap.then_some("AP"));
    titles.extend(has_oks.then_some("OKS"));
    titles.extend(["agreement", "network, ms a person"]);
    let mut table = Table::new(titles);
    for row in rows {
        let input = square.clone().or(row.input.map(|input| input.to_string())).unwrap_or_default();
        let mut cells = vec![input, row.capture.to_string(), row.people.to_string()];
        cells.extend(has_ap.then(|| percent(row.ap)));
        cells.extend(has_oks.then(|| spread_text(row.oks)));
        cells.extend([spread_text(row.agreement), format!("{:.2}", row.network_ms_per_person)]);
        table.row(cells);
    }
    format!("{}\n{}", table.text(), legend(network))
}

fn spread_text(spread: Option<SpreadReport>) -> String {
    spread.map_or_else(
        || percent(None),
        |spread| format!("{} ± {}", percent(Some(spread.mean)), percent(Some(spread.deviation))),
    )
}
