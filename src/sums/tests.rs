//! What the definition promises, held against figures made at random.

mod brute_force;
mod cases;
mod heads;
mod kept_apart;
mod made;
mod promises;
