import { Code } from '@connectrpc/connect';
import { expect, it } from 'vitest';
import { ana, entitlement, grant, HARBOUR, MINUTE, OWNER, revoke, Town } from './town.ts';

const unattended = 'Nobody is here.';
const refused = { kind: 'failure', code: Code.FailedPrecondition, message: unattended };

it('where nobody is there, what is so is answered and the rest refused, both at once', async () => {
  const town = new Town({ unattended });
  const [so, not] = [grant(entitlement('standard')), revoke(entitlement('standard'))];
  await town.asks(so);
  await town.asks(not);
  expect(town.answerTo(so)).toMatchObject({ kind: 'success' });
  expect(town.answerTo(not)).toMatchObject({ ...refused, nonRetryable: true });
  expect(town.looks).toEqual(['all', 'all']);
});

it('where nobody is there, nothing is refused before Xero could be looked at', async () => {
  const town = new Town({ unattended });
  town.trouble = { code: 'xeroUnavailable', message: 'Xero is in trouble.', next: 'wait' };
  const [so, not] = [grant(entitlement('standard')), grant(entitlement('readonly'))];
  await town.asks(so);
  await town.asks(not);
  expect(town.answers.size).toBe(0);
  town.trouble = null;
  await town.clock.advance(MINUTE);
  expect(town.answerTo(so)).toMatchObject({ kind: 'success' });
  expect(town.answerTo(not)).toMatchObject(refused);
});

it('what an earlier run left to a person who is gone is refused, unless it was done meanwhile', async () => {
  const before = new Town();
  const [made, left] = [grant(entitlement('financialadviser')), grant(entitlement('readonly'))];
  await before.asks(made);
  await before.clock.advance(MINUTE);
  const town = before.restart({ unattended });
  town.now(HARBOUR, OWNER, ana({ role: 'FINANCIALADVISER' }));
  for (const task of await town.inbox.tasksOf('harbour.conductor.one')) await town.asks(task);
  await town.asks(left);
  await town.clock.advance(15 * MINUTE);
  expect(town.answerTo(made)).toMatchObject({ kind: 'success' });
  expect(town.answerTo(left)).toMatchObject(refused);
});
