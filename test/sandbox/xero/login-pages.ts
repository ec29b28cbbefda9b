import { html, type Html } from '../html.ts';
import { ADMIN_EMAIL } from '../people.ts';
import type { SandboxLogin, SandboxOrganisation } from '../world.ts';
import type { XeroApp } from './apps.ts';
import type { Answer } from './http.ts';
import { page } from './page.ts';

const SCOPE_WORDS: Readonly<Record<string, string>> = {
  openid: 'Your Xero sign-in',
  profile: 'Your name',
  email: 'Your e-mail address',
  offline_access: 'Access while you’re away',
  'accounting.settings': 'View and manage organisation settings and users',
  'accounting.settings.read': 'View organisation settings and users',
};

/** Where a person logs in; any password will do. */
export function loginPage(returnTo: string, wrong: boolean): Answer {
  const error = html`<p class="bad" role="alert">Your e-mail address or password is incorrect.</p>`;
  return page(
    'Log in to Xero',
    html`<h1>Log in to Xero</h1>
      <p class="soft">Sandbox: any password will do.</p>
      ${wrong ? error : null}
      <form method="post" action="/login/identity/user/login">
        <input type="hidden" name="returnUrl" value="${returnTo}" />
        <label for="email">Email address</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="username"
          required
          value="${ADMIN_EMAIL}"
        />
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
        />
        <div class="actions"><button class="main" type="submit">Log in</button></div>
      </form>`,
    { status: wrong ? 401 : 200 },
  );
}

export interface ConsentView {
  readonly id: string;
  readonly app: XeroApp;
  readonly login: SandboxLogin;
  readonly scope: readonly string[];
  readonly organisations: readonly SandboxOrganisation[];
  /** Those that this person has connected to the app before. */
  readonly connected: ReadonlySet<string>;
  /** Allow was pressed with no organisation chosen. */
  readonly unchosen: boolean;
}

/** Where a person allows one app into one organisation. */
export function consentPage(view: ConsentView): Answer {
  const { app, login, scope, organisations } = view;
  return page(
    `${app.name} wants access`,
    html`<h1>${app.name} wants access to:</h1>
      <ul>
        ${scope.map((name) => html`<li>${SCOPE_WORDS[name] ?? name}</li>`)}
      </ul>
      <p class="soft">Logged in as ${login.email}.</p>
      <form method="post" action="/login/identity/consent">
        <input type="hidden" name="request" value="${view.id}" />
        ${organisations.length === 0 ? nothingToConnect() : choice(view)}
        <div class="actions">
          <button
            class="main"
            type="submit"
            name="decision"
            value="allow"
            ${organisations.length === 0 ? html`disabled` : null}
          >
            Allow access
          </button>
          <button type="submit" name="decision" value="cancel" formnovalidate>Cancel</button>
        </div>
      </form>
      <form method="post" action="/login/identity/user/logout">
        <input type="hidden" name="request" value="${view.id}" />
        <div class="actions">
          <button class="quiet" type="submit">Log in as someone else</button>
        </div>
      </form>`,
  );
}

function choice({ organisations, connected, unchosen }: ConsentView): Html {
  const error = html`<p class="bad" role="alert">Choose an organisation first.</p>`;
  return html`<fieldset>
    <legend>Choose one organisation</legend>
    ${unchosen ? error : null}
    ${organisations.map(
      ({ id, name }) =>
        html`<label
          ><input type="radio" name="organisation" value="${id}" required /> ${name}
          ${connected.has(id) ? html`<span class="soft">(connected)</span>` : null}</label
        >`,
    )}
  </fieldset>`;
}

function nothingToConnect(): Html {
  return html`<p>
    You have no organisation that you may connect to an app. That needs the Standard or Adviser
    role.
  </p>`;
}

/** Xero's own error page: a wrong client ID, redirect URI or scope ends here, never at the app. */
export function errorPage(error: string, description: string): Answer {
  return page(
    'Sorry, something went wrong',
    html`<h1>Sorry, something went wrong</h1>
      <p>Error: <code>${error}</code></p>
      <p>${description}</p>`,
    { status: 400 },
  );
}

/** The app's tier allows no more connections. */
export function connectionLimitPage(): Answer {
  return page(
    'Connection limit reached',
    html`<h1>Connection limit reached</h1>
      <p>
        This app has reached the number of organisations it may connect to. Contact the app’s
        developer.
      </p>`,
  );
}
