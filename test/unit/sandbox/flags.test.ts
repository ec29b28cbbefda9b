import { describe, expect, test } from 'vitest';
import { parseFlags } from '../../sandbox/flags.ts';

describe('the sandbox’s flags', () => {
  test.each([
    [[], {}],
    [['--seed', '0', '--port=4000'], { seed: 0, port: 4000 }],
    [['--orgs', '1000', '--users', '1000000'], { orgs: 1000, users: 1_000_000 }],
  ])('%j are read', (args, value) => {
    expect(parseFlags(args)).toEqual({ ok: true, value });
  });

  test.each([
    [['--port', '65533'], '--port takes a whole number from 0 to 65532, and was given "65533".'],
    [['--orgs=0'], '--orgs takes a whole number from 1 to 1000, and was given "0".'],
    [['--orgs', ''], '--orgs takes a whole number from 1 to 1000, and was given "".'],
    [['--users', '2.5'], '--users takes a whole number from 1 to 1000000, and was given "2.5".'],
    [['--users', '1e3'], '--users takes a whole number from 1 to 1000000, and was given "1e3".'],
    [['--seed'], '--seed takes a whole number from 0 to 4294967295, and was given nothing.'],
    [['--seed', '-5'], '--seed takes a whole number from 0 to 4294967295, and was given "-5".'],
    [
      ['--sed', '4'],
      'There is no flag --sed: use --seed, --orgs, --users, --port, --request-life.',
    ],
    [['4000'], 'There is no flag 4000: use --seed, --orgs, --users, --port, --request-life.'],
    [
      ['--seed', '4', '4000'],
      'There is no flag 4000: use --seed, --orgs, --users, --port, --request-life.',
    ],
  ])('%j are refused, with what is right', (args, message) => {
    expect(parseFlags(args)).toMatchObject({ ok: false, failure: { code: 'usage', message } });
  });
});
