import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeOrganisation, describeUser } from '../sandbox/xero/accounting.ts';
import { World } from '../sandbox/world.ts';
import { ORGANISATIONS, SEED } from './goals.ts';

/**
 * The sandbox's Xero in a process of its own, `xero.ts <accounts> [<organisations>]`: its answers are
 * made before it is asked, and its limits left out, so that its work isn't measured. Says its
 * address; told anything, says how many calls there were since it was last told something.
 */

const [accounts, organisations = ORGANISATIONS] = process.argv.slice(2).map(Number);
const world = new World({ seed: SEED, orgs: organisations, users: accounts ?? 1 });
const answers = new Map(
  world.organisations.map((each) => [
    each.id,
    {
      organisation: bytes({ Organisations: [describeOrganisation(each)] }),
      users: bytes({ Users: each.users.map(describeUser) }),
    },
  ]),
);
const connections = bytes(
  world.organisations.map(({ id, name }) => ({
    id: `connection-${id}`,
    tenantId: id,
    tenantType: 'ORGANISATION',
    tenantName: name,
  })),
);

let calls = 0;
const server = createServer((request, response) => {
  calls += 1;
  const path = request.url ?? '';
  if (path.endsWith('/connections')) return answer(response, connections);
  const organisation = answers.get(String(request.headers['xero-tenant-id']));
  return answer(
    response,
    path.endsWith('/Users') ? organisation?.users : organisation?.organisation,
  );
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://127.0.0.1:${port}`);
});
process.on('message', () => {
  process.send?.(calls);
  calls = 0;
});
process.once('disconnect', () => process.exit());

function answer(response: ServerResponse, body: Buffer | undefined): void {
  response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
  response.end(body);
}

function bytes(content: unknown): Buffer {
  return Buffer.from(JSON.stringify(content));
}
