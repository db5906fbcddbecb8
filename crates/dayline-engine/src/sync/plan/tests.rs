//! Tables of pages and what they mean.
