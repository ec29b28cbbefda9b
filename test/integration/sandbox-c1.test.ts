import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { AnySchema } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, type Client } from '@connectrpc/connect';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  BatonServiceHelloRequestSchema,
  type BatonServiceHelloRequest,
  type BatonService,
  type BatonServiceUploadAssetRequestSchema,
} from '../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { makeCertificate, type LoopbackCertificate } from '../sandbox/certificate.ts';
import type { CredentialPair } from '../sandbox/c1/credentials.ts';
import {
  ASSERTION_TYPE,
  formFor,
  RawClient,
  signAssertion,
  type AssertionChanges,
} from '../sandbox/c1/raw-client.ts';
import { changeOfficialFile, finish } from '../sandbox/c1/sample-file.ts';
import { startC1Sandbox, type C1Sandbox } from '../sandbox/c1/start.ts';

type UploadMessage = MessageInitShape<typeof BatonServiceUploadAssetRequestSchema>;

const OFFICIAL = 'test/fixtures/official-sdk-v1.c1z';
const START = Date.parse('2026-11-23T10:00:00Z');
const HOST = 'laptop';

let certificate: LoopbackCertificate;
let sandbox: C1Sandbox;
let raw: RawClient;
let clock = START;

beforeAll(async () => {
  certificate = await makeCertificate(Date.now());
});

beforeEach(async () => {
  clock = START;
  sandbox = await startC1Sandbox({ certificate, now: () => clock, autoSync: false });
  raw = new RawClient(sandbox.origin, certificate.ca);
});

afterEach(async () => {
  await raw.close();
  await sandbox.close();
});

async function signIn(
  pair: CredentialPair = sandbox.credential,
): Promise<Client<typeof BatonService>> {
  return raw.rpc((await raw.token(pair, clock)).access_token);
}

/** The error that a call ends with; fails when it doesn't. */
async function refusal(call: Promise<unknown>): Promise<ConnectError> {
  return call.then(
    () => expect.fail('the call was accepted'),
    (error: unknown) => ConnectError.from(error),
  );
}

/** A complete Hello, after the change. */
function hello(change: (hello: BatonServiceHelloRequest) => unknown = () => undefined) {
  const message = create(BatonServiceHelloRequestSchema, {
    hostId: HOST,
    buildInfo: { langVersion: 'v20', package: 'c1-xero', packageVersion: '0.1.0' },
    osInfo: {
      hostname: 'laptop',
      os: 'linux',
      platform: 'debian',
      platformVersion: '12',
      platformFamily: 'debian',
      kernelVersion: '6.1',
      kernelArch: 'x86_64',
      virtualizationSystem: 'none',
    },
    connectorMetadata: {
      displayName: 'Xero <i>',
      helpUrl: 'https://example.com/help',
      capabilities: {
        resourceTypeCapabilities: [{ resourceType: { id: 'user', displayName: 'Account' } }],
      },
    },
  });
  change(message);
  return message;
}

function* uploadOf(taskId: string, bytes: Uint8Array): Generator<UploadMessage> {
  yield { msg: { case: 'metadata', value: { hostId: HOST, taskId } } };
  for (let at = 0; at < bytes.length; at += 1000) {
    yield { msg: { case: 'data', value: { data: bytes.subarray(at, at + 1000) } } };
  }
  const sha256Checksum = createHash('sha256').update(bytes).digest();
  yield { msg: { case: 'eof', value: { sha256Checksum } } };
}

async function* sent(messages: Iterable<UploadMessage>): AsyncIterable<UploadMessage> {
  for (const message of messages) {
    await setImmediate();
    yield message;
  }
}

/** Uploads for a fresh sync and ends it well; returns the task's id. */
async function sync(client: Client<typeof BatonService>, bytes: Uint8Array): Promise<string> {
  const taskId = sandbox.enqueue('sync_full');
  await client.getTask({ hostId: HOST });
  await client.uploadAsset(sent(uploadOf(taskId, bytes)));
  await client.finishTask({ hostId: HOST, taskId, finalState: { case: 'success', value: {} } });
  return taskId;
}

const page = async (path: string, init?: RequestInit) =>
  (await fetch(`${sandbox.pages}${path}`, init)).text();

describe('the token endpoint', () => {
  it('gives an opaque bearer token for a good assertion', async () => {
    const token = await raw.token(sandbox.credential, clock);
    expect(token).toMatchObject({ token_type: 'Bearer', expires_in: 600 });
    await expect(raw.rpc(token.access_token).hello(hello())).resolves.toBeDefined();
  });

  it.each<[string, AssertionChanges]>([
    ['a key id', { header: { kid: 'a-key' } }],
    ['the audience in a list', { claims: { aud: ['localhost'] } }],
  ])('accepts an assertion with %s', async (_, changes) => {
    const form = formFor(
      sandbox.credential,
      await signAssertion(sandbox.credential, clock, changes),
    );
    expect((await raw.post(new URLSearchParams(form).toString())).status).toBe(200);
  });

  it.each<[string, string, AssertionChanges]>([
    ['another issuer', 'iss', { claims: { iss: 'someone' } }],
    ['another subject', 'sub', { claims: { sub: 'someone' } }],
    ['the port in the audience', 'aud', { claims: { aud: 'localhost:443' } }],
    ['an expiry that has passed', 'expired', { claims: { exp: START / 1000 - 60 } }],
    ['an expiry an hour away', 'exp', { claims: { exp: START / 1000 + 3600 } }],
    ['a start in the future', 'nbf', { claims: { nbf: START / 1000 + 60 } }],
    ['an issue time in the future', 'iat', { claims: { iat: START / 1000 + 60 } }],
    ['no nonce', 'nonce', { header: { nonce: undefined } }],
    ['a nonce in capitals', 'nonce', { header: { nonce: 'A'.repeat(32) } }],
  ])('refuses an assertion with %s', async (_, why, changes) => {
    const form = formFor(
      sandbox.credential,
      await signAssertion(sandbox.credential, clock, changes),
    );
    const { status, text } = await raw.post(new URLSearchParams(form).toString());
    expect(status).toBe(401);
    expect(text).toContain(why);
    expect(sandbox.events('token').at(-1)?.refused).toContain(why);
  });

  it("refuses another key's signature and a nonce that was used before", async () => {
    const { credential } = sandbox;
    const forged = await signAssertion(credential, clock, { signedBy: sandbox.rotate() });
    const once = await signAssertion(credential, clock);
    const post = (assertion: string) =>
      raw.post(new URLSearchParams(formFor(credential, assertion)).toString());
    expect((await post(forged)).text).toContain('signature');
    expect((await post(once)).status).toBe(200);
    expect((await post(once)).text).toContain('nonce');
  });

  it.each<[string, (form: URLSearchParams) => void, number]>([
    ['an unknown client', (form) => form.set('client_id', 'x@localhost/ccc'), 401],
    ['another grant type', (form) => form.set('grant_type', 'password'), 400],
    ['another assertion type', (form) => form.set('client_assertion_type', 'jwt'), 400],
    ['no assertion', (form) => form.delete('client_assertion'), 400],
    ['a field twice', (form) => form.append('client_assertion_type', ASSERTION_TYPE), 400],
    ['a field too many', (form) => form.set('client_secret', 'x'), 400],
  ])('refuses a form with %s', async (_, change, status) => {
    const { credential } = sandbox;
    const form = new URLSearchParams(formFor(credential, await signAssertion(credential, clock)));
    change(form);
    expect((await raw.post(form.toString())).status).toBe(status);
  });

  it('refuses a body that is no form', async () => {
    expect((await raw.post('{}', 'application/json')).status).toBe(400);
  });

  it('misbehaves when told to, then recovers', async () => {
    sandbox.faults.token.add({ kind: 'reject' }, 1);
    sandbox.faults.token.add({ kind: 'status', status: 500 }, 1);
    await sandbox.control('faults/token', { kind: 'html' });
    expect((await raw.post('')).status).toBe(401);
    expect((await raw.post('')).status).toBe(500);
    expect(await raw.post('')).toMatchObject({ status: 200, type: 'text/html' });
    await expect(raw.token(sandbox.credential, clock)).resolves.toBeDefined();
  });
});

describe('the bearer token', () => {
  it('is needed for every call', async () => {
    expect((await refusal(raw.rpc('nonsense').hello(hello()))).code).toBe(Code.Unauthenticated);
  });

  it.each<[string, (pair: CredentialPair) => unknown]>([
    ['its time has come', () => (clock += 600_000)],
    ['its credential is revoked', ({ clientId }) => sandbox.revoke(clientId)],
    ['it was expired by control', () => sandbox.control('tokens/expire', {})],
  ])('stops working when %s', async (_, end) => {
    const client = await signIn();
    await client.getTask({ hostId: HOST });
    await end(sandbox.credential);
    expect((await refusal(client.getTask({ hostId: HOST }))).code).toBe(Code.Unauthenticated);
  });
});

describe('the validation rules', () => {
  it.each<[string, (hello: BatonServiceHelloRequest) => unknown]>([
    ['host_id', (message) => (message.hostId = '')],
    ['host_id', (message) => (message.hostId = 'x'.repeat(257))],
    ['task_id', (message) => (message.taskId = 'short')],
    ['connector_metadata', (message) => delete message.connectorMetadata],
    [
      'connector_metadata.display_name',
      ({ connectorMetadata }) => connectorMetadata && (connectorMetadata.displayName = ''),
    ],
    [
      'connector_metadata.help_url',
      ({ connectorMetadata }) => connectorMetadata && (connectorMetadata.helpUrl = 'http://x.com'),
    ],
    [
      'connector_metadata.capabilities.resource_type_capabilities[0].resource_type.id',
      ({ connectorMetadata }) => {
        const capabilities = connectorMetadata?.capabilities?.resourceTypeCapabilities ?? [];
        for (const { resourceType } of capabilities) if (resourceType) resourceType.id = '';
      },
    ],
    ['build_info.package', ({ buildInfo }) => buildInfo && (buildInfo.package = '')],
    ['os_info.kernel_arch', ({ osInfo }) => osInfo && (osInfo.kernelArch = '')],
    ['os_info', (message) => delete message.osInfo],
    [
      'annotations',
      (message) => (message.annotations = Array.from({ length: 17 }, () => create(AnySchema))),
    ],
  ])('refuse a Hello for its %s', async (field, change) => {
    const client = await signIn();
    const { code, rawMessage } = await refusal(client.hello(hello(change)));
    expect(code).toBe(Code.InvalidArgument);
    expect(rawMessage).toContain(`${field} `);
    expect(sandbox.violations()).toEqual([`Hello: ${rawMessage}`]);
  });

  it('accept a complete Hello without a word', async () => {
    await (await signIn()).hello(hello());
    expect(sandbox.violations()).toEqual([]);
    expect(sandbox.events('hello')[0]?.request.hostId).toBe(HOST);
  });
});

describe('the queue', () => {
  it('hands a task to one host, and says when to come back', async () => {
    const client = await signIn();
    const first = sandbox.enqueue('hello');
    sandbox.enqueue('action_status', { name: 'x' });
    const claimed = await client.getTask({ hostId: HOST });
    expect(claimed.task?.id).toBe(first);
    expect(first).toMatch(/^[0-9A-Za-z]{27}$/);
    expect(claimed.nextPoll?.nanos).toBe(100_000_000);
    const other = await client.getTask({ hostId: 'server' });
    expect(other.task?.taskType).toMatchObject({ case: 'actionStatus', value: { name: 'x' } });
    expect(other.nextPoll?.seconds).toBe(1n);
    expect((await client.getTask({ hostId: HOST })).task).toBeUndefined();
  });

  it('ends a hello task by the Hello that names it', async () => {
    const client = await signIn();
    const taskId = sandbox.enqueue('hello');
    await client.getTask({ hostId: HOST });
    await client.hello(hello((message) => (message.taskId = taskId)));
    expect(sandbox.tasks()[0]?.state).toBe('done');
  });

  it('runs one sync at a time, and gives up on a host that fell silent', async () => {
    const client = await signIn();
    const first = sandbox.enqueue('sync_full');
    const second = sandbox.enqueue('sync_full');
    await client.getTask({ hostId: HOST });
    expect((await client.getTask({ hostId: 'server' })).task).toBeUndefined();
    clock += 300_000;
    const later = await signIn();
    expect((await later.getTask({ hostId: 'server' })).task?.id).toBe(first);
    const { code } = await refusal(later.heartbeat({ hostId: HOST, taskId: first }));
    expect(code).toBe(Code.FailedPrecondition);
    expect(sandbox.tasks().find(({ id }) => id === second)?.state).toBe('queued');
  });

  it('keeps a task with the host that heartbeats, and tells it of a cancellation', async () => {
    const client = await signIn();
    const taskId = sandbox.enqueue('sync_full');
    await client.getTask({ hostId: HOST });
    expect((await client.heartbeat({ hostId: HOST, taskId })).cancelled).toBe(false);
    await sandbox.control('tasks/cancel', { id: taskId });
    const answer = await client.heartbeat({ hostId: HOST, taskId });
    expect(answer).toMatchObject({ cancelled: true, nextHeartbeat: { seconds: 10n } });
    expect(sandbox.tasks()[0]?.heartbeats).toBe(2);
  });

  it('delivers a task again on demand, and counts a repeated end once', async () => {
    const client = await signIn();
    const taskId = sandbox.enqueue('event_feed');
    await client.getTask({ hostId: HOST });
    sandbox.deliverAgain(taskId);
    expect((await client.getTask({ hostId: HOST })).task?.id).toBe(taskId);
    const error = { case: 'error' as const, value: { nonRetryable: true } };
    const end = { hostId: HOST, taskId, status: { code: 12, message: 'no' }, finalState: error };
    await client.finishTask(end);
    await client.finishTask(end);
    expect(sandbox.tasks()[0]).toMatchObject({
      state: 'failed',
      deliveries: 2,
      finishes: 2,
      outcome: { code: 12, nonRetryable: true },
    });
  });

  it('leaves next_poll out, or sets it far away, when told to', async () => {
    const client = await signIn();
    await sandbox.control('faults/poll', { nextPollMs: null });
    expect((await client.getTask({ hostId: HOST })).nextPoll).toBeUndefined();
    await sandbox.control('faults/poll', { nextPollMs: 3_600_000 });
    expect((await client.getTask({ hostId: HOST })).nextPoll?.seconds).toBe(3600n);
  });

  it('sends tasks without a kind and of a kind from the future', async () => {
    const client = await signIn();
    sandbox.enqueue('unset');
    sandbox.enqueue('unknown');
    const { tasks } = await client.getTasks({ hostId: HOST, pageSize: 10 });
    expect(tasks.map(({ taskType }) => taskType.case)).toEqual([undefined, undefined]);
    expect(tasks[1]?.$unknown?.[0]?.no).toBe(199);
  });

  it('queues a sync after the first Hello of a credential, unless told not to', async () => {
    const scheduled = await startC1Sandbox({ certificate, now: () => clock });
    const client = new RawClient(scheduled.origin, certificate.ca);
    const rpc = client.rpc((await client.token(scheduled.credential, clock)).access_token);
    await rpc.hello(hello());
    await rpc.hello(hello());
    expect(scheduled.tasks().map(({ kind }) => kind)).toEqual(['sync_full']);
    await client.close();
    await scheduled.close();
  });

  it('refuses success for a sync without an upload', async () => {
    const client = await signIn();
    const taskId = sandbox.enqueue('sync_full');
    await client.getTask({ hostId: HOST });
    const finalState = { case: 'success' as const, value: {} };
    const { code } = await refusal(client.finishTask({ hostId: HOST, taskId, finalState }));
    expect(code).toBe(Code.FailedPrecondition);
  });
});

describe('an upload', () => {
  let client: Client<typeof BatonService>;
  let taskId: string;
  beforeEach(async () => {
    client = await signIn();
    taskId = sandbox.enqueue('sync_full');
    await client.getTask({ hostId: HOST });
  });

  it.each<[string, string, (good: UploadMessage[]) => UploadMessage[]]>([
    ['no metadata', 'metadata in the first', ([, ...rest]) => rest],
    ['metadata twice', 'second time', ([first = {}, ...rest]) => [first, first, ...rest]],
    ['no data', 'data before eof', (good) => [...good.slice(0, 1), ...good.slice(-1)]],
    ['no end', 'ended before eof', (good) => good.slice(0, -1)],
    ['something after the end', 'follow eof', (good) => [...good, ...good.slice(-1)]],
    ['a chunk missing', 'SHA-256', ([first = {}, , ...rest]) => [first, ...rest]],
    ['an empty message', 'msg is required', ([first = {}, ...rest]) => [first, {}, ...rest]],
    [
      'an empty chunk',
      'data.data must have',
      ([first = {}, ...rest]) => [first, { msg: { case: 'data', value: {} } }, ...rest],
    ],
    [
      'a chunk above a mebibyte',
      'data.data must have',
      ([first = {}]) => [
        first,
        { msg: { case: 'data', value: { data: new Uint8Array(1_048_577) } } },
      ],
    ],
  ])('is refused with %s', async (_, why, change) => {
    const good = [...uploadOf(taskId, Buffer.alloc(2500, 'x'))];
    const { code, rawMessage } = await refusal(client.uploadAsset(sent(change(good))));
    expect(code).toBe(Code.InvalidArgument);
    expect(rawMessage).toContain(why);
    expect(sandbox.violations()).toEqual([`UploadAsset: ${rawMessage}`]);
    expect(sandbox.uploads()).toEqual([]);
  });

  it('is refused for a task of another host', async () => {
    const [first = {}] = uploadOf(sandbox.enqueue('sync_full'), Buffer.from('x'));
    const { code } = await refusal(client.uploadAsset(sent([first])));
    expect(code).toBe(Code.FailedPrecondition);
  });

  it('is cut after some bytes when told to, and accepted the next time', async () => {
    await sandbox.control('faults/upload', { afterBytes: 2000 });
    const bytes = await readFile(OFFICIAL);
    await refusal(client.uploadAsset(sent(uploadOf(taskId, bytes))));
    const fault = await sandbox.waitFor('fault');
    expect(fault.where).toContain('2000 bytes');
    await client.uploadAsset(sent(uploadOf(taskId, bytes)));
    expect(sandbox.uploads().map((upload) => upload.bytes)).toEqual([bytes.length]);
    expect(sandbox.violations()).toEqual([]);
  });

  it('of a log is told from a file by its content', async () => {
    const log = Buffer.from('{"event":"a"}\n{"event":"b"}\n');
    await client.uploadAsset(sent(uploadOf(taskId, log)));
    expect(sandbox.uploads()[0]?.content).toMatchObject({ kind: 'log', lines: { length: 2 } });
  });

  it('that is no good file is flagged, and the task can still be finished', async () => {
    await client.uploadAsset(sent(uploadOf(taskId, Buffer.from('C1Z3\0 something'))));
    const finalState = { case: 'success' as const, value: {} };
    await client.finishTask({ hostId: HOST, taskId, finalState });
    expect(sandbox.access()).toBeUndefined();
    expect(await page('/connectors/baton')).toContain('a .c1z of version 3');
  });
});

describe('the decoder', () => {
  const decoded = async (bytes: Uint8Array) => {
    await sync(await signIn(), bytes);
    const content = sandbox.uploads().at(-1)?.content;
    return content?.kind === 'access' ? content : expect.fail(`it is ${content?.kind ?? 'absent'}`);
  };

  it('reads the file that the official SDK wrote, which only lacks its end', async () => {
    const { sync, problems } = await decoded(await readFile(OFFICIAL));
    expect(problems).toEqual(['the sync is not finished']);
    expect(sync.syncId).toBe('3ARefY5G8eOytquwYgm41Nq07IZ');
    expect(sync.resourceTypes.map(({ id }) => id)).toEqual([
      'user',
      'group',
      'role',
      'scoped_role',
      'project',
    ]);
    expect(sync.resources).toHaveLength(79);
    expect(sandbox.access()).toBeUndefined();
  });

  it('finds nothing wrong with it once it is finished', async () => {
    const { problems, sync } = await decoded(await changeOfficialFile(OFFICIAL, finish));
    expect(problems).toEqual([]);
    expect(sync.grants).toHaveLength(1);
    expect(sandbox.access()).toEqual(sync);
  });

  it.each<[string, string, string]>([
    [
      'a column that contradicts its row',
      "UPDATE v1_resources SET resource_type_id = 'group' WHERE external_id = 'user:user-0000000'",
      'resource_type_id differs from its data',
    ],
    [
      'a grant whose entitlement is missing',
      'DELETE FROM v1_entitlements',
      "its entitlement isn't in the file",
    ],
    [
      'a grant whose principal is missing',
      "DELETE FROM v1_resources WHERE external_id = 'user:user-0000000'",
      "user:user-0000000 isn't in the file",
    ],
    [
      'resources without their type',
      "DELETE FROM v1_resource_types WHERE external_id = 'project'",
      "its resource type isn't in the file",
    ],
    [
      'a time in another form',
      "UPDATE v1_grants SET discovered_at = '2026-03-03T09:45:14Z'",
      'discovered_at',
    ],
    ['a missing index', 'DROP INDEX idx_grants_principal_id_v1', 'idx_grants_principal_id_v1'],
    [
      'a missing column',
      'ALTER TABLE v1_sync_runs DROP COLUMN linked_sync_id',
      'no column "linked_sync_id text!"',
    ],
    ['a partial sync', "UPDATE v1_sync_runs SET sync_type = 'partial'", 'partial, not full'],
    [
      'a user without its trait',
      "UPDATE v1_resources SET data = X'0A140A0475736572120C757365722D30303030303030' WHERE external_id = 'user:user-0000000'",
      'user:user-0000000: has no UserTrait',
    ],
  ])('flags %s', async (_, sql, problem) => {
    const bytes = await changeOfficialFile(OFFICIAL, finish, (database) => database.exec(sql));
    const { problems } = await decoded(bytes);
    expect(problems.join('\n')).toContain(problem);
    expect(sandbox.access()).toBeUndefined();
  });
});

describe('the faults of a call', () => {
  it('answer a code so many times', async () => {
    const client = await signIn();
    await sandbox.control('faults/rpc', { rpc: 'Hello', kind: 'code', code: 14, times: 2 });
    expect((await refusal(client.hello(hello()))).code).toBe(Code.Unavailable);
    expect((await refusal(client.hello(hello()))).code).toBe(Code.Unavailable);
    await expect(client.hello(hello())).resolves.toBeDefined();
  });

  it('drop the connection before or after the work', async () => {
    const client = await signIn();
    sandbox.faults.rpc('Hello').add({ kind: 'drop', when: 'before' }, 1);
    await refusal(client.hello(hello()));
    expect(sandbox.events('hello')).toHaveLength(0);
    sandbox.faults.rpc('Hello').add({ kind: 'drop', when: 'after' }, 1);
    await refusal(client.hello(hello()));
    expect(sandbox.events('hello')).toHaveLength(1);
    await expect(client.hello(hello())).resolves.toBeDefined();
  });

  it('let a caller wait until it gives up', async () => {
    const client = await signIn();
    sandbox.faults.rpc('GetTask').add({ kind: 'hang' }, 1);
    const aborter = new AbortController();
    const call = client.getTask({ hostId: HOST }, { signal: aborter.signal });
    const ended = refusal(call);
    await sandbox.waitFor('fault');
    aborter.abort();
    expect((await ended).code).toBe(Code.Canceled);
  });
});

describe('the pages', () => {
  it('show a new pair once on Rotate, and keep the old one until it is revoked', async () => {
    const old = sandbox.credential;
    const shown = await page('/connectors/baton/rotate', { method: 'POST' });
    const field = (label: string) => {
      const id = new RegExp(`<label for="([^"]+)">${label}</label>`).exec(shown)?.[1] ?? '';
      return new RegExp(`<input id="${id}" readonly value="([^"]+)"`).exec(shown)?.[1] ?? '';
    };
    const fresh = { clientId: field('Client ID'), clientSecret: field('Client secret') };
    expect(fresh.clientId).toMatch(/^[a-z]+-[a-z]+-\d{5}@localhost:\d+\/ccc$/);
    expect(await page('/connectors/baton/edit')).not.toContain(fresh.clientSecret);
    await expect(raw.token(fresh, clock)).resolves.toBeDefined();
    await expect(raw.token(old, clock)).resolves.toBeDefined();
    const body = new URLSearchParams({ clientId: old.clientId });
    await page('/connectors/baton/revoke', { method: 'POST', body });
    await expect(raw.token(old, clock)).rejects.toThrow();
    await expect(raw.token(fresh, clock)).resolves.toBeDefined();
  });

  it('name the app after the first Hello, with everything escaped', async () => {
    expect(await page('/apps')).toContain('>Baton<');
    await (await signIn()).hello(hello());
    const apps = await page('/apps');
    expect(apps).not.toContain('<i>');
    expect(apps).toMatch(/>Xero &(lt|#60);i&(gt|#62);</);
  });

  it('queue one sync for Sync now', async () => {
    await page('/connectors/baton/sync', { method: 'POST' });
    await page('/connectors/baton/sync', { method: 'POST' });
    expect(sandbox.tasks().map(({ kind }) => kind)).toEqual(['sync_full']);
  });

  it('show the accounts and entitlements of the last good upload', async () => {
    expect(await page('/apps/baton/accounts')).toContain('Nothing has been uploaded yet');
    await sync(await signIn(), await changeOfficialFile(OFFICIAL, finish));
    const accounts = await page('/apps/baton/accounts');
    expect(accounts.replace(/\s+/g, ' ')).toContain(
      '<td>User 0000000</td><td>user-0000000@example.com</td><td>Enabled</td>',
    );
    expect(accounts).toContain('<td>Role 0000000</td>');
    expect((await page('/apps/baton/entitlements')).replace(/\s+/g, ' ')).toContain(
      '<td>Assigned</td><td class="number">1</td>',
    );
  });
});

describe('control', () => {
  it('describes the state as JSON and waits for what is still to come', async () => {
    const waiting = sandbox.control('wait', { kind: 'finished' });
    const taskId = await sync(await signIn(), await changeOfficialFile(OFFICIAL, finish));
    expect(await waiting).toMatchObject({ kind: 'finished', task: { id: taskId, state: 'done' } });
    const state = JSON.stringify(await sandbox.control('state', {}));
    expect(JSON.parse(state)).toMatchObject({
      violations: [],
      uploads: [{ kind: 'access', problems: [], counts: { resources: 79, grants: 1 } }],
    });
    expect(state).not.toContain(sandbox.credential.clientSecret);
  });

  it('refuses unknown paths and bodies that do not fit', async () => {
    await expect(sandbox.control('nothing', {})).rejects.toThrow('no control');
    await expect(sandbox.control('tasks', { kind: 'nothing' })).rejects.toThrow('no kind');
    await expect(sandbox.control('faults/rpc', { rpc: 'Hello' })).rejects.toThrow();
  });
});

describe('the listeners', () => {
  it('answer on IPv4 by address too, and leave nothing listening after close', async () => {
    const { port } = new URL(sandbox.pages);
    expect((await fetch(`http://127.0.0.1:${port}/connectors`)).status).toBe(200);
    await sandbox.close();
    await expect(fetch(`http://127.0.0.1:${port}/connectors`)).rejects.toThrow();
    await expect(raw.post('')).rejects.toThrow();
  });
});
