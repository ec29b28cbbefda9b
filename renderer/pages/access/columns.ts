/** As many organisations as stand side by side (design.md, Access). */
const MOST = 5;
/** What a person's name and a role need, in pixels. */
const PERSON = 180;
const ROLE = 130;

/** Whether organisations get columns of their own, in this width in pixels. */
export function columnsFor(width: number, organisations: number): 'organisations' | 'chips' {
  if (organisations > MOST) return 'chips';
  return width === 0 || width >= PERSON + organisations * ROLE ? 'organisations' : 'chips';
}
