//! Tables of text.

use super::printable::printable;

/// Rows of cells, of which the first is set to the left and all others to the right.
#[derive(Clone, Debug, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these column titles.
    pub fn new<T: Into<String>>(titles: impl IntoIterator<Item = T>) -> Self {
        let mut table = Self::default();
        table.row(titles);
        table
    }

    /// Adds a row; control characters in its cells are spelled out.
    pub fn row<T: Into<String>>(&mut self, cells: impl IntoIterator<Item = T>) {
        let printed = |cell: T| {
            let cell: String = cell.into();
            printable(&cell).into_owned()
        };
        self.rows.push(cells.into_iter().map(printed).collect());
    }

    /// The table as lines, each ended.
    pub fn text(&self) -> String {
        let widths = self.widths();
        self.rows.iter().map(|row| line(row, &widths)).collect()
    }

    fn widths(&self) -> Vec<usize> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let width = |column: usize| {
            self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max()
        };
        (0..columns).map(|column| width(column).unwrap_or_default()).collect()
    }
}

fn line(row: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (column, (cell, &width)) in row.iter().zip(widths).enumerate() {
        match column {
            0 => line.push_str(&format!("{cell:<width$}")),
            _ => line.push_str(&format!("  {cell:>width$}")),
        }
    }
    line.truncate(line.trim_end().len());
    line.push('\n');
    line
}

/// A share of 1 in percent with one digit after the point, or a dash where there is none.
pub fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{:.1}", 100.0 * share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_by_characters() {
        let mut table = Table::new(["", "32×24", "ms"]);
        table.row(["AP", "5", "12.25"]);
        table.row([""]);
        table.row(["PCK", "100.0", "–"]);
        assert_eq!(table.text(), "     32×24     ms\nAP       5  12.25\n\nPCK  100.0      –\n");
    }

    #[test]
    fn a_cell_stays_on_its_line() {
        let mut table = Table::default();
        table.row(["a\nb", "1"]);
        table.row(["c", "2"]);
        assert_eq!(table.text(), "a\\nb  1\nc     2\n");
    }

    #[test]
    fn shares_are_in_percent() {
        assert_eq!((percent(Some(0.5234)), percent(None)), ("52.3".to_owned(), "–".to_owned()));
    }
}
