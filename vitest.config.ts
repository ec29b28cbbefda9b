import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // A machine of two cores that does other work too is slow, not wrong.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'] },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: 'test/integration/built.ts',
        },
      },
    ],
  },
});
