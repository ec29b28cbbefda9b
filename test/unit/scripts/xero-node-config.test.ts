import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { trim } from '../../../xero-node.config.ts';

const API = '/xero-node/dist/gen/api/accountingApi.js';
const MODELS = '/xero-node/dist/gen/model/accounting/models.js';

function original(path: string): string {
  return readFileSync(createRequire(import.meta.url).resolve(path.slice(1)), 'utf8');
}

it('leaves of xero-node’s calls those that are made, and none of its models', () => {
  const api = trim(original(API), API) ?? '';
  expect(api).toContain('getUsers(');
  expect(api).toContain('getOrganisations(');
  expect(api).not.toContain('createAccount(');
  const models = trim(original(MODELS), MODELS) ?? '';
  expect(models).toContain('class ObjectSerializer');
  expect(models).not.toContain('require(');
});

it('takes a path of Windows, and leaves every other file as it is', () => {
  expect(trim(original(API), `C:\\node_modules${API.replaceAll('/', '\\')}`)).not.toBeNull();
  expect(trim('code', '/xero-node/dist/gen/api/assetApi.js')).toBeNull();
});

it('fails where xero-node isn’t as it was, instead of making a program without its calls', () => {
  expect(() => trim('class AccountingApi {}', API)).toThrow('isn’t as');
  expect(() => trim('const a = require("./elsewhere");', MODELS)).toThrow('isn’t as');
});
