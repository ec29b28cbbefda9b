import type { IncomingMessage, ServerResponse } from 'node:http';
import { html, type Html } from '../html.ts';
import { page } from './layout.ts';
import { NotAsked } from './request-desk.ts';
import { grantsPage, requestsPage } from './request-views.ts';
import type { C1Sandbox } from './sandbox.ts';
import {
  accountsPage,
  appsPage,
  connectorPage,
  connectorsPage,
  editPage,
  entitlementsPage,
  PATHS,
} from './views.ts';

type Answer = Html | { readonly goTo: string };
/** The parameters are those of the form, or of the address where there is none. */
type Route = (sandbox: C1Sandbox, parameters: URLSearchParams) => Answer;

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['GET /', () => ({ goTo: PATHS.connectors })],
  [`GET ${PATHS.connectors}`, connectorsPage],
  [`GET ${PATHS.connector}`, connectorPage],
  [`GET ${PATHS.edit}`, (sandbox) => editPage(sandbox)],
  [`GET ${PATHS.apps}`, appsPage],
  ['GET /apps/baton', () => ({ goTo: PATHS.accounts })],
  [`GET ${PATHS.accounts}`, accountsPage],
  [`GET ${PATHS.entitlements}`, entitlementsPage],
  [`GET ${PATHS.grants}`, (sandbox, query) => grantsPage(sandbox, query.get('search') ?? '')],
  [`GET ${PATHS.requests}`, (sandbox) => requestsPage(sandbox)],
  [`POST ${PATHS.requestAccess}`, asked(({ desk }, form) => desk.access(accessIn(form)))],
  [`POST ${PATHS.revokeGrant}`, asked(({ desk }, form) => desk.revoke(accessIn(form)))],
  [
    `POST ${PATHS.createAccount}`,
    asked(({ desk }, form) => desk.createAccount(Object.fromEntries(form))),
  ],
  [
    `POST ${PATHS.deleteAccount}`,
    asked(({ desk }, form) => desk.deleteAccount(form.get('account') ?? '')),
  ],
  [`POST ${PATHS.sync}`, syncNow],
  // The secret stands in this answer alone; nothing keeps it.
  [`POST ${PATHS.rotate}`, (sandbox) => editPage(sandbox, sandbox.rotate())],
  [`POST ${PATHS.revoke}`, revoke],
]);

const HOUR = 60 * 60_000;
const MOST_BODY = 16 * 1024;
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
};

/** Answers one request for the pages of the sandbox C1. */
export async function answerPage(
  sandbox: C1Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', sandbox.pages);
  const route = ROUTES.get(`${request.method ?? ''} ${pathname}`);
  const parameters = request.method === 'POST' ? await readForm(request) : searchParams;
  const answer = route?.(sandbox, parameters) ?? notFound();
  if ('goTo' in answer) {
    response.writeHead(303, { location: answer.goTo }).end();
    return;
  }
  response.writeHead(route === undefined ? 404 : 200, HEADERS).end(answer.text);
}

/** A request becomes a task and stands in the list; or the list says why it didn't. */
function asked(ask: (sandbox: C1Sandbox, form: URLSearchParams) => unknown): Route {
  return (sandbox, form) => {
    try {
      ask(sandbox, form);
      return { goTo: PATHS.requests };
    } catch (error) {
      if (error instanceof NotAsked) return requestsPage(sandbox, error.message);
      throw error;
    }
  };
}

function accessIn(form: URLSearchParams) {
  const hours = Number(form.get('hours') ?? '');
  return {
    account: form.get('account') ?? '',
    entitlement: form.get('entitlement') ?? '',
    ...(hours > 0 && { durationMs: hours * HOUR }),
  };
}

function syncNow(sandbox: C1Sandbox): Answer {
  const waiting = sandbox
    .tasks()
    .some(({ kind, endedAt }) => kind === 'sync_full' && endedAt === null);
  if (!waiting) sandbox.enqueue('sync_full');
  return { goTo: PATHS.connector };
}

function revoke(sandbox: C1Sandbox, form: URLSearchParams): Answer {
  sandbox.revoke(form.get('clientId') ?? '');
  return { goTo: PATHS.edit };
}

function notFound(): Html {
  const content = html`<p><a href="${PATHS.connectors}">Go to the connectors</a></p>`;
  return page({ path: '', trail: 'C1 sandbox', title: 'There is no such page', content });
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MOST_BODY) break;
  }
  return new URLSearchParams(text);
}
