import boundaries from 'eslint-plugin-boundaries';
import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// Rule 1 of ARCHITECTURE.md: these packages are for the desktop folder and the two entries alone.
const DESKTOP_PACKAGES = ['electron', 'electron-store', 'keytar'];

/** The rooms of ARCHITECTURE.md, with what each may import (rule 3). */
const ROOMS = {
  proto: [],
  store: [],
  access: [],
  xero: ['access'],
  c1z: ['access', 'proto'],
  c1: ['proto'],
  connector: ['access', 'c1', 'c1z', 'proto', 'store', 'xero'],
  desktop: ['access', 'c1', 'c1z', 'connector', 'proto', 'store', 'xero'],
  'command-line': ['access', 'c1', 'c1z', 'connector', 'proto', 'store', 'xero'],
};
const EVERY_ROOM = Object.keys(ROOMS);

/** Single files of `main`; everything else is known by its folder. */
const FILES = ['ports', 'preload', 'entry'];
const place = (name) =>
  FILES.includes(name) ? { file: { categories: name } } : { element: { type: name } };
const allow = (from, to) => ({ from: place(from), allow: { to: to.map(place) } });

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
      'import-x/resolver-next': [
        createTypeScriptImportResolver({
          project: '*/tsconfig.json',
          noWarnOnMultipleProjects: true,
        }),
      ],
      'import/resolver': {
        typescript: { project: '*/tsconfig.json', noWarnOnMultipleProjects: true },
      },
      'boundaries/include': ['main/**/*', 'renderer/**/*', 'shared/**/*'],
      'boundaries/elements': [
        ...EVERY_ROOM.map((room) => ({
          type: room,
          pattern: `main/${room}/**`,
          partialMatch: false,
        })),
        { type: 'renderer', pattern: 'renderer/**', partialMatch: false },
        { type: 'shared', pattern: 'shared/**', partialMatch: false },
      ],
      'boundaries/files': [
        { category: 'ports', pattern: 'main/ports.ts' },
        { category: 'preload', pattern: 'main/preload.ts' },
        { category: 'entry', pattern: 'main/!(ports|preload).ts' },
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
        {
          default: 'disallow',
          policies: [
            ...Object.entries(ROOMS).map(([room, rooms]) =>
              allow(room, room === 'proto' ? ['proto'] : [room, ...rooms, 'ports', 'shared']),
            ),
            allow('ports', ['shared']),
            allow('preload', ['shared']),
            allow('entry', [...EVERY_ROOM, 'entry', 'ports', 'shared']),
            allow('renderer', ['renderer', 'shared']),
            allow('shared', ['shared']),
          ],
        },
      ],
    },
  },
  {
    files: ['main/**/*.ts'],
    ignores: ['main/desktop/**', 'main/index.ts', 'main/preload.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: DESKTOP_PACKAGES }] },
  },
  {
    files: ['shared/**/*.ts', 'renderer/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: DESKTOP_PACKAGES, patterns: ['node:*', 'electron/*'] },
      ],
    },
  },
  { files: ['renderer/**/*.{ts,tsx}'], rules: { ...reactHooks.configs.recommended.rules } },
  { files: ['**/*.config.{js,ts}'], rules: { 'import-x/no-default-export': 'off' } },
  { files: ['**/*.{js,mjs}'], ...tseslint.configs.disableTypeChecked },
);
