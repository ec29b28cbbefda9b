import type { Failure, FailureCode, Result } from '../../shared/errors.ts';
import type { PastedXeroApp, XeroAppPreview } from '../../shared/intents.ts';
import type { XeroAppKind } from '../../shared/snapshot.ts';

/** What stands in the two fields of a Xero app. */
interface Pasted {
  readonly clientId: string;
  readonly secret: string;
}

/** Failures that belong to a field stand under it; all others stand above the form. */
const FIELD_OF: Partial<Record<FailureCode, keyof Pasted>> = {
  xeroClientIdInvalid: 'clientId',
  xeroSecretInvalid: 'secret',
};

/** What is sent of the two fields; a desktop app has no secret to send. */
export function appOf(kind: XeroAppKind, { clientId, secret }: Pasted): PastedXeroApp {
  return kind === 'desktop' ? { kind, clientId } : { kind, clientId, secret };
}

/** True where a failure is told at the field that it is about. */
export function standsAtField(failure: Failure | null): boolean {
  return failure !== null && FIELD_OF[failure.code] !== undefined;
}

/** What stands under each field: how sending failed, else what is wrong with what was typed so far. */
export function fieldErrors(
  sent: Failure | null,
  preview: Result<XeroAppPreview> | null,
  filled: Partial<Record<keyof Pasted, boolean>>,
): { readonly clientId: string | undefined; readonly secret: string | undefined } {
  const typed = preview === null || preview.ok ? null : preview.failure;
  const at = (field: keyof Pasted): string | undefined => {
    if (sent !== null && FIELD_OF[sent.code] === field) return sent.message;
    // While typing, only a field that holds something can be wrong.
    if (sent === null && typed !== null && FIELD_OF[typed.code] === field && filled[field]) {
      return typed.message;
    }
    return undefined;
  };
  return { clientId: at('clientId'), secret: at('secret') };
}
