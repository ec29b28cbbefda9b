import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { bundledLicences } from './licences.config.ts';
import { fitPackages, latinChunks } from './bundled-packages.config.ts';

/** Three builds in one: the main process (with its worker and the command line), the bridge, the window. */
// The oldest runtime that the code must work on: the fallback's Node and Chrome (scripts/runtime.mjs).
const OLDEST_NODE = 'node20.18';
const OLDEST_CHROME = 'chrome130';
const PLAIN_HTTP = fileURLToPath(new URL('main/plain-http.ts', import.meta.url));

export default defineConfig({
  main: {
    plugins: [fitPackages(), latinChunks(), bundledLicences()],
    // Else it is bundled twice: as xero-node requires it, and as it is imported.
    resolve: { alias: { axios: createRequire(import.meta.url).resolve('axios') } },
    build: {
      outDir: 'out/main',
      target: OLDEST_NODE,
      // Found file by file at every start, packages take longer than all else of a small sync: all are bundled but
      // package.json's `dependencies`, which carry binaries.
      rolldownOptions: {
        input: {
          start: 'main/start.ts',
          index: 'main/index.ts',
          headless: 'main/headless.ts',
          'c1z-worker': 'main/c1z/worker.ts',
          'writer-process': 'main/desktop/writer-process.ts',
          'desk-process': 'main/desktop/desk-process.ts',
        },
        // Node's own bring its fetch along, and WebAssembly with that: 6 MB (main/plain-http.ts).
        transform: {
          inject: {
            Headers: [PLAIN_HTTP, 'PlainHeaders'],
            Response: [PLAIN_HTTP, 'PlainResponse'],
          },
        },
        // Less to read at every start; names stay, since failures are told by them.
        output: { minify: { compress: true, mangle: false, codegen: true } },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: OLDEST_NODE,
      // A sandboxed preload can't load ES modules or packages: one CommonJS file each.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'main/preload.ts', report: 'main/desktop/report-preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    build: {
      outDir: 'out/renderer',
      target: OLDEST_CHROME,
      // Half as much to read before the window is usable, and to keep while it is open.
      minify: true,
      cssMinify: true,
      rolldownOptions: {
        input: { index: 'renderer/index.html', report: 'renderer/report.html' },
        // The words are a file of their own, so that a test can put others in their place.
        output: {
          codeSplitting: { groups: [{ name: 'words', test: /shared[\\/]language[\\/]en-GB/ }] },
        },
      },
    },
    plugins: [react(), latinChunks(), bundledLicences()],
  },
});
