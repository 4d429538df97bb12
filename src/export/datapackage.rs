//! The data package: every table and column with its unit, for any tool that reads Frictionless Data.

use serde_json::{Value, json};

use super::columns::Kind;
use super::manifest::Manifest;
use super::recorder::Recording;
use super::tables::Table;

/// The description of the tables that a run wrote.
pub fn describe(manifest: &Manifest, recording: &Recording) -> Value {
    let resources: Vec<Value> =
        recording.tables.iter().map(|(table, sha256, bytes)| resource(*table, sha256, *bytes)).collect();
    json!({
        "profile": "tabular-data-package",
        "name": "comity-run",
        "title": manifest.title,
        "description": format!("{} replications under seed {}", manifest.shard.end - manifest.shard.first, manifest.seed),
        "version": manifest.comity,
        "resources": resources,
    })
}

fn resource(table: Table, sha256: &str, bytes: u64) -> Value {
    let fields: Vec<Value> = table
        .columns()
        .iter()
        .map(|(name, kind, unit, description)| {
            json!({ "name": name, "type": kind_name(*kind), "unit": unit, "description": description })
        })
        .collect();
    json!({
        "profile": "tabular-data-resource",
        "name": table.name(),
        "path": table.file(),
        "description": table.describe(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\n", "quoteChar": "\"", "header": true },
        "bytes": bytes,
        "hash": format!("sha256:{sha256}"),
        "schema": { "fields": fields, "missingValues": [""] },
    })
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "boolean",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Text => "string",
    }
}
