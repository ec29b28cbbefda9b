import type { AccessReport } from '../../shared/access-report.ts';
import classes from './report.module.css';
import {
  changedHead,
  countWords,
  governedWords,
  sinceReportWords,
  someWords,
  WORDS,
} from './words.ts';

/** What became different since the last report, person by person. */
export function ChangesTable({ changes, since }: Pick<AccessReport, 'changes' | 'since'>) {
  return (
    <section>
      <h2>{changedHead(since)}</h2>
      <p>{sinceReportWords(since)}</p>
      {changes !== null && <p>{[countWords(changes), ...governedWords(changes)].join(' ')}</p>}
      {changes !== null && changes.rows.length < changes.total && <p>{someWords(changes)}</p>}
      {changes !== null && changes.rows.length > 0 && (
        <table className={classes['list']}>
          <colgroup>
            <col className={classes['wide']} />
            <col />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">{WORDS.person}</th>
              <th scope="col">{WORDS.change}</th>
            </tr>
          </thead>
          {changes.rows.map(({ name, email, sentence }, place) => (
            <tbody key={place}>
              <tr>
                <th scope="row">
                  {name}
                  <div className={classes['email']}>{email ?? WORDS.noEmail}</div>
                </th>
                <td>{sentence}</td>
              </tr>
            </tbody>
          ))}
        </table>
      )}
    </section>
  );
}
