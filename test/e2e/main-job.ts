import type { Browser, Page } from 'playwright';
import type { Sandbox } from '../sandbox/start.ts';
import { allowAtXero, rotateInC1, type Pasted } from './browser.ts';
import type { RealApp } from './real-app.ts';

export interface Stage {
  readonly app: RealApp;
  readonly browser: Browser;
  readonly sandbox: Sandbox;
  /** Told before each step, in words. */
  readonly say: (step: string) => void;
}

/** First run as a person does it, from an empty profile to access that arrived in C1. */
export async function doMainJob(stage: Stage): Promise<Pasted> {
  const { app, sandbox, say } = stage;
  const organisations = sandbox.world.organisations.map(({ name }) => name);
  const [first = '', ...others] = organisations;
  say(`Signing in to Xero in a browser and connecting ${first}`);
  await signInToXero(stage, first);
  for (const name of others) {
    say(`Connecting ${name}`);
    await connectAnother(stage, name);
  }
  say('Choosing the organisations to govern');
  await app.window.getByRole('button', { name: 'Go on to C1' }).click();
  say('Pressing Rotate in C1 and pasting the credential');
  const pasted = await connectC1(stage);
  say('Waiting for C1 to ask, reading Xero and uploading');
  await sandbox.c1.waitFor('finished');
  await app.window.getByRole('button', { name: 'Finish set-up' }).click();
  await app.window.getByRole('heading', { name: /All is well/ }).waitFor();
  return pasted;
}

/** Step one: the client ID, then Xero in the browser. Resolves when the app is back at its second step. */
export async function signInToXero(stage: Stage, organisation: string): Promise<void> {
  const { app, browser, sandbox } = stage;
  await app.window.getByLabel('Client ID of the Xero app').fill(sandbox.xero.desktopApp.clientId);
  const opened = await app.nextOpened();
  // After a failure its notice carries the same button.
  await app.window.getByRole('button', { name: 'Sign in to Xero' }).last().click();
  const page = await allowAtXero(browser, await opened.address, organisation);
  await arrived(page);
  await app.window.getByRole('heading', { name: 'Choose organisations' }).waitFor();
  await app.window.getByRole('checkbox', { name: organisation }).waitFor();
}

async function connectAnother({ app, browser }: Stage, organisation: string): Promise<void> {
  const opened = await app.nextOpened();
  await app.window.getByRole('button', { name: 'Connect another organisation' }).click();
  const page = await allowAtXero(browser, await opened.address, organisation);
  await arrived(page);
  await app.window.getByRole('checkbox', { name: organisation }).waitFor();
}

/** Step three: a fresh pair from C1, pasted and accepted. */
export async function connectC1({ app, browser, sandbox }: Stage): Promise<Pasted> {
  const pasted = await rotateInC1(browser, sandbox.pages.c1);
  await pasteCredential(app.window, pasted);
  // The sandbox isn't on C1's usual domain, so the app asks who would receive the data.
  await app.window.getByRole('checkbox', { name: /localhost/ }).check();
  await app.window.getByRole('button', { name: 'Connect to C1' }).click();
  await app.window.getByRole('heading', { name: 'C1 is connected' }).waitFor();
  return pasted;
}

/** Both parts into the one box, on lines of their own. */
export async function pasteCredential(window: Page, pasted: Pasted): Promise<void> {
  await window
    .getByRole('textbox', { name: 'Client ID and Client secret' })
    .fill(`${pasted.clientId}\n${pasted.clientSecret}`);
}

async function arrived(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Signed in to Xero' }).waitFor();
  await page.close();
}
