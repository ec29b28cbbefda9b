import type { Page } from 'playwright';
import { say } from '../../../shared/language/say.ts';
import type { RequestCheck, RequestView } from '../../../shared/requests.ts';
import { LONG_PERSON, manyOrganisations, MINUTE, NOW, well } from './data.ts';
import { failures } from './failures.ts';
import {
  caution,
  change,
  checked,
  conflict,
  done,
  ended,
  everywhere,
  giveBack,
  HARBOUR,
  invite,
  invited,
  many,
  NORTHGATE,
  placeOf,
  remove,
  requestOf,
  withRequests,
} from './requests-data.ts';
import type { Scene } from './scene.ts';

async function toRequests(page: Page): Promise<void> {
  await page.getByRole('link', { name: say('common.requests') }).click();
  await page.getByRole('heading', { name: say('common.requests'), level: 1 }).waitFor();
}

async function toDeclining(page: Page): Promise<void> {
  await toRequests(page);
  await page.getByRole('button', { name: say('requests.declineDots') }).click();
  await page.getByRole('dialog').waitFor();
}

function showing(name: string, ...requests: readonly RequestView[]): Scene {
  return { name: `requests-${name}`, snapshot: withRequests(...requests), act: toRequests };
}

function checking(name: string, check: Partial<RequestCheck>, from = change): Scene {
  return showing(name, { ...from, check: { ...from.check, ...check } });
}

const LONG_ORGANISATION = manyOrganisations[0]?.name ?? '';
const long = requestOf(
  {
    id: 'long',
    task: 'invite',
    person: { name: LONG_PERSON, email: `${'maximiliana.'.repeat(9)}hohenlohe@harbour.example` },
    places: [placeOf(LONG_ORGANISATION, null, 'Financial controller of the whole group, acting')],
    found: say('requestFindings.notListedYet', { organisation: LONG_ORGANISATION }),
  },
  { tasks: 3, until: NOW - MINUTE },
);
const longEverywhere = requestOf({
  id: 'long-everywhere',
  task: 'removeEverywhere',
  person: { name: LONG_PERSON, email: null },
  places: manyOrganisations.map(({ name }) => placeOf(name, 'Standard', null)),
  found: say('requestFindings.stillListedIn', {
    organisations: manyOrganisations.map(({ name }) => name).join(', '),
  }),
});

async function toTheSetting(page: Page): Promise<void> {
  await toRequests(page);
  await page.getByRole('button', { name: say('requests.turnRequestsOn') }).click();
  await page.getByLabel(say('settings.takeRequestsFromC1')).and(page.locator(':focus')).waitFor();
}

export const requestScenes: readonly Scene[] = [
  { name: 'requests-off', snapshot: well, act: toRequests },
  {
    ...showing('off-with-some', change, done),
    snapshot: { ...withRequests(change, done), settings: well.settings },
  },
  showing('none'),
  { name: 'requests-setting-off', snapshot: well, act: toTheSetting },
  {
    name: 'requests-setting',
    snapshot: withRequests(),
    act: async (page) => {
      await page.getByRole('link', { name: say('common.settings') }).click();
      await page.getByLabel(say('settings.tellC1ThatItIsOpen')).scrollIntoViewIfNeeded();
    },
  },
  { name: 'status-requests', snapshot: withRequests(change, giveBack) },
  showing('one', change),
  showing('many', ...many, done, ended('outOfTime', say('requestEnds.outOfTime'), remove)),
  showing('invite', invite),
  showing('invited', invited),
  showing('remove', remove),
  showing('two-ways', giveBack),
  showing('everywhere', everywhere),
  checking('near-miss', {
    found: say('requestFindings.showsAnother', {
      role: 'Invoice only',
      organisation: HARBOUR,
      wanted: 'Standard',
    }),
  }),
  checking(
    'similar-address',
    { found: say('requestFindings.similarAddress', { organisation: NORTHGATE }) },
    invite,
  ),
  showing('caution', caution),
  showing('conflict', ...conflict),
  checking('looking', { now: 'looking', nextAt: null }),
  checking('not-looked-at', { at: null, nextAt: checked.at, found: null }),
  checking('trouble', { trouble: failures.unreadable.message }),
  showing('done', done),
  showing('already-so', ended('alreadySo', say('requestEnds.alreadySo'))),
  showing('invited-not-accepted', ended('invited', say('requestEnds.invited'), invite)),
  showing(
    'declined',
    ended('declined', say('requestEnds.declined', { reason: 'She is on leave until May.' })),
  ),
  showing('out-of-time', ended('outOfTime', say('requestEnds.outOfTime'))),
  showing('too-late', ended('tooLate', say('requestEnds.tooLate'))),
  showing('cancelled', ended('cancelled', say('requestEnds.cancelled'))),
  showing(
    'refused',
    ended(
      'refused',
      'The subscriber can’t be removed before the subscription is transferred.',
      remove,
    ),
  ),
  showing('long', long, longEverywhere, { ...long, id: 'long-too', end: done.end }),
  showing('long-everywhere', longEverywhere),
  { ...showing('decline', change), act: toDeclining },
  {
    ...showing('not-declined', change),
    answers: { request: { ok: false, failure: failures.c1Unreachable } },
    act: async (page) => {
      await toDeclining(page);
      await page.getByLabel(say('requests.why')).fill(change.person.name);
      await page.getByRole('button', { name: say('requests.decline'), exact: true }).click();
      await page.getByRole('dialog').getByRole('alert').waitFor();
    },
  },
];
