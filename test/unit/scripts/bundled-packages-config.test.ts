import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { fit } from '../../../bundled-packages.config.ts';

const API = '/xero-node/dist/gen/api/accountingApi.js';
const AXIOS = '/axios/dist/node/axios.cjs';
const CONF = '/conf/dist/source/index.js';
const FFLATE = '/fflate/esm/index.mjs';
const ZSTD = '/@hpcc-js/wasm-zstd/dist/index.js';
const MODELS = '/xero-node/dist/gen/model/accounting/models.js';

function original(path: string): string {
  return readFileSync(createRequire(import.meta.url).resolve(path.slice(1)), 'utf8');
}

it('leaves of xero-node’s calls those that are made, and none of its models', () => {
  const api = fit(original(API), API) ?? '';
  expect(api).toContain('getUsers(');
  expect(api).toContain('getOrganisations(');
  expect(api).not.toContain('createAccount(');
  const models = fit(original(MODELS), MODELS) ?? '';
  expect(models).toContain('class ObjectSerializer');
  expect(models).not.toContain('require(');
});

it('copies what zstd packed at once', () => {
  const code = readFileSync(fileURLToPath(import.meta.resolve('@hpcc-js/wasm-zstd')), 'utf8');
  const fitted = fit(code, ZSTD) ?? '';
  expect(code).toMatch(/\[\.\.\.this\.heapView/);
  expect(fitted).not.toMatch(/\[\.\.\.this\.heapView/);
  expect(fitted.length).toBeLessThan(code.length);
});

it('leaves axios neither fetch nor HTTP/2', () => {
  const code = original('/axios');
  expect(code).toMatch(/require\('http2'\)/);
  const fitted = fit(code, AXIOS) ?? '';
  expect(fitted).toContain('function axios');
  expect(fitted).not.toMatch(/require\('http2'\)|^getFetch\(\)|typeof G\.FormData/m);
});

it('leaves conf no validator', () => {
  const code = readFileSync(fileURLToPath(import.meta.resolve('conf')), 'utf8');
  expect(code).toMatch(/ from 'ajv/);
  expect(fit(code, CONF) ?? " from 'ajv").not.toMatch(/ from 'ajv/);
});

it('leaves fflate no require of its own', () => {
  const code = readFileSync(fileURLToPath(import.meta.resolve('fflate')), 'utf8');
  expect(code).toContain('var require =');
  expect(fit(code, FFLATE) ?? 'var require =').not.toContain('var require =');
});

it('takes a path of Windows, and leaves every other file as it is', () => {
  expect(fit(original(API), `C:\\node_modules${API.replaceAll('/', '\\')}`)).not.toBeNull();
  expect(fit('code', '/xero-node/dist/gen/api/assetApi.js')).toBeNull();
});

it('fails where a package isn’t as it was, instead of making another program of it', () => {
  expect(() => fit('class AccountingApi {}', API)).toThrow('isn’t as');
  expect(() => fit('const a = require("./elsewhere");', MODELS)).toThrow('isn’t as');
  expect(() => fit('new Uint8Array(0)', ZSTD)).toThrow('isn’t as');
  expect(() => fit('getFetch();', AXIOS)).toThrow('isn’t as');
  expect(() => fit('export {};', CONF)).toThrow('isn’t as');
  expect(() => fit('export {};', FFLATE)).toThrow('isn’t as');
});
