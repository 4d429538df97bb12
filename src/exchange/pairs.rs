//! Two actors over two issues, and what they would exchange as things stand.

use super::stakes::{Role, Stake, Stakes};
use super::{Exchange, Party, Roles};

/// Who could exchange what: `i` demands `p` and supplies `q`, `j` the other way round.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub i: u32,
    pub j: u32,
    pub p: u32,
    pub q: u32,
    /// Concluded, or out of the question for the rest of the round.
    pub closed: bool,
}

impl Pair {
    /// Actors `a` and `b` over issues `p` and `q`, in the roles that their saliences give them. Nothing unless they stand
    /// on opposite sides of both outcomes.
    pub fn between(stakes: &Stakes, [a, b]: [u32; 2], [p, q]: [u32; 2]) -> Option<Self> {
        let side = |actor: u32, issue: u32| stakes.at(actor as usize, issue as usize).side;
        if side(a, p) * side(b, p) >= 0.0 || side(a, q) * side(b, q) >= 0.0 {
            return None;
        }
        Self::demanding(stakes, [a, b], [p, q]).or_else(|| Self::demanding(stakes, [b, a], [p, q]))
    }

    /// `i` demanding `p` and `j` demanding `q`: nothing unless s_ip / s_iq ≥ s_jp / s_jq.
    pub fn demanding(stakes: &Stakes, [i, j]: [u32; 2], [p, q]: [u32; 2]) -> Option<Self> {
        let salience = |actor: u32, issue: u32| stakes.at(actor as usize, issue as usize).salience;
        let willing = salience(i, p) * salience(j, q) >= salience(j, p) * salience(i, q);
        willing.then_some(Self { i, j, p, q, closed: false })
    }

    /// The actors, the lower first: how ties are broken.
    pub fn actors(&self) -> [u32; 2] {
        [self.i.min(self.j), self.i.max(self.j)]
    }

    /// The gain of either side as things stand; none above zero if they have nothing to exchange now. Closes the pair if
    /// they never will again: suppliers do not turn back and, where roles are kept, nobody sells what it has bought.
    pub fn gain(&mut self, stakes: &Stakes, roles: Roles) -> f64 {
        let [ip, jp, iq, jq] = self.stakes(stakes);
        let taken = roles == Roles::Kept
            && (ip.role == Role::Supplied
                || jp.role == Role::Demanded
                || iq.role == Role::Demanded
                || jq.role == Role::Supplied);
        let terms = self.terms(stakes);
        self.closed |= taken || terms.room_p <= 0.0 || terms.room_q <= 0.0;
        if self.closed { 0.0 } else { terms.gain() }
    }

    #[inline]
    fn terms(&self, stakes: &Stakes) -> Terms {
        let [ip, jp, iq, jq] = self.stakes(stakes);
        let room_p = (jp.reach(ip.position) - jp.voting) * ip.side;
        let room_q = (iq.reach(jq.position) - iq.voting) * jq.side;
        let [outcome_p, outcome_q] = [self.p, self.q].map(|issue| stakes.outcomes[issue as usize]);
        Terms {
            room_p,
            room_q,
            limit_p: (room_p * jp.pull).min((ip.position - outcome_p) * ip.side),
            limit_q: (room_q * iq.pull).min((jq.position - outcome_q) * jq.side),
            sum_p: ip.salience + jp.salience,
            sum_q: iq.salience + jq.salience,
            cross: ip.salience * jq.salience - jp.salience * iq.salience,
        }
    }

    /// The four stakes involved: of i and j in p, of i and j in q.
    #[inline]
    fn stakes(&self, stakes: &Stakes) -> [Stake; 4] {
        [(self.i, self.p), (self.j, self.p), (self.i, self.q), (self.j, self.q)]
            .map(|(actor, issue)| stakes.at(actor as usize, issue as usize))
    }

    /// What the two would exchange as things stand.
    pub fn exchange(&self, stakes: &Stakes) -> Exchange {
        let terms = self.terms(stakes);
        let [i, j, p, q] = [self.i, self.j, self.p, self.q].map(|n| n as usize);
        let (shift_p, shift_q) = terms.shifts();
        let one = Party { demands: p, ..party(stakes, i, q, j, shift_q, terms.room_q) };
        let other = Party { demands: q, ..party(stakes, j, p, i, shift_p, terms.room_p) };
        Exchange { parties: if i < j { [one, other] } else { [other, one] }, gain: terms.gain() }
    }
}

/// What a supplier must do on an issue to shift the outcome by `shift` towards a demander.
fn party(stakes: &Stakes, actor: usize, supplies: usize, demander: usize, shift: f64, room: f64) -> Party {
    let (own, wanted) = (stakes.at(actor, supplies), stakes.at(demander, supplies));
    let full = shift >= room * own.pull || shift / own.pull >= room;
    let moves = if full { room } else { shift / own.pull } * wanted.side;
    let votes = if full { own.reach(wanted.position) } else { own.voting + moves };
    Party { actor, demands: 0, supplies, moves, votes, shift: shift * wanted.side }
}

/// What bounds an exchange. Written so that naming issues or partners the other way round gives the same bits.
struct Terms {
    /// How far the supplier can move before it stands where the demander does.
    room_p: f64,
    room_q: f64,
    /// How far the outcome can shift before that, or before it is where the demander stands.
    limit_p: f64,
    limit_q: f64,
    /// s_ip + s_jp and s_iq + s_jq.
    sum_p: f64,
    sum_q: f64,
    /// s_ip s_jq − s_jp s_iq ≥ 0.
    cross: f64,
}

impl Terms {
    /// Δp (s_ip + s_jp) = Δq (s_iq + s_jq), as large as both limits allow.
    fn balance(&self) -> f64 {
        (self.limit_p * self.sum_p).min(self.limit_q * self.sum_q)
    }

    fn gain(&self) -> f64 {
        self.balance() * self.cross / (self.sum_p * self.sum_q)
    }

    /// Δp and Δq [scale units]; the one that meets its limit meets it exactly.
    fn shifts(&self) -> (f64, f64) {
        let balance = self.balance();
        let shift = |limit: f64, sum: f64| if limit * sum <= balance { limit } else { balance / sum };
        (shift(self.limit_p, self.sum_p), shift(self.limit_q, self.sum_q))
    }
}
