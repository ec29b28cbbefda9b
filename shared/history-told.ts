import type { HistoryEvent, HistoryKind, Trouble } from './history.ts';
import { say } from './language/say.ts';
import { XERO_APP_TYPES } from './words.ts';

/** One thing to know of an entry besides its sentence. */
export interface HistoryDetail {
  readonly name: string;
  readonly value: string;
}

export type HistoryTone = 'good' | 'neutral' | 'bad';

export interface Told {
  readonly sentence: string;
  readonly tone: HistoryTone;
  readonly details: readonly HistoryDetail[];
}

export type Of<K extends HistoryKind> = Extract<HistoryEvent, { kind: K }>;

export function good(sentence: string, ...details: readonly HistoryDetail[]): Told {
  return { sentence, tone: 'good', details };
}

export function neutral(sentence: string, ...details: readonly HistoryDetail[]): Told {
  return { sentence, tone: 'neutral', details };
}

export function bad(sentence: string, ...details: readonly HistoryDetail[]): Told {
  return { sentence, tone: 'bad', details };
}

export function detail(name: string, value: string): HistoryDetail {
  return { name, value };
}

export function troubleOf({ code, message, detail: more }: Trouble): readonly HistoryDetail[] {
  return [
    detail(say('historyWords.whatWasSaid'), message),
    detail(say('historyWords.code'), code),
    ...(more === null ? [] : [detail(say('historyWords.detail'), more)]),
  ];
}

/** The first sentence, which says what happened; what to do was of that moment. */
export function first({ message }: Trouble): string {
  return /^.*?[.?](?=\s|$)/s.exec(message)?.[0] ?? message;
}

export function whoOf(who: string | null): readonly HistoryDetail[] {
  return who === null ? [] : [detail(say('common.who'), who)];
}

export function appOf(app: keyof typeof XERO_APP_TYPES): HistoryDetail {
  return detail(say('historyWords.kindOfApp'), XERO_APP_TYPES[app]);
}

export function number(value: number): string {
  return value.toLocaleString('en-GB');
}

export function seconds(ms: number): string {
  return say('count.second', { count: Math.round(ms / 1000) });
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}
