import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { create, toBinary, toJsonString, type DescMessage, type MessageShape } from '@bufbuild/protobuf';
import { anyPack } from '@bufbuild/protobuf/wkt';
import { Code, createClient, createRouterTransport, type Transport } from '@connectrpc/connect';
import type { Declared } from '../../main/c1/capabilities.ts';
import { C1Client } from '../../main/c1/client.ts';
import type { HostFacts } from '../../main/c1/hello.ts';
import { refusal } from '../../main/c1/refusals.ts';
import type { TaskHandler } from '../../main/c1/task.ts';
import { resourceTypes } from '../../main/c1z/messages.ts';
import { systemClock } from '../../main/clock.ts';
import {
  BatonService,
  BatonServiceFinishTaskRequestSchema,
  BatonServiceGetTaskRequestSchema,
  BatonServiceGetTasksRequestSchema,
  BatonServiceHeartbeatRequestSchema,
  BatonServiceHelloRequestSchema,
  BatonServiceUploadAssetRequestSchema,
} from '../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { RateLimitDescriptionSchema } from '../../main/proto/gen/c1/connector/v2/annotation_pb.ts';
import { NEW_ACCOUNT_FIELDS } from '../../main/requests/new-account.ts';
import { succeed, type Result } from '../../shared/errors.ts';
import { KNOWN } from '../sandbox/c1/check.ts';
import { World } from '../sandbox/world.ts';
import { producedAnswers } from './produce-answers.ts';
import { modelOf } from './produce-files.ts';

const TASK = '3MWkH1qEsYYhmn3G8zN1cqD7zfh';
const FACTS: HostFacts = {
  hostId: 'b3ad4b5e-9d0e-4a4b-8a7c-0f2f7a1f8a11',
  hostname: 'front-desk',
  os: 'linux',
  platform: 'debian',
  platformVersion: '12.9',
  platformFamily: 'debian',
  kernelVersion: '6.1.0',
  kernelArch: 'x86_64',
  virtualizationSystem: 'kvm',
  langVersion: 'node v24.4.0',
  packageName: 'c1-xero',
  packageVersion: '0.1.0',
};
/** A machine that tells nothing of itself. */
const NOTHING: HostFacts = {
  hostId: '',
  hostname: '',
  os: '',
  platform: '',
  platformVersion: '',
  platformFamily: '',
  kernelVersion: '',
  kernelArch: '',
  virtualizationSystem: '',
  langVersion: '',
  packageName: '',
  packageVersion: '',
};
const done: TaskHandler = () => Promise.resolve({ kind: 'success' });
/** What a connector declares that does all that C1 may ask of this one. */
const ALL_REQUESTS: Declared = {
  resourceTypes: resourceTypes(),
  handlers: {
    syncFull: done,
    grant: done,
    revoke: done,
    createAccount: done,
    deleteResource: done,
  },
  newAccount: NEW_ACCOUNT_FIELDS,
};
/** One whole chunk and a bit. */
const UPLOAD_BYTES = 600 * 1024;

/**
 * Lets the core's client make each of its calls to a C1 that writes down what it got: message n
 * as `<n>-<full name>.bin`, and by the names of its fields in `<n>-<full name>.json`. The file
 * that was uploaded is `uploaded`.
 */
export async function produceMessages(folder: string): Promise<void> {
  await mkdir(folder);
  const written: Promise<void>[] = [];
  let count = 0;
  const record: Recorder = (schema, message) => {
    count += 1;
    const path = join(folder, `${String(count).padStart(2, '0')}-${schema.typeName}`);
    written.push(
      writeFile(`${path}.bin`, toBinary(schema, message)),
      writeFile(`${path}.json`, toJsonString(schema, message, { registry: KNOWN })),
    );
  };
  const transport = recordingTransport(record);
  const uploaded = join(folder, 'uploaded');
  await writeFile(uploaded, Buffer.alloc(UPLOAD_BYTES, 'c1'));
  await makeEveryCall(transport, uploaded);
  await Promise.all(written);
}

async function makeEveryCall(transport: Transport, uploaded: string): Promise<void> {
  const c1 = clientOf(transport, FACTS);
  const { signal } = new AbortController();
  const types = { resourceTypes: resourceTypes(), handlers: {} };
  expectDone(await c1.hello(types, ''));
  expectDone(await c1.hello(types, TASK));
  expectDone(await clientOf(transport, NOTHING).hello(types, ''));
  expectDone(await c1.hello(ALL_REQUESTS, ''));
  expectDone(await c1.getTask());
  // The core asks for one task at a time; this is the other way to ask.
  await createClient(BatonService, transport).getTasks({
    hostId: FACTS.hostId,
    pageSize: 3,
    knownTaskIds: [TASK],
  });
  expectDone(await c1.heartbeat(TASK));
  expectDone(await c1.uploadAsset(TASK, uploaded, () => undefined, signal));
  expectDone(await c1.finishTask(TASK, { kind: 'success' }));
  expectDone(await c1.finishTask(TASK, refusal('createResource')));
  expectDone(await c1.finishTask(TASK, refusal('grant')));
  const model = modelOf(new World({ now: () => 0 }));
  for (const { taskId, answer } of producedAnswers(model)) {
    expectDone(await c1.finishTask(taskId, answer));
  }
  expectDone(
    await c1.finishTask(TASK, {
      kind: 'failure',
      code: Code.ResourceExhausted,
      message: 'Xero’s limit is reached.',
      nonRetryable: false,
      details: [anyPack(RateLimitDescriptionSchema, create(RateLimitDescriptionSchema, { limit: 60n }))],
    }),
  );
}

function clientOf(transport: Transport, facts: HostFacts): C1Client {
  return new C1Client({
    connection: { transport, renew: nothing, reset: nothing, close: nothing },
    tokens: {
      authorization: () => Promise.resolve(succeed('Bearer token')),
      drop: () => undefined,
    },
    clock: systemClock,
    facts,
    userAgent: 'c1-xero',
  });
}

type Recorder = <S extends DescMessage>(schema: S, message: MessageShape<S>) => void;

function recordingTransport(record: Recorder): Transport {
  const answered = <S extends DescMessage>(schema: S) => (message: MessageShape<S>) => {
    record(schema, message);
    return {};
  };
  return createRouterTransport(({ service }) => {
    service(BatonService, {
      hello: answered(BatonServiceHelloRequestSchema),
      getTask: answered(BatonServiceGetTaskRequestSchema),
      getTasks: answered(BatonServiceGetTasksRequestSchema),
      heartbeat: answered(BatonServiceHeartbeatRequestSchema),
      finishTask: answered(BatonServiceFinishTaskRequestSchema),
      uploadAsset: async (messages) => {
        for await (const message of messages) record(BatonServiceUploadAssetRequestSchema, message);
        return {};
      },
    });
  });
}

function expectDone(result: Result<unknown>): void {
  if (!result.ok) throw new Error(result.failure.message);
}

function nothing(): void {
  // No connection is behind this transport.
}
