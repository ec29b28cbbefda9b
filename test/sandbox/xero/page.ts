import { html, type Html } from '../html.ts';
import type { Answer } from './http.ts';

const STYLE = `
:root { color-scheme: light dark; --ink: #16202b; --soft: #52606d; --paper: #f4f6f8; --card: #fff;
  --line: #8795a1; --accent: #0b6e69; --on-accent: #fff; --bad: #a3262a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --soft: #a9b6c2; --paper: #10171e;
  --card: #1a242e; --line: #6b7a88; --accent: #5cc8c0; --on-accent: #06201f; --bad: #ff9a93; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
.banner { background: var(--accent); color: var(--on-accent); padding: 8px 24px; font-size: 14px; }
main { max-width: 440px; margin: 48px auto; padding: 32px; background: var(--card); border-radius: 12px; }
main.wide { max-width: 960px; }
h1 { margin: 0 0 8px; font-size: 24px; line-height: 1.25; } h2 { font-size: 18px; margin: 32px 0 8px; }
p { margin: 8px 0; } .soft { color: var(--soft); } .bad { color: var(--bad); }
label { display: block; margin-top: 16px; font-weight: 600; }
input[type=email], input[type=password], input[type=search], input[type=text] { width: 100%; margin-top: 4px; padding: 10px 12px; font: inherit;
  color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 8px; }
fieldset { margin: 24px 0 0; padding: 0; border: 0; } legend { font-weight: 600; padding: 0; }
fieldset label { font-weight: 400; margin-top: 8px; }
.actions { display: flex; gap: 12px; margin-top: 24px; }
button { font: inherit; font-weight: 600; padding: 10px 20px; border-radius: 8px; cursor: pointer;
  border: 1px solid var(--accent); background: transparent; color: var(--ink); }
button.quiet { border-color: transparent; padding: 0; text-decoration: underline; }
button.main { background: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); } caption { text-align: left; font-weight: 600; padding: 24px 0 4px; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th, td { text-align: left; padding: 6px 8px; border-bottom: 1px solid var(--line); }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }`;

/** A whole page of the sandbox's Xero, marked as such. */
export function page(
  title: string,
  content: Html,
  { status = 200, wide = false }: { readonly status?: number; readonly wide?: boolean } = {},
): Answer {
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – sandbox</title>
        <style>
          STYLE
        </style>
      </head>
      <body>
        <header class="banner">
          Sandbox: this page plays Xero’s part on your own computer. Nobody here is real.
        </header>
        <main ${wide ? html`class="wide"` : null}>${content}</main>
      </body>
    </html>`;
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
      'Referrer-Policy': 'no-referrer',
    },
    body: document.text.replace('STYLE', STYLE),
  };
}
