const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

const minute = 60_000;
const hour = 60 * minute;
const wholeDay = 24 * hour;

/** How long ago, or in how long, an instant is; its date where that is more than a week. Both in ms since 1970. */
export const describeMoment = (at: number, now: number): string => {
  const away = at - now;
  const distance = Math.abs(away);
  if (distance < minute) return away > 0 ? 'in a moment' : 'just now';
  if (distance < hour) return relative.format(Math.round(away / minute), 'minute');
  if (distance < wholeDay) return relative.format(Math.round(away / hour), 'hour');
  if (distance < 8 * wholeDay) return relative.format(Math.round(away / wholeDay), 'day');
  return day.format(at);
};
