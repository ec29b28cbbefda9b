import { html, type Html } from '../html.ts';
import {
  EntitlementImmutableSchema,
  GrantImmutableSchema,
} from '../../../main/proto/gen/c1/connector/v2/annotation_pb.ts';
import type { Declaration } from './declaration.ts';
import { find, keyOf } from './inspect.ts';
import { chip, moment, table } from './layout.ts';
import { emailOf, MANUAL } from './request-desk.ts';
import { requestRows, type RequestRow } from './request-words.ts';
import type { C1Sandbox } from './sandbox.ts';
import { appPage, MOST_ROWS, PATHS } from './views.ts';

const STATE = {
  waiting: (words: string) => chip('wait', words),
  answered: (words: string) => chip('good', words),
  failed: (words: string) => chip('bad', words),
  over: (words: string) => chip('soft', words),
} as const;
const SHOWN = {
  yes: () => chip('good', 'Shown by the next sync'),
  no: () => chip('bad', 'Not shown by the next sync'),
  notYet: () => chip('soft', 'No sync since'),
} as const;
const DURATIONS = [
  ['', 'Until it is revoked'],
  ['1', '1 hour'],
  ['24', '1 day'],
  ['168', '7 days'],
] as const;

/** All requests, and where new ones are made; `refused` says why C1 didn't take the last. */
export function requestsPage(sandbox: C1Sandbox, refused: string | null = null): Html {
  const offers = sandbox.desk.offers();
  const rows = requestRows(sandbox).slice(0, MOST_ROWS);
  const content = html`${refused === null ? null : html`<p class="bad" role="alert">${refused}</p>`}
    <a href="${PATHS.requests}">Reload</a>
    ${
      rows.length === 0
        ? html`<p>Nobody asked for anything yet.</p>`
        : table('Newest first', ['Request', 'Answer', 'Access', 'Asked'], rows.map(cellsOf))
    }
    <h2>Request access</h2>
    ${offers.provisions.size === 0 ? html`<p>${MANUAL}</p>` : accessForm(sandbox, offers)}
    <h2>Create account</h2>
    ${accountForm(offers)}
    <h2>Delete account</h2>
    ${
      offers.deletesAccounts === 'no'
        ? html`<p>${MANUAL}</p>`
        : html`<form method="post" action="${PATHS.deleteAccount}">
            ${field('delete-account', 'account', 'Account to delete (e-mail or id)', 'required')}
            <button>Delete account</button>
          </form>`
    }`;
  return appPage(sandbox, PATHS.requests, content);
}

/** Every grant of the last upload, with a way to revoke it. */
export function grantsPage(sandbox: C1Sandbox, search: string): Html {
  const sync = sandbox.access();
  if (sync === undefined) return appPage(sandbox, PATHS.grants, html`<p>Nothing uploaded yet.</p>`);
  const { provisions } = sandbox.desk.offers();
  const resources = new Map(sync.resources.map((one) => [keyOf(one.id), one]));
  const entitlements = new Map(sync.entitlements.map((one) => [one.id, one]));
  const wanted = search.toLowerCase();
  const rows = sync.grants.flatMap(({ entitlement, principal, annotations }) => {
    const account = resources.get(keyOf(principal?.id));
    const of = entitlements.get(entitlement?.id ?? '');
    const [name, email] = [account?.displayName ?? '', account ? emailOf(account) : ''];
    if (!`${name} ${email} ${of?.displayName ?? ''}`.toLowerCase().includes(wanted)) return [];
    const fixed = find(annotations, GrantImmutableSchema.typeName) !== undefined;
    const done = provisions.has(of?.resource?.id?.resourceType ?? '');
    const revoke = html`<form method="post" action="${PATHS.revokeGrant}">
      <input type="hidden" name="account" value="${principal?.id?.resource ?? ''}" />
      <input type="hidden" name="entitlement" value="${of?.id ?? ''}" />
      <button aria-label="Revoke ${of?.displayName ?? ''} from ${name}">Revoke</button>
    </form>`;
    const way = done ? revoke : html`<span class="soft">By hand: the connector doesn’t</span>`;
    const cell = fixed ? html`<span class="soft">Fixed</span>` : way;
    return [[name, email, of?.displayName ?? '', cell]];
  });
  const content = html`<form method="get" action="${PATHS.grants}">
      <label for="search">Search</label>
      <input id="search" name="search" type="search" value="${search}" />
      <button>Search</button>
    </form>
    ${table(
      `${rows.length} grants${rows.length > MOST_ROWS ? `, the first ${MOST_ROWS}` : ''}`,
      ['Account', 'E-mail', 'Entitlement', 'Revoke'],
      rows.slice(0, MOST_ROWS),
    )}`;
  return appPage(sandbox, PATHS.grants, content);
}

function cellsOf({ asked, state, answer, shown, again, createdAt }: RequestRow): Html[] {
  return [
    html`${asked}${again === null ? null : html` <span class="soft">(asked again)</span>`}`,
    STATE[state](answer),
    SHOWN[shown](),
    moment(createdAt),
  ];
}

function accessForm(sandbox: C1Sandbox, { provisions }: Declaration): Html {
  const offered = (sandbox.access()?.entitlements ?? []).filter(
    ({ annotations, resource }) =>
      provisions.has(resource?.id?.resourceType ?? '') &&
      find(annotations, EntitlementImmutableSchema.typeName) === undefined,
  );
  return html`<form method="post" action="${PATHS.requestAccess}">
    ${field('account', 'account', 'Account (e-mail or id)', 'required')}
    <label for="entitlement">Entitlement</label>
    <select id="entitlement" name="entitlement" required>
      ${offered.map(({ id, displayName }) => html`<option value="${id}">${displayName}</option> `)}
    </select>
    <label for="hours">For how long</label>
    <select id="hours" name="hours">
      ${DURATIONS.map(([hours, words]) => html`<option value="${hours}">${words}</option> `)}
    </select>
    <button class="primary">Request access</button>
  </form>`;
}

function accountForm({ newAccount }: Declaration): Html {
  if (newAccount === null) return html`<p>${MANUAL}</p>`;
  return html`<form method="post" action="${PATHS.createAccount}">
    ${newAccount.map(
      ({ key, name, says, required }) =>
        html`${field(`new-${key}`, key, name, required === 'yes' ? 'required' : 'optional')}
          <p class="soft">${says}</p>`,
    )}
    <button>Create account</button>
  </form>`;
}

function field(id: string, name: string, words: string, need: 'required' | 'optional'): Html {
  return html`<label for="${id}">${words}</label>
    <input id="${id}" name="${name}" ${need === 'required' ? html`required` : null} />`;
}
