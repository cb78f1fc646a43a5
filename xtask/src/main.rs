//! Repository chores, run as `cargo xtask <chore>`, the same here and in CI.

mod synthetic;

fn main() {
    let mut a = std::env::args().skip(1);
    let (d, n) = (a.next().unwrap(), a.next().unwrap());
    synthetic::write(std::path::Path::new(&d), n.parse().unwrap()).unwrap();
}
