# Every recurring task. `make check` is all that continuous integration does.

.PHONY: check format lint docs model test nightly embed columnar bench golden records reference variants validation calibration mechanisms

check: format lint docs model test columnar

format:
	cargo fmt --check

lint:
	cargo clippy --all-targets --all-features -- -D warnings

docs:
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

# Every combination of features that somebody may take: the model alone, as wasm32 has it where that target is there, with
# files, with threads, with both.
model:
	cargo check --lib --no-default-features
	cargo check --lib --examples --no-default-features --features files
	cargo check --lib --no-default-features --features threads
	cargo check --lib --no-default-features --features files,threads
	if rustup target list --installed 2>/dev/null | grep -q wasm32-unknown-unknown; then \
		cargo check --lib --no-default-features --target wasm32-unknown-unknown; \
	else echo "the target wasm32-unknown-unknown is not installed: not checked"; fi

test:
	cargo test

# Promises that take too long for every change: ends of intervals and parts of runs over many scenarios, the recipes of
# CONTRIBUTING.md on a copy of the tree, an embedder's program.
nightly: embed
	cargo test --release --test it -- --ignored intervals:: parts::
	cargo test --test it -- --ignored recipes::

# A program of somebody else, with a lock file of its own, that has comity as a library: builds it offline and runs it.
embed:
	cargo test --test it -- --ignored an_embedder

# Parquet files, which only a build with that feature writes.
columnar:
	cargo test --features parquet --test it columnar

bench:
	cargo bench

# Makes the golden tables anew; every change of theirs is listed in CHANGELOG.md under "Value-breaking".
golden:
	COMITY_BLESS=1 cargo test --release --test it -- golden the_page_of_validation_is_reproduced

# Every record and every figure that rests on one, after a change that is meant to change outcomes or tables.
records: golden reference
	COMITY_BLESS=1 $(MAKE) validation

# Holds results/validation.md against what the program says now; with COMITY_BLESS=1 it writes the page anew.
validation:
	cargo test --release --test it the_shipped_page_is_reproduced -- --ignored

# Seeks the global parameters of scenarios/data/calibration.csv anew and puts them in place.
calibration:
	rm -rf target/calibration
	cargo run --release -- hindcast --calibrate --out target/calibration
	cp target/calibration/calibration.csv scenarios/data/calibration.csv

# Makes the reference runs anew that results/README.md and scenarios/README.md rest on, and puts the figures of both pages and the
# outputs in README.md right. The words around the figures then want a look.
reference:
	COMITY_BLESS=1 cargo test --release --test it the_records_are_written_when_asked_for

# Plays every run with other options that a page quotes once more, and holds it against results/reference/variants.csv.
variants:
	cargo test --release --test it variants_give_what_is_on_record -- --ignored

# Holds the tables of docs/mechanisms.md against what the program says now; with COMITY_BLESS=1 it writes them anew.
mechanisms:
	cargo test --release --test it the_page_of_mechanisms_is_reproduced -- --ignored
