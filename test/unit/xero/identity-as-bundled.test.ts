import { vi } from 'vitest';
import { PlainHeaders, PlainResponse } from '../../../main/plain-http.ts';

// The tests of identity.test.ts once more, with the classes that the bundler puts in the place of Node's.
vi.stubGlobal('Headers', PlainHeaders);
vi.stubGlobal('Response', PlainResponse);
await import('./identity.test.ts');
