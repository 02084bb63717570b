import { Button } from './button.tsx';
import { useCopied } from './fields/use-copied.ts';

/** Copies `value` by one press and says so; `what` tells screen readers what is copied. */
export const CopyButton = ({
  value,
  what,
  children = 'Copy',
}: {
  value: string;
  what: string;
  children?: string;
}) => {
  const { said, copy } = useCopied();
  return (
    <>
      <Button
        size="xs"
        icon={said === 'Copied' ? 'check' : 'copy'}
        label={`Copy: ${what}`}
        onClick={() => void copy(value)}
      >
        {said === 'Copied' ? 'Copied' : children}
      </Button>
      <span role="status" className="hidden-text">
        {said}
      </span>
    </>
  );
};
