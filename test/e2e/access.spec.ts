import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { doMainJob } from './main-job.ts';
import { expect, test } from './stage.ts';

const KAURI = 'Kauri & Co Limited';

test('access is found, followed and taken out, by keyboard alone', async ({
  stage,
  app,
  sandbox,
}) => {
  // Names are strangers' words: one that a page would run, and one that a spreadsheet would.
  sandbox.world.changeDetails(KAURI, 'zoe@kauri.example', {
    firstName: '<img src=x onerror=alert(1)>',
  });
  sandbox.world.changeDetails(KAURI, 'xiaoming.wang@kauri.example', {
    firstName: '=HYPERLINK("https://evil.example")',
  });
  await doMainJob(stage);
  const { window } = app;
  const grid = window.getByRole('grid');
  const dialogs: string[] = [];
  window.on('dialog', (dialog) => dialogs.push(dialog.message()));

  await window.getByRole('link', { name: 'Access' }).focus();
  await window.keyboard.press('Enter');
  await expect(grid).toBeVisible();
  await expect(window.getByText('<img src=x onerror=alert(1)>', { exact: false })).toBeVisible();
  const everybody = await grid.getAttribute('aria-rowcount');

  await window.keyboard.press('/');
  await window.keyboard.type('priya');
  await expect(grid).toHaveAttribute('aria-rowcount', '2');
  await grid.focus();
  await window.keyboard.press('Enter');
  const person = window.getByRole('region', { name: 'Priya Raman' });
  await expect(person.getByRole('heading')).toBeFocused();
  await expect(person).toContainText('since before');
  await expect(person).toContainText('Standard');
  const opened = await app.nextOpened();
  await person.getByRole('button', { name: /Open users in Xero/ }).press('Enter');
  expect(new URL(await opened.address).origin).toBe('https://go.xero.com');
  await window.keyboard.press('Escape');
  await expect(person).toBeHidden();
  await expect(grid).toBeFocused();

  await window.keyboard.press('/');
  await window.keyboard.press('Escape');
  await expect(grid).toHaveAttribute('aria-rowcount', everybody ?? '');
  await pick(window, /^Who: Everyone/, /^Advisers/);
  await expect(window.getByRole('button', { name: 'Who: Advisers' })).toBeVisible();
  await pick(window, /^Who: Advisers/, /^Everyone/);

  const folder = await mkdtemp(join(tmpdir(), 'access-'));
  const path = join(folder, 'access.csv');
  await app.saveTo(path);
  await pick(window, /^Save$/, /as CSV/);
  await expect(window.getByText('The table is saved.', { exact: false }).last()).toBeVisible();
  const csv = await readFile(path, 'utf8');
  expect(csv.startsWith('\ufeffName,E-mail,')).toBe(true);
  expect(csv).toContain('"\'=HYPERLINK(""https://evil.example"")');
  expect(csv.split('\r\n').filter((line) => line.startsWith('='))).toEqual([]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await rm(folder, { recursive: true });

  sandbox.world.changeRole(KAURI, 'priya.raman@kauri.example', 'FINANCIALADVISER');
  await window.getByRole('link', { name: 'Status' }).press('Enter');
  await window.getByRole('button', { name: 'Check Xero now' }).press('Enter');
  await window.getByRole('link', { name: 'Access' }).press('Enter');
  await window.getByRole('radio', { name: 'People' }).focus();
  await window.keyboard.press('ArrowRight');
  await expect(window.getByRole('row', { name: /Priya Raman/ })).toContainText(
    `Went from Standard to Adviser in ${KAURI}.`,
  );
  expect(dialogs, 'what a name ran').toEqual([]);
});

/** Opens a part of the filter's sentence and chooses from it, by keyboard. */
async function pick(page: Page, part: RegExp, choice: RegExp): Promise<void> {
  await page.getByRole('button', { name: part }).press('Enter');
  await page.getByRole('menuitem', { name: choice }).press('Enter');
}
