import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../../scripts/runtime.mjs';
import { factsOf } from '../../../main/command-line/command-list.ts';
import { FLAGS } from '../../../main/command-line/flags.ts';
import { NEW_ACCOUNT_FIELDS } from '../../../main/requests/new-account.ts';
import { REQUEST_WINDOWS } from '../../../shared/requests.ts';

const page = readFileSync(join(ROOT, 'docs/requests.md'), 'utf8');

it('the page on requests names the fields that C1 shows, in their order', () => {
  const named = [...page.matchAll(/^\| `(\w+)` /gm)].map(([, key]) => key);
  expect(named).toEqual(NEW_ACCOUNT_FIELDS.map(({ key }) => key));
});

it('the page on requests names flags that serve takes', () => {
  const flags = [...page.matchAll(/--([a-z][\w-]*)/g)].map(([, name]) => name);
  expect(flags).toContain('provisioning-wait');
  for (const flag of flags) {
    expect(Object.keys(FLAGS)).toContain(flag);
    expect(factsOf('serve').flags).toContain(flag);
  }
});

it('the page on requests tells how long one may wait', () => {
  const [first, last] = [REQUEST_WINDOWS[0], REQUEST_WINDOWS.at(-1)];
  expect(page).toContain(`${first} minutes to ${Number(last) / 60} hours`);
});
