import type { Plugin } from 'vite';

/**
 * What of xero-node goes into the bundle: of its hundreds of calls and models, what main/xero/api.ts
 * uses. All of it takes 150 ms and 10 MB to load, at every start of a sync.
 */

/** Calls, and what makes the class itself. Its models aren't used: the raw answer is (xero.md §3). */
const KEPT = ['constructor', 'setDefaultAuthentication', 'getOrganisations', 'getUsers'];

/** Each file that is trimmed, by how its path ends, and how. */
const TRIMS: Readonly<Record<string, (code: string) => string>> = {
  '/xero-node/dist/gen/api/accountingApi.js': onlyKeptCalls,
  '/xero-node/dist/gen/model/accounting/models.js': withoutModels,
  // The kinds of files that could be sent: none ever is.
  '/mime-db/index.js': () => 'module.exports = {};',
};

/** A plugin for the bundler, which fails where xero-node isn't as it was. */
export function trimXeroNode(): Plugin {
  return {
    name: 'trim-xero-node',
    transform(code, id) {
      const trimmed = trim(code, id);
      return trimmed === null ? null : { code: trimmed, map: null };
    },
  };
}

/** What stays of a file, by its path; null for one that stays as it is. */
export function trim(code: string, path: string): string | null {
  const way = Object.entries(TRIMS).find(([end]) => path.replaceAll('\\', '/').endsWith(end))?.[1];
  return way === undefined ? null : way(code);
}

function onlyKeptCalls(code: string): string {
  const kept = new Set<string>();
  const trimmed = code.replaceAll(
    /^ {4}(\w+)\(.*\) \{\n[^]*?^ {4}\}\n/gm,
    (method: string, name: string) => {
      if (!KEPT.includes(name)) return '';
      kept.add(name);
      return method;
    },
  );
  return kept.size === KEPT.length ? trimmed : unlike('accountingApi.js');
}

function withoutModels(code: string): string {
  const trimmed = code
    .replaceAll(/^.*\brequire\("\.\/\.\/\w+"\).*\n/gm, '')
    .replaceAll(/^let (enumsMap|typeMap) = \{\n[^]*?^\};/gm, 'let $1 = {};');
  return /require\(|\w_1\b/.test(trimmed) ? unlike('models.js') : trimmed;
}

function unlike(file: string): never {
  throw new Error(`xero-node’s ${file} isn’t as xero-node.config.ts knows it.`);
}
