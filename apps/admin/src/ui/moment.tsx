import { Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { describeMoment } from './describe-moment.ts';

const exact = new Intl.DateTimeFormat('en', {
  dateStyle: 'medium',
  timeStyle: 'short',
});
const zone = new Intl.DateTimeFormat('en', { timeZoneName: 'shortOffset' });

const exactWords = (at: number): string => {
  const offset = zone.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return `${exact.format(at)} ${offset}`;
};

// In ms.
const lookedAtEvery = 30_000;

/** An instant, in ms since 1970: how long ago, and exactly on hover and focus, in the zone of the viewer. */
export const Moment = ({ at }: { at: number }) => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), lookedAtEvery);
    return () => clearInterval(timer);
  }, []);
  return (
    <Tooltip label={exactWords(at)} events={{ hover: true, focus: true, touch: true }}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the exact time is for the keyboard too */}
      <time dateTime={new Date(at).toISOString()} tabIndex={0} style={{ whiteSpace: 'nowrap' }}>
        {describeMoment(at, Math.max(now, Date.now()))}
      </time>
    </Tooltip>
  );
};
