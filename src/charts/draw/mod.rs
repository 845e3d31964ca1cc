//! What every chart draws with: a pen, the widths of text, scales, and the style.

pub(super) mod pen;
pub(super) mod scale;
pub(super) mod text_width;
pub(super) mod theme;
pub(super) mod written;
