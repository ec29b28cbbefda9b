import type { Plugin } from 'vite';

/**
 * Packages whose files go into the bundle otherwise than they are.
 *
 * xero-node: of its hundreds of calls and models, what main/xero/api.ts uses. All of it takes 150 ms
 * and 10 MB to load, at every start of a sync.
 *
 * axios: as it is loaded it looks at what fetch can do, for which Node loads a client of its own, and loads HTTP/2: 10 MB,
 * and neither is used by it here.
 *
 * @hpcc-js/wasm-zstd: it copies what it packed byte for byte through a list of numbers, which takes
 * longer than to pack it, and hundreds of megabytes.
 *
 * conf, under electron-store: the validator of schemas, which our settings bring none of, is twice as much code as
 * all of ours, loaded before the tray is there.
 *
 * fflate: it declares a `require` of its own, as the bundler does for it: no runtime loads both.
 */

/** Calls, and what makes the class itself. Its models aren't used: the raw answer is (xero.md §3). */
const KEPT = ['constructor', 'setDefaultAuthentication', 'getOrganisations', 'getUsers'];

/** Each file that is changed, by how its path ends, and how. */
const CHANGES: Readonly<Record<string, (code: string) => string>> = {
  '/xero-node/dist/gen/api/accountingApi.js': onlyKeptCalls,
  '/xero-node/dist/gen/model/accounting/models.js': withoutModels,
  // The kinds of files that could be sent: none ever is.
  '/mime-db/index.js': () => 'module.exports = {};',
  '/axios/dist/node/axios.cjs': withoutFetchAndHttp2,
  '/@hpcc-js/wasm-zstd/dist/index.js': copiedAtOnce,
  '/conf/dist/source/index.js': withoutValidator,
  '/fflate/esm/index.mjs': withoutRequire,
};

/** A plugin for the bundler, which fails where a package isn't as it was. */
export function fitPackages(): Plugin {
  return {
    name: 'fit-packages',
    transform(code, id) {
      const fitted = fit(code, id);
      return fitted === null ? null : { code: fitted, map: null };
    },
  };
}

/** A plugin that writes what isn't Latin as escapes: V8 keeps a text with one such character in twice the memory. */
export function latinChunks(): Plugin {
  return {
    name: 'latin-chunks',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') file.code = file.code.replace(/[^\0-\xff]/g, escaped);
      }
    },
  };
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** What becomes of a file, by its path; null for one that stays as it is. */
export function fit(code: string, path: string): string | null {
  const way = Object.entries(CHANGES).find(([end]) =>
    path.replaceAll('\\', '/').endsWith(end),
  )?.[1];
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
  return kept.size === KEPT.length ? trimmed : unlike('xero-node’s accountingApi.js');
}

function withoutModels(code: string): string {
  const trimmed = code
    .replaceAll(/^.*\brequire\("\.\/\.\/\w+"\).*\n/gm, '')
    .replaceAll(/^let (enumsMap|typeMap) = \{\n[^]*?^\};/gm, 'let $1 = {};');
  return /require\(|\w_1\b/.test(trimmed) ? unlike('xero-node’s models.js') : trimmed;
}

const OF_FETCH_AND_HTTP2: readonly (readonly [RegExp, string])[] = [
  [/^getFetch\(\);$/m, ''],
  [/^(const FormDataCtor) = typeof .*$/m, '$1 = undefined;'],
  [/^(var http2) = require\('http2'\);$/m, '$1 = {};'],
];

function withoutFetchAndHttp2(code: string): string {
  return OF_FETCH_AND_HTTP2.reduce((left, [part, instead]) => {
    const without = left.replace(part, instead);
    return without === left ? unlike('axios’s axios.cjs') : without;
  }, code);
}

function copiedAtOnce(code: string): string {
  const copied = code.replace(/new Uint8Array\(\[\.\.\.(this\.heapView\(\w+\))\]\)/, '$1.slice()');
  return copied === code ? unlike('wasm-zstd’s index.js') : copied;
}

function withoutValidator(code: string): string {
  const trimmed = code.replace(
    /^import (?:\{ \w+ as (\w+) \}|(\w+)) from 'ajv[^']*';$/gm,
    (_line, named?: string, whole?: string) => `const ${named ?? whole ?? ''} = undefined;`,
  );
  return / from 'ajv|\bconst (?!Ajv =|ajvFormatsModule =)\w+ = undefined;/.test(trimmed) ||
    trimmed === code
    ? unlike('conf’s index.js')
    : trimmed;
}

function withoutRequire(code: string): string {
  const renamed = code.replace(
    /\brequire(?= = createRequire\()|(?<=Worker = )require\b/g,
    'requireHere',
  );
  return renamed === code ? unlike('fflate’s index.mjs') : renamed;
}

function unlike(file: string): never {
  throw new Error(`${file} isn’t as bundled-packages.config.ts knows it.`);
}
