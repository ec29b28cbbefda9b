import { tuneEngine } from './desktop/engine.ts';

// First, so that the rest is loaded by an engine that is tuned already.
tuneEngine();
await import('./index.ts');
