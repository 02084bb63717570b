const paths = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6 6l12 12M18 6L6 18',
  warning: 'M12 4.5l8.5 15h-17zM12 10v4.2M12 17v.01',
  info: 'M12 21a9 9 0 100-18 9 9 0 000 18zM12 11v5M12 8v.01',
  copy: 'M9 9h10v11H9zM15 9V4H5v11h4',
  link: 'M10 14a4.2 4.2 0 006 0l3-3a4.2 4.2 0 00-6-6l-1 1M14 10a4.2 4.2 0 00-6 0l-3 3a4.2 4.2 0 006 6l1-1',
  out: 'M14 5h5v5M19 5l-8 8M11 6H5v13h13v-6',
  chevron: 'M6 9.5l6 6 6-6',
  next: 'M9.5 6l6 6-6 6',
  menu: 'M4 7h16M4 12h16M4 17h16',
  person: 'M12 12a4 4 0 100-8 4 4 0 000 8zM4.5 20.5a7.5 7.5 0 0115 0',
  people:
    'M9 11.5a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.5 20a6.5 6.5 0 0113 0M16 4.8a3.5 3.5 0 010 6.4M18 14.4a6.5 6.5 0 013.5 5.6',
  plug: 'M9 3v5M15 3v5M6.5 8h11v3.5a5.5 5.5 0 01-11 0zM12 17v4',
  tag: 'M4 4h7.5L21 13.5 13.5 21 4 11.5zM8.3 8.3v.01',
  list: 'M9 6h11M9 12h11M9 18h11M4.5 6v.01M4.5 12v.01M4.5 18v.01',
  more: 'M5.5 12v.01M12 12v.01M18.5 12v.01',
  swap: 'M7 4L3.5 7.5 7 11M3.5 7.5H17M17 13l3.5 3.5L17 20M20.5 16.5H7',
  leave: 'M14 4H5.5v16H14M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5',
  wait: 'M12 21a9 9 0 100-18 9 9 0 000 18zM12 7v5.5l3.5 2',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3',
  search: 'M11 18a7 7 0 100-14 7 7 0 000 14zM16.2 16.2L20.5 20.5',
  retry: 'M20 12a8 8 0 11-2.5-5.8M20 4v4.5h-4.5',
} as const;

/** The name of a picture. */
export type IconName = keyof typeof paths;

/** A small picture beside words. It is silent for screen readers: the words say it. */
export const Icon = ({ name, size = 18 }: { name: IconName; size?: number }) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth={name === 'more' || name === 'menu' ? 2.2 : 1.8}
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
    style={{ flex: 'none' }}
  >
    <path d={paths[name]} />
  </svg>
);
