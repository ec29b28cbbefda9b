import { deskOfMessages, type ToDesk } from '../connector/access-desk-messages.ts';

// The other side of a desk's process; it runs until it is killed.
const heed = deskOfMessages((message) => process.parentPort.postMessage(message));
process.parentPort.on('message', ({ data }: { data: ToDesk }) => heed(data));
