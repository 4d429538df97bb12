//! A union beside its own members: what of it counts twice is a problem where it cannot be, and a caution where it may.

use comity::scenario::check::load;
use comity::scenario::problem::Problems;
use comity::scenario::source::Memory;

/// Countries that want the same, in one forum; `more` goes in front, members as in a list of TOML.
fn text(more: &str, countries: &str, members: &str) -> String {
    let ids: Vec<&str> = countries.split(' ').collect();
    let mandates: String = ids.iter().map(|id| format!("[mandate.{id}.c]\nideal = 1.0\n")).collect();
    let plain: String = ids
        .iter()
        .filter(|id| !more.contains(&format!("[country.{id}]")))
        .map(|id| format!("[country.{id}]\n"))
        .collect();
    format!(
        "title = \"unions\"\n[tables]\nworld = \"world.csv\"\n[clause.c]\n{more}\n{plain}[forum.talks]\nname = \"Talks\"\n\
         members = [{members}]\ncalendar = {{ start = 2025-01-01, rounds = 2 }}\n{mandates}"
    )
}

/// A table of the world with these rows.
fn world(rows: &[&str]) -> String {
    let rows: String = rows.iter().map(|row| format!("{row},made up,made up,high\n")).collect();
    format!("country,measure,share,source,licence,confidence\n{rows}")
}

/// Cautions on what counts twice, or the problems.
fn checked(text: &str, rows: &[&str]) -> Result<Vec<String>, Problems> {
    let files = Memory([("u.toml".to_owned(), text.to_owned()), ("world.csv".to_owned(), world(rows))].into());
    let cautions = load("u.toml", &[], &files)?.scenario.cautions.clone();
    Ok(cautions.into_iter().filter(|caution| caution.contains("count twice")).collect())
}

const FOUR: &str = "\"EU\", \"DEU\", \"FRA\", \"USA\"";

#[test]
fn shares_of_the_world_that_a_text_cannot_cover_are_a_problem_with_their_row() {
    let four = text("", "EU DEU FRA USA", FOUR);
    let said = checked(&four, &["EU,gdp,0.6", "DEU,gdp,0.3", "FRA,gdp,0.2", "USA,gdp,0.4"]).unwrap_err().to_string();
    let told = "world.csv:4:9: row 4, column `share`: with this row the shares of `gdp` of those that may be party to `talks` \
                sum to 1.1000 (`EU` stands beside its own `DEU` and `FRA`: leave out of the table either the union or its members)";
    assert_eq!(said, told);
    // The same of another measure, and with the other order of rows.
    let said = checked(&four, &["FRA,digital_trade,0.5", "USA,digital_trade,0.5", "EU,digital_trade,0.5"]);
    let said = said.unwrap_err().to_string();
    assert!(
        said.contains("row 4") && said.contains("`digital_trade`") && said.contains("`EU` stands beside its own `FRA`"),
        "{said}"
    );
    // One that may accede counts as one that is there.
    let later = text("", "EU DEU USA", "\"EU\", \"USA\"")
        .replace("rounds = 2 }", "rounds = 2 }\naccession = { applicants = [\"DEU\"] }");
    let rows = ["EU,gdp,0.5", "DEU,gdp,0.3", "USA,gdp,0.4"];
    assert!(checked(&later, &rows).unwrap_err().to_string().contains("sum to 1.2000"));
    // The control: with the union alone, or its members alone, the table stays as it is, and holds.
    for members in ["\"EU\", \"USA\"", "\"DEU\", \"FRA\", \"USA\""] {
        let alone = text("", "EU DEU FRA USA", members);
        let rows = ["EU,gdp,0.6", "DEU,gdp,0.3", "FRA,gdp,0.2", "USA,gdp,0.4"];
        assert_eq!(checked(&alone, &rows).expect("it holds"), [""; 0], "{members}");
    }
}

#[test]
fn a_table_of_the_world_that_is_more_than_the_world_is_a_problem() {
    let two = text("", "A B", "\"A\", \"B\"");
    let said = checked(&two, &["A,gdp,0.7", "B,gdp,0.4"]).unwrap_err().to_string();
    assert!(
        said.contains("row 3, column `share`: with this row the shares of `gdp` sum to 1.1000, more than 1"),
        "{said}"
    );
    // Countries that have no part in the forum are of the same world; each measure is a world of its own.
    let more = text("", "A B C", "\"A\", \"B\"");
    let said = checked(&more, &["C,goods_trade,0.5", "A,goods_trade,0.31", "B,goods_trade,0.2", "A,gdp,1"])
        .unwrap_err()
        .to_string();
    assert!(
        said.contains("row 4") && said.contains("`goods_trade` sum to 1.0100") && !said.contains("`gdp`"),
        "{said}"
    );
    // Rounding is no problem, as far as it goes.
    assert!(checked(&two, &["A,gdp,0.6667", "B,gdp,0.3334"]).is_ok());
    assert!(checked(&two, &["A,gdp,0.6670", "B,gdp,0.3340"]).is_err());
    assert!(checked(&two, &["A,gdp,1", "B,gdp,0.006"]).is_err());
    assert!(checked(&two, &["A,gdp,0.6", "B,gdp,0.4"]).is_ok());
}

#[test]
fn a_union_beside_its_members_is_cautioned_against_by_name() {
    let four = text("", "EU DEU FRA USA", FOUR);
    let rows = ["EU,gdp,0.3", "DEU,gdp,0.1", "FRA,gdp,0.1", "USA,gdp,0.4"];
    let told = "`EU` and `DEU` and `FRA`, parts of it, may all be party to `talks` and count twice in whatever goes by weight, `world_gdp`";
    assert_eq!(checked(&four, &rows).expect("it holds"), [told]);
    // Without figures of the union, or of its members, only weights do.
    for rows in [&rows[1..], &["EU,gdp,0.3", "USA,gdp,0.4"]] {
        let said = checked(&four, rows).expect("it holds");
        assert!(said.len() == 1 && said[0].ends_with("count twice in whatever goes by weight"), "{said:?}");
    }
    // A union that the scenario itself describes, by a group called as it is.
    let own = "[country.X]\ngroups = [\"BLOC\"]\n[country.Y]\ngroups = [\"BLOC\"]";
    let said =
        checked(&text(own, "BLOC X Y Z", "\"BLOC\", \"X\", \"Z\""), &["BLOC,gdp,0.5", "X,gdp,0.2"]).expect("it holds");
    assert_eq!(
        said,
        [
            "`BLOC` and `X`, part of it, may both be party to `talks` and count twice in whatever goes by weight, `world_gdp`"
        ]
    );
    // The controls: the union without its members, its members without it, and a group that is no country.
    for members in ["\"BLOC\", \"Z\"", "\"X\", \"Y\", \"Z\""] {
        assert_eq!(checked(&text(own, "BLOC X Y Z", members), &["X,gdp,0.2"]).expect("it holds"), [""; 0]);
    }
    assert_eq!(checked(&text(own, "X Y Z", "\"X\", \"Y\", \"Z\""), &["X,gdp,0.2"]).expect("it holds"), [""; 0]);
    // Of many members three are named.
    let many = text("", "EU AUT BEL BGR CYP DNK", "\"EU\", \"AUT\", \"BEL\", \"BGR\", \"CYP\", \"DNK\"");
    let said = checked(&many, &[]).expect("it holds");
    assert!(said[0].starts_with("`EU` and `AUT`, `BEL`, `BGR` and 2 more, parts of it"), "{said:?}");
}

#[test]
fn no_shipped_scenario_counts_anybody_twice() {
    for name in comity::scenario::library::names() {
        let scenario = load(&name, &[], &Memory(Default::default())).expect("it holds").scenario;
        let twice = scenario.cautions.iter().find(|caution| caution.contains("count twice"));
        assert_eq!(twice, None, "{name}");
    }
}
