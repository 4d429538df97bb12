//! The shipped scenarios: the folder `scenarios/`, embedded, so that they can be asked for by name from anywhere.

use include_dir::{Dir, include_dir};

use super::source::{Files, normal};

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/scenarios");

/// The embedded files.
pub struct Library;

impl Files for Library {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let path = normal(path);
        SHIPPED.get_file(&path).map(|file| file.contents().to_vec()).ok_or_else(|| "it is not shipped".into())
    }

    fn name(&self, path: &str) -> String {
        format!("scenarios/{}", normal(path))
    }
}

/// Names of the shipped scenarios, in order.
pub fn names() -> Vec<String> {
    let mut names: Vec<String> = SHIPPED
        .files()
        .filter(|file| file.path().extension().is_some_and(|extension| extension == "toml"))
        .filter_map(|file| Some(file.path().file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    names
}

/// Path of a shipped scenario in the [`Library`], if there is one of that name.
pub fn path_of(name: &str) -> Option<String> {
    names().iter().any(|shipped| shipped == name).then(|| format!("{name}.toml"))
}
