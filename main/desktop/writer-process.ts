import { writeC1z, type C1zRequest } from '../c1z/writer.ts';

// The other side of worker-process.ts: one request in, one result out, until it is killed.
process.parentPort.once('message', ({ data }: { data: C1zRequest }) => {
  void writeC1z(data).then((result) => process.parentPort.postMessage(result));
});
