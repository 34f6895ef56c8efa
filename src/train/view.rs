//! Which part of a canvas the network is shown: plain geometry, for the pixels and for the joints alike.

use crate::pose::{FLIP_INDEX, KEYPOINT_COUNT};

/// Rows of a canvas.
pub(super) const CANVAS_HEIGHT: u32 = 192;
/// Columns of a canvas.
pub(super) const CANVAS_WIDTH: u32 = 144;
/// A canvas shows this many times the region the network sees, along each axis: room to turn and to shift.
pub(super) const CONTEXT: f64 = 1.5;

/// A joint on a canvas or on an input: column and row in pixels, centres at whole numbers, and whether it is
/// labelled.
pub(super) type Joint = (f32, f32, bool);
/// The joints of one person, in COCO order.
pub(super) type Joints = [Joint; KEYPOINT_COUNT];

/// A turned and possibly mirrored rectangle on a canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct View {
    /// Its middle, as a point of the canvas's area.
    pub centre: (f64, f64),
    /// How much larger it is than the person's region.
    pub scale: f64,
    /// How far it is turned, in radians, clockwise on the screen.
    pub angle: f64,
    /// Whether left and right are swapped.
    pub mirrored: bool,
}

impl View {
    /// Exactly the person's region.
    pub const REGION: Self = Self {
        centre: (CANVAS_WIDTH as f64 / 2.0, CANVAS_HEIGHT as f64 / 2.0),
        scale: 1.0,
        angle: 0.0,
        mirrored: false,
    };

    /// Width and height of an upright, unscaled view in canvas pixels.
    pub const EXTENT: (f64, f64) = (CANVAS_WIDTH as f64 / CONTEXT, CANVAS_HEIGHT as f64 / CONTEXT);

    fn extent(&self) -> (f64, f64) {
        (Self::EXTENT.0 * self.scale, Self::EXTENT.1 * self.scale)
    }

    /// The affine map from the view to the canvas, both with coordinates of -1 … 1 from edge to edge: the rows
    /// of a 2×3 matrix, as libtorch's grids take it. The view is first moved by `shift`, in view widths and
    /// heights.
    pub fn affine(&self, shift: (f64, f64)) -> [f32; 6] {
        let (width, height) = self.extent();
        let (sin, cos) = self.angle.sin_cos();
        let side = if self.mirrored { -1.0 } else { 1.0 };
        let (canvas_width, canvas_height) = (f64::from(CANVAS_WIDTH), f64::from(CANVAS_HEIGHT));
        let (xx, xy) = (side * cos * width / canvas_width, -sin * height / canvas_width);
        let (yx, yy) = (side * sin * width / canvas_height, cos * height / canvas_height);
        let (right, down) = (2.0 * shift.0, 2.0 * shift.1);
        let x = 2.0 * self.centre.0 / canvas_width - 1.0 + xx * right + xy * down;
        let y = 2.0 * self.centre.1 / canvas_height - 1.0 + yx * right + yy * down;
        [xx, xy, x, yx, yy, y].map(|number| number as f32)
    }

    /// Where a position of the canvas lies on a grid of `columns` × `rows` pixels laid over the view.
    fn to_grid(self, (columns, rows): (u32, u32), (x, y): (f32, f32)) -> (f32, f32) {
        let (width, height) = self.extent();
        let (sin, cos) = self.angle.sin_cos();
        let (x, y) = (f64::from(x) + 0.5 - self.centre.0, f64::from(y) + 0.5 - self.centre.1);
        let (across, down) = (cos * x + sin * y, cos * y - sin * x);
        let across = if self.mirrored { -across } else { across };
        let column = (across / width + 0.5) * f64::from(columns) - 0.5;
        let row = (down / height + 0.5) * f64::from(rows) - 0.5;
        (column as f32, row as f32)
    }

    /// The joints of a canvas on a grid of `columns` × `rows` pixels laid over the view.
    pub fn joints(&self, grid: (u32, u32), joints: &Joints) -> Joints {
        std::array::from_fn(|joint| {
            let from = if self.mirrored { FLIP_INDEX[joint] } else { joint };
            let (x, y, labelled) = joints[from];
            let (x, y) = self.to_grid(grid, (x, y));
            (x, y, labelled)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_region_is_the_middle_of_the_canvas() {
        let [xx, xy, x, yx, yy, y] = View::REGION.affine((0.0, 0.0));
        for (found, expected) in [(xx, 2.0 / 3.0), (xy, 0.0), (x, 0.0), (yx, 0.0), (yy, 2.0 / 3.0), (y, 0.0)]
        {
            approx::assert_abs_diff_eq!(found, expected, epsilon = 1e-6);
        }
        // The canvas pixel whose left and top edges are those of the region, 24 and 32 pixels in.
        for (grid, from, to) in [((96, 128), (24.0, 32.0), 0.0), ((24, 32), (23.5, 31.5), -0.5)] {
            let (column, row) = View::REGION.to_grid(grid, from);
            approx::assert_abs_diff_eq!(column, to, epsilon = 1e-5);
            approx::assert_abs_diff_eq!(row, to, epsilon = 1e-5);
        }
    }

    #[test]
    fn joints_go_where_their_pixels_go() {
        let view = View { centre: (60.0, 90.0), scale: 1.2, angle: 0.7, mirrored: true };
        let (column, row) = view.to_grid((48, 64), (70.0, 101.0));
        let u = 2.0 * (column + 0.5) / 48.0 - 1.0;
        let v = 2.0 * (row + 0.5) / 64.0 - 1.0;
        let [xx, xy, x, yx, yy, y] = view.affine((0.0, 0.0));
        approx::assert_abs_diff_eq!(xx * u + xy * v + x, 2.0 * 70.5 / 144.0 - 1.0, epsilon = 1e-5);
        approx::assert_abs_diff_eq!(yx * u + yy * v + y, 2.0 * 101.5 / 192.0 - 1.0, epsilon = 1e-5);
    }

    #[test]
    fn mirroring_swaps_sides() {
        let mut joints = [(10.0, 10.0, false); KEYPOINT_COUNT];
        joints[1] = (40.0, 60.0, true);
        let mirrored = View { mirrored: true, ..View::REGION }.joints((24, 32), &joints);
        let plain = View::REGION.joints((24, 32), &joints);
        assert!(mirrored[2].2 && !mirrored[1].2);
        approx::assert_abs_diff_eq!(mirrored[2].0, 23.0 - plain[1].0, epsilon = 1e-5);
        assert_eq!(mirrored[2].1, plain[1].1);
    }
}
