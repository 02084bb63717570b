import { List } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Notice } from '../../ui/feedback/notice.tsx';

/** Said after a disconnect: that it is done, and what remains to delete by hand. */
export const DisconnectedNotice = ({ remaining }: { readonly remaining: readonly string[] }) => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} tabIndex={-1} style={{ marginBottom: '1.25rem' }}>
      <Notice tone="good" title="Disconnected" isSpoken>
        Nothing is ordered any more. What remains for you to do in Lever:
        <List size="sm" spacing={4} mt={6} c="inherit">
          {remaining.map((sentence) => (
            <List.Item key={sentence} c="inherit">
              {sentence}
            </List.Item>
          ))}
        </List>
      </Notice>
    </div>
  );
};
