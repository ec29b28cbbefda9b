import { say } from '../../../shared/language/say.ts';
import { absoluteTime, span } from '../../parts/time.ts';
import { useNow } from '../../state.ts';

/** How long a request can still be done: it ticks, with the exact end on hover. */
export function TimeLeft({ until }: { until: number }) {
  const now = useNow();
  return (
    <time dateTime={new Date(until).toISOString()} title={absoluteTime(until)}>
      {until > now ? say('requests.left', { length: span(until - now) }) : say('requests.timeIsUp')}
    </time>
  );
}
