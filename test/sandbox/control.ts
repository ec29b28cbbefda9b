import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { commandsFor, type Command, type Controlled } from './commands.ts';
import { listenOnLoopback, type LoopbackServer } from './listen.ts';

/**
 * Lets another process turn the sandbox's knobs. POST `<path>` with a JSON body
 * runs a command and answers with what it gives, `{}` for nothing; GET `/state`
 * counts what there is; GET `/` lists the paths, those of the C1 half below
 * `c1/`. A command that can't be carried out answers 400 with `error`.
 */
export async function startControl(controlled: Controlled, port: number): Promise<LoopbackServer> {
  const commands = commandsFor(controlled);
  return listenOnLoopback((incoming, response) => {
    answer(controlled, commands, incoming).then(
      (value) => send(response, 200, value ?? {}),
      (error: unknown) =>
        send(response, 400, { error: error instanceof Error ? error.message : 'refused' }),
    );
  }, port);
}

async function answer(
  controlled: Controlled,
  commands: ReadonlyMap<string, Command>,
  incoming: IncomingMessage,
): Promise<unknown> {
  const path = (incoming.url ?? '/').slice(1);
  if (incoming.method === 'GET' && path === '') {
    const ofC1 = controlled.c1.controls().map((name) => `c1/${name}`);
    return { commands: [...commands.keys(), ...ofC1] };
  }
  if (incoming.method === 'GET' && path === 'state') return describe(controlled);
  if (incoming.method !== 'POST') throw new Error('commands are POSTed');
  const sent = await text(incoming);
  const body: unknown = sent === '' ? {} : JSON.parse(sent);
  if (path.startsWith('c1/')) return controlled.c1.control(path.slice('c1/'.length), body);
  const command = commands.get(path);
  if (command === undefined) throw new Error(`there is no command "${path}"`);
  return command(body);
}

async function describe({ world, xero, c1 }: Controlled): Promise<unknown> {
  const requests: Record<string, number> = {};
  for (const { endpoint } of xero.requests()) requests[endpoint] = (requests[endpoint] ?? 0) + 1;
  return {
    organisations: world.organisations.map(({ id, name, users }) => ({
      id,
      name,
      people: users.length,
      connections: [xero.desktopApp, xero.webApp].flatMap((app) =>
        xero.connections(app).filter(({ tenantId }) => tenantId === id),
      ).length,
    })),
    requests,
    c1: await c1.control('state', {}),
  };
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}
