import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../../scripts/runtime.mjs';
import { resourceTypes } from '../../../main/c1z/messages.ts';
import { harbour, model, user } from '../access/build.ts';

const page = readFileSync(join(ROOT, 'docs/baton-xero.md'), 'utf8');
/** Rows of all tables, each as its cells. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

function sourceOf(file: string): string {
  const path = join(ROOT, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

describe('the page on baton-xero', () => {
  it('answers every defect with a test that exists', () => {
    const defects = rows.filter(([number]) => /^\d+$/.test(number ?? ''));
    expect(defects.map(([number]) => Number(number))).toEqual(
      Array.from({ length: 29 }, (_, index) => index + 1),
    );
    const missing = defects.filter(([, , , shown]) => {
      const named = /^`([^`]+)`: “(.+)”$/.exec(shown ?? '');
      const [, file = '', name = ''] = named ?? [];
      return name === '' || !sourceOf(file).includes(name);
    });
    expect(missing).toEqual([]);
  });

  it('says what C1 sees of every type', () => {
    const slugs = new Map<string, Set<string>>();
    for (const { resource, slug } of model([harbour(user())]).entitlements) {
      slugs.set(resource.type, (slugs.get(resource.type) ?? new Set()).add(slug));
    }
    for (const { id } of resourceTypes()) {
      const row = rows.find(([type]) => type === `\`${id}\``);
      expect(row, id).toBeDefined();
      for (const slug of slugs.get(id) ?? []) expect(row?.[2]).toContain(`\`${slug}\``);
    }
  });
});
