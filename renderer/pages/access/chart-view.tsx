import { Text, Title } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { AccessOverview, KeptLook, RoleShown } from '../../../shared/access-list.ts';
import { say } from '../../../shared/language/say.ts';
import { dateFormat } from '../../../shared/language/formats.ts';
import { Disclosure } from '../../parts/disclosure.tsx';
import classes from './chart-view.module.css';
import { lookWords } from './words.ts';

const HEIGHT = 280;
const PAD = { top: 16, right: 150, bottom: 32, left: 44 };
const LABEL_HEIGHT = 18;

/** People by role, look by look, from what is told of each without opening it. */
export function ChartView({ overview: { looks } }: { overview: AccessOverview }) {
  const { ref, width } = useElementSize();
  const told = looks.filter(({ roles }) => roles !== null).toReversed();
  const roles = rolesOf(told);
  return (
    <div ref={ref} className={classes['chart']}>
      <div>
        <Title order={2}>{say('access.peopleByRole')}</Title>
        <Text c="dimmed" size="xs">
          {say('access.eachLineIsARole')}
        </Text>
      </div>
      {width > 0 && <Lines looks={told} roles={roles} width={width} />}
      <Disclosure label={say('access.showAsATable')}>
        <Numbers looks={told} roles={roles} />
      </Disclosure>
    </div>
  );
}

function rolesOf(looks: readonly KeptLook[]): readonly RoleShown[] {
  const byId = new Map<string, RoleShown>();
  for (const { roles } of looks) for (const role of roles ?? []) byId.set(role.id, role);
  return [...byId.values()].sort((a, b) => b.order - a.order);
}

function peopleIn({ roles }: KeptLook, { id }: RoleShown): number {
  return roles?.find((role) => role.id === id)?.people ?? 0;
}

/** One line for each role, as wide as there is room. */
export function Lines({
  looks,
  roles,
  width,
}: {
  looks: readonly KeptLook[];
  roles: readonly RoleShown[];
  width: number;
}) {
  const most = Math.max(1, ...looks.flatMap((look) => roles.map((role) => peopleIn(look, role))));
  const first = looks[0]?.at ?? 0;
  const last = looks.at(-1)?.at ?? first;
  const x = (at: number) =>
    PAD.left +
    (last === first ? 0 : (at - first) / (last - first)) * (width - PAD.left - PAD.right);
  const y = (people: number) =>
    HEIGHT - PAD.bottom - (people / most) * (HEIGHT - PAD.top - PAD.bottom);
  const end = width - PAD.right;
  const ends = spread(roles.map((role) => y(peopleIn(looks.at(-1) ?? empty, role))));
  return (
    <svg
      // Shrinks with a window that became narrower, until it is drawn anew.
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width="100%"
      role="img"
      aria-label={`${say('access.peopleByRole')}. ${say('access.eachLineIsARole')}`}
      className={classes['svg']}
    >
      {[0, Math.ceil(most / 2), most].map((people) => (
        <g key={people}>
          <line className={classes['grid']} x1={PAD.left} x2={end} y1={y(people)} y2={y(people)} />
          <text className={classes['tick']} x={PAD.left - 8} y={y(people) + 4} textAnchor="end">
            {people.toLocaleString()}
          </text>
        </g>
      ))}
      {roles.map((role, place) => (
        <g key={role.id} data-weight={weightOf(role)} className={classes['role']}>
          <path d={steps(looks, role, x, y, end)} />
          <text x={end + 8} y={(ends[place] ?? 0) + 4}>
            {role.name} {peopleIn(looks.at(-1) ?? empty, role).toLocaleString()}
          </text>
        </g>
      ))}
      <text className={classes['tick']} x={PAD.left} y={HEIGHT - 8}>
        {dayOf(first)}
      </text>
      {last > first && (
        <text className={classes['tick']} x={end} y={HEIGHT - 8} textAnchor="end">
          {dayOf(last)}
        </text>
      )}
    </svg>
  );
}

const empty: KeptLook = { at: 0, people: null, roles: null };

/** A line that holds its height until the next look that differs. */
function steps(
  looks: readonly KeptLook[],
  role: RoleShown,
  x: (at: number) => number,
  y: (people: number) => number,
  end: number,
): string {
  const [head, ...rest] = looks;
  if (head === undefined) return '';
  const start = `M${x(head.at)},${y(peopleIn(head, role))}`;
  return `${start}${rest.map((look) => `H${x(look.at)}V${y(peopleIn(look, role))}`).join('')}H${end}`;
}

/** Heights for labels, moved apart where they would lie on each other. */
function spread(heights: readonly number[]): readonly number[] {
  const order = heights
    .map((_, place) => place)
    .sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const placed = [...heights];
  let floor = -Infinity;
  for (const place of order) {
    placed[place] = Math.max(heights[place] ?? 0, floor + LABEL_HEIGHT);
    floor = placed[place] ?? 0;
  }
  const over = Math.max(0, floor - (HEIGHT - PAD.bottom / 2));
  return placed.map((height) => height - over);
}

function weightOf({ order }: RoleShown): 'full' | 'heavy' | 'middle' | 'light' {
  if (order >= 60) return 'full';
  if (order >= 50) return 'heavy';
  return order >= 30 ? 'middle' : 'light';
}

function dayOf(at: number): string {
  return dateFormat({ dateStyle: 'medium' }).format(at);
}

/** The same as figures. */
export function Numbers({
  looks,
  roles,
}: {
  looks: readonly KeptLook[];
  roles: readonly RoleShown[];
}) {
  return (
    <div
      className={classes['scroll']}
      tabIndex={0}
      role="region"
      aria-label={say('access.peopleByRole')}
    >
      <table className={classes['numbers']}>
        <thead>
          <tr>
            <th scope="col">{say('chartView.look')}</th>
            {roles.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {looks.toReversed().map((look) => (
            <tr key={look.at}>
              <th scope="row">{lookWords(look.at)}</th>
              {roles.map((role) => (
                <td key={role.id}>{peopleIn(look, role).toLocaleString()}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
