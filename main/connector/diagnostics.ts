import type { DiagnosticFile } from '../../shared/diagnostics.ts';
import type { C1State, Organisation, Snapshot, SyncState } from '../../shared/snapshot.ts';

/** Longer texts of a log may be a key or a token. */
const LONGEST_TEXT = 40;
const REMOVED = '[removed]';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Events, codes, versions and counts are written so; names of people seldom, e-mail addresses never. */
const PLAIN = /^[\w.:/-]+$/;
/** A word of a name is one. */
const WORD = /[\p{L}\p{N}]+/gu;

/**
 * What support needs, and nothing of what must stay here: the version, the settings without personal
 * data, states with their codes, counts, and the last lines of the log. What isn't known to be harmless is
 * left out.
 * @param log the last lines of the log, JSON each
 * @param now in milliseconds since 1970
 */
export function diagnosticsOf(
  snapshot: Snapshot,
  log: readonly string[],
  now: number,
): readonly DiagnosticFile[] {
  const names = namesIn(snapshot);
  return [
    { name: 'about.txt', lines: about(snapshot, now) },
    { name: 'settings.txt', lines: settingsOf(snapshot) },
    { name: 'state.txt', lines: stateOf(snapshot) },
    { name: 'log.jsonl', lines: log.map((line) => redactedLine(line, names)) },
  ];
}

function about({ app }: Snapshot, now: number): readonly string[] {
  const { version, runtime, platform, sandbox } = app;
  return [
    `Made: ${new Date(now).toISOString()}`,
    `Version: ${version}`,
    `Runtime: ${runtime}`,
    `Platform: ${platform}`,
    `Talks to: ${sandbox ? 'the sandbox' : 'Xero and C1'}`,
  ];
}

function settingsOf({ settings, caFile }: Snapshot): readonly string[] {
  const { legacyOrganisationId, pausedUntil, ...plain } = settings;
  return [
    ...Object.entries(plain).map(([name, value]) => `${name}: ${String(value)}`),
    `legacyIds: ${legacyOrganisationId === null ? 'none' : 'one organisation'}`,
    `paused: ${pausedUntil?.kind ?? 'no'}`,
    `caFile: ${caFile?.state.kind ?? 'none'}`,
  ];
}

function stateOf(snapshot: Snapshot): readonly string[] {
  const { setup, xero, c1, sync, access, uploaded, nextLook } = snapshot;
  return [
    `Set-up: ${setup}`,
    ...xero.flatMap(({ app, state, organisations }, index) => [
      `Sign-in ${index + 1}: ${app}, ${state.kind}${codeOf(state)}`,
      ...organisations.map((organisation, place) => organisationLine(organisation, place + 1)),
    ]),
    `C1: ${c1Line(c1)}`,
    `Sync: ${syncLine(sync)}`,
    `Next look: ${nextLook === undefined ? 'none' : iso(nextLook)}`,
    `Access: ${access === null ? 'not read' : countsLine(access.counts)}`,
    `Warnings: ${access?.warnings.length ?? 0}`,
    `Uploaded: ${uploaded === null ? 'never' : `${iso(uploaded.at)}, ${uploaded.bytes} bytes, ${countsLine(uploaded.counts)}`}`,
  ];
}

function organisationLine({ governed, demo, state }: Organisation, place: number): string {
  const kinds = [governed ? 'governed' : 'not governed', ...(demo ? ['demo'] : [])];
  const people = state.kind === 'read' ? `, ${state.people} people` : '';
  return `  Organisation ${place}: ${kinds.join(', ')}, ${state.kind}${codeOf(state)}${people}`;
}

function c1Line(c1: C1State): string {
  if (c1.kind !== 'connected') return `${c1.kind}${codeOf(c1)}`;
  const asked = c1.askedAt === null ? 'not asked yet' : `asked ${iso(c1.askedAt)}`;
  return `connected since ${iso(c1.since)}, answered ${iso(c1.answeredAt)}, ${asked}`;
}

function syncLine(sync: SyncState): string {
  return `${sync.kind}${'for' in sync ? `, for ${sync.for}` : ''}${codeOf(sync)}`;
}

/** The code of what went wrong; its words may name an organisation. */
function codeOf(state: object): string {
  if (!('because' in state)) return '';
  const { because } = state;
  return typeof because === 'object' && because !== null && 'code' in because
    ? ` (${String(because.code)})`
    : '';
}

function countsLine(counts: object): string {
  return Object.entries(counts)
    .map(([name, value]) => `${String(value)} ${name}`)
    .join(', ');
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

/** Every word of a name that the app knows, in lower case. */
function namesIn({ xero }: Snapshot): ReadonlySet<string> {
  const names = xero.flatMap(({ who, organisations }) => [
    who?.name ?? '',
    who?.email ?? '',
    ...organisations.map(({ name }) => name),
  ]);
  return new Set(names.flatMap((name) => wordsOf(name)).filter((word) => word.length > 2));
}

function wordsOf(text: string): readonly string[] {
  return [...text.toLowerCase().matchAll(WORD)].map(([word]) => word);
}

function redactedLine(line: string, names: ReadonlySet<string>): string {
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return REMOVED;
    const fields = Object.entries(parsed).map(([name, value]) => [
      PLAIN.test(name) ? redacted(name, names) : REMOVED,
      redacted(value, names),
    ]);
    return JSON.stringify(Object.fromEntries(fields));
  } catch {
    return REMOVED;
  }
}

function redacted(value: unknown, names: ReadonlySet<string>): unknown {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'string') return REMOVED;
  if (UUID.test(value)) return `${value.slice(0, 8)}…`;
  if (value.length > LONGEST_TEXT || !PLAIN.test(value)) return REMOVED;
  return wordsOf(value).some((word) => names.has(word)) ? REMOVED : value;
}
