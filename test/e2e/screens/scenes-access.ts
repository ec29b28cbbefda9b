import type { Page } from 'playwright';
import { lookUnreadable } from '../../../main/connector/access-looks.ts';
import { notPrinted } from '../../../main/connector/evidence-report.ts';
import type { AccessOverview, AccessRow, ReportSaved } from '../../../shared/access-list.ts';
import type { IntentAnswers } from '../../../shared/intents.ts';
import { say } from '../../../shared/language/say.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import {
  changes,
  longRow,
  manyOverview,
  overview,
  peopleRows,
  samuel,
  spreadRows,
} from './access-data.ts';
import { failed, harbour, HOUR, northgate, NOW, signedIn, well } from './data.ts';
import { failures } from './failures.ts';
import type { Scene } from './scene.ts';

const looked: Snapshot = {
  ...well,
  keptLooks: { newest: overview.look, confirmedAt: overview.confirmedAt, trouble: null },
};

const report: ReportSaved = {
  kind: 'saved',
  file: 'Xero access report 2026-11-26.pdf',
  dataFile: 'Xero access report 2026-11-26 data.csv',
};

function answers(
  rows: readonly AccessRow[] = peopleRows(19),
  told: AccessOverview = overview,
): Partial<IntentAnswers> {
  return {
    accessOverview: { ok: true, value: told },
    listAccess: { ok: true, value: { total: rows.length, rows: rows.slice(0, 100) } },
    showPerson: { ok: true, value: samuel },
    listChanges: { ok: true, value: changes },
    exportAccess: { ok: true, value: 'saved' },
    saveReport: { ok: true, value: report },
  };
}

async function toAccess(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Access' }).click();
  await page.getByRole('heading', { name: 'Access' }).waitFor();
}

async function toTable(page: Page): Promise<void> {
  await toAccess(page);
  await page.getByRole('grid').waitFor();
}

async function pressReport(page: Page): Promise<void> {
  await toTable(page);
  await page.getByRole('button', { name: say('common.save'), exact: true }).click();
  await page.getByRole('menuitem', { name: /Evidence report/ }).click();
}

async function toPerson(page: Page): Promise<void> {
  await toTable(page);
  await page.getByRole('row').filter({ hasText: samuel.name }).first().click();
  await page.getByRole('heading', { name: samuel.name }).waitFor();
}

async function toView(page: Page, name: string): Promise<void> {
  await toAccess(page);
  await page.getByText(name, { exact: true }).click();
}

export const accessScenes: readonly Scene[] = [
  { name: 'access', snapshot: looked, answers: answers(), act: toTable },
  { name: 'access-person', snapshot: looked, answers: answers(), act: toPerson },
  {
    name: 'access-filtered',
    snapshot: looked,
    answers: answers(peopleRows(3), {
      ...overview,
      view: {
        ...overview.view,
        filter: {
          search: '',
          who: { kind: 'role', role: 'financialadviser' },
          organisation: 'harbour',
          only: ['subscribers', 'outside'],
          warning: 'any',
        },
      },
    }),
    act: toTable,
  },
  {
    name: 'access-filter-menu',
    snapshot: looked,
    answers: answers(),
    act: async (page) => {
      await toTable(page);
      await page.getByRole('button', { name: 'Add a filter' }).click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'access-domains',
    snapshot: looked,
    answers: answers(),
    act: async (page) => {
      await toTable(page);
      await page.getByRole('button', { name: 'Add a filter' }).click();
      await page.getByRole('menuitem', { name: /Your e-mail domains/ }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'access-many-organisations',
    snapshot: looked,
    answers: answers(spreadRows, manyOverview),
    act: toTable,
  },
  {
    name: 'access-long-names',
    snapshot: looked,
    answers: answers([longRow, ...peopleRows(2)]),
    act: toTable,
  },
  { name: 'access-one', snapshot: looked, answers: answers(peopleRows(1)), act: toTable },
  {
    name: 'access-nobody-fits',
    snapshot: looked,
    answers: answers([]),
    act: async (page) => {
      await toAccess(page);
      await page.getByRole('button', { name: 'Show everyone' }).waitFor();
    },
  },
  {
    name: 'access-none-yet',
    snapshot: well,
    answers: { accessOverview: { ok: true, value: null } },
    act: async (page) => {
      await toAccess(page);
      await page.getByRole('button', { name: 'Check Xero now' }).waitFor();
    },
  },
  {
    name: 'access-unreadable',
    snapshot: looked,
    answers: { accessOverview: { ok: false, failure: lookUnreadable } },
    act: async (page) => {
      await toAccess(page);
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'access-not-kept',
    snapshot: { ...looked, keptLooks: { ...looked.keptLooks, trouble: failures.profileFull } },
    answers: answers(),
    act: toTable,
  },
  {
    name: 'access-save-menu',
    snapshot: looked,
    answers: answers(),
    act: async (page) => {
      await toTable(page);
      await page.getByRole('button', { name: say('common.save'), exact: true }).click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'access-report-saved',
    snapshot: looked,
    answers: answers(),
    act: async (page) => {
      await pressReport(page);
      await page.getByText('The report is saved', { exact: false }).last().waitFor();
    },
  },
  {
    name: 'access-report-failed',
    snapshot: looked,
    answers: { ...answers(), saveReport: { ok: false, failure: notPrinted } },
    act: async (page) => {
      await pressReport(page);
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'access-report-making',
    snapshot: looked,
    answers: answers(),
    act: async (page) => {
      await page.evaluate('window.connector.saveReport = () => new Promise(() => undefined)');
      await pressReport(page);
      await page.getByText('Making the report', { exact: false }).last().waitFor();
    },
  },
  {
    name: 'access-behind',
    snapshot: {
      ...looked,
      xero: [signedIn([harbour, failed(northgate, failures.forbidden)])],
    },
    answers: answers(peopleRows(19), {
      ...overview,
      confirmedAt: NOW - 5 * HOUR,
      unreadable: 2,
    }),
    act: toTable,
  },
  {
    name: 'access-changes',
    snapshot: looked,
    answers: answers(),
    act: async (page) => {
      await toView(page, say('common.whatChanged'));
      await page.getByRole('grid').waitFor();
    },
  },
  {
    name: 'access-changes-none-to-compare',
    snapshot: looked,
    answers: answers(peopleRows(19), { ...overview, looks: overview.looks.slice(0, 1) }),
    act: (page) => toView(page, say('common.whatChanged')),
  },
  {
    name: 'access-over-time',
    snapshot: looked,
    answers: answers(),
    act: async (page) => {
      await toView(page, say('access.overTime'));
      await page.getByRole('heading', { name: 'People by role' }).waitFor();
    },
  },
];
