import { expect, it } from 'vitest';
import { RequestLog } from '../../../main/command-line/request-log.ts';
import type { LogFields } from '../../../main/ports.ts';
import { settle } from '../fake-clock.ts';
import {
  ana,
  entitlement,
  FARM,
  grant,
  HARBOUR,
  MINUTE,
  newAccount,
  OWNER,
  principal,
  revoke,
  Town,
} from '../requests/town.ts';

/** A town whose requests are told in a log. */
function toldTown() {
  const town = new Town();
  const lines: (LogFields & { readonly event: string })[] = [];
  const keep = (event: string, fields?: LogFields) => void lines.push({ event, ...fields });
  const log = new RequestLog({ debug: keep, info: keep, warn: keep, error: keep });
  const tell = async (): Promise<void> => {
    log.show(town.view, town.inbox.book.now);
    await settle();
  };
  const words = () =>
    lines.filter(({ event }) => event === 'request.step').map((line) => line['words']);
  return { town, lines, tell, words };
}

it('the log says what to do for which task and account, with the page, and once', async () => {
  const { town, lines, tell, words } = toldTown();
  const asked = grant(entitlement('financialadviser'));
  await town.asks(asked);
  await tell();
  await tell();
  expect(lines[0]).toMatchObject({
    event: 'request.open',
    task: asked.id,
    account: 'g-ana',
    what: 'changeRole',
  });
  expect(lines[1]).toMatchObject({
    task: asked.id,
    step: 1,
    page: expect.stringContaining('https://go.xero.com/') as string,
  });
  expect(words()).toEqual([
    'Open Users in Harbour Books.',
    'Choose [the name in C1’s task].',
    'Change the role from Standard to Adviser.',
    'Choose Update permissions.',
  ]);
});

it('the log names nobody', async () => {
  const { town, lines, tell } = toldTown();
  await town.asks(revoke(entitlement('standard')));
  await town.asks(grant(entitlement('readonly', FARM)));
  await town.asks(newAccount());
  await town.asks(
    grant(entitlement('standard'), principal('zed@harbour.example', 'zed@harbour.example')),
  );
  await tell();
  expect(lines.filter(({ event }) => event === 'request.open')).toHaveLength(4);
  expect(JSON.stringify(lines)).not.toMatch(/Ana|Reyes|Nora|@/);
});

it('the log says what is still missing, and how it ended', async () => {
  const { town, lines, tell } = toldTown();
  const asked = grant(entitlement('financialadviser'));
  await town.asks(asked);
  await tell();
  town.now(HARBOUR, OWNER, ana({ role: 'READONLY' }));
  await town.clock.advance(5 * MINUTE);
  await tell();
  expect(lines).toContainEqual({
    event: 'request.notYet',
    task: asked.id,
    found: 'Xero shows Read only for this person in Harbour Books. Asked for was Adviser.',
  });
  town.now(HARBOUR, OWNER, ana({ role: 'FINANCIALADVISER' }));
  await town.clock.advance(15 * MINUTE);
  await tell();
  expect(lines.at(-1)).toMatchObject({ event: 'request.ended', task: asked.id, end: 'done' });
});

it('the log is silent on what is so already', async () => {
  const { town, lines, tell } = toldTown();
  await town.asks(grant(entitlement('standard')));
  await tell();
  expect(lines).toEqual([]);
});
