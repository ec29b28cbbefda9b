import type { AccessReport } from '../../shared/access-report.ts';
import { say } from '../../shared/language/say.ts';
import { ChangesTable } from './changes-table.tsx';
import { Head } from './head.tsx';
import { Glance } from './glance.tsx';
import { PeopleTable } from './people-table.tsx';
import { RequestsTable } from './requests-table.tsx';
import classes from './report.module.css';
import { checkWords, commands, limitWords, methodWords, WORDS } from './words.ts';

/** The evidence report, as it is handed to an auditor. */
export function Report({ report }: { report: AccessReport }) {
  return (
    <main className={classes['report']}>
      <Head report={report} />
      <Glance report={report} />
      <section>
        <h2>{WORDS.method}</h2>
        <Paragraphs of={methodWords(report)} />
      </section>
      <section>
        <h2>{WORDS.limits}</h2>
        <Paragraphs of={[say('limits.xeroTellsThisAppWho'), ...limitWords(report)]} />
      </section>
      <section>
        <h2>{WORDS.check}</h2>
        <Paragraphs of={checkWords(report)} />
        <p className={classes['hash']}>{report.data.sha256}</p>
        <dl className={classes['commands']}>
          {commands(report).map(([system, command]) => (
            <div key={system}>
              <dt>{system}</dt>
              <dd>{command}</dd>
            </div>
          ))}
        </dl>
      </section>
      <ChangesTable changes={report.changes} since={report.since} />
      <RequestsTable requests={report.requests} lookedAt={report.confirmedAt} />
      <PeopleTable report={report} />
      <Review />
    </main>
  );
}

function Paragraphs({ of }: { of: readonly string[] }) {
  return of.map((text) => <p key={text}>{text}</p>);
}

/** Where whoever reviewed it signs. */
function Review() {
  return (
    <section className={classes['review']}>
      <h2>{WORDS.review}</h2>
      <div className={classes['lines']}>
        {WORDS.reviewed.map((label) => (
          <div key={label}>{label}</div>
        ))}
      </div>
    </section>
  );
}
