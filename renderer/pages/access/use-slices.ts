import { startTransition, useCallback, useEffect, useReducer, useRef } from 'react';
import type { Failure, Result } from '../../../shared/errors.ts';

/** Rows that are asked for as they come into sight. */
export interface Slices<Row> {
  /** Null before the first answer. */
  readonly total: number | null;
  /** Undefined while it is on its way. */
  readonly row: (index: number) => Row | undefined;
  /** Says which rows are in sight. */
  readonly need: (first: number, last: number) => void;
  readonly failure: Failure | null;
}

/** Rows in one answer. */
const SLICE = 100;

type Answer<Row> = Result<{ readonly total: number; readonly rows: readonly Row[] }>;
type Ask<Row> = (slice: { readonly from: number; readonly count: number }) => Promise<Answer<Row>>;

interface State<Row> {
  /** What the rows are of; those of another question are shown until its answer comes. */
  readonly key: string;
  readonly total: number | null;
  readonly slices: ReadonlyMap<number, readonly Row[]>;
  readonly failure: Failure | null;
}

interface Came<Row> {
  readonly key: string;
  readonly from: number;
  readonly answer: Answer<Row>;
}

/** @param key names the question: while it stays, slices add up */
export function useSlices<Row>(key: string, ask: Ask<Row>): Slices<Row> {
  const [state, come] = useReducer(take<Row>, {
    key: '',
    total: null,
    slices: new Map(),
    failure: null,
  });
  const asked = useRef({ key: '', slices: new Set<number>() });
  const request = useCallback(
    (slice: number) => {
      if (asked.current.key !== key) asked.current = { key, slices: new Set() };
      if (asked.current.slices.has(slice)) return;
      asked.current.slices.add(slice);
      const from = slice * SLICE;
      void ask({ from, count: SLICE }).then((answer) => {
        // Whoever types on has asked for something else by now.
        // Drawn in the pauses of whatever the person is doing.
        if (asked.current.key === key) startTransition(() => come({ key, from, answer }));
      });
    },
    [key, ask],
  );
  useEffect(() => request(0), [request]);
  const need = useCallback(
    (first: number, last: number) => {
      for (let slice = Math.floor(first / SLICE); slice <= Math.floor(last / SLICE); slice += 1) {
        request(slice);
      }
    },
    [request],
  );
  const { total, slices, failure } = state;
  const row = useCallback(
    (index: number) => slices.get(Math.floor(index / SLICE))?.[index % SLICE],
    [slices],
  );
  return { total, row, need, failure };
}

function take<Row>(state: State<Row>, { key, from, answer }: Came<Row>): State<Row> {
  if (!answer.ok) return { ...state, key, failure: answer.failure };
  const { total, rows } = answer.value;
  const before = state.key === key ? state.slices : new Map<number, readonly Row[]>();
  return { key, total, failure: null, slices: new Map(before).set(from / SLICE, rows) };
}
