//! What the definition promises, held against figures made at random.

mod acts;
mod brute_force;
mod cases;
mod completeness;
mod headcount;
mod kept_apart;
mod made;
mod never_added;
mod partners;
mod promises;
mod spread;
