import { createHash } from 'node:crypto';
import { PRODUCT_NAME } from '../../shared/words.ts';

/** The page in the browser at the end of a sign-in. All its text is our own, so nothing needs escaping. */
export interface AnswerPage {
  readonly tone: 'good' | 'bad';
  readonly title: string;
  readonly text: string;
}

const STYLE = `
  :root { color-scheme: light dark; --ink: #16232b; --soft: #51626d; --paper: #f6f8f9; --good: #0b6b62; --bad: #a63a2b; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e8eef1; --soft: #a3b3bc; --paper: #11191e; --good: #4fc3b5; --bad: #f08a78; } }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink);
    font: 18px/1.5 Inter, system-ui, sans-serif; }
  main { max-width: 32rem; padding: 2rem; }
  .mark { font-size: 32px; line-height: 1; } .good { color: var(--good); } .bad { color: var(--bad); }
  h1 { font-size: 24px; font-weight: 600; margin: 1rem 0 .5rem; } p { margin: 0; } small { color: var(--soft); display: block; margin-top: 2rem; font-size: 13px; }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** The finished page with its headers: never cached, no script, no referrer. */
export function answerPage(page: AnswerPage): { headers: Record<string, string>; body: string } {
  return {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    },
    body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${page.title} – ${PRODUCT_NAME}</title><style>${STYLE}</style></head>
<body><main><div class="mark ${page.tone}" aria-hidden="true">${page.tone === 'good' ? '✓' : '!'}</div>
<h1>${page.title}</h1><p>${page.text}</p><small>${PRODUCT_NAME}</small></main></body></html>
`,
  };
}
