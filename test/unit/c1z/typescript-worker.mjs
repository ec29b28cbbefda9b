// Runs the worker's TypeScript as it is: tsx doesn't reach into worker threads by itself.
import { register } from 'tsx/esm/api';

register();
await import('../../../main/c1z/worker.ts');
