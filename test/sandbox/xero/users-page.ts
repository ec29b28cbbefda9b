import { XERO_ROLES } from '../../../shared/words.ts';
import { html, type Html } from '../html.ts';
import { CHOOSABLE_ROLES, type Invitation } from '../user-management.ts';
import type { SandboxOrganisation, SandboxUser } from '../world.ts';
import type { Answer } from './http.ts';
import { page } from './page.ts';

/** Xero's pages for who may use an organisation, in the words of xero.md §5. */
export const USERS_PATHS = {
  users: '/Settings/Users',
  invite: '/Settings/Users/Invite',
  person: '/Settings/Users/Person',
  remove: '/Settings/Users/Remove',
  invitation: '/Invitation',
} as const;

/** People shown at once: a page with 100,000 rows helps nobody. */
const SHOWN = 50;

/** Where the users of an organisation are listed. */
export function usersAddress(organisationId: string): string {
  return address(USERS_PATHS.users, { organisation: organisationId });
}

/** Where an admin comes in who named no organisation. */
export function chooserPage(organisations: readonly SandboxOrganisation[]): Answer {
  return page(
    'Users',
    html`<h1>Users</h1>
      <p>Of which organisation?</p>
      <ul>
        ${organisations.map(
          ({ id, name }) => html`<li><a href="${usersAddress(id)}">${name}</a></li> `,
        )}
      </ul>`,
  );
}

/** Who may use the organisation, and who was invited. */
export function usersPage(
  organisation: SandboxOrganisation,
  pending: readonly Invitation[],
  search: string,
): Answer {
  const { id, name, users } = organisation;
  const found = users.filter(
    (user) =>
      user.role !== 'REMOVED' &&
      `${fullName(user)} ${user.email ?? ''}`.toLowerCase().includes(search.toLowerCase()),
  );
  return page(
    `Users of ${name}`,
    html`<h1>Users</h1>
      <p class="soft">${name}</p>
      <p><a href="${address(USERS_PATHS.invite, { organisation: id })}">Invite a user</a></p>
      <form method="get" action="${USERS_PATHS.users}">
        <input type="hidden" name="organisation" value="${id}" />
        <label for="search">Search</label>
        <input id="search" name="search" type="search" value="${search}" />
      </form>
      ${peopleTable(
        `Current users: ${found.length}${found.length > SHOWN ? `, the first ${SHOWN}` : ''}`,
        found
          .slice(0, SHOWN)
          .map((user) => [
            html`<a href="${address(USERS_PATHS.person, { organisation: id, user: user.userId })}"
              >${fullName(user) || (user.email ?? 'No name')}</a
            >`,
            user.email ?? '',
            html`${roleWords(user.role)}${user.subscriber ? ' (subscriber)' : ''}`,
          ]),
      )}
      ${pending.length === 0 ? null : pendingTable(pending)}`,
    { wide: true },
  );
}

/** Where an invitation is written; `refused` says why Xero didn't send it. */
export function invitePage({ id, name }: SandboxOrganisation, refused: string | null): Answer {
  return page(
    'Invite a user',
    html`<h1>Invite a user</h1>
      <p class="soft">${name}</p>
      ${alert(refused)}
      <form method="post" action="${USERS_PATHS.invite}">
        <input type="hidden" name="organisation" value="${id}" />
        ${field('firstName', 'First name', 'text')} ${field('lastName', 'Last name', 'text')}
        ${field('email', 'Email', 'email')} ${roleChoice('')}
        <div class="actions"><button class="main" type="submit">Send invite</button></div>
      </form>`,
    { status: refused === null ? 200 : 400 },
  );
}

/** One person's role; `refused` says why Xero didn't change it. */
export function personPage(
  { id, name }: SandboxOrganisation,
  user: SandboxUser,
  refused: string | null,
): Answer {
  const here = { organisation: id, user: user.userId };
  const removal = html`<p><a href="${address(USERS_PATHS.remove, here)}">Remove</a></p>`;
  const kept = html`<p>The subscriber can’t be removed before the subscription is transferred.</p>`;
  return page(
    fullName(user),
    html`<h1>${fullName(user) || (user.email ?? 'No name')}</h1>
      <p class="soft">${name}${user.email === undefined ? '' : ` · ${user.email}`}</p>
      <p>Role: <strong>${roleWords(user.role)}</strong></p>
      ${alert(refused)}
      <form method="post" action="${USERS_PATHS.person}">
        ${hidden(here)} ${roleChoice(user.role)}
        <div class="actions"><button class="main" type="submit">Update permissions</button></div>
      </form>
      <h2>Access</h2>
      ${user.subscriber ? kept : removal}`,
    { status: refused === null ? 200 : 400 },
  );
}

/** Asks once more before somebody loses their access. */
export function removePage(
  { id, name }: SandboxOrganisation,
  user: SandboxUser,
  refused: string | null,
): Answer {
  const here = { organisation: id, user: user.userId };
  return page(
    `Remove ${fullName(user)}`,
    html`<h1>Remove ${fullName(user)} from ${name}?</h1>
      ${alert(refused)}
      <form method="post" action="${USERS_PATHS.remove}">
        ${hidden(here)}
        <div class="actions"><button class="main" type="submit">Confirm</button></div>
      </form>
      <p><a href="${address(USERS_PATHS.person, here)}">Back</a></p>`,
    { status: refused === null ? 200 : 400 },
  );
}

/** What the invited person sees. */
export function invitationPage({ id, firstName, role }: Invitation, organisation: string): Answer {
  return page(
    'You’ve been invited',
    html`<h1>Hi ${firstName}, you’ve been invited to ${organisation}</h1>
      <p>Your role will be ${roleWords(role)}.</p>
      <form method="post" action="${USERS_PATHS.invitation}">
        ${hidden({ id })}
        <div class="actions"><button class="main" type="submit">Accept invitation</button></div>
      </form>`,
  );
}

/** An invitation that is open no more, or a page that isn't there. */
export function notHerePage(why: string): Answer {
  return page(
    'Sorry',
    html`<h1>Sorry, that’s not here</h1>
      <p>${why}</p>`,
    { status: 404 },
  );
}

function pendingTable(pending: readonly Invitation[]): Html {
  return peopleTable(
    `Pending: ${pending.length}`,
    pending.map((one) => [
      html`${fullName(one)}
        <a href="${address(USERS_PATHS.invitation, { id: one.id })}"
          >Accept as ${fullName(one)}</a
        >`,
      one.email,
      roleWords(one.role),
    ]),
  );
}

function peopleTable(caption: string, rows: readonly (readonly (string | Html)[])[]): Html {
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">Email</th>
        <th scope="col">Role</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell) => html`<td>${cell}</td>`)}
          </tr> `,
      )}
    </tbody>
  </table>`;
}

function roleChoice(chosen: string): Html {
  return html`<fieldset>
    <legend>Business and accounting</legend>
    ${CHOOSABLE_ROLES.map(
      ({ xero, name }) =>
        html`<label
          ><input
            type="radio"
            name="role"
            value="${xero}"
            required
            ${xero === chosen ? html`checked` : null}
          />
          ${name}</label
        >`,
    )}
  </fieldset>`;
}

function field(name: string, words: string, type: 'text' | 'email'): Html {
  return html`<label for="${name}">${words}</label>
    <input id="${name}" name="${name}" type="${type}" required />`;
}

function hidden(values: Readonly<Record<string, string>>): Html {
  return html`${Object.entries(values).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  )}`;
}

function alert(refused: string | null): Html | null {
  return refused === null ? null : html`<p class="bad" role="alert">${refused}</p>`;
}

function address(path: string, parameters: Readonly<Record<string, string>>): string {
  return `${path}?${new URLSearchParams(parameters).toString()}`;
}

function roleWords(role: string): string {
  return XERO_ROLES.find(({ xero }) => xero === role)?.name ?? role;
}

function fullName({
  firstName = '',
  lastName = '',
}: {
  readonly firstName?: string;
  readonly lastName?: string;
}): string {
  return `${firstName.trim()} ${lastName.trim()}`.trim();
}
