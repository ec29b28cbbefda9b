import { html, Html } from '../html.ts';

const STYLE = new Html(`
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5a6472; --paper: #fff; --line: #d8dde4;
  --back: #f4f6f8; --accent: #2b5a85; --good: #19703f; --bad: #a8261c; --wait: #7a5200; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebf0; --soft: #a7b0bd; --paper: #1a2029;
  --line: #353d49; --back: #12161c; --accent: #9cc4ec; --good: #7fd6a4; --bad: #ff9c92; --wait: #e8c170; } }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--back); }
.banner { padding: 6px 24px; background: var(--accent); color: var(--paper); font-weight: 600; }
header, main { max-width: 1080px; margin: 0 auto; padding: 16px 24px; }
nav a { margin-right: 20px; } nav + .card { margin-top: 12px; }
a { color: var(--accent); } a[aria-current] { font-weight: 600; color: var(--ink); text-decoration: none; }
h1 { font-size: 24px; margin: 8px 0 16px; } h2 { font-size: 18px; margin: 28px 0 8px; }
section, .card { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 8px 20px 20px; margin-bottom: 16px; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; } caption { text-align: left; color: var(--soft); padding: 8px 0; }
th, td { text-align: left; vertical-align: top; padding: 8px 12px 8px 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
input:not([readonly], [type=hidden]), select { width: 360px; max-width: 100%; padding: 6px 8px; font: inherit; color: inherit;
  background: var(--paper); border: 1px solid var(--line); border-radius: 6px; } form:has(label) > button { display: block; margin-top: 12px; }
 code, input[readonly] { font-family: ui-monospace, monospace; font-size: 13px; overflow-wrap: anywhere; }
label { display: block; margin: 12px 0 4px; font-weight: 600; }
input[readonly] { width: 100%; padding: 8px; color: inherit; background: var(--back); border: 1px solid var(--line); border-radius: 6px; }
button { font: inherit; font-weight: 600; padding: 6px 14px; border: 1px solid var(--accent); border-radius: 6px;
  background: var(--paper); color: var(--accent); cursor: pointer; }
button.primary { background: var(--accent); color: var(--paper); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
form { display: inline-block; margin-right: 12px; }
.chip { font-weight: 600; } .good { color: var(--good); } .bad { color: var(--bad); } .wait { color: var(--wait); }
.soft { color: var(--soft); } ul { margin: 0; padding-left: 18px; }
`);

const NAV = [
  ['/connectors', 'Connectors'],
  ['/apps', 'Managed apps'],
] as const;

/** One page of the sandbox C1. `trail` are the words above the title, as C1's own menus have them. */
export function page(options: {
  readonly path: string;
  readonly trail: string;
  readonly title: string;
  readonly content: Html;
}): Html {
  const { path, trail, title, content } = options;
  const links = NAV.map(
    ([address, words]) =>
      html`<a href="${address}" ${path.startsWith(address) ? html`aria-current="page"` : null}
        >${words}</a
      >`,
  );
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – C1 sandbox</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <div class="banner" role="note">
          Sandbox: a stand-in for C1 on this computer. Nothing here reaches the real one.
        </div>
        <header><nav aria-label="Main">${links}</nav></header>
        <main>
          <p class="soft">${trail}</p>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html>`;
}

/** A moment as a person reads it, in UTC. */
export function moment(ms: number | null): Html {
  if (ms === null) return html`never`;
  const iso = new Date(ms).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}

export function chip(look: 'good' | 'bad' | 'wait' | 'soft', words: string): Html {
  const shape = { good: '●', bad: '▲', wait: '◐', soft: '○' }[look];
  return html`<span class="chip ${look}"><span aria-hidden="true">${shape} </span>${words}</span>`;
}

export function table(
  caption: string,
  headings: readonly string[],
  rows: readonly (readonly (string | number | Html)[])[],
): Html {
  const cell = (value: string | number | Html) =>
    typeof value === 'number' ? html`<td class="number">${value}</td>` : html`<td>${value}</td>`;
  return html`<div class="scroll">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map(cell)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}
