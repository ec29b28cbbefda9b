import { parentPort } from 'node:worker_threads';
import { jobDesk, type ToWorker } from './worker-jobs.ts';

// The worker's side of `inThread`.
const heed = jobDesk((message) => parentPort?.postMessage(message));
parentPort?.on('message', (message: ToWorker) => heed(message));
