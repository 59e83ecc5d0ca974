/**
 * Checks the OpenAPI documents in docs/reference against the standard, and makes the panel's types
 * from the administration API's.
 *
 *   node scripts/reference.mjs [--write]
 *
 * Without --write nothing is changed: types that are not what the document says are a failure.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Validator } from "@seriousme/openapi-schema-validator";

const PANEL = dirname(dirname(fileURLToPath(import.meta.url)));
const REFERENCE = join(PANEL, "..", "docs", "reference");
const TYPES = join(PANEL, "src", "api", "schema.ts");

for (const name of ["rest-hub.json", "rest-admin.json"]) {
  const { valid, errors } = await new Validator().validate(documentOf(name));
  if (!valid) fail(`${name} is no OpenAPI document: ${JSON.stringify(errors, null, 2)}`);
}

const types = typesOf(documentOf("rest-admin.json"));
if (process.argv.includes("--write")) writeFileSync(TYPES, types);
else if (readFileSync(TYPES, "utf8") !== types) fail("src/api/schema.ts is old: npm run reference");

function documentOf(name) {
  return JSON.parse(readFileSync(join(REFERENCE, name), "utf8"));
}

function typesOf(document) {
  const parts = [
    "// Made from docs/reference/rest-admin.json by `npm run reference`; not to be edited.\n",
  ];
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    parts.push(`export type ${name} = ${typeOf(schema, "")};\n`);
  }
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) =>
        `  /** ${operation.summary}. */\n` +
        `  "${method.toUpperCase()} ${path}": ${operationType(operation)};\n`,
    ),
  );
  parts.push(`export type Operations = {\n${operations.join("")}};\n`);
  return parts.join("\n");
}

/** What is sent and what comes back when it works. */
function operationType({ parameters = [], requestBody, responses }) {
  const [, success] = Object.entries(responses).find(([status]) => status.startsWith("2"));
  const fields = [];
  for (const place of ["path", "query"]) {
    const named = parameters.filter((parameter) => parameter.in === place);
    if (named.length) fields.push(`${place}: ${parametersType(named)}`);
  }
  if (requestBody) fields.push(`body${requestBody.required ? "" : "?"}: ${jsonOf(requestBody)}`);
  fields.push(`answer: ${jsonOf(success)}`);
  return `{ ${fields.join("; ")} }`;
}

/** What may be put into a path is written as text; numbers are, too. */
function parametersType(parameters) {
  const fields = parameters.map(({ name, in: place, required, schema }) =>
    place === "path"
      ? `${name}: string | number`
      : `${name}${required ? "" : "?"}: ${typeOf(schema, null)}`,
  );
  return `{ ${fields.join("; ")} }`;
}

function jsonOf({ content }) {
  const json = content?.["application/json"];
  return json ? typeOf(json.schema, null) : "undefined";
}

/** `indent`: what the lines of an object begin with; null for an object on one line. */
function typeOf(schema, indent) {
  if (schema.$ref) return schema.$ref.split("/").at(-1);
  if (schema.anyOf) return schema.anyOf.map((one) => typeOf(one, indent)).join(" | ");
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  return [schema.type]
    .flat()
    .map((type) => plainType(type, schema, indent))
    .join(" | ");
}

function plainType(type, schema, indent) {
  switch (type) {
    case "integer":
    case "number":
      return "number";
    case "string":
    case "boolean":
    case "null":
      return type;
    case "array": {
      const item = typeOf(schema.items, indent);
      return item.includes(" | ") ? `(${item})[]` : `${item}[]`;
    }
    case "object":
      return schema.properties
        ? objectType(schema, indent)
        : `Record<string, ${typeOf(schema.additionalProperties, indent)}>`;
    case undefined:
      return "unknown";
    default:
      return fail(`no type for ${JSON.stringify(schema)}`);
  }
}

function objectType({ properties, required = [] }, indent) {
  const mark = (name) => (required.includes(name) ? "" : "?");
  if (indent === null) {
    const fields = Object.entries(properties).map(
      ([name, schema]) => `${name}${mark(name)}: ${typeOf(schema, null)}`,
    );
    return fields.length ? `{ ${fields.join("; ")} }` : "Record<string, never>";
  }
  const fields = Object.entries(properties).map(([name, schema]) => {
    const meaning = schema.description ? `${indent}  /** ${schema.description} */\n` : "";
    return `${meaning}${indent}  ${name}${mark(name)}: ${typeOf(schema, `${indent}  `)};\n`;
  });
  return fields.length ? `{\n${fields.join("")}${indent}}` : "Record<string, never>";
}

function fail(sentence) {
  console.error(`web: ${sentence}`);
  process.exit(1);
}
