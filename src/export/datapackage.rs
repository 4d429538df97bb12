//! The data package: every table and column with its unit, for any tool that reads Frictionless Data (version 2).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::column::Kind;
use super::fingerprint::Fingerprint;
use super::manifest::Manifest;
use super::tables::Table;

/// Where the profiles of the standard are.
const PROFILES: &str = "https://datapackage.org/profiles/2.0";

/// The description of the tables that a run wrote, as CSV and, where there are such files, as Parquet.
pub fn describe(manifest: &Manifest, files: &BTreeMap<String, Fingerprint>) -> Value {
    let csv = |table: Table| Some(resource(table, &table.file(), files.get(&table.file())?, Form::Csv));
    let columnar = |table: Table| {
        let file = format!("{}.parquet", table.name());
        Some(resource(table, &file, files.get(&file)?, Form::Parquet))
    };
    let resources: Vec<Value> =
        Table::ALL.into_iter().filter_map(csv).chain(Table::ALL.into_iter().filter_map(columnar)).collect();
    json!({
        "$schema": format!("{PROFILES}/datapackage.json"),
        "name": "comity-run",
        "title": manifest.title,
        "description": format!("{} replications under seed {}", manifest.shard.end - manifest.shard.first, manifest.seed),
        "resources": resources,
    })
}

/// How a table is written.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Csv,
    Parquet,
}

fn resource(table: Table, file: &str, fingerprint: &Fingerprint, form: Form) -> Value {
    let fields: Vec<Value> = table
        .columns()
        .iter()
        .map(|field| {
            json!({
                "name": field.name,
                "type": kind_name(field.kind),
                "unit": field.unit,
                "description": field.description,
            })
        })
        .collect();
    let (name, format, mediatype) = match form {
        Form::Csv => (table.name().to_owned(), "csv", "text/csv"),
        Form::Parquet => (format!("{}-parquet", table.name()), "parquet", "application/vnd.apache.parquet"),
    };
    let mut resource = json!({
        "$schema": format!("{PROFILES}/dataresource.json"),
        "name": name,
        "type": "table",
        "path": file,
        "description": table.describe(),
        "format": format,
        "mediatype": mediatype,
        "bytes": fingerprint.bytes,
        "hash": format!("sha256:{}", fingerprint.sha256),
        "schema": { "$schema": format!("{PROFILES}/tableschema.json"), "fields": fields },
    });
    if form == Form::Csv {
        resource["encoding"] = "utf-8".into();
        resource["dialect"] = json!({
            "$schema": format!("{PROFILES}/tabledialect.json"),
            "delimiter": ",",
            "lineTerminator": "\n",
            "quoteChar": "\"",
            "header": true,
        });
        resource["schema"]["missingValues"] = json!([""]);
    }
    resource
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "boolean",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Text => "string",
    }
}
