import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { World, type SandboxOrganisation } from '../sandbox/world.ts';
import { ORGANISATIONS, SEED } from './goals.ts';

/** A Xero of its own process, so that its work isn't counted: `xero.ts <accounts>`. Says its address. */

const accounts = Number(process.argv[2]);
const { organisations } = new World({ seed: SEED, orgs: ORGANISATIONS, users: accounts });
const answers = new Map(organisations.map((each) => [each.id, answersOf(each)]));
const connections = JSON.stringify(
  organisations.map(({ id, name }) => ({
    id: `connection-${id}`,
    tenantId: id,
    tenantType: 'ORGANISATION',
    tenantName: name,
  })),
);

const server = createServer((request, response) => {
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
process.once('disconnect', () => process.exit());

function answer(response: ServerResponse, body: string | undefined): void {
  response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
  response.end(body);
}

/** As Xero writes them (xero.md §4). */
function answersOf({ id, name, shortCode, demo, users }: SandboxOrganisation) {
  return {
    organisation: JSON.stringify({
      Organisations: [
        { OrganisationID: id, Name: name, ShortCode: shortCode, IsDemoCompany: demo },
      ],
    }),
    users: JSON.stringify({
      Users: users.map((user) => ({
        UserID: user.userId,
        GlobalUserID: user.personId,
        EmailAddress: user.email,
        FirstName: user.firstName,
        LastName: user.lastName,
        UpdatedDateUTC: `/Date(${user.updatedAt}+0000)/`,
        IsSubscriber: user.subscriber,
        OrganisationRole: user.role,
      })),
    }),
  };
}
