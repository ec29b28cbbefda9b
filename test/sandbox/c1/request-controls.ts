import { z } from 'zod';
import { HEARTBEATS } from './request-life.ts';
import { requestRows } from './request-words.ts';
import type { C1Sandbox } from './sandbox.ts';

const Wanted = z.object({ account: z.string(), entitlement: z.string() });

/** What people ask of C1, and how it waits: each with the shape of its body. */
export function requestControls(
  sandbox: C1Sandbox,
): readonly (readonly [path: string, run: (body: unknown) => unknown])[] {
  const { desk } = sandbox;
  return [
    ['requests', () => ({ requests: requestRows(sandbox) })],
    [
      'requests/access',
      (body) => {
        const wanted = Wanted.extend({ durationMs: z.int().positive().optional() }).parse(body);
        return { id: desk.access(wanted) };
      },
    ],
    ['requests/revoke', (body) => ({ id: desk.revoke(Wanted.parse(body)) })],
    [
      'requests/create-account',
      (body) => ({ id: desk.createAccount(z.record(z.string(), z.string()).parse(body)) }),
    ],
    [
      'requests/delete-account',
      (body) => ({ id: desk.deleteAccount(z.object({ account: z.string() }).parse(body).account) }),
    ],
    [
      'requests/grant-ids',
      (body) => {
        desk.grantIds = z.object({ are: z.enum(['known', 'unknown']) }).parse(body).are;
      },
    ],
    [
      'requests/life',
      (body) =>
        sandbox.setRequestLife(
          z
            .object({
              ms: z.int().positive().exactOptional(),
              heartbeats: z.enum(HEARTBEATS).exactOptional(),
              afterwards: z.enum(['gone', 'issuedAgain']).exactOptional(),
            })
            .parse(body),
        ),
    ],
    [
      'requests/stop-waiting',
      (body) => ({ done: sandbox.stopWaiting(z.object({ id: z.string() }).parse(body).id) }),
    ],
  ];
}
