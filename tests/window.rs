//! The window, driven through the names that a screen reader would find.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod window {
    mod clips;
    mod driver;
    mod labelling;
    mod menus;
    mod networks;
    mod opening;
    mod panels;
    mod people;
    mod resolution;
    mod views;
}
