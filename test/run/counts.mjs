/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** A suite that broke down before or beside its tests counts as one failure. */
export const BROKEN = { passed: 0, failed: 1, skipped: 0 };

/**
 * @param {Counts[]} counts
 * @returns {Counts}
 */
export function total(counts) {
  const sum = (key) => counts.reduce((whole, part) => whole + part[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/**
 * Vitest's JSON report. A file that couldn't be loaded has no tests, and counts as one failure.
 * @returns {Counts}
 */
export function vitestCounts(report) {
  const unloaded = report.testResults.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Playwright's JSON report. A test that passed only when tried again counts as failed.
 * @returns {Counts}
 */
export function playwrightCounts(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped };
}

/**
 * The events of `go test -json`. Tests that only hold subtests aren't counted; a package that failed with no failed test is one failure.
 * @param {{ Action: string, Package?: string, Test?: string }[]} events
 * @returns {Counts}
 */
export function goCounts(events) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const kinds = { pass: 'passed', fail: 'failed', skip: 'skipped' };
  const ended = events.filter((event) => event.Action in kinds);
  const tests = ended.filter((event) => event.Test !== undefined);
  const within = (event, other) =>
    other.Package === event.Package && other.Test.startsWith(`${event.Test}/`);
  for (const event of tests) {
    // A parent fails with its child; one that fails by itself, after its children passed, is a failure of its own.
    const children = tests.filter((other) => within(event, other));
    const told =
      event.Action === 'fail'
        ? children.some((child) => child.Action === 'fail')
        : children.length > 0;
    if (!told) counts[kinds[event.Action]] += 1;
  }
  const failures = new Set(
    tests.filter((event) => event.Action === 'fail').map((event) => event.Package),
  );
  const broken = ended.filter(
    (event) => event.Test === undefined && event.Action === 'fail' && !failures.has(event.Package),
  );
  counts.failed += broken.length;
  return counts;
}
