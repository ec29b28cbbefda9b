import { readFile } from 'node:fs/promises';
import { Ajv, type ValidateFunction } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { parse } from 'yaml';
import { z } from 'zod';

const FOLDER = new URL('../fixtures/xero-openapi/', import.meta.url);

const Description = z.looseObject({
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

/** Says what is wrong with an answer, an empty list for nothing. */
export type Validate = (answer: unknown) => readonly string[];

/** Xero's own description of its answers: `of('Users')` gives the check for that schema. */
export interface XeroDescription {
  of(schema: string): Validate;
  /** The properties that the description knows of a schema. */
  properties(schema: string): readonly string[];
}

/** Reads one of Xero's OpenAPI files as a set of JSON schemas. */
export async function readDescription(file: string): Promise<XeroDescription> {
  const source = await readFile(new URL(file, FOLDER), 'utf8');
  const { components } = Description.parse(parse(source));
  // Formats are OpenAPI's; only the date differs: Xero's own example has no zone.
  const formats = { ...fullFormats, 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}$/ };
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, formats });
  ajv.addSchema({ $id: file, components: accepted(components) });
  return {
    of: (schema) => {
      const validate = ajv.compile({ $ref: `${file}#/components/schemas/${schema}` });
      return (answer) => (validate(answer) ? [] : complaints(validate));
    },
    properties: (schema) => {
      const Properties = z.looseObject({ properties: z.record(z.string(), z.unknown()) });
      return Object.keys(Properties.parse(components.schemas[schema]).properties);
    },
  };
}

/** OpenAPI 3.0 says `nullable` where JSON Schema lists the type null. */
function accepted(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(accepted);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) copy[key] = accepted(value);
  if (copy['nullable'] === true && copy['type'] !== undefined)
    copy['type'] = [copy['type'], 'null'];
  delete copy['nullable'];
  return copy;
}

function complaints({ errors }: ValidateFunction): readonly string[] {
  return (errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
