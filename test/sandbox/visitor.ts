/** What a person does on the pages of the sandbox's Xero, without a browser. */
export interface Visit {
  /** Who logs in. */
  readonly email: string;
  /** The name of the organisation to choose; null presses Allow with none chosen. */
  readonly organisation?: string | null;
  /** What to press on the consent page; Allow when not given. */
  readonly decision?: 'allow' | 'cancel';
}

/** Where a visit ended: sent back to the app, or on a page of Xero's own. */
export type Destination =
  | { readonly kind: 'app'; readonly address: URL }
  | { readonly kind: 'page'; readonly status: number; readonly text: string };

interface Page {
  readonly address: URL;
  readonly status: number;
  readonly text: string;
}

/** Opens a sign-in address as a browser would, and walks through login and consent. */
export class Visitor {
  readonly #cookies = new Map<string, string>();

  async signIn(address: string | URL, visit: Visit): Promise<Destination> {
    const xero = new URL(address).origin;
    let here = await this.#go(new URL(address), xero);
    if (isPage(here) && here.text.includes('name="password"')) {
      const returnUrl = field(here, 'returnUrl');
      const form = { returnUrl, email: visit.email, password: 'sandbox' };
      here = await this.#go(new URL('/login/identity/user/login', xero), xero, form);
    }
    if (isPage(here) && here.text.includes('name="decision"')) {
      const form = {
        request: field(here, 'request'),
        decision: visit.decision ?? 'allow',
        ...chosen(here, visit.organisation),
      };
      here = await this.#go(new URL('/login/identity/consent', xero), xero, form);
    }
    if (!isPage(here)) return { kind: 'app', address: here };
    return { kind: 'page', status: here.status, text: here.text };
  }

  /** Follows redirects as long as they stay with Xero; one to elsewhere is the end of it. */
  async #go(address: URL, xero: string, form?: Record<string, string>): Promise<Page | URL> {
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; ') },
      ...(form !== undefined && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) return { address, status: response.status, text: await response.text() };
    const next = new URL(location, address);
    return next.origin === xero ? this.#go(next, xero) : next;
  }
}

function isPage(here: Page | URL): here is Page {
  return !(here instanceof URL);
}

function field(page: Page, name: string): string {
  const value = new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(page.text)?.[1] ?? '';
  return plain(value);
}

/** The radio button beside the organisation's name; the only one, when none is named. */
function chosen(page: Page, wanted: string | null | undefined): { organisation?: string } {
  if (wanted === null) return {};
  const choices = page.text.matchAll(/name="organisation"\s+value="([^"]*)"[^>]*>\s*([^<]*)/g);
  for (const [, id = '', name = ''] of choices) {
    if (wanted === undefined || plain(name).trim() === wanted) return { organisation: id };
  }
  return {};
}

function plain(escaped: string): string {
  return escaped.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
