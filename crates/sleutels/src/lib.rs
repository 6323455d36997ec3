//! sleutels
