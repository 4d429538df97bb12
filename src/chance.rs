//! Every draw of the model, keyed by what it is for.
//!
//! The generator is ChaCha8, which is named, portable and seekable: the seed is its key, the replication its stream,
//! and the place of a draw in the stream is laid out from its purpose, its occasion and whose draw it is. Asking in
//! another order, on another thread, for more or for fewer draws therefore never moves another draw, and two
//! scenarios with the same seed meet the same luck, country by country (common random numbers). Within a lane, draws
//! per clause stand in the order of the clauses of an agenda: an agenda with other clauses is another occasion to draw.
//!
//! Whose draw it is, is told by a *lane*: a hash of the country's identifier. Adding or reordering countries leaves
//! the luck of the others as it was.

use bevy_ecs::prelude::Resource;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// What a draw is for. The numbers are part of the promise of reproducibility: append, never renumber.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Purpose {
    /// What a country really wants on each clause.
    IdealPoint = 0,
    /// How much it cares.
    Salience = 1,
    /// How far its red lines lie from what it stated.
    RedLine = 2,
    /// At which pressure it objects, to the package and to each clause.
    Resolve = 3,
    /// Its capability and capacity (occasion 0), and the gain it insists on in a forum.
    Delegation = 4,
    /// Parameters of the model that the scenario gives as distributions.
    Parameters = 5,
    /// Whether a forum that reaches its deadline is granted more rounds.
    Extension = 6,
    /// Whether a delegation puts a clause forward at the first reading.
    Sponsorship = 7,
    /// Parameters of what follows adoption (occasion 0); when a signatory ratifies, and what its domestic pivot gains.
    Ratification = 9,
    /// How long an accession takes; whether a party objects to it.
    Accession = 10,
    /// Whether a party at a loss leaves in a season.
    Withdrawal = 11,
    /// At which pressure a delegation objects after an extension, which its capital used to think again.
    SecondThoughts = 13,
    /// The error that all mandates read from evidence on a clause share.
    CommonError = 14,
    /// When random shocks strike; the occasion is that of the shock, the lane that of a country where each waits for its own.
    Shock = 15,
    /// How far the red lines of a bloc lie from what it stated; its lane is that of its name.
    BlocRedLine = 16,
    /// Which groups a bootstrap draws.
    Resampling = 40,
}

/// The lane of draws that belong to no country.
pub const NOBODY: u32 = 0;

/// Words of 32 bits in a block of the generator.
const BLOCK: u128 = 16;
/// Blocks kept for one (purpose, occasion, lane): room for 4,096 draws.
const BLOCKS: u128 = 256;

/// The source of chance of one replication.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    key: [u8; 32],
    replication: u64,
}

impl Chance {
    /// Draws of a purpose that one lane has for one occasion.
    pub const ROOM: usize = (BLOCKS * BLOCK) as usize;

    /// The chance of one replication under a seed.
    pub fn new(seed: u64, replication: u64) -> Self {
        let mut key = *b"........comity: keyed chance, 1.";
        key[..8].copy_from_slice(&seed.to_le_bytes());
        Chance { key, replication }
    }

    /// A generator to [`place`](Stream::place) at any draw of this replication; make one, use it for many.
    pub fn stream(&self) -> Stream {
        let mut generator = ChaCha8Rng::from_seed(self.key);
        generator.set_stream(self.replication);
        Stream { generator }
    }
}

/// A cursor over the draws of one replication.
pub struct Stream {
    generator: ChaCha8Rng,
}

impl Stream {
    /// Moves to the first draw of a lane for a purpose and occasion (a round, a forum, an attempt).
    pub fn place(&mut self, purpose: Purpose, occasion: u16, lane: u32) -> &mut Self {
        let block = ((purpose as u128) << 48 | u128::from(occasion) << 32 | u128::from(lane)) * BLOCKS;
        self.generator.set_word_pos(block * BLOCK);
        self
    }

    /// Passes over draws of the lane, within its [room](Chance::ROOM).
    pub fn skip(&mut self, draws: usize) -> &mut Self {
        self.generator.set_word_pos(self.generator.get_word_pos() + draws as u128);
        self
    }

    /// The next number, uniform strictly between 0 and 1, of 32 bits.
    pub fn uniform(&mut self) -> f64 {
        uniform(self.generator.next_u32())
    }

    /// The next numbers: the same as asking for one after the other, and much quicker.
    pub fn uniforms(&mut self, to: &mut [f64]) {
        const WORD: usize = size_of::<u32>();
        let mut bytes = [0; 64 * WORD];
        for numbers in to.chunks_mut(bytes.len() / WORD) {
            let bytes = &mut bytes[..numbers.len() * WORD];
            self.generator.fill_bytes(bytes);
            for (number, word) in numbers.iter_mut().zip(bytes.as_chunks().0) {
                *number = uniform(u32::from_le_bytes(*word));
            }
        }
    }
}

fn uniform(word: u32) -> f64 {
    (f64::from(word) + 0.5) * (1.0 / 4_294_967_296.0)
}

/// Lanes for identifiers: a hash of each, the same whatever the others are; the rare clash is settled in the order of
/// the identifiers.
pub fn lanes(ids: &[&str]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..ids.len()).collect();
    order.sort_by_key(|&i| ids[i]);
    let mut taken = std::collections::BTreeSet::from([NOBODY]);
    let mut lanes = vec![NOBODY; ids.len()];
    for i in order {
        let mut lane = fold(ids[i]);
        while !taken.insert(lane) {
            lane = lane.wrapping_add(1);
        }
        lanes[i] = lane;
    }
    lanes
}

/// Occasions for identifiers of forums: as [`lanes`], of 16 bits, and never 0.
pub fn occasions(ids: &[&str]) -> Vec<u16> {
    let mut order: Vec<usize> = (0..ids.len()).collect();
    order.sort_by_key(|&i| ids[i]);
    let mut taken = std::collections::BTreeSet::from([0]);
    let mut occasions = vec![0; ids.len()];
    for i in order {
        let hash = fold(ids[i]);
        let mut occasion = (hash ^ (hash >> 16)) as u16;
        while !taken.insert(occasion) {
            occasion = occasion.wrapping_add(1);
        }
        occasions[i] = occasion;
    }
    occasions
}

/// FNV-1a of 64 bits, folded to 32.
fn fold(id: &str) -> u32 {
    let hash =
        id.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, byte| (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (hash ^ (hash >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three(chance: Chance, purpose: Purpose, occasion: u16, lane: u32) -> [f64; 3] {
        let mut stream = chance.stream();
        stream.place(purpose, occasion, lane);
        [stream.uniform(), stream.uniform(), stream.uniform()]
    }

    #[test]
    fn equal_keys_give_equal_draws_in_any_order_of_asking() {
        let chance = Chance::new(7, 42);
        let late = three(chance, Purpose::Resolve, 3, 9);
        let mut stream = chance.stream();
        stream.place(Purpose::IdealPoint, 0, 1).uniform();
        stream.place(Purpose::Resolve, 3, 9);
        assert_eq!(late, [stream.uniform(), stream.uniform(), stream.uniform()]);
    }

    #[test]
    fn every_part_of_the_key_matters() {
        let here = three(Chance::new(7, 42), Purpose::Resolve, 3, 9);
        for other in [
            three(Chance::new(8, 42), Purpose::Resolve, 3, 9),
            three(Chance::new(7, 43), Purpose::Resolve, 3, 9),
            three(Chance::new(7, 42), Purpose::RedLine, 3, 9),
            three(Chance::new(7, 42), Purpose::Resolve, 4, 9),
            three(Chance::new(7, 42), Purpose::Resolve, 3, 10),
        ] {
            assert!(here.iter().zip(&other).all(|(a, b)| a != b));
        }
    }

    #[test]
    fn neighbouring_lanes_do_not_overlap() {
        let mut stream = Chance::new(1, 0).stream();
        stream.place(Purpose::IdealPoint, 0, 5);
        let run: Vec<f64> = (0..Chance::ROOM).map(|_| stream.uniform()).collect();
        let next = three(Chance::new(1, 0), Purpose::IdealPoint, 0, 6);
        assert_eq!(stream.uniform(), next[0], "a lane ends where the next begins");
        assert!(!run.contains(&next[0]));
    }

    #[test]
    fn draws_are_spread_evenly() {
        let mut stream = Chance::new(3, 0).stream();
        stream.place(Purpose::IdealPoint, 0, 5);
        let mean = (0..4096).map(|_| stream.uniform()).sum::<f64>() / 4096.0;
        assert!((mean - 0.5).abs() < 0.015, "mean {mean}");
    }

    #[test]
    fn skipping_is_the_same_as_drawing() {
        let mut drawn = Chance::new(1, 0).stream();
        drawn.place(Purpose::Resolve, 0, 5);
        let _: Vec<f64> = (0..129).map(|_| drawn.uniform()).collect();
        let mut skipped = Chance::new(1, 0).stream();
        skipped.place(Purpose::Resolve, 0, 5).skip(129);
        assert_eq!(skipped.uniform(), drawn.uniform());
    }

    #[test]
    fn many_draws_at_a_time_are_the_same() {
        let (mut one_by_one, mut at_a_time) = (Chance::new(1, 3).stream(), Chance::new(1, 3).stream());
        let streams = [&mut one_by_one, &mut at_a_time];
        streams.into_iter().for_each(|stream| _ = stream.place(Purpose::Resolve, 0, 5).uniform());
        for count in [0, 1, 30, 63, 64, 65, 200] {
            let mut together = vec![0.0; count];
            at_a_time.uniforms(&mut together);
            assert!(together.into_iter().all(|number| number == one_by_one.uniform()));
        }
        assert_eq!(one_by_one.uniform(), at_a_time.uniform(), "both stand at the same place");
    }

    #[test]
    fn forums_have_occasions_of_their_own_whatever_their_order() {
        let all = occasions(&["jsi", "rcep", "depa"]);
        assert_eq!(occasions(&["depa", "jsi"]), vec![all[2], all[0]]);
        assert!(!all.contains(&0) && all[0] != all[1]);
    }

    #[test]
    fn lanes_do_not_depend_on_company_or_order() {
        let all = lanes(&["USA", "CHN", "EU"]);
        assert_eq!(lanes(&["EU", "USA"]), vec![all[2], all[0]]);
    }

    /// Changing any of these numbers is value-breaking: same seed, other outcomes.
    #[test]
    fn value_stability() {
        let words = three(Chance::new(1, 2), Purpose::Resolve, 3, 4).map(|u| (u * 4_294_967_296.0) as u32);
        assert_eq!(words, [2_200_091_634, 4_047_076_131, 3_287_932_252]);
        assert_eq!(lanes(&["USA"]), vec![3_133_558_673]);
    }
}
