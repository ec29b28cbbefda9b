const EVERY_MS = 10_000;

/**
 * Short lines for people. Progress is one moving line on a terminal, and a line every ten seconds elsewhere.
 * With `quiet`, only work that is really done is told, and on standard error: standard output is another program's.
 * @param {{ quiet?: boolean, out?: { isTTY?: boolean, write(text: string): unknown } }} options
 */
export function speaker({ quiet = false, out = quiet ? process.stderr : process.stdout } = {}) {
  let moving = false;
  let last = 0;
  const line = (text) => {
    out.write(`${moving ? '\r\u001b[K' : ''}${text}\n`);
    moving = false;
    last = Date.now();
  };
  return {
    /** Something is being done. */
    step: line,
    /** Something is so; nothing was done. */
    note: (text) => {
      if (!quiet) line(text);
    },
    /** How far the step has come. */
    progress: (text) => {
      if (out.isTTY) {
        out.write(`\r\u001b[K  ${text}`);
        moving = true;
      } else if (Date.now() - last >= EVERY_MS) {
        line(`  ${text}`);
      }
    },
  };
}

/** @typedef {ReturnType<typeof speaker>} Say */

/** A sentence for the person at the terminal: what is missing and what to do. Not a bug, so no stack is shown. */
export class Stop extends Error {}
