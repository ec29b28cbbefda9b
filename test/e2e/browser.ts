import { chromium, type Browser, type Page } from 'playwright';

const FLAGS = [
  '--headless=new',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real Chromium, as the system's browser would be: it knows nothing of the app. As root it runs without its sandbox (runtime.md). */
export function openBrowser(): Promise<Browser> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [...FLAGS, ...asRoot],
  });
}

/** Logs in at Xero and allows the app into one organisation. Resolves with the page that answers. */
export async function allowAtXero(
  browser: Browser,
  address: string,
  organisation: string,
): Promise<Page> {
  const page = await visitXero(browser, address);
  await page.getByRole('radio', { name: organisation }).check();
  await page.getByRole('button', { name: 'Allow access' }).click();
  return page;
}

/** Logs in at Xero, where that is still needed, and stops at the consent. */
export async function visitXero(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(address);
  const password = page.getByLabel('Password');
  if (await password.isVisible()) {
    await password.fill('any password will do');
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
  }
  return page;
}

export interface Pasted {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Presses Rotate on the connector's page in C1 and copies what it shows once. */
export async function rotateInC1(browser: Browser, c1: string): Promise<Pasted> {
  const page = await browser.newPage();
  await page.goto(c1);
  await page.getByRole('link', { name: 'Connectors' }).click();
  await page
    .getByRole('link', { name: /Baton|Xero/ })
    .first()
    .click();
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByRole('button', { name: 'Rotate' }).click();
  const clientId = await page.getByLabel('Client ID').inputValue();
  const clientSecret = await page.getByLabel('Client secret').inputValue();
  await page.close();
  return { clientId, clientSecret };
}

export type Table = readonly (readonly string[])[];

/** What C1 shows of the app: its rows under Accounts or Entitlements. */
export async function readInC1(
  browser: Browser,
  c1: string,
  tab: 'Accounts' | 'Entitlements',
): Promise<Table> {
  const page = await browser.newPage();
  await page.goto(c1);
  await page.getByRole('link', { name: 'Managed apps' }).click();
  await page.getByRole('link', { name: 'Xero', exact: true }).click();
  await page.getByRole('link', { name: tab }).click();
  const rows = await page.locator('tbody tr').all();
  const table = await Promise.all(
    rows.map(async (row) => {
      const cells = await row.locator('td').allInnerTexts();
      return cells.map((cell) => cell.replace(/\s*\n\s*/g, ', ').trim());
    }),
  );
  await page.close();
  return table;
}
