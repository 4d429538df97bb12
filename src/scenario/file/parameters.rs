//! Parameters as written: a number or a distribution for each key of the table.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::Number;
use crate::scenario::MAX_QUANTITY;
use crate::scenario::parameters::{AfterParameters, Parameter, Parameters};

/// The model's parameters; docs/model.md says what each does and where its default comes from.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ParametersFile {
    /// Those of the talks.
    #[serde(flatten)]
    pub talks: Parameters<Option<Number>>,
    /// Those of what follows adoption, and of effects between forums.
    pub after: AfterParameters<Option<Number>>,
}

impl JsonSchema for ParametersFile {
    fn schema_name() -> Cow<'static, str> {
        "ParametersFile".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let about = "The model's parameters; docs/model.md says what each does and where its default comes from.";
        let mut schema = keys(&Parameters::table(), about, generator);
        let mut after = generator.subschema_for::<AfterParameters<Option<Number>>>();
        after.insert("description".into(), "What follows adoption, and effects between forums.".into());
        if let Some(properties) = schema.get_mut("properties").and_then(|properties| properties.as_object_mut()) {
            properties.insert("after".into(), after.into());
        }
        schema
    }
}

impl JsonSchema for AfterParameters<Option<Number>> {
    fn schema_name() -> Cow<'static, str> {
        "AfterParametersFile".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let about = "Parameters of what follows adoption and of the effects between forums.";
        keys(&AfterParameters::table(), about, generator)
    }
}

/// The schema of a table with a key for each parameter, its bounds beside it.
fn keys(table: &[&Parameter], about: &str, generator: &mut SchemaGenerator) -> Schema {
    let mut properties = serde_json::Map::new();
    for parameter in table {
        let mut property = generator.subschema_for::<Option<Number>>();
        property.insert("description".into(), parameter.sentence().into());
        property.insert("minimum".into(), parameter.least.into());
        property.insert("maximum".into(), parameter.most.min(MAX_QUANTITY).into());
        properties.insert(parameter.key().into(), property.into());
    }
    json_schema!({
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "description": about,
    })
}
