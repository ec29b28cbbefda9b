import { anyUnpack } from '@bufbuild/protobuf/wkt';
import { Code } from '@connectrpc/connect';
import { describe, expect, it } from 'vitest';
import {
  GrantAlreadyExistsSchema,
  GrantReplacedSchema,
} from '../../main/proto/gen/c1/connector/v2/annotation_pb.ts';
import type { TaskRecord } from '../sandbox/c1/queue.ts';
import { openTerminal, type Environment, type Running, type Terminal } from './command-line.ts';

const KAURI = 'Kauri & Co Limited';
const ZOE = 'zoe@kauri.example';
const MARIA = 'maria.ivanova@kauri.example';

/** A service that takes requests, once C1 knows from it who has access to what. */
async function startServing(flags: readonly string[], env: Environment = {}) {
  const terminal = await openTerminal({ heartbeatMs: 1000 });
  const all = { ...terminal.customConnection, ...terminal.c1, ...env };
  const serving = terminal.start(['serve', '--provisioning', ...flags], all);
  await sync(terminal);
  return { terminal, serving, env: all };
}

/** C1 syncs, which reads Xero. */
async function sync({ sandbox: { c1 } }: Terminal): Promise<void> {
  const id = c1.enqueue('sync_full');
  await c1.waitFor('finished', ({ task }) => task.id === id);
}

function roleOf({ sandbox }: Terminal, role: string): string {
  return `role:${sandbox.world.organisation(KAURI).id}/${role}:assigned`;
}

async function ended({ sandbox: { c1 } }: Terminal, taskId: string): Promise<TaskRecord> {
  const { task } = await c1.waitFor('finished', ({ task: { id } }) => id === taskId);
  return task;
}

async function stop(serving: Running): Promise<string> {
  serving.signal('SIGTERM');
  const { code, stderr } = await serving.ended;
  expect(code).toBe(0);
  return stderr;
}

describe('serve --provisioning, where nobody is there', () => {
  it('answers what is so already, and refuses the rest at once', async () => {
    const { terminal, serving } = await startServing([]);
    const { c1, world } = terminal.sandbox;
    const before = world.user(KAURI, ZOE).role;
    const so = c1.desk.access({ account: ZOE, entitlement: roleOf(terminal, 'invoiceonly') });
    const { outcome } = await ended(terminal, so);
    expect(outcome?.ok).toBe(true);
    const marks = outcome?.annotations.map((each) => anyUnpack(each, GrantAlreadyExistsSchema));
    expect(marks).toMatchObject([{ $typeName: GrantAlreadyExistsSchema.typeName }]);

    const other = c1.desk.access({ account: ZOE, entitlement: roleOf(terminal, 'standard') });
    expect((await ended(terminal, other)).outcome).toMatchObject({
      ok: false,
      code: Code.FailedPrecondition,
      nonRetryable: true,
      message: expect.stringContaining('Nobody is here to do it in Xero: ') as string,
    });
    expect(world.user(KAURI, ZOE).role).toBe(before);
    expect([...c1.desk.offers().provisions]).toEqual(['org', 'role']);
    const said = await stop(serving);
    expect(said).not.toContain('request.step');
  });
});

describe('serve --provisioning-wait, where somebody works in Xero', () => {
  it('says in the log what to do, and answers once Xero shows it', async () => {
    const { terminal, serving } = await startServing(['--provisioning-wait', '30m']);
    const { c1, world, xero } = terminal.sandbox;
    const task = c1.desk.access({ account: ZOE, entitlement: roleOf(terminal, 'standard') });
    await serving.said('Choose Update permissions.');
    expect(c1.tasks().find(({ id }) => id === task)?.state).toBe('running');

    xero.users.changeRole(KAURI, ZOE, 'STANDARD');
    await sync(terminal);
    const { outcome } = await ended(terminal, task);
    const { personId } = world.user(KAURI, ZOE);
    const replaced = outcome?.annotations.map((each) => anyUnpack(each, GrantReplacedSchema));
    expect(replaced).toMatchObject([
      { replacedGrantId: `${roleOf(terminal, 'invoiceonly')}:user:${personId}` },
    ]);
    const said = await stop(serving);
    expect(said).toContain('Change the role from Invoice only to Standard.');
    expect(said).toContain(task);
    expect(said).toContain(personId);
    expect(said).toMatch(/request\.ended.*done/);
    expect(said).not.toContain('Brontë');
  });

  it('answers what nobody does in time', async () => {
    const { terminal, serving } = await startServing(['--provisioning-wait', '2s']);
    const { c1 } = terminal.sandbox;
    const task = c1.desk.revoke({ account: MARIA, entitlement: roleOf(terminal, 'readonly') });
    expect((await ended(terminal, task)).outcome).toMatchObject({
      ok: false,
      code: Code.DeadlineExceeded,
      nonRetryable: true,
    });
    await stop(serving);
  });

  it('goes on after a restart with what waited, and answers it once', async () => {
    const flags = ['--provisioning-wait', '30m', '--state-dir', 'state'];
    const { terminal, serving, env } = await startServing(flags);
    const { c1, xero } = terminal.sandbox;
    const task = c1.desk.revoke({ account: MARIA, entitlement: roleOf(terminal, 'readonly') });
    await serving.said('Choose Remove, and confirm.');
    await stop(serving);
    expect(c1.tasks().find(({ id }) => id === task)).toMatchObject({
      state: 'running',
      finishes: 0,
    });

    xero.users.remove(KAURI, MARIA);
    const again = terminal.start(['serve', '--provisioning', ...flags], env);
    await sync(terminal);
    expect(await ended(terminal, task)).toMatchObject({
      outcome: { ok: true },
      deliveries: 1,
      finishes: 1,
    });
    await stop(again);
  });

  it('lets go of what C1 takes back', async () => {
    const { terminal, serving } = await startServing(['--provisioning-wait', '30m']);
    const { c1 } = terminal.sandbox;
    const task = c1.desk.revoke({ account: MARIA, entitlement: roleOf(terminal, 'readonly') });
    await serving.said('Choose Remove, and confirm.');
    c1.cancel(task);
    await serving.said('"end":"cancelled"');
    await stop(serving);
  });
});
