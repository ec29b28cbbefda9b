import type { AccessReport } from '../../shared/access-report.ts';
import { WARNING_NAMES } from '../../shared/access-words.ts';
import classes from './report.module.css';
import { WORDS } from './words.ts';

/** The numbers: people by organisation and role, who pays, and what is worth a look. */
export function Glance({ report }: { report: AccessReport }) {
  const { organisations, roles, counts, warnings } = report;
  const untold = organisations.some(({ undisclosed }) => undisclosed > 0);
  return (
    <section>
      <h2>{WORDS.glance}</h2>
      <table className={classes['glance']}>
        <thead>
          <tr>
            <th scope="col">{WORDS.organisation}</th>
            <th scope="col">{WORDS.people}</th>
            {roles.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
            {untold && <th scope="col">{WORDS.undisclosed}</th>}
            <th scope="col" className={classes['words']}>
              {WORDS.subscriber}
            </th>
          </tr>
        </thead>
        <tbody>
          {organisations.map((each) => (
            <tr key={each.id}>
              <th scope="row">{each.name}</th>
              <td>{number(each.people)}</td>
              {roles.map(({ id }, place) => (
                <td key={id}>{number(each.roles[place] ?? 0)}</td>
              ))}
              {untold && <td>{number(each.undisclosed)}</td>}
              <td className={classes['words']}>
                {each.subscribers.length === 0 ? WORDS.nobody : each.subscribers.join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
        {organisations.length > 1 && (
          <tbody className={classes['sum']}>
            <tr>
              <th scope="row">{WORDS.allOrganisations}</th>
              <td>{number(counts.people)}</td>
              {roles.map(({ id, people }) => (
                <td key={id}>{number(people)}</td>
              ))}
              {untold && <td />}
              <td />
            </tr>
          </tbody>
        )}
      </table>
      {warnings.length > 0 && (
        <p>
          <b>{WORDS.warnings}:</b>{' '}
          {warnings
            .map(({ code, people }) => `${WARNING_NAMES[code]} (${number(people)})`)
            .join(', ')}
          .
        </p>
      )}
    </section>
  );
}

function number(value: number): string {
  return value.toLocaleString('en-GB');
}
