//! Everything that is tested through the binary itself, as somebody who starts it meets it.

#[cfg(test)]
mod server {
    mod beheer;
    mod bench;
    mod demo;
    mod doorrekenen;
    mod herkenning;
    mod kill9;
    mod opslag;
    mod proces;
    mod twee_processen;
}
