import { RefusedByXero } from '../user-management.ts';
import type { SandboxOrganisation, SandboxUser } from '../world.ts';
import { redirect, type Answer, type Handler, type XeroRequest } from './http.ts';
import type { XeroState } from './state.ts';
import {
  chooserPage,
  invitationPage,
  invitePage,
  notHerePage,
  personPage,
  removePage,
  USERS_PATHS,
  usersAddress,
  usersPage,
} from './users-page.ts';

interface UsersRoute {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly handle: Handler;
}

/** The pages where a person changes who may use an organisation. Whoever comes is its admin. */
export function usersRoutes(xero: XeroState): readonly UsersRoute[] {
  const { world, users } = xero;
  const route = (method: UsersRoute['method'], path: string, handle: Handler): UsersRoute => ({
    method,
    path: new RegExp(`^${path.replaceAll('.', '\\.')}$`, 'i'),
    handle,
  });
  const find = (parameters: URLSearchParams) =>
    world.organisations.find(({ id }) => id === parameters.get('organisation'));

  /** For one organisation of the address or the form. */
  const within =
    (work: (organisation: SandboxOrganisation, request: XeroRequest) => Answer): Handler =>
    (request) => {
      const organisation = find(request.url.searchParams) ?? find(request.form);
      return organisation === undefined
        ? chooserPage(world.organisations)
        : work(organisation, request);
    };
  /** For one of its people. */
  const about = (
    work: (organisation: SandboxOrganisation, user: SandboxUser, request: XeroRequest) => Answer,
  ): Handler =>
    within((organisation, request) => {
      const wanted = request.url.searchParams.get('user') ?? request.form.get('user');
      const user = organisation.users.find(({ userId }) => userId === wanted);
      if (user === undefined) return notHerePage('They’re no user of this organisation.');
      return work(organisation, user, request);
    });

  return [
    route('GET', '/organisationlogin/default.aspx', (request) => enter(xero, request)),
    route(
      'GET',
      USERS_PATHS.users,
      within((organisation, { url }) => {
        const search = url.searchParams.get('search') ?? '';
        return usersPage(organisation, users.pending(organisation.id), search);
      }),
    ),
    route(
      'GET',
      USERS_PATHS.invite,
      within((organisation) => invitePage(organisation, null)),
    ),
    route(
      'POST',
      USERS_PATHS.invite,
      within((organisation, { form }) => {
        const [firstName = '', lastName = '', email = '', role = ''] = [
          'firstName',
          'lastName',
          'email',
          'role',
        ].map((name) => form.get(name)?.trim());
        return orRefused(
          organisation,
          () => users.invite(organisation.id, { firstName, lastName, email, role }),
          (why) => invitePage(organisation, why),
        );
      }),
    ),
    route(
      'GET',
      USERS_PATHS.person,
      about((organisation, user) => personPage(organisation, user, null)),
    ),
    route(
      'POST',
      USERS_PATHS.person,
      about((organisation, user, { form }) =>
        orRefused(
          organisation,
          () => users.changeRole(organisation.id, user.userId, form.get('role') ?? ''),
          (why) => personPage(organisation, user, why),
        ),
      ),
    ),
    route(
      'GET',
      USERS_PATHS.remove,
      about((organisation, user) => removePage(organisation, user, null)),
    ),
    route(
      'POST',
      USERS_PATHS.remove,
      about((organisation, user) =>
        orRefused(
          organisation,
          () => users.remove(organisation.id, user.userId),
          (why) => removePage(organisation, user, why),
        ),
      ),
    ),
    route('GET', USERS_PATHS.invitation, ({ url }) => showInvitation(xero, url)),
    route('POST', USERS_PATHS.invitation, ({ form }) => accept(xero, form.get('id') ?? '')),
  ];
}

/** The link that lands in one organisation, by its short code (xero.md §5). */
function enter({ users }: XeroState, { url }: XeroRequest): Answer {
  const organisation = users.organisationWith(url.searchParams.get('shortcode') ?? '');
  const wanted = url.searchParams.get('redirecturl') ?? '/';
  if (wanted.toLowerCase() !== USERS_PATHS.users.toLowerCase()) return redirect('/');
  return redirect(organisation === undefined ? USERS_PATHS.users : usersAddress(organisation.id));
}

function showInvitation({ world, users }: XeroState, url: URL): Answer {
  const invitation = users.invitation(url.searchParams.get('id') ?? '');
  return invitation === undefined
    ? notHerePage('This invitation is no longer open.')
    : invitationPage(invitation, world.organisation(invitation.organisationId).name);
}

function accept({ users }: XeroState, id: string): Answer {
  const invitation = users.invitation(id);
  if (invitation === undefined) return notHerePage('This invitation is no longer open.');
  users.accept(id);
  return redirect(usersAddress(invitation.organisationId));
}

/** Does it and shows the list, or shows the page again with why Xero refused. */
function orRefused(
  { id }: SandboxOrganisation,
  work: () => unknown,
  again: (why: string) => Answer,
): Answer {
  try {
    work();
    return redirect(usersAddress(id));
  } catch (error) {
    if (!(error instanceof RefusedByXero)) throw error;
    return again(error.message);
  }
}
