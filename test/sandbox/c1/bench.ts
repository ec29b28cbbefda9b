import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { ConnectError, type Client } from '@connectrpc/connect';
import {
  BatonServiceHelloRequestSchema,
  type BatonService,
  type BatonServiceHelloRequest,
  type BatonServiceUploadAssetRequestSchema,
} from '../../../main/proto/gen/c1/connectorapi/baton/v1/baton_pb.ts';
import { makeCertificate } from '../certificate.ts';
import type { CredentialPair } from './credentials.ts';
import { RawClient } from './raw-client.ts';
import type { C1Sandbox, C1SandboxOptions } from './sandbox.ts';
import { startC1Sandbox } from './start.ts';

/** What the tests of the sandbox itself share. */

export type UploadMessage = MessageInitShape<typeof BatonServiceUploadAssetRequestSchema>;
type Service = Client<typeof BatonService>;

export const OFFICIAL = 'test/fixtures/official-sdk-v1.c1z';
export const START = Date.parse('2026-11-23T10:00:00Z');
export const HOST = 'laptop';

/** A sandbox with a clock turned by hand, and a raw client that trusts it. */
export class Bench {
  readonly sandbox: C1Sandbox;
  readonly raw: RawClient;
  /** Who signed the sandbox's certificate. */
  readonly ca: string;
  readonly #time: { now: number };

  private constructor(sandbox: C1Sandbox, ca: string, time: { now: number }) {
    this.sandbox = sandbox;
    this.raw = new RawClient(sandbox.origin, ca);
    this.ca = ca;
    this.#time = time;
  }

  static async open(options: Partial<C1SandboxOptions> = {}): Promise<Bench> {
    const certificate = await makeCertificate(Date.now());
    const time = { now: START };
    const now = () => time.now;
    const sandbox = await startC1Sandbox({ certificate, now, autoSync: false, ...options });
    return new Bench(sandbox, certificate.ca, time);
  }

  get clock(): number {
    return this.#time.now;
  }

  set clock(now: number) {
    this.#time.now = now;
  }

  async signIn(pair: CredentialPair = this.sandbox.credential): Promise<Service> {
    return this.raw.rpc((await this.raw.token(pair, this.clock)).access_token);
  }

  /** Uploads for a fresh sync and ends it well; returns the task's id. */
  async sync(client: Service, bytes: Uint8Array): Promise<string> {
    const taskId = this.sandbox.enqueue('sync_full');
    await client.getTask({ hostId: HOST });
    await client.uploadAsset(sent(uploadOf(taskId, bytes)));
    await client.finishTask({ hostId: HOST, taskId, finalState: { case: 'success', value: {} } });
    return taskId;
  }

  async page(path: string, init?: RequestInit): Promise<string> {
    return (await fetch(`${this.sandbox.pages}${path}`, init)).text();
  }

  async close(): Promise<void> {
    await this.raw.close();
    await this.sandbox.close();
  }
}

/** The error that a call ends with; fails when it doesn't. */
export async function refusal(call: Promise<unknown>): Promise<ConnectError> {
  return call.then(
    () => {
      throw new Error('The call was accepted.');
    },
    (error: unknown) => ConnectError.from(error),
  );
}

/** A complete Hello, after the change. */
export function hello(change: (hello: BatonServiceHelloRequest) => unknown = () => undefined) {
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

export function* uploadOf(taskId: string, bytes: Uint8Array): Generator<UploadMessage> {
  yield { msg: { case: 'metadata', value: { hostId: HOST, taskId } } };
  for (let at = 0; at < bytes.length; at += 1000) {
    yield { msg: { case: 'data', value: { data: bytes.subarray(at, at + 1000) } } };
  }
  const sha256Checksum = createHash('sha256').update(bytes).digest();
  yield { msg: { case: 'eof', value: { sha256Checksum } } };
}

export async function* sent(messages: Iterable<UploadMessage>): AsyncIterable<UploadMessage> {
  for (const message of messages) {
    await setImmediate();
    yield message;
  }
}
