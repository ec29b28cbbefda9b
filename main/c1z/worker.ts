import { parentPort } from 'node:worker_threads';
import { writeC1z, type C1zRequest } from './writer.ts';

// The worker's side of `inThread`: one request in, one result out, and it ends. An exception
// ends it too, which the other side sees.
parentPort?.once('message', (request: C1zRequest) => {
  void writeC1z(request).then((result) => parentPort?.postMessage(result));
});
