import { html, type Html } from '../html.ts';
import type { SandboxOrganisation, SandboxUser } from '../world.ts';
import type { XeroApp } from './apps.ts';
import type { Answer } from './http.ts';
import { page } from './page.ts';
import { usersAddress } from './users-page.ts';
import type { XeroState } from './state.ts';

/** People shown of each organisation: a page with 100,000 rows helps nobody. */
const SHOWN = 50;

/** The sandbox's developer portal and user lists in one page: what is true in this Xero. */
export function homePage({ apps, world }: XeroState, loginEmail: string): Answer {
  return page(
    'Xero',
    html`<h1>The sandbox’s Xero</h1>
      <p>Log in as <code>${loginEmail}</code> with any password.</p>
      <h2>Apps</h2>
      ${apps.all().map(describeApp)} ${world.organisations.map(describeOrganisation)}`,
    { wide: true },
  );
}

const KINDS = {
  desktop: 'Mobile or desktop app',
  web: 'Web app',
  custom: 'Custom connection',
} as const;

function describeApp({ name, kind, clientId, redirectUris }: XeroApp): Html {
  return html`<p>
    ${name} (${KINDS[kind]})<br />Client ID: <code>${clientId}</code>
    ${redirectUris.map((uri) => html`<br />Redirect URI: <code>${uri}</code>`)}
  </p>`;
}

function describeOrganisation({ id, name, users }: SandboxOrganisation): Html {
  return html`<h2>${name}</h2>
    <p><a href="${usersAddress(id)}">Manage the users of ${name}</a></p>
    <p class="soft">${users.length} people${users.length > SHOWN ? `, the first ${SHOWN}` : ''}</p>
    <table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Email address</th>
          <th scope="col">Role</th>
          <th scope="col">Subscriber</th>
        </tr>
      </thead>
      <tbody>
        ${users.slice(0, SHOWN).map(describeUser)}
      </tbody>
    </table>`;
}

function describeUser({ firstName, lastName, email, role, subscriber }: SandboxUser): Html {
  return html`<tr>
    <td>${`${firstName ?? ''} ${lastName ?? ''}`}</td>
    <td>${email ?? ''}</td>
    <td>${role}</td>
    <td>${subscriber ? 'Yes' : ''}</td>
  </tr>`;
}
