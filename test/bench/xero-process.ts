import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../../scripts/runtime.mjs';

/** A Xero to be measured against, in a process of its own (xero.ts). */
export interface XeroProcess {
  readonly address: string;
  /** How many calls there were since this was last asked. */
  calls(): Promise<number>;
  stop(): void;
}

export async function startXero(accounts: number, organisations: number): Promise<XeroProcess> {
  const child = fork(join(ROOT, 'test/bench/xero.ts'), [String(accounts), String(organisations)]);
  const said = async (): Promise<unknown> => ((await once(child, 'message')) as unknown[])[0];
  const address = z.string().parse(await said());
  return {
    address,
    calls: async () => {
      const told = said();
      child.send('calls');
      return z.number().parse(await told);
    },
    stop: () => child.disconnect(),
  };
}
