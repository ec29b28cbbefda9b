import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../main/connector/diagnostics.ts';
import type { Snapshot } from '../../../shared/snapshot.ts';
import { C1, organisation, signIn, snapshot, trouble } from './snapshots.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
const textOf = (shown: Snapshot, log: readonly string[] = []) =>
  diagnosticsOf(shown, log, NOW)
    .flatMap(({ name, lines }) => [name, ...lines])
    .join('\n');

/** The same numbers each time, so that a failure can be seen again. */
function dice(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzéøłß';
function word(roll: (below: number) => number): string {
  const length = 4 + roll(8);
  const letters = Array.from({ length }, () => LETTERS[roll(LETTERS.length)] ?? 'a').join('');
  // A beginning of its own, so that it can’t be part of a word that belongs there.
  return `Zq${letters}`;
}

function planted(roll: (below: number) => number) {
  const person = `${word(roll)} ${word(roll)}`;
  const email = `${word(roll)}@${word(roll)}.example`;
  const company = `${word(roll)} ${word(roll)} Ltd`;
  const secret = Array.from({ length: 48 }, () => roll(36).toString(36)).join('');
  return { person, email, company, secret };
}

describe('diagnostics', () => {
  it('hold no name, address or secret, wherever one turns up', () => {
    const roll = dice(7);
    for (let round = 0; round < 200; round += 1) {
      const { person, email, company, secret } = planted(roll);
      const because = trouble({
        code: 'xeroForbidden',
        message: `${company} said no to ${person}`,
      });
      const shown = snapshot({
        xero: [
          signIn({
            who: { name: person, email },
            organisations: [organisation({ name: company, state: { kind: 'failed', because } })],
          }),
        ],
        c1: { kind: 'rejected', credential: { ...C1, host: `${word(roll)}.example` }, because },
        access: {
          at: 1,
          counts: { organisations: 1, accounts: 1, roles: 1, entitlements: 1, grants: 1 },
          warnings: [`${person} in ${company}`],
        },
      });
      const [first = ''] = person.split(' ');
      const log = [person, email, company, secret, first].flatMap((value) => [
        JSON.stringify({ event: 'x', field: value }),
        JSON.stringify({ event: value }),
        JSON.stringify({ [value]: 1 }),
        JSON.stringify({ event: 'x', nested: { value } }),
        `not JSON: ${value}`,
      ]);
      const text = textOf(shown, log);
      for (const word_ of [
        ...person.split(' '),
        ...company.split(' ').slice(0, 2),
        email,
        secret,
      ]) {
        expect(text.toLowerCase(), `round ${round}`).not.toContain(word_.toLowerCase());
      }
    }
  });

  it('hold what helps: version, states with codes, counts and the plain lines of the log', () => {
    const shown = snapshot({
      xero: [signIn({ state: { kind: 'needsSignIn', because: trouble() } })],
    });
    const id = '11111111-1111-4111-8111-111111111111';
    const log = [JSON.stringify({ level: 'warn', event: 'c1.unanswered', failures: 3, task: id })];
    const text = textOf(shown, log);
    expect(text).toContain('Version: 0.1.0');
    expect(text).toContain('Sign-in 1: desktop, needsSignIn (xeroSignedOut)');
    expect(text).toContain('lookEveryMinutes: 30');
    expect(text).toContain('25 accounts');
    expect(text).toContain(
      '{"level":"warn","event":"c1.unanswered","failures":3,"task":"11111111…"}',
    );
  });
});
