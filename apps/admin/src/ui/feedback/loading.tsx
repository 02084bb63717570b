import { Skeleton, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';

// Shorter than that, a flash of grey would only disturb, in ms.
const shownAfter = 200;

/** The place of something that is on its way: empty at first, grey lines after 200 ms. */
export const Loading = ({ what, lines = 3 }: { what: string; lines?: number }) => {
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsShown(true), shownAfter);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" aria-busy="true">
      {isShown && (
        <>
          <span className="hidden-text">Loading {what} …</span>
          <Stack gap="sm" aria-hidden="true">
            {Array.from({ length: lines }, (_, line) => `line-${line}`).map((key, line) => (
              <Skeleton
                key={key}
                height={line === 0 ? 22 : 16}
                width={line === 0 ? '40%' : `${92 - line * 7}%`}
              />
            ))}
          </Stack>
        </>
      )}
    </div>
  );
};
