import { stripVTControlCharacters } from 'node:util';

/**
 * `told` has a text for whatever failed or was skipped: a long run is often read from its end.
 * @typedef {{ passed: number, failed: number, skipped: number, told: string[] }} Counts
 */

/** One test that passed. */
export const PASSED = { passed: 1, failed: 0, skipped: 0, told: [] };

/**
 * A suite that broke down before or beside its tests counts as one failure.
 * @param {string} what
 * @param {string} [why]
 * @returns {Counts}
 */
export function broken(what, why = 'broke down outside its tests') {
  return { passed: 0, failed: 1, skipped: 0, told: [failed(what, why)] };
}

const failed = (name, why = '') => `✗ ${name}\n${indented(why)}`.trimEnd();
const skipped = (name) => `- ${name} was skipped`;

/** The beginning of a message, without colours. */
function indented(message) {
  const lines = stripVTControlCharacters(message).split('\n').slice(0, 12);
  return lines.map((line) => `    ${line}`).join('\n');
}

/**
 * @param {Counts[]} counts
 * @returns {Counts}
 */
export function total(counts) {
  const sum = (key) => counts.reduce((whole, part) => whole + part[key], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    told: counts.flatMap(({ told }) => told),
  };
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
    told: [
      ...unloaded.map(({ name, message }) => failed(name, message)),
      ...report.testResults.flatMap((file) => vitestTold(file)),
    ],
  };
}

function vitestTold({ name, assertionResults }) {
  return assertionResults
    .filter(({ status }) => status !== 'passed')
    .map(({ status, fullName, failureMessages }) =>
      status === 'failed'
        ? failed(`${name}: ${fullName}`, failureMessages.join('\n'))
        : skipped(`${name}: ${fullName}`),
    );
}

/**
 * Playwright's JSON report. A test that passed only when tried again counts as failed.
 * @returns {Counts}
 */
export function playwrightCounts(report) {
  const { stats, errors, suites } = report;
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    told: [
      ...errors.map(({ message }) => failed('An error outside the tests', message)),
      ...suites.flatMap((suite) => playwrightTold(suite)),
    ],
  };
}

function playwrightTold({ suites = [], specs = [] }) {
  const own = specs.flatMap(({ file, title, tests }) =>
    tests
      .filter(({ status }) => status !== 'expected')
      .map(({ status, results }) => {
        const name = `${file}: ${title}`;
        if (status === 'skipped') return skipped(name);
        return failed(
          name,
          results.flatMap(({ errors }) => errors.map(({ message }) => message)).join('\n'),
        );
      }),
  );
  return [...own, ...suites.flatMap((suite) => playwrightTold(suite))];
}

/**
 * The events of `go test -json`. Tests that only hold subtests aren't counted; a package that failed with no failed test is one failure.
 * @param {{ Action: string, Package?: string, Test?: string, Output?: string }[]} events
 * @returns {Counts}
 */
export function goCounts(events) {
  const counts = { passed: 0, failed: 0, skipped: 0, told: [] };
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
    if (told) continue;
    counts[kinds[event.Action]] += 1;
    if (event.Action === 'fail') counts.told.push(failed(event.Test, printed(events, event)));
    if (event.Action === 'skip') counts.told.push(skipped(event.Test));
  }
  const failures = new Set(
    tests.filter((event) => event.Action === 'fail').map((event) => event.Package),
  );
  const unbuilt = ended.filter(
    (event) => event.Test === undefined && event.Action === 'fail' && !failures.has(event.Package),
  );
  counts.failed += unbuilt.length;
  counts.told.push(...unbuilt.map((event) => failed(event.Package, printed(events, event))));
  return counts;
}

/** What a test of Go's, or a package beside its tests, printed. */
export function printed(events, { Package, Test }) {
  return events
    .filter(
      (event) => event.Action === 'output' && event.Package === Package && event.Test === Test,
    )
    .map(({ Output }) => Output)
    .join('');
}
