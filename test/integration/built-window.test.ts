import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/runtime.mjs';

const ASSETS = join(ROOT, 'out/renderer/assets');

/** The built window's files with this ending, as one text. */
function built(ending: string): string {
  const names = readdirSync(ASSETS).filter((name) => name.endsWith(ending));
  return names.map((name) => readFileSync(join(ASSETS, name), 'utf8')).join('\n');
}

describe('the built window', () => {
  it('brings the styles of every component that it has', () => {
    const styles = built('.css');
    const used = new Set(built('.js').match(/\bm_[0-9a-f]{6,8}\b/g));
    expect(used.size).toBeGreaterThan(50);
    // Some classes of the package's have no rule in its own sheet either.
    const whole = readFileSync(join(ROOT, 'node_modules/@mantine/core/styles.css'), 'utf8');
    const missing = [...used].filter(
      (name) => whole.includes(`.${name}`) && !styles.includes(name),
    );
    expect(missing, 'renderer/mantine.css lacks their component').toEqual([]);
  });

  it('brings no schemas: what it sends is parsed where it arrives', () => {
    expect(built('.js')).not.toContain('invalid_union');
  });

  it('brings nothing but Latin, which V8 keeps in half the memory', () => {
    expect(built('.js')).not.toMatch(/[^\0-\xff]/);
  });
});
