//! The whole of Dayline on loopback and in the real window.
