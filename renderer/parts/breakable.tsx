import { Fragment } from 'react';

/** An address that, where it must, breaks before a dot or an @ rather than within a word. */
export function Breakable({ children }: { children: string }) {
  return children.split(/(?=[.@])/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
