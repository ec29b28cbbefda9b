import { describe, expect, it } from 'vitest';
import { goCounts, playwrightCounts, total, vitestCounts } from '../../run/counts.mjs';

describe('the sum on the last line', () => {
  it('adds the suites up', () => {
    const sum = total([
      { passed: 3, failed: 0, skipped: 1 },
      { passed: 2, failed: 1, skipped: 0 },
    ]);
    expect(sum).toEqual({ passed: 5, failed: 1, skipped: 1 });
  });

  it('counts a test file that could not be loaded as one failure', () => {
    const report = {
      numPassedTests: 4,
      numFailedTests: 1,
      numPendingTests: 1,
      numTodoTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [{ status: 'failed' }] },
        { status: 'failed', assertionResults: [] },
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
      ],
    };
    expect(vitestCounts(report)).toEqual({ passed: 4, failed: 2, skipped: 2 });
  });

  it('counts a test that passed only on its second try, and an error outside the tests, as failures', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] };
    expect(playwrightCounts(report)).toEqual({ passed: 5, failed: 3, skipped: 2 });
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
      event('pass', 'TestFile/users'),
      event('fail', 'TestFile/roles'),
      event('fail', 'TestFile'),
      event('pass', 'TestFileName'),
      event('skip', 'TestOlder'),
      event('fail'),
    ];
    expect(goCounts(events)).toEqual({ passed: 2, failed: 1, skipped: 1 });
  });

  it('count a test that fails by itself after its subtests passed', () => {
    const events = [event('pass', 'TestFile/users'), event('fail', 'TestFile'), event('fail')];
    expect(goCounts(events)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('count a package that could not be built as one failure', () => {
    const events = [event('pass', 'TestFile'), event('pass'), event('fail', undefined, 'b')];
    expect(goCounts(events)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });
});
