// Writes the schemas in this folder from the npm package apl-suggester; README.md here says how to run it.
const fs = require("fs");
const path = require("path");

const src = "apl-suggester/dist/src/";
const { PrimitiveComponentJsonSchemaUtil: primitives } = require(src + "util/PrimitiveComponentJsonSchemaUtil");
const { GraphicSchemaValidator: graphics } = require(src + "GraphicSchemaValidator");
const { CommandSchemaValidator: commands } = require(src + "CommandSchemaValidator");
const { JSON_SCHEMA: whole } = require(src + "assets/JsonSchema");

const VERSION = "1.9";
const COMPONENTS = ["Container", "Text", "Frame", "ScrollView", "TouchWrapper", "VectorGraphic"];
const DROPPED = new Set(["description", "category", "$id"]);

function bare(part, names) {
  if (Array.isArray(part)) return part.map((each) => bare(each, false));
  if (part === null || typeof part !== "object") return part;
  if (part.$ref && !part.$ref.startsWith("#/")) return {};
  const kept = Object.entries(part).filter(([key]) => names || !DROPPED.has(key));
  return Object.fromEntries(
    kept.map(([key, value]) => [key, bare(value, !names && (key === "properties" || key === "definitions"))])
  );
}

function references(part) {
  if (part === null || typeof part !== "object") return [];
  const own = typeof part.$ref === "string" ? [part.$ref.split("/")[2]] : [];
  return own.concat(...Object.values(part).map(references));
}

function reached(schema) {
  const { definitions = {}, ...body } = bare(schema, false);
  const found = new Set();
  const waiting = references(body);
  while (waiting.length) {
    const name = waiting.pop();
    if (!found.has(name)) {
      found.add(name);
      waiting.push(...references(definitions[name]));
    }
  }
  return { ...body, definitions: Object.fromEntries([...found].sort().map((name) => [name, definitions[name]])) };
}

const schemas = { document: whole, SendEvent: commands.COMMAND_TYPE_TO_JSON_SCHEMA.get("SendEvent") };
for (const name of COMPONENTS) schemas[name] = primitives.getPrimitiveComponentSchema(name, VERSION, "Container");
for (const [kind, schema] of graphics.GRAPHIC_TYPE_TO_JSON_SCHEMA) schemas["AVG-" + kind] = schema;
for (const [name, schema] of Object.entries(schemas)) {
  fs.writeFileSync(path.join(process.argv[2], name + ".json"), JSON.stringify(reached(schema), null, 1) + "\n");
}
