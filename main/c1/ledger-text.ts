import { create } from '@bufbuild/protobuf';
import { AnySchema, type Any } from '@bufbuild/protobuf/wkt';
import { Code } from '@connectrpc/connect';
import { z } from 'zod';
import { isTaskId, type TaskOutcome } from './task.ts';

/** One answer that is known. Times are milliseconds since 1970. */
export interface LedgerEntry {
  /** The host of the C1 that handed the task out: no other one gets its answer. */
  readonly peer: string;
  readonly taskId: string;
  readonly outcome: TaskOutcome;
  /** `pending` until C1's answer to its FinishTask is known. */
  readonly delivery: 'pending' | 'settled';
  /** When it was stored; once settled, when that was. */
  readonly since: number;
}

const AnyText = z
  .object({ type: z.string(), value: z.base64() })
  .transform(({ type, value }) =>
    create(AnySchema, { typeUrl: type, value: Uint8Array.from(Buffer.from(value, 'base64')) }),
  );

const OutcomeText = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('success'),
    annotations: z.array(AnyText).exactOptional(),
    response: AnyText.exactOptional(),
  }),
  z.object({
    kind: z.literal('failure'),
    code: z.enum(Code),
    message: z.string(),
    nonRetryable: z.boolean(),
    details: z.array(AnyText).exactOptional(),
  }),
]);

const LedgerText = z.object({
  version: z.literal(1),
  entries: z.array(
    z.object({
      peer: z.string(),
      taskId: z.string().refine(isTaskId),
      outcome: OutcomeText,
      delivery: z.enum(['pending', 'settled']),
      since: z.number(),
    }),
  ),
});

/** The ledger as JSON; messages stand in it as base64 of their bytes. */
export function ledgerText(entries: Iterable<LedgerEntry>): string {
  return JSON.stringify({ version: 1, entries: [...entries].map(entryText) });
}

/** The entries, or undefined when the text isn't a ledger. */
export function parseLedger(text: string): readonly LedgerEntry[] | undefined {
  try {
    return LedgerText.parse(JSON.parse(text)).entries;
  } catch {
    return undefined;
  }
}

function entryText({ outcome, ...entry }: LedgerEntry) {
  if (outcome.kind === 'success') {
    const { annotations, response } = outcome;
    const written = {
      kind: 'success',
      ...(annotations && { annotations: annotations.map(anyText) }),
      ...(response && { response: anyText(response) }),
    };
    return { ...entry, outcome: written };
  }
  const { details, ...rest } = outcome;
  return { ...entry, outcome: { ...rest, ...(details && { details: details.map(anyText) }) } };
}

function anyText({ typeUrl, value }: Any) {
  return { type: typeUrl, value: Buffer.from(value).toString('base64') };
}
