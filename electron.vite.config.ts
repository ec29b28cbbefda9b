import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Three builds in one: the main process (with its worker and the command line), the bridge, the window. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          index: 'main/index.ts',
          headless: 'main/headless.ts',
          'c1z-worker': 'main/c1z/worker.ts',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload can't load ES modules or packages: one CommonJS file.
      externalizeDeps: false,
      rollupOptions: {
        input: { preload: 'main/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    build: {
      outDir: 'out/renderer',
      rollupOptions: { input: { index: 'renderer/index.html' } },
    },
    plugins: [react()],
  },
});
