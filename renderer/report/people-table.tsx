import type { AccessReport, HeldAccess, ReportedPerson } from '../../shared/access-report.ts';
import { WARNING_NAMES } from '../../shared/access-words.ts';
import classes from './report.module.css';
import { annexWords, sinceWords, WORDS } from './words.ts';

/** So many lines of one person stay together on a page; who has more is named again above the next. */
const TOGETHER = 12;

/** All access: the table whose bytes the report's hash is of. */
export function PeopleTable({ report }: { report: AccessReport }) {
  const { people } = report;
  if (people === null) {
    return (
      <section>
        <h2>{WORDS.everyone}</h2>
        <p>{annexWords(report)}</p>
      </section>
    );
  }
  return (
    <section>
      <h2>{WORDS.everyone}</h2>
      <p>{people.length === 0 ? WORDS.nobodyAtAll : WORDS.everyoneLead}</p>
      {people.length > 0 && (
        <table className={classes['list']}>
          <colgroup>
            <col className={classes['wide']} />
            <col className={classes['wide']} />
            <col className={classes['access']} />
            <col className={classes['since']} />
            <col />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">{WORDS.person}</th>
              <th scope="col">{WORDS.organisation}</th>
              <th scope="col">{WORDS.access}</th>
              <th scope="col">{WORDS.since}</th>
              <th scope="col">{WORDS.pays}</th>
            </tr>
          </thead>
          {people.map((person) =>
            pieces(person.holds).map((holds, piece) => (
              <Person key={`${person.id} ${piece}`} person={person} holds={holds} piece={piece} />
            )),
          )}
        </table>
      )}
    </section>
  );
}

function Person({
  person: { name, email, warnings },
  holds,
  piece,
}: {
  person: ReportedPerson;
  holds: readonly HeldAccess[];
  piece: number;
}) {
  return (
    <tbody>
      {holds.map((held, line) => (
        <tr key={line}>
          {line === 0 && (
            <th scope="rowgroup" rowSpan={holds.length}>
              {name}
              {piece > 0 && <span className={classes['email']}> ({WORDS.continued})</span>}
              {piece === 0 && <div className={classes['email']}>{email ?? WORDS.noEmail}</div>}
              {piece === 0 && warnings.length > 0 && (
                <div className={classes['note']}>
                  {WORDS.toLookAt}: {warnings.map((code) => WARNING_NAMES[code]).join(', ')}
                </div>
              )}
            </th>
          )}
          <td>{held.organisation}</td>
          <td>{held.access}</td>
          <td className={classes['figures']}>{sinceWords(held.since)}</td>
          <td>{held.subscriber ? WORDS.yes : ''}</td>
        </tr>
      ))}
    </tbody>
  );
}

function pieces(holds: readonly HeldAccess[]): readonly (readonly HeldAccess[])[] {
  return Array.from({ length: Math.ceil(holds.length / TOGETHER) }, (_, piece) =>
    holds.slice(piece * TOGETHER, (piece + 1) * TOGETHER),
  );
}
