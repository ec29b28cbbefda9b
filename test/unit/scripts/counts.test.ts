import { describe, expect, it } from 'vitest';
import { goCounts, playwrightCounts, total, vitestCounts } from '../../run/counts.mjs';

describe('the sum on the last line', () => {
  it('adds the suites up', () => {
    const sum = total([
      { passed: 3, failed: 0, skipped: 1, told: ['- a was skipped'] },
      { passed: 2, failed: 1, skipped: 0, told: ['✗ b'] },
    ]);
    expect(sum).toEqual({
      passed: 5,
      failed: 1,
      skipped: 1,
      told: ['- a was skipped', '✗ b'],
    });
  });

  it('counts a test file that could not be loaded as one failure', () => {
    const report = {
      numPassedTests: 4,
      numFailedTests: 1,
      numPendingTests: 1,
      numTodoTests: 1,
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          message: '',
          assertionResults: [
            {
              fullName: 'adds',
              status: 'failed',
              failureMessages: ['\u001b[31m1 is not 2\u001b[39m'],
            },
            { fullName: 'takes', status: 'skipped', failureMessages: [] },
          ],
        },
        { name: 'b.test.ts', status: 'failed', message: 'No such file', assertionResults: [] },
        {
          name: 'c.test.ts',
          status: 'passed',
          message: '',
          assertionResults: [{ status: 'passed' }],
        },
      ],
    };
    expect(vitestCounts(report)).toEqual({
      passed: 4,
      failed: 2,
      skipped: 2,
      told: [
        '✗ b.test.ts\n    No such file',
        '✗ a.test.ts: adds\n    1 is not 2',
        '- a.test.ts: takes was skipped',
      ],
    });
  });

  it('counts a test that passed only on its second try, and an error outside the tests, as failures', () => {
    const spec = (title: string, status: string, message?: string) => ({
      file: 'a.spec.ts',
      title,
      tests: [{ status, results: [{ errors: message === undefined ? [] : [{ message }] }] }],
    });
    const report = {
      stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 },
      errors: [{ message: 'No desktop' }],
      suites: [
        {
          specs: [spec('opens', 'expected'), spec('closes', 'unexpected', 'It stayed open')],
          suites: [{ specs: [spec('waits', 'skipped')] }],
        },
      ],
    };
    expect(playwrightCounts(report)).toEqual({
      passed: 5,
      failed: 3,
      skipped: 2,
      told: [
        '✗ An error outside the tests\n    No desktop',
        '✗ a.spec.ts: closes\n    It stayed open',
        '- a.spec.ts: waits was skipped',
      ],
    });
  });
});

describe('Go’s events', () => {
  const event = (Action: string, Test?: string, Package = 'a') => ({
    Action,
    Package,
    ...(Test === undefined ? {} : { Test }),
  });

  it('are counted by their innermost tests', () => {
    const events = [
      event('run', 'TestFile'),
      { ...event('output', 'TestFile/roles'), Output: 'no roles\n' },
      event('pass', 'TestFile/users'),
      event('fail', 'TestFile/roles'),
      event('fail', 'TestFile'),
      event('pass', 'TestFileName'),
      event('skip', 'TestOlder'),
      event('fail'),
    ];
    expect(goCounts(events)).toEqual({
      passed: 2,
      failed: 1,
      skipped: 1,
      told: ['✗ TestFile/roles\n    no roles', '- TestOlder was skipped'],
    });
  });

  it('count a test that fails by itself after its subtests passed', () => {
    const events = [event('pass', 'TestFile/users'), event('fail', 'TestFile'), event('fail')];
    expect(goCounts(events)).toMatchObject({ passed: 1, failed: 1, skipped: 0 });
  });

  it('count a package that could not be built as one failure', () => {
    const events = [event('pass', 'TestFile'), event('pass'), event('fail', undefined, 'b')];
    expect(goCounts(events)).toMatchObject({ passed: 1, failed: 1, skipped: 0 });
  });
});
