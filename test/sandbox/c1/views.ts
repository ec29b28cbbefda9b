import { accountRows, entitlementRows } from './access-tables.ts';
import type { CredentialPair } from './credentials.ts';
import { html, type Html } from '../html.ts';
import { chip, moment, page, table } from './layout.ts';
import { isRequest, type TaskRecord } from './queue.ts';
import type { C1Sandbox } from './sandbox.ts';

/** The pages in the words of c1-protocol.md §7.2. */
export const PATHS = {
  connectors: '/connectors',
  connector: '/connectors/baton',
  edit: '/connectors/baton/edit',
  sync: '/connectors/baton/sync',
  rotate: '/connectors/baton/rotate',
  revoke: '/connectors/baton/revoke',
  apps: '/apps',
  accounts: '/apps/baton/accounts',
  entitlements: '/apps/baton/entitlements',
  grants: '/apps/baton/grants',
  revokeGrant: '/apps/baton/grants/revoke',
  requests: '/apps/baton/requests',
  requestAccess: '/apps/baton/requests/access',
  createAccount: '/apps/baton/requests/create-account',
  deleteAccount: '/apps/baton/requests/delete-account',
} as const;

export const MOST_ROWS = 2000;
const STATE = {
  queued: () => chip('soft', 'Queued'),
  running: () => chip('wait', 'Running'),
  done: () => chip('good', 'Done'),
  failed: () => chip('bad', 'Failed'),
  cancelled: () => chip('soft', 'Cancelled'),
  expired: () => chip('soft', 'No longer waited for'),
} as const;

/** An app is called Baton until the connector reports in (c1-protocol.md §7.2). */
export function appName(sandbox: C1Sandbox): string {
  return sandbox.events('hello').at(-1)?.request.connectorMetadata?.displayName ?? 'Baton';
}

export function connectorsPage(sandbox: C1Sandbox): Html {
  const name = appName(sandbox);
  const link = html`<a href="${PATHS.connector}">${name}</a>`;
  const rows = [[link, name, statusChip(sandbox)]];
  const content = html`<div class="card">
    ${table('Connectors of this C1', ['Connector', 'App', 'Status'], rows)}
  </div>`;
  return page({ path: PATHS.connectors, trail: 'Integrations', title: 'Connectors', content });
}

export function connectorPage(sandbox: C1Sandbox): Html {
  const greeting = sandbox.events('hello').at(-1);
  const violations = sandbox.violations();
  const tasks = sandbox.tasks().toReversed().slice(0, MOST_ROWS);
  const rows = tasks.map((task) => [
    html`<code>${task.id}</code>`,
    task.kind,
    STATE[task.state](),
    moment(task.createdAt),
    resultOf(sandbox, task),
  ]);
  const content = html`<p>
      Status: ${statusChip(sandbox)}
      <span class="soft">Last greeting: ${moment(greeting?.at ?? null)}</span>
    </p>
    <form method="post" action="${PATHS.sync}"><button class="primary">Sync now</button></form>
    <a href="${PATHS.connector}">Reload</a>
    <h2>Settings</h2>
    <section>
      <p>${activeCount(sandbox)} in use. <a href="${PATHS.edit}">Edit</a></p>
    </section>
    <h2>Tasks</h2>
    <section>
      ${
        rows.length === 0
          ? html`<p>No tasks yet. The first sync follows the connector's first greeting.</p>`
          : table('Newest first', ['Task', 'Kind', 'State', 'Queued', 'Result'], rows)
      }
    </section>
    ${
      violations.length === 0
        ? null
        : html`<h2>Refused messages</h2>
            <section>${list(violations)}</section>`
    }`;
  const title = appName(sandbox);
  return page({ path: PATHS.connector, trail: 'Integrations → Connectors', title, content });
}

export function editPage(sandbox: C1Sandbox, fresh?: CredentialPair): Html {
  const rows = sandbox.credentials().map(({ clientId, createdAt, lastUsedAt, revokedAt }) => [
    html`<code>${clientId}</code>`,
    moment(createdAt),
    moment(lastUsedAt),
    revokedAt === null
      ? html`<form method="post" action="${PATHS.revoke}">
          <input type="hidden" name="clientId" value="${clientId}" />
          <button aria-label="Revoke ${clientId}">Revoke</button>
        </form>`
      : html`Revoked ${moment(revokedAt)}`,
  ]);
  const content = html`${fresh === undefined ? null : freshPair(fresh)}
    <section>
      <h2>Credentials</h2>
      <p>
        Rotate makes a new Client ID and Client secret. Earlier ones hold until you revoke them.
      </p>
      <form method="post" action="${PATHS.rotate}"><button class="primary">Rotate</button></form>
      ${table('Credentials of this connector', ['Client ID', 'Created', 'Last used', 'Revoke'], rows)}
    </section>
    <p><a href="${PATHS.connector}">Back to the connector</a></p>`;
  const trail = `Integrations → Connectors → ${appName(sandbox)} → Settings`;
  return page({ path: PATHS.edit, trail, title: 'Edit', content });
}

export function appsPage(sandbox: C1Sandbox): Html {
  const link = html`<a href="${PATHS.accounts}">${appName(sandbox)}</a>`;
  const content = html`<div class="card">
    ${table('Apps whose access C1 manages', ['App', 'Sync status'], [[link, statusChip(sandbox)]])}
  </div>`;
  return page({ path: PATHS.apps, trail: 'Apps', title: 'Managed apps', content });
}

export function accountsPage(sandbox: C1Sandbox): Html {
  const sync = sandbox.access();
  const rows = sync === undefined ? [] : accountRows(sync);
  const cells = rows.map(({ name, email, status, organisations, roles }) => [
    name,
    email,
    status,
    list(organisations),
    list(roles),
  ]);
  const headings = ['Name', 'E-mail', 'Status', 'Organisations', 'Roles'];
  return accessPage(sandbox, PATHS.accounts, 'accounts', headings, cells);
}

export function entitlementsPage(sandbox: C1Sandbox): Html {
  const sync = sandbox.access();
  const rows = sync === undefined ? [] : entitlementRows(sync);
  const cells = rows.map((row) => [row.resource, row.resourceType, row.entitlement, row.grants]);
  const headings = ['Resource', 'Type', 'Entitlement', 'Grants'];
  return accessPage(sandbox, PATHS.entitlements, 'entitlements', headings, cells);
}

function accessPage(
  sandbox: C1Sandbox,
  path: string,
  things: string,
  headings: readonly string[],
  rows: readonly (readonly (string | number | Html)[])[],
): Html {
  const sync = sandbox.access();
  const left = rows.length - MOST_ROWS;
  const body =
    sync === undefined
      ? html`<p>Nothing has been uploaded yet. Press Sync now on the connector.</p>`
      : html`${table(
          `${rows.length} ${things}, as of ${sync.endedAt ?? ''} UTC`,
          headings,
          rows.slice(0, MOST_ROWS),
        )}${left > 0 ? html`<p>And ${left} more.</p>` : null}`;
  return appPage(sandbox, path, body);
}

/** One page of the app, with links to its others. */
export function appPage(sandbox: C1Sandbox, path: string, body: Html): Html {
  const tab = (address: string, words: string) =>
    html`<a href="${address}" ${address === path ? html`aria-current="page"` : null}>${words}</a> `;
  const content = html`<nav aria-label="App">
      ${tab(PATHS.accounts, 'Accounts')} ${tab(PATHS.entitlements, 'Entitlements')}
      ${tab(PATHS.grants, 'Grants')} ${tab(PATHS.requests, 'Requests')}
    </nav>
    <div class="card">${body}</div>`;
  return page({ path, trail: 'Apps → Managed apps', title: appName(sandbox), content });
}

function freshPair({ clientId, clientSecret }: CredentialPair): Html {
  return html`<section aria-labelledby="fresh">
    <h2 id="fresh">New credential</h2>
    <p>Copy both now: the secret is shown only once.</p>
    <label for="client-id">Client ID</label>
    <input id="client-id" readonly value="${clientId}" />
    <label for="client-secret">Client secret</label>
    <input id="client-secret" readonly value="${clientSecret}" />
  </section>`;
}

/** C1 says Connected or Error (c1-protocol.md §7.5). */
function statusChip(sandbox: C1Sandbox): Html {
  const tasks = sandbox.tasks().filter((task) => !isRequest(task));
  const last = tasks.findLast((task) => task.endedAt !== null);
  if (sandbox.events('hello').length === 0) return chip('soft', 'Not connected yet');
  if (tasks.some(({ state }) => state === 'running')) return chip('wait', 'Syncing');
  const bad = last !== undefined && (last.state === 'failed' || badFile(sandbox, last).length > 0);
  return bad ? chip('bad', 'Error') : chip('good', 'Connected');
}

function resultOf(sandbox: C1Sandbox, task: Readonly<TaskRecord>): Html {
  const problems = badFile(sandbox, task);
  if (problems.length > 0) return html`${chip('bad', 'Bad file')} ${list(problems)}`;
  const upload = uploadOf(sandbox, task);
  if (upload !== undefined) return html`${upload.bytes} bytes received`;
  return task.outcome === null || task.outcome.ok
    ? html``
    : html`Code ${task.outcome.code}: ${task.outcome.message}`;
}

function badFile(sandbox: C1Sandbox, task: Readonly<TaskRecord>): readonly string[] {
  const content = uploadOf(sandbox, task)?.content;
  return content === undefined || content.kind === 'log' ? [] : content.problems;
}

function uploadOf(sandbox: C1Sandbox, task: Readonly<TaskRecord>) {
  return sandbox
    .uploads()
    .findLast(({ taskId, content }) => taskId === task.id && content.kind !== 'log');
}

function activeCount(sandbox: C1Sandbox): string {
  const active = sandbox.credentials().filter(({ revokedAt }) => revokedAt === null).length;
  return active === 1 ? '1 credential' : `${active} credentials`;
}

function list(texts: readonly string[]): Html {
  const [first] = texts;
  if (first === undefined) return html`<span class="soft">–</span>`;
  if (texts.length === 1) return html`${first}`;
  return html`<ul>
    ${texts.slice(0, 50).map((text) => html`<li>${text}</li> `)}
  </ul>`;
}
