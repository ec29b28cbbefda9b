import { readFile } from 'node:fs/promises';
import { Ajv, type ValidateFunction } from 'ajv';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { parse } from 'yaml';
import { z } from 'zod';

const FOLDER = new URL('../fixtures/xero-openapi/', import.meta.url);

const Parameter = z.object({
  in: z.enum(['header', 'path', 'query']),
  name: z.string(),
  required: z.boolean().default(false),
  schema: z.record(z.string(), z.unknown()),
});
type Parameter = z.infer<typeof Parameter>;
const ParameterOrPlace = z.union([z.object({ $ref: z.string() }), Parameter]);
const Parameters = z.array(ParameterOrPlace).default([]);
const Operation = z.looseObject({
  operationId: z.string(),
  parameters: Parameters,
  requestBody: z.unknown().optional(),
});
const Path = z.looseObject({
  parameters: Parameters,
  get: Operation.optional(),
  delete: Operation.optional(),
});
const Description = z.looseObject({
  servers: z.tuple([z.object({ url: z.string() })]),
  paths: z.record(z.string(), Path),
  components: z.looseObject({
    parameters: z.record(z.string(), Parameter).default({}),
    schemas: z.record(z.string(), z.unknown()),
  }),
});
type Description = z.infer<typeof Description>;

/** A request as it arrived; names of headers are in lower case. */
export interface SentRequest {
  readonly method: string;
  /** Below the server's address. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** Says what is wrong with an answer, an empty list for nothing. */
export type Validate = (answer: unknown) => readonly string[];

/** Xero's own description of its answers: `of('Users')` gives the check for that schema. */
export interface XeroDescription {
  of(schema: string): Validate;
  /** The properties that the description knows of a schema. */
  properties(schema: string): readonly string[];
  /** Where the paths begin. */
  readonly server: string;
  /** Which operation a request is, and what is wrong with it. */
  request(sent: SentRequest): { readonly operation: string | null; readonly wrong: string[] };
}

/** Reads one of Xero's OpenAPI files as a set of JSON schemas. */
export async function readDescription(file: string): Promise<XeroDescription> {
  const source = await readFile(new URL(file, FOLDER), 'utf8');
  const description = Description.parse(parse(source));
  const { components, servers } = description;
  // Formats are OpenAPI's; only the date differs: Xero's own example has no zone.
  const formats = { ...fullFormats, 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}$/ };
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, formats });
  ajv.addSchema({ $id: file, components: accepted(components) });
  return {
    server: servers[0].url,
    request: (sent) => judge(sent, description, (schema) => ajv.compile(schema)),
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

/** What HTTP itself and every client of it sends. */
const OF_HTTP: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'host',
  'sec-fetch-mode',
  'user-agent',
]);

function judge(
  sent: SentRequest,
  { paths, components }: Description,
  schemaOf: (schema: object) => ValidateFunction,
): { operation: string | null; wrong: string[] } {
  const found = Object.entries(paths).find(([template]) => matches(template, sent.path));
  const verb = z.enum(['get', 'delete']).safeParse(sent.method.toLowerCase()).data;
  const operation = verb === undefined ? undefined : found?.[1][verb];
  if (found === undefined || operation === undefined) {
    return { operation: null, wrong: [`${sent.method} ${sent.path} isn't described`] };
  }
  const [template, path] = found;
  const declared = [...path.parameters, ...operation.parameters].map((each) =>
    '$ref' in each ? components.parameters[each.$ref.split('/').at(-1) ?? ''] : each,
  );
  const parameters = declared.filter((each) => each !== undefined);
  const values = { path: inPath(template, sent.path), query: sent.query, header: sent.headers };
  const wrong = parameters.flatMap((parameter) => {
    const value = valueOf(parameter, values);
    if (value === undefined) return parameter.required ? [`${parameter.name} is missing`] : [];
    const valid = schemaOf(parameter.schema)(value);
    return valid ? [] : [`${parameter.name} isn't as described`];
  });
  const knows = (place: Parameter['in'], name: string): boolean =>
    parameters.some((each) => each.in === place && each.name.toLowerCase() === name.toLowerCase());
  for (const name of sent.query.keys()) {
    if (!knows('query', name)) wrong.push(`the query's ${name} isn't described`);
  }
  for (const name of Object.keys(sent.headers)) {
    if (!OF_HTTP.has(name) && !knows('header', name)) wrong.push(`${name} isn't described`);
  }
  if (sent.body !== '' && operation.requestBody === undefined) wrong.push('no body is described');
  return { operation: operation.operationId, wrong };
}

function valueOf(
  { in: place, name }: Parameter,
  values: {
    readonly path: Readonly<Record<string, string>>;
    readonly query: URLSearchParams;
    readonly header: SentRequest['headers'];
  },
): unknown {
  if (place === 'query') return values.query.get(name) ?? undefined;
  return place === 'path' ? values.path[name] : values.header[name.toLowerCase()];
}

function matches(template: string, path: string): boolean {
  return new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
}

function inPath(template: string, path: string): Readonly<Record<string, string>> {
  const parts = path.split('/');
  return Object.fromEntries(
    template.split('/').flatMap((part, index) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      return name === undefined ? [] : [[name, parts[index] ?? '']];
    }),
  );
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
