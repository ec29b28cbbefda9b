import type { ReactNode } from 'react';
import type { AccessReport } from '../../shared/access-report.ts';
import { say } from '../../shared/language/say.ts';
import { Mark } from '../parts/mark.tsx';
import classes from './report.module.css';
import { changedHead, countWords, dayWords, timeWords, WORDS } from './words.ts';

/** What it is, of what, from when, and by whom: the head of the first page. */
export function Head({ report }: { report: AccessReport }) {
  const { madeBy, organisations, counts, changes, since, data } = report;
  const { facts } = WORDS;
  return (
    <header className={classes['head']}>
      <div className={classes['brand']}>
        <Mark size={22} />
        <span>{madeBy.product}</span>
        <span className={classes['day']}>{dayWords(report.madeAt)}</span>
      </div>
      <p className={classes['kind']}>{WORDS.kind}</p>
      <h1>{WORDS.title}</h1>
      {madeBy.sample && <p className={classes['sample']}>{WORDS.sample}</p>}
      <dl className={classes['facts']}>
        <Fact name={facts.organisations}>
          {organisations.map(({ id, name, demo }) => (
            <div key={id}>
              {name}
              {demo && <span className={classes['dimmed']}> ({WORDS.demo})</span>}
            </div>
          ))}
        </Fact>
        <Fact name={facts.takenAt}>{timeWords(report.confirmedAt)}</Fact>
        <Fact name={facts.madeAt}>{timeWords(report.madeAt)}</Fact>
        <Fact name={facts.madeBy}>
          {say('report.madeWith', {
            product: madeBy.product,
            version: madeBy.version,
            runtime: madeBy.runtime,
          })}
        </Fact>
        <Fact name={facts.source}>{WORDS.source}</Fact>
        <Fact name={facts.signedInAs}>
          {madeBy.signedInAs.length === 0
            ? WORDS.custom
            : madeBy.signedInAs.map((who) => <div key={who}>{who}</div>)}
        </Fact>
        <Fact name={facts.people}>{counts.people.toLocaleString('en-GB')}</Fact>
        {changes !== null && <Fact name={changedHead(since)}>{countWords(changes)}</Fact>}
        <Fact name={facts.data}>
          <span className={classes['mono']}>{data.sha256}</span>
        </Fact>
      </dl>
    </header>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
