import { expect, it } from 'vitest';
import { NextTry } from '../../../renderer/parts/failure-notice.tsx';
import { NOW } from '../../e2e/screens/data.ts';
import { failures } from '../../e2e/screens/failures.ts';
import { draw } from './draw.tsx';

const MINUTE = 60_000;
const told = (retryAt?: number): string =>
  draw(<NextTry failure={{ ...failures.untrusted, ...(retryAt && { retryAt }) }} />).text;

it('a failure says when it is tried again, which is never past', () => {
  expect(told(NOW + 4 * MINUTE)).toMatch(/^Next try: in 4 min ?\.$/);
  expect(told(NOW + 1_000)).toMatch(/^Next try: in a moment ?\.$/);
  expect(told(NOW - MINUTE)).toMatch(/^Next try: in a moment ?\.$/);
  expect(told()).toBe('');
});
