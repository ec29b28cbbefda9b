import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { say } from '../../../shared/language/say.ts';
import classes from './virtual-table.module.css';

export interface Column {
  readonly key: string;
  readonly head: ReactNode;
  /** Its share of the width, as CSS Grid takes it. */
  readonly width: string;
}

interface VirtualTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly total: number;
  readonly row: (index: number) => Row | undefined;
  readonly need: (first: number, last: number) => void;
  readonly rowKey: (row: Row) => string;
  /** One cell for each column; the same function for as long as the cells are drawn alike. */
  readonly cells: (row: Row) => readonly ReactNode[];
  /** The opened row's key, if one is. */
  readonly opened: string | null;
  readonly onOpen: (row: Row) => void;
  /** In pixels; the same for as long as the table stands. */
  readonly rowHeight?: number;
}

const ROW_HEIGHT = 52;
const HEAD_HEIGHT = 40;
/** Rows made ready beyond those in sight. */
const OVERSCAN = 4;

/**
 * A table of any length, of which only what is in sight is drawn. One stop for the Tab key: arrows,
 * Page Up and Down, Home and End move through it, Enter opens a row.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, columns, total, row, need, rowKey, cells, opened, onOpen } = props;
  const height = props.rowHeight ?? ROW_HEIGHT;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [active, setActive] = useState(0);
  // The compiler of React leaves a component alone that uses what changes by itself.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: OVERSCAN,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => need(first, last), [need, first, last]);
  const at = Math.min(active, Math.max(0, total - 1));
  const template = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') };

  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(total - 1, index));
    setActive(next);
    virtual.scrollToIndex(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event.key, Math.max(1, items.length - 2 * OVERSCAN), total);
    if (step !== null) {
      event.preventDefault();
      moveTo(at + step);
    } else if (event.key === 'Enter') {
      const there = row(at);
      if (there === undefined) return;
      event.preventDefault();
      onOpen(there);
    }
  };
  return (
    <div
      ref={scroller}
      className={classes['table']}
      role="grid"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      aria-activedescendant={total > 0 ? `${id}-${at}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={classes['head']}>
        <div role="row" aria-rowindex={1} className={classes['row']} style={template}>
          {columns.map(({ key, head }) => (
            <div key={key} role="columnheader" className={classes['headCell']}>
              {head}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={classes['body']} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const there = row(index);
          const key = there === undefined ? null : rowKey(there);
          return (
            <div
              key={index}
              id={`${id}-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={key !== null && key === opened}
              data-active={index === at || undefined}
              className={`${classes['row'] ?? ''} ${classes['dataRow'] ?? ''}`}
              style={{ ...template, height, transform: `translateY(${start}px)` }}
              onClick={() => {
                setActive(index);
                if (there !== undefined) onOpen(there);
              }}
            >
              <Cells columns={columns} there={there} cells={cells} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** What stands in a row: drawn once, and not again for each step of scrolling. */
function Cells<Row>({
  columns,
  there,
  cells,
}: Pick<VirtualTableProps<Row>, 'columns' | 'cells'> & { readonly there: Row | undefined }) {
  return useMemo(
    () =>
      there === undefined ? (
        <Placeholder columns={columns} />
      ) : (
        cells(there).map((cell, column) => (
          <div key={columns[column]?.key} role="gridcell" className={classes['cell']}>
            {cell}
          </div>
        ))
      ),
    [columns, there, cells],
  );
}

function Placeholder({ columns }: { columns: readonly Column[] }) {
  return columns.map(({ key }, place) => (
    <div key={key} role="gridcell" className={classes['cell']} aria-label={say('access.loading')}>
      <div className={place === 0 ? classes['boneLong'] : classes['bone']} />
    </div>
  ));
}

/** How far a key moves, or null for one that doesn't. */
function stepOf(key: string, page: number, total: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    case 'PageDown':
      return page;
    case 'PageUp':
      return -page;
    case 'Home':
      return -total;
    case 'End':
      return total;
    default:
      return null;
  }
}

/** The table's shape before anything is known. */
export function TableShape({ columns }: { columns: number }) {
  return (
    <div className={classes['table']} aria-hidden>
      {Array.from({ length: 8 }, (_row, row) => (
        <div
          key={row}
          className={classes['row']}
          style={{ gridTemplateColumns: `2fr repeat(${columns}, 1fr)`, height: ROW_HEIGHT }}
        >
          {Array.from({ length: columns + 1 }, (_column, column) => (
            <div key={column} className={classes['cell']}>
              <div className={column === 0 ? classes['boneLong'] : classes['bone']} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
