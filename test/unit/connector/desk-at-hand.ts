import { deskOfMessages } from '../../../main/connector/access-desk-messages.ts';
import type { StartDesk } from '../../../main/connector/access-desks.ts';

/** A desk that is spoken to in copied messages, as one in a process of its own is. */
export const deskAtHand: StartDesk = (onMessage) => {
  let end: (how: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => (end = resolve));
  const heed = deskOfMessages((message) =>
    queueMicrotask(() => onMessage(structuredClone(message))),
  );
  return {
    post: (message) => queueMicrotask(() => heed(structuredClone(message))),
    ended,
    stop: () => {
      end('stopped');
      return Promise.resolve();
    },
  };
};
