import { jobDesk, type ToWorker } from '../c1z/worker-jobs.ts';

// The other side of worker-process.ts; it runs until it is killed.
const heed = jobDesk((message) => process.parentPort.postMessage(message));
process.parentPort.on('message', ({ data }: { data: ToWorker }) => heed(data));
