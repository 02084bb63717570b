import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

/**
 * Goes to another page of ours in the place of this one, once: what is given later is not looked at. While the other page
 * is on its way the address is the new one already, and an `href` made of it would never come to an end.
 */
export const Redirect = ({ href }: { href: string }) => {
  const router = useRouter();
  const [target] = useState(href);
  useEffect(() => {
    void router.navigate({ href: target, replace: true });
  }, [router, target]);
  return null;
};
