import boundaries from 'eslint-plugin-boundaries';
import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Rule 1 of ARCHITECTURE.md: these packages are for the desktop folder and its two entries alone. */
const DESKTOP_PACKAGES = ['electron', 'electron-store', 'keytar'];
/** All that the window and what it shares with the main process may bring in (rule 2). */
const SHARED_PACKAGES = ['intl-messageformat', 'zod'];
const RENDERER_PACKAGES = [
  '@fontsource-variable/inter',
  '@mantine/core',
  '@mantine/hooks',
  '@tabler/icons-react',
  '@tanstack/react-virtual',
  'react',
  'react-dom',
];

/** The rooms of ARCHITECTURE.md, with what each may import (rule 3). */
const CORE = ['access', 'c1', 'c1z', 'connector', 'proto', 'requests', 'store', 'xero'];
const ROOMS = {
  proto: [],
  store: [],
  access: [],
  xero: ['access'],
  c1z: ['access', 'proto'],
  c1: ['proto'],
  requests: ['access', 'proto'],
  connector: CORE,
  desktop: CORE,
  'command-line': CORE,
};

/** Single files, and what each kind may import; everything else is known by its folder. */
const FILES = {
  ports: { pattern: 'main/ports.ts', imports: ['shared'] },
  csv: { pattern: 'main/csv.ts', imports: ['ports'] },
  preload: { pattern: 'main/preload.ts', imports: ['shared'] },
  start: { pattern: 'main/start.ts', imports: ['app', 'desktop'] },
  app: {
    pattern: 'main/index.ts',
    imports: [...CORE, 'desktop', 'edge', 'ports', 'shared'],
  },
  program: {
    pattern: 'main/headless.ts',
    imports: [...CORE, 'command-line', 'edge', 'manifest', 'ports', 'shared'],
  },
  // What the two shells have in common: the clock, the network, the log and the like.
  edge: {
    pattern: 'main/!(ports|csv|preload|start|index|headless).ts',
    imports: [...CORE, 'edge', 'ports', 'shared'],
  },
};
/** A file that others import and that imports nothing. */
const MANIFEST = { category: 'manifest', pattern: 'package.json' };
/** Whose files may know Electron. */
const DESKTOP = ['desktop', 'app', 'preload'];

const place = (name) =>
  name in FILES || name === MANIFEST.category
    ? { file: { categories: name } }
    : { element: { type: name } };
const packages = (origin, names) => ({ module: { origin, source: names } });
const allow = (from, to) => ({ from: place(from), allow: { to } });
const inMain = [...Object.keys(ROOMS), ...Object.keys(FILES)];

/** Who may import what: of ours, of packages and of Node. The last policy that fits decides. */
const policies = [
  ...Object.entries(ROOMS).map(([room, rooms]) =>
    allow(
      room,
      (room === 'proto' ? [room] : [room, ...rooms, 'ports', 'csv', 'shared']).map(place),
    ),
  ),
  ...Object.entries(FILES)
    .filter(([, { imports }]) => imports.length > 0)
    .map(([kind, { imports }]) => allow(kind, imports.map(place))),
  allow('renderer', ['renderer', 'shared'].map(place)),
  allow('shared', [place('shared')]),
  ...inMain.map((name) => allow(name, [packages('core', '*'), packages('external', '**')])),
  {
    from: inMain.filter((name) => !DESKTOP.includes(name)).map(place),
    disallow: { to: packages('external', DESKTOP_PACKAGES) },
  },
  // Rule 4, as far as it is about imports.
  {
    from: Object.keys(ROOMS)
      .filter((room) => room !== 'desktop')
      .map(place),
    disallow: { to: packages('core', ['process', 'node:process']) },
  },
  // A fetch brings WebAssembly along, which costs memory for good: main/fetch.ts.
  { from: inMain.map(place), disallow: { to: packages('external', ['undici']) } },
  allow('renderer', [packages('external', RENDERER_PACKAGES)]),
  allow('shared', [packages('external', SHARED_PACKAGES)]),
];

/** Rule 4: who may read the clock, the environment and the network, since they hand them to the rest. */
const EDGES = [
  'main/clock.ts',
  'main/desktop/**',
  'main/headless.ts',
  'main/host-facts.ts',
  'main/index.ts',
  'main/network.ts',
];
/** What the others may not touch. Matched as syntax, since a type may name them. */
const SURROUNDINGS = [
  [':matches(CallExpression, NewExpression[arguments.length=0])[callee.name="Date"]', 'the clock'],
  ['MemberExpression[object.name="Date"][property.name="now"]', 'the clock'],
  ['MemberExpression[object.name="performance"]', 'the clock'],
  ['CallExpression[callee.name=/^set(Timeout|Interval|Immediate)$/]', 'the clock'],
  ['MemberExpression[object.name="Math"][property.name="random"]', 'randomness'],
  ['MemberExpression[object.name="process"][property.name="env"]', 'the environment'],
  ['VariableDeclarator[init.name="process"]', 'the environment'],
  ['CallExpression[callee.name="fetch"]', 'the network'],
  ['MemberExpression[object.name="globalThis"]', 'what is global'],
].map(([selector, what]) => ({
  selector,
  message: `Ask for ${what} as an argument: main/ports.ts.`,
}));
const COMPUTED_IMPORT = {
  selector: 'ImportExpression[source.type!="Literal"]',
  message: 'Name the module, so that the linter sees what is imported.',
};

/** Whatever somebody reads is in the catalog, where it can be translated: shared/language. */
const LETTERS = '/[A-Za-z]{2}/';
const READ = [
  'alt',
  'aria-description',
  'aria-label',
  'aria-valuetext',
  'description',
  'error',
  'explanation',
  'heading',
  'label',
  'lead',
  'placeholder',
  'says',
  'title',
].join('|');
const TEXTS_OF_THE_WINDOW = [
  `JSXText[value=${LETTERS}]`,
  `JSXAttribute[name.name=/^(${READ})$/] > Literal[value=${LETTERS}]`,
  `JSXAttribute[name.name=/^(${READ})$/] TemplateElement[value.raw=${LETTERS}]`,
  `:matches(JSXElement, JSXFragment) > JSXExpressionContainer Literal[value=/^[A-Z].* /]`,
];
const TEXTS_OF_THE_CORE = [
  `Property[key.name="message"] > Literal[value=${LETTERS}]`,
  `Property[key.name="message"] > TemplateLiteral > TemplateElement[value.raw=${LETTERS}]`,
  `Property[key.name="message"] > ConditionalExpression > Literal[value=${LETTERS}]`,
];
/** What the system's dialogs, the tray and the notifications show. */
const TEXTS_OF_THE_DESKTOP = [
  `Property[key.name=/^(body|buttonLabel|detail|label|message|name|title)$/] > Literal[value=${LETTERS}]`,
  `Property[key.name="buttons"] > ArrayExpression > Literal[value=${LETTERS}]`,
];
/** What isn't translated: the command line and its variables, details for support, and what C1 keeps as data. */
const UNTRANSLATED = [
  'main/command-line/**/*.ts',
  'main/certificate-authorities.ts',
  'main/proxy.ts',
  'main/endpoints.ts',
  'main/c1/refusals.ts',
  'main/xero/answers.ts',
];
const inCatalog = (selectors) =>
  selectors.map((selector) => ({
    selector,
    message: 'Put the text into shared/language/en-GB.json, and say() it.',
  }));

export default tseslint.config(
  {
    ignores: [
      'out',
      'dist',
      'node_modules',
      'main/proto/gen',
      'test/results',
      'test/interop/**/*.go',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ['*.config.ts'],
          defaultProject: 'main/tsconfig.json',
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { boundaries, 'import-x': importX, 'react-hooks': reactHooks },
    settings: {
      // Without these no cycle is ever found: other files than JavaScript aren't followed.
      'import-x/extensions': ['.ts', '.tsx', '.js', '.mjs'],
      'import-x/resolver-next': [
        createTypeScriptImportResolver({
          project: '*/tsconfig.json',
          noWarnOnMultipleProjects: true,
        }),
      ],
      'import/resolver': {
        typescript: { project: '*/tsconfig.json', noWarnOnMultipleProjects: true },
      },
      'boundaries/elements': [...Object.keys(ROOMS).map((room) => [room, `main/${room}/**`])]
        .concat([
          ['renderer', 'renderer/**'],
          ['shared', 'shared/**'],
        ])
        .map(([type, pattern]) => ({ type, pattern, partialMatch: false })),
      'boundaries/files': [
        ...Object.entries(FILES).map(([category, { pattern }]) => ({ category, pattern })),
        MANIFEST,
      ],
      'boundaries/dependency-nodes': ['import', 'dynamic-import', 'export', 'require'],
      'boundaries/additional-dependency-nodes': [
        { selector: 'TSImportType > Literal', kind: 'type', name: 'import-type' },
      ],
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'boundaries/dependencies': [
        'error',
        { default: 'disallow', checkAllOrigins: true, checkUnknownLocals: true, policies },
      ],
    },
  },
  {
    files: ['{main,renderer,shared}/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': ['error', COMPUTED_IMPORT, ...inCatalog(TEXTS_OF_THE_CORE)],
    },
  },
  {
    files: ['renderer/**/*.tsx'],
    rules: {
      'no-restricted-syntax': ['error', COMPUTED_IMPORT, ...inCatalog(TEXTS_OF_THE_WINDOW)],
    },
  },
  {
    files: ['main/**/*.ts'],
    ignores: EDGES,
    rules: {
      'no-restricted-syntax': [
        'error',
        COMPUTED_IMPORT,
        ...SURROUNDINGS,
        ...inCatalog(TEXTS_OF_THE_CORE),
      ],
    },
  },
  {
    files: ['main/desktop/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', COMPUTED_IMPORT, ...inCatalog(TEXTS_OF_THE_DESKTOP)],
    },
  },
  {
    files: UNTRANSLATED,
    rules: { 'no-restricted-syntax': ['error', COMPUTED_IMPORT, ...SURROUNDINGS] },
  },
  { files: ['renderer/**/*.{ts,tsx}'], rules: { ...reactHooks.configs.recommended.rules } },
  { files: ['**/*.config.{js,ts}'], rules: { 'import-x/no-default-export': 'off' } },
  { files: ['**/*.{js,mjs}'], ...tseslint.configs.disableTypeChecked },
);
