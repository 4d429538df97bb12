//! How the time of a run grows with its size: delegations, clauses, rounds, replications, and delegations that exchange.
//!
//! `cargo bench --bench scaling` writes docs/performance/scaling.csv and a picture of it. Every size is measured in turn,
//! again and again, and the quietest time of each is kept: what others do on the machine only ever adds.

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use comity::conference::Conference;
use comity::maths::{exp, ln, pow};
use comity::scenario::Scenario;
use plotters::prelude::*;

mod common;

/// Times that every size is measured.
const TURNS: usize = 15;
/// Least time of one measurement.
const LONG_ENOUGH: Duration = Duration::from_millis(20);

/// One way to grow.
struct Dimension {
    name: &'static str,
    /// What else the talks have.
    beside: &'static str,
    sizes: Vec<Size>,
}

struct Size {
    size: usize,
    conference: Conference,
    /// Replications of which the time is asked.
    replications: u64,
    /// The quietest time (in seconds).
    seconds: f64,
}

impl Size {
    fn of(size: usize, scenario: Arc<Scenario>, replications: u64) -> Size {
        Size { size, conference: Conference::new(scenario), replications, seconds: f64::INFINITY }
    }

    fn measure(&mut self, turn: u64) {
        let (started, mut times) = (Instant::now(), 0);
        while times == 0 || started.elapsed() < LONG_ENOUGH {
            for replication in 0..self.replications {
                black_box(self.conference.run(turn, replication));
            }
            times += 1;
        }
        self.seconds = self.seconds.min(started.elapsed().as_secs_f64() / f64::from(times));
    }
}

impl Dimension {
    fn grow(name: &'static str, beside: &'static str, sizes: &[usize], talks: impl Fn(usize) -> Size) -> Dimension {
        Dimension { name, beside, sizes: sizes.iter().map(|&size| talks(size)).collect() }
    }

    /// The exponent of the power law that fits the times best (least squares of logarithms), and its factor.
    fn power_law(&self) -> (f64, f64) {
        let points: Vec<(f64, f64)> = self.sizes.iter().map(|s| (ln(s.size as f64), ln(s.seconds))).collect();
        let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / points.len() as f64;
        let (x, y) = (mean(|p| p.0), mean(|p| p.1));
        let slope = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum::<f64>()
            / points.iter().map(|p| (p.0 - x) * (p.0 - x)).sum::<f64>();
        (slope, exp(y - slope * x))
    }
}

fn dimensions() -> Vec<Dimension> {
    let one = |size, scenario| Size::of(size, scenario, 1);
    vec![
        Dimension::grow("delegations", "30 clauses, 30 rounds", &[16, 32, 64, 128, 256], |size| {
            one(size, common::stubborn(size, 30, 30))
        }),
        Dimension::grow("clauses", "90 delegations, 30 rounds", &[8, 16, 32, 64, 128], |size| {
            one(size, common::stubborn(90, size, 30))
        }),
        Dimension::grow("rounds", "90 delegations, 30 clauses", &[15, 30, 60, 120, 240], |size| {
            one(size, common::stubborn(90, 30, size))
        }),
        Dimension::grow("replications", "15 delegations, 20 clauses, 30 rounds", &[16, 32, 64, 128, 256], |size| {
            Size::of(size, common::stubborn(15, 20, 30), size as u64)
        }),
        Dimension::grow("delegations that exchange", "30 clauses, 30 rounds", &[16, 32, 64, 128], |size| {
            one(size, common::stubborn_with(size, 30, 30, "linkage = {}"))
        }),
    ]
}

fn main() {
    let mut dimensions = dimensions();
    for turn in 0..TURNS {
        for size in dimensions.iter_mut().flat_map(|dimension| &mut dimension.sizes) {
            size.measure(turn as u64);
        }
    }
    let mut table = String::from("dimension,beside,size,microseconds,exponent\n");
    for dimension in &dimensions {
        let (exponent, _) = dimension.power_law();
        println!("{:26} time grows with the power {exponent:.2} ({})", dimension.name, dimension.beside);
        for size in &dimension.sizes {
            println!("{:>34} {:>12.1} µs", size.size, size.seconds * 1e6);
            let (name, beside, size, time) = (dimension.name, dimension.beside, size.size, size.seconds * 1e6);
            let _ = writeln!(table, "{name},\"{beside}\",{size},{time:.1},{exponent:.3}");
        }
    }
    // `cargo bench` works in the folder of the package; a test of the bench leaves the page alone.
    if std::env::args().any(|argument| argument == "--bench") {
        let folder = Path::new("docs/performance");
        let written = std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(folder.join("scaling.csv"), table))
            .map_err(|error| error.to_string())
            .and_then(|()| draw(&folder.join("scaling.svg"), &dimensions).map_err(|error| error.to_string()));
        match written {
            Ok(()) => println!("Wrote docs/performance/scaling.csv and scaling.svg."),
            Err(error) => eprintln!("cannot write docs/performance: {error}"),
        }
    }
}

/// A panel per dimension: measured times, and the power law that fits them.
fn draw(path: &Path, dimensions: &[Dimension]) -> Result<(), Box<dyn std::error::Error>> {
    let picture = SVGBackend::new(path, (1080, 720)).into_drawing_area();
    picture.fill(&WHITE)?;
    for (panel, dimension) in picture.split_evenly((2, 3)).into_iter().zip(dimensions) {
        let (exponent, factor) = dimension.power_law();
        let ends = |of: fn(&Size) -> f64| {
            let all: Vec<f64> = dimension.sizes.iter().map(of).collect();
            let least = all.iter().copied().fold(f64::INFINITY, f64::min);
            let most = all.iter().copied().fold(0.0, f64::max);
            least..most
        };
        let (x, y) = (ends(|size| size.size as f64), ends(|size| size.seconds * 1e6));
        let mut chart = ChartBuilder::on(&panel)
            .margin(14)
            .caption(format!("{}: power {exponent:.2}", dimension.name), ("sans-serif", 17))
            .x_label_area_size(36)
            .y_label_area_size(62)
            // Room on the left for what is told of the first point.
            .build_cartesian_2d((x.start / 4.0..x.end * 1.5).log_scale(), (y.start / 1.5..y.end * 1.5).log_scale())?;
        chart
            .configure_mesh()
            .light_line_style(WHITE)
            .x_desc(dimension.beside)
            .y_desc("µs")
            .x_labels(6)
            .y_labels(6)
            .x_label_formatter(&|size| format!("{size:.0}"))
            .y_label_formatter(&|time| format!("{time:.0}"))
            .draw()?;
        // From the first to the last point: beyond the frame a line would be bent, not cut.
        let fitted = [x.start, x.end].map(|size| (size, factor * pow(size, exponent) * 1e6));
        chart.draw_series(LineSeries::new(fitted, RGBColor(150, 150, 150)))?;
        let points = dimension.sizes.iter().map(|size| (size.size as f64, size.seconds * 1e6));
        chart.draw_series(points.map(|at| {
            let told = format!("{:.0}: {:.0} µs", at.0, at.1);
            EmptyElement::at(at)
                + Circle::new((0, 0), 4, RGBColor(20, 80, 160).filled())
                + Text::new(told, (-62, -16), ("sans-serif", 12))
        }))?;
    }
    picture.present()?;
    Ok(())
}
