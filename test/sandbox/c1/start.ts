import { mkdtemp, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContextValues, type ConnectRouter } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { listenOnLoopback } from '../listen.ts';
import { connectionOf } from './connection.ts';
import { controls } from './control.ts';
import { Credentials } from './credentials.ts';
import type { DecodedSync } from './decode.ts';
import { Faults } from './faults.ts';
import { Journal, type EventKind } from './journal.ts';
import { listenSecurely } from './listen-securely.ts';
import { answerPage } from './pages.ts';
import { TaskQueue } from './queue.ts';
import { RequestDesk } from './request-desk.ts';
import type { C1Sandbox, C1SandboxOptions } from './sandbox.ts';
import { batonRoutes, connectionKey } from './service.ts';
import { TokenEndpoint, type AnyResponse } from './tokens.ts';
import type { Upload } from './uploads.ts';
import { Wire } from './wire.ts';

export type { C1Sandbox, C1SandboxOptions } from './sandbox.ts';

const SERVICE = '/c1.connectorapi.baton.v1.BatonService/';
const UNIMPLEMENTED = { 'content-type': 'application/grpc', 'grpc-status': '12' };

/** Starts a C1 on loopback: token endpoint and BatonService on one TLS port, pages on a plain one. */
export async function startC1Sandbox(options: C1SandboxOptions): Promise<C1Sandbox> {
  const now = options.now ?? Date.now;
  const folder = await mkdtemp(join(tmpdir(), 'c1-sandbox-'));
  const journal = new Journal(now);
  const faults = new Faults();
  const uploads: Upload[] = [];
  const queue = new TaskQueue({ now, timeoutMs: options.taskTimeoutMs ?? 300_000 });
  queue.life = { ...queue.life, ...options.requestLife };
  const secure = await listenSecurely(options.certificate, options.port ?? 0);
  // The pages' address is part of what they show, so they listen before there is anything to show.
  let showPage: RequestListener = () => undefined;
  const plain = await listenOnLoopback((...call) => showPage(...call), options.pagesPort ?? 0);
  const host = `localhost:${secure.port}`;
  const credentials = new Credentials(host, now);
  const tokens = new TokenEndpoint({
    credentials,
    faults,
    journal,
    now,
    lifetime: options.tokenSeconds ?? 600,
  });
  const wire = new Wire(secure, (what) => {
    queue.forgiveRepeats();
    journal.record({ kind: 'fault', where: `wire ${what}` });
  });
  const violations = () => journal.all('violation').map(({ rpc, problem }) => `${rpc}: ${problem}`);
  const asked = {
    enqueue: (kind: string, body?: unknown, debug?: boolean) => queue.enqueue(kind, body, debug),
    access: () => shown(uploads, queue),
    events: <K extends EventKind>(kind: K) => journal.all(kind),
  };
  const sandbox: C1Sandbox = {
    ...asked,
    desk: new RequestDesk(asked),
    setRequestLife: (change) => (queue.life = { ...queue.life, ...change }),
    stopWaiting: (id) => queue.stopWaiting(id),
    origin: `https://${host}`,
    host,
    pages: plain.origin,
    credential: credentials.rotate(),
    faults,
    wire,
    cancel: (id) => queue.cancel(id),
    deliverAgain: (id) => queue.deliverAgain(id),
    tasks: () => queue.all(),
    uploads: () => uploads,
    rotate: () => credentials.rotate(),
    revoke: (clientId) => credentials.revoke(clientId),
    credentials: () => credentials.all(),
    expireTokens: () => tokens.expireAll(),
    secrets: () => [...credentials.secrets(), ...tokens.issued()],
    waitFor: (kind, matches) => journal.waitFor(kind, matches),
    violations,
    control: async (path, body) => {
      const command = commands.get(path);
      if (command === undefined) throw new Error(`There is no control ${path}.`);
      return (await command.run(body)) ?? {};
    },
    controls: () => [...commands.keys()],
    close: async () => {
      journal.close();
      wire.close();
      await Promise.all([secure.close(), plain.close()]);
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  const commands = controls(sandbox, faults);
  const grpc = grpcHandler(
    plain.origin,
    batonRoutes({
      tokens,
      queue,
      uploads,
      journal,
      faults,
      folder,
      now,
      pace: {
        idlePollMs: options.idlePollMs ?? 1000,
        busyPollMs: options.busyPollMs ?? 100,
        heartbeatMs: options.heartbeatMs ?? 10_000,
      },
      greeted: () => {
        if (options.autoSync ?? true) queue.enqueue('sync_full');
      },
    }),
  );
  secure.serve((request, response) => {
    if (request.url === '/auth/v1/token')
      tokens.answer(request, response).catch((error: unknown) => fail(response, error));
    else grpc(request, response);
  });
  showPage = (request, response) => {
    answerPage(sandbox, request, response).catch((error: unknown) => fail(response, error));
  };
  return sandbox;
}

/** gRPC alone; a browser that strays here is sent to the pages. */
function grpcHandler(
  pages: string,
  routes: (router: ConnectRouter) => void,
): ReturnType<typeof connectNodeAdapter> {
  return connectNodeAdapter({
    connect: false,
    grpcWeb: false,
    readMaxBytes: 4 * 1024 * 1024,
    contextValues: (request) => createContextValues().set(connectionKey, connectionOf(request)),
    fallback: (request, response) => {
      if (request.url?.startsWith(SERVICE)) response.writeHead(200, UNIMPLEMENTED);
      else response.writeHead(302, { location: pages });
      response.end();
    },
    routes,
  });
}

function shown(uploads: readonly Upload[], queue: TaskQueue): DecodedSync | undefined {
  const good = uploads.flatMap(({ taskId, content }) =>
    content.kind === 'access' &&
    content.sync.type === 'full' &&
    content.problems.length === 0 &&
    queue.find(taskId)?.state === 'done'
      ? [content.sync]
      : [],
  );
  return good.at(-1);
}

/** A bug of the sandbox, or a caller that hung up; the former shows in the answer. */
function fail(response: AnyResponse, error: unknown): void {
  response.statusCode = 500;
  response.end(error instanceof Error ? error.message : 'failed');
}
