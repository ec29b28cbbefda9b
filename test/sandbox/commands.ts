import { z } from 'zod';
import type { C1Sandbox } from './c1/start.ts';
import type { UserManagement } from './user-management.ts';
import type { World } from './world.ts';
import { ENDPOINTS, type PlannedFault } from './xero/faults.ts';
import type { XeroSandbox } from './xero/sandbox.ts';

/** The parts that can be controlled from outside. */
export interface Controlled {
  readonly world: World;
  readonly xero: XeroSandbox;
  readonly c1: C1Sandbox;
}

/** Takes the body of a request; what it gives is the answer. Throws when the body doesn't fit. */
export type Command = (body: unknown) => unknown;

const DAY = 24 * 60 * 60 * 1000;

const Name = z.string().min(1);
/** An organisation by id or name, and a person by UserID, e-mail address or full name. */
const Place = z.object({ organisation: Name, person: Name });
const Details = z.object({
  firstName: z.string().exactOptional(),
  lastName: z.string().exactOptional(),
  email: z.email().exactOptional(),
  subscriber: z.boolean().exactOptional(),
});
const Fault = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('status'),
    status: z.int().min(200).max(599),
    retryAfter: z.number().min(0).optional(),
    problem: z.string().optional(),
    body: z.string().optional(),
  }),
  z.object({ kind: z.enum(['html', 'empty', 'truncated', 'hang', 'reset', 'answerLost']) }),
]);
const Planned = z.object({
  endpoint: z.enum(ENDPOINTS),
  fault: Fault,
  /** `always` is until faults are cleared. */
  times: z.union([z.int().positive(), z.literal('always')]).default(1),
  organisation: Name.optional(),
});

/** The commands by path; `product.md` §7's control endpoint, apart from C1's own. */
export function commandsFor({ world, xero }: Controlled): ReadonlyMap<string, Command> {
  return new Map([
    [
      'world/add-person',
      command(
        Details.extend({ organisation: Name, role: Name, personId: z.uuid().optional() }),
        ({ organisation, ...person }) => world.addPerson(organisation, person),
      ),
    ],
    [
      'world/change-role',
      command(Place.extend({ role: Name }), ({ organisation, person, role }) =>
        world.changeRole(organisation, person, role),
      ),
    ],
    [
      'world/change-details',
      command(Place.extend({ details: Details }), ({ organisation, person, details }) =>
        world.changeDetails(organisation, person, details),
      ),
    ],
    [
      'world/remove-person',
      command(
        Place.extend({ afterwards: z.enum(['gone', 'listed']).optional() }),
        ({ organisation, person, afterwards }) =>
          world.removePerson(organisation, person, afterwards),
      ),
    ],
    [
      'world/restore-person',
      command(Place.extend({ role: Name.optional() }), ({ organisation, person, role }) =>
        world.restorePerson(organisation, person, role),
      ),
    ],
    [
      'world/hide-global-ids',
      command(Place.partial(), ({ organisation, person }) =>
        world.hideGlobalIds(organisation, person),
      ),
    ],
    [
      'world/hide-tenant-name',
      command(z.object({ organisation: Name }), ({ organisation }) =>
        world.hideTenantName(organisation),
      ),
    ],
    [
      'world/set-state',
      command(
        z.object({
          organisation: Name,
          status: Name.exactOptional(),
          refuses: z.enum(['nothing', 'users', 'everything']).exactOptional(),
        }),
        ({ organisation, ...state }) => world.setState(organisation, state),
      ),
    ],
    ['world/reverse-order', () => world.reverseOrder()],
    ['xero/fail', command(Planned, (planned) => xero.fail(faultFor(world, planned)))],
    ['xero/clear-faults', () => xero.clearFaults()],
    [
      'xero/disconnect',
      command(z.object({ organisation: Name }), ({ organisation }) =>
        xero.disconnect(organisation),
      ),
    ],
    [
      'xero/reset-demo',
      command(
        z.object({
          organisation: Name,
          afterwards: z.enum(['disconnected', 'connected']).optional(),
        }),
        ({ organisation, afterwards }) => xero.resetDemo(organisation, afterwards),
      ),
    ],
    [
      'xero/connect-practice',
      command(z.object({ name: Name }), ({ name }) => {
        for (const app of [xero.desktopApp, xero.webApp]) xero.connectPractice(app, name);
      }),
    ],
    ...usersCommands(xero.users),
    ['xero/expire-access-tokens', () => xero.expireAccessTokens()],
    [
      'xero/age-refresh-tokens',
      command(z.object({ days: z.number().positive() }), ({ days }) =>
        xero.ageRefreshTokens(days * DAY),
      ),
    ],
    /** A refresh token of its own for each program that is to run: they rotate. */
    ['xero/consent', () => ({ refreshToken: xero.consent(xero.webApp) })],
    ['xero/requests', () => xero.requests()],
  ]);
}

/** What people do on Xero's own Users page, for tests without a browser. */
function usersCommands(users: UserManagement): readonly [string, Command][] {
  return [
    [
      'xero/invite',
      command(
        z.object({
          organisation: Name,
          firstName: z.string().default(''),
          lastName: z.string().default(''),
          email: z.email(),
          role: Name,
        }),
        ({ organisation, ...invited }) => users.invite(organisation, invited),
      ),
    ],
    [
      'xero/accept',
      command(z.object({ invitation: Name }), ({ invitation }) => {
        const { userId } = users.accept(invitation);
        return { userId };
      }),
    ],
    [
      'xero/pending',
      command(z.object({ organisation: Name }), (at) => users.pending(at.organisation)),
    ],
    [
      'xero/change-role',
      command(Place.extend({ role: Name }), ({ organisation, person, role }) =>
        users.changeRole(organisation, person, role),
      ),
    ],
    [
      'xero/remove',
      command(
        Place.extend({ afterwards: z.enum(['gone', 'listed']).optional() }),
        ({ organisation, person, afterwards }) => users.remove(organisation, person, afterwards),
      ),
    ],
    [
      'xero/reinvited',
      command(z.object({ get: z.enum(['oldUserId', 'newUserId']) }), ({ get }) => {
        users.reinvited = get;
      }),
    ],
  ];
}

function command<S extends z.ZodType>(shape: S, run: (body: z.infer<S>) => unknown): Command {
  return (body) => run(shape.parse(body));
}

function faultFor(world: World, planned: z.infer<typeof Planned>): PlannedFault {
  const { endpoint, fault, times, organisation } = planned;
  return {
    endpoint,
    fault,
    times: times === 'always' ? Infinity : times,
    ...(organisation !== undefined && { organisationId: world.organisation(organisation).id }),
  };
}
