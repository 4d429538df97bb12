use comity::{
    conference::Conference,
    scenario::{check, source::Disk},
};
#[test]
fn probe() {
    for name in ["minimal", "wto-jsi"] {
        let checked = match check::load(name, &[], &Disk) {
            Ok(c) => c,
            Err(e) => panic!("{e}"),
        };
        let s = checked.scenario.clone();
        println!(
            "{name}: {} countries {} clauses imputed {} cautions {:?}",
            s.countries.len(),
            s.clauses.len(),
            s.imputed.len(),
            s.cautions
        );
        let mut conf = Conference::new(s.clone());
        let n = 300;
        let t = std::time::Instant::now();
        let mut ad = vec![0.0; s.clauses.len()];
        let mut pos = ad.clone();
        let mut concl = 0;
        let mut parties = 0;
        let mut rounds = 0;
        let mut polls = 0;
        let mut agreed = ad.clone();
        for r in 0..n {
            let o = conf.run(1, r);
            let f = &o.forums[0];
            if f.concluded {
                concl += 1;
                parties += f.parties();
            }
            rounds += f.rounds;
            polls += f.polls;
            for (i, c) in f.clauses.iter().enumerate() {
                if let Some(p) = c.adopted {
                    ad[i] += 1.0;
                    pos[i] += p;
                }
                if c.closed_in.is_some() {
                    agreed[i] += 1.0;
                }
            }
        }
        println!(
            "{:?} per rep; concluded {concl}/{n} parties {} rounds {} polls {}",
            t.elapsed() / n as u32,
            parties as f64 / concl.max(1) as f64,
            rounds as f64 / n as f64,
            polls as f64 / n as f64
        );
        for (i, c) in s.clauses.iter().enumerate() {
            println!(
                "{:30} {:.2} pos {:.2} agreed in rounds {:.2}",
                c.id,
                ad[i] / n as f64,
                pos[i] / ad[i].max(1.0),
                agreed[i] / n as f64
            );
        }
    }
}
