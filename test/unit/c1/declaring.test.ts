import { Code, ConnectError } from '@connectrpc/connect';
import { describe, expect, it } from 'vitest';
import { connectorCapabilities } from '../../../main/c1/capabilities.ts';
import { helloRequest } from '../../../main/c1/hello.ts';
import type { TaskHandler, TaskHandlers } from '../../../main/c1/task.ts';
import { resourceTypes } from '../../../main/c1z/messages.ts';
import {
  Capability,
  CapabilityDetailCredentialOption,
} from '../../../main/proto/gen/c1/connector/v2/connector_pb.ts';
import { settle } from '../fake-clock.ts';
import { FACTS } from './fake-c1.ts';
import { startLoop } from './loop.ts';

const done: TaskHandler = () => Promise.resolve({ kind: 'success' });
const { SYNC, TARGETED_SYNC, SERVICE_MODE_TARGETED_SYNC } = Capability;
const { PROVISION, ACCOUNT_PROVISIONING, RESOURCE_DELETE } = Capability;

function declared(handlers: TaskHandlers): Record<string, readonly Capability[]> {
  const told = connectorCapabilities({ resourceTypes: resourceTypes(), handlers });
  const types = told.resourceTypeCapabilities.map(
    ({ resourceType, capabilities }) => [resourceType?.id ?? '', capabilities] as const,
  );
  return { all: told.connectorCapabilities, ...Object.fromEntries<readonly Capability[]>(types) };
}

describe('what is declared', () => {
  it('is, where syncs are done, that they may be of single resources', () => {
    expect(declared({ syncFull: done })).toEqual({
      all: [SYNC, TARGETED_SYNC, SERVICE_MODE_TARGETED_SYNC],
      org: [SYNC, TARGETED_SYNC],
      role: [SYNC, TARGETED_SYNC],
      user: [SYNC, TARGETED_SYNC],
    });
  });

  it('is nothing that can’t be done whole', () => {
    expect(declared({ grant: done, deleteResource: done })).toEqual({
      all: [SYNC, RESOURCE_DELETE],
      org: [SYNC],
      role: [SYNC],
      user: [SYNC, RESOURCE_DELETE],
    });
  });

  it('is of organisations and roles that they are granted, of accounts that they are made', () => {
    expect(declared({ grant: done, revoke: done, createAccount: done })).toEqual({
      all: [PROVISION, SYNC, ACCOUNT_PROVISIONING],
      org: [PROVISION, SYNC],
      role: [PROVISION, SYNC],
      user: [SYNC, ACCOUNT_PROVISIONING],
    });
  });
});

describe('accounts that are made', () => {
  const newAccount = [
    { key: 'role', name: 'Role', says: 'Xero’s word for it.' },
    { key: 'email', name: 'E-mail', says: 'Where the invitation goes.' },
  ];
  const metadataOf = (handlers: TaskHandlers) =>
    helloRequest(FACTS, { resourceTypes: resourceTypes(), handlers, newAccount }, '')
      .connectorMetadata;

  it('are described field by field, in their order', () => {
    const { fieldMap } = metadataOf({ createAccount: done })?.accountCreationSchema ?? {};
    const field = { case: 'stringField' };
    expect(fieldMap).toMatchObject({
      role: { displayName: 'Role', required: true, order: 1, field },
      email: { displayName: 'E-mail', required: true, order: 2, field },
    });
    expect(fieldMap?.['email']?.description).toBe('Where the invitation goes.');
  });

  it('have no password', () => {
    const { NO_PASSWORD } = CapabilityDetailCredentialOption;
    expect(metadataOf({ createAccount: done })?.capabilities?.credentialDetails).toMatchObject({
      capabilityAccountProvisioning: {
        supportedCredentialOptions: [NO_PASSWORD],
        preferredCredentialOption: NO_PASSWORD,
      },
    });
  });

  it('aren’t spoken of where none are made', () => {
    const metadata = metadataOf({ grant: done, revoke: done, deleteResource: done });
    expect(metadata?.accountCreationSchema).toBeUndefined();
    expect(metadata?.capabilities?.credentialDetails).toBeUndefined();
  });
});

/** A running loop whose setting changes from doing nothing to granting. */
async function settingChanges(code?: Code) {
  let handlers = {};
  const parts = startLoop(() => handlers, [], { resourceTypes: resourceTypes() });
  const { c1, clock, loop, run } = parts;
  let failures = 0;
  const ran = run();
  await clock.untilAsleep();
  c1.onHello = () => {
    failures += 1;
    if (code !== undefined && failures <= 2) throw new ConnectError('no', code);
  };
  handlers = { grant: done, revoke: done };
  loop.greetAgain();
  loop.greetAgain();
  await settle();
  const told = () =>
    c1.hellos.map(
      ({ connectorMetadata: metadata }) => metadata?.capabilities?.connectorCapabilities,
    );
  return { ...parts, ran, told };
}

describe('a setting that changes what is done', () => {
  it('is told to C1 once', async () => {
    const { told, stop, ran } = await settingChanges();
    expect(told()).toEqual([[SYNC], [PROVISION, SYNC]]);
    stop.abort();
    await ran;
  });

  it('is told again, longer apart each time, until C1 has it', async () => {
    const { c1, clock, told, stop, ran } = await settingChanges(Code.Unavailable);
    for (const wait of [1000, 4000]) {
      await clock.untilAsleepFor(wait);
      await clock.advance(wait - 1);
      const before = c1.hellos.length;
      await clock.advance(1);
      expect(c1.hellos).toHaveLength(before + 1);
    }
    await clock.advance(3_600_000);
    const now = [PROVISION, SYNC];
    expect(told()).toEqual([[SYNC], now, now, now]);
    stop.abort();
    await ran;
  });

  it('is told again at once on “Try again”', async () => {
    const { c1, clock, loop, stop, ran } = await settingChanges(Code.Unavailable);
    await clock.untilAsleepFor(1000);
    loop.wake();
    await clock.untilAsleepFor(4000);
    expect(c1.hellos).toHaveLength(3);
    stop.abort();
    await ran;
  });

  it('that C1 refuses isn’t pressed on it, and polling goes on', async () => {
    const { c1, clock, loop, stop, ran } = await settingChanges(Code.InvalidArgument);
    await clock.advance(3_600_000);
    expect(c1.hellos).toHaveLength(2);
    expect(c1.polls).toBeGreaterThan(10);
    loop.greetAgain();
    await settle();
    expect(c1.hellos).toHaveLength(3);
    stop.abort();
    await ran;
  });

  it('doesn’t hold up a stop while it waits for its next try', async () => {
    const { clock, stop, ran } = await settingChanges(Code.Unavailable);
    await clock.untilAsleepFor(1000);
    stop.abort();
    expect(await ran).toMatchObject({ ok: true });
    expect(clock.asleep).toBe(0);
  });
});
