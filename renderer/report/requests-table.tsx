import type { ReportedRequest, ReportedRequests } from '../../shared/access-report.ts';
import classes from './report.module.css';
import {
  changeWords,
  isLaterThan,
  outcomeWords,
  REQUEST_WORDS,
  sinceWords,
} from './request-words.ts';
import { timeWords, WORDS } from './words.ts';

interface RequestsTableProps {
  readonly requests: ReportedRequests;
  /** When the access in the report was last seen, in milliseconds since 1970. */
  readonly lookedAt: number;
}

/** What C1 asked people to do in Xero, what Xero showed before it and after it. */
export function RequestsTable({ requests, lookedAt }: RequestsTableProps) {
  const { rows } = requests;
  return (
    <section>
      <h2>{REQUEST_WORDS.title}</h2>
      <p>{sinceWords(requests)}</p>
      {rows.length > 0 && (
        <table className={classes['list']}>
          <colgroup>
            <col className={classes['asked']} />
            <col className={classes['asked']} />
            <col className={classes['asked']} />
            <col className={classes['asked']} />
            <col />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">{WORDS.person}</th>
              <th scope="col">{WORDS.organisation}</th>
              <th scope="col">{REQUEST_WORDS.asked}</th>
              <th scope="col">{REQUEST_WORDS.askedAt}</th>
              <th scope="col">{REQUEST_WORDS.outcome}</th>
            </tr>
          </thead>
          {rows.map((row, place) => (
            <Row key={place} row={row} lookedAt={lookedAt} />
          ))}
        </table>
      )}
    </section>
  );
}

function Row({ row, lookedAt }: { row: ReportedRequest; lookedAt: number }) {
  return (
    <tbody>
      <tr>
        <th scope="row">{row.person}</th>
        <td>{row.organisation ?? REQUEST_WORDS.everyOrganisation}</td>
        <td>{changeWords(row)}</td>
        <td className={classes['figures']}>{timeWords(row.askedAt)}</td>
        <td>
          {outcomeWords(row)}
          {row.end !== null && <div className={classes['email']}>{timeWords(row.end.at)}</div>}
          {isLaterThan(row, lookedAt) && (
            <div className={classes['email']}>{REQUEST_WORDS.later}</div>
          )}
        </td>
      </tr>
    </tbody>
  );
}
